import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOW = """
import sys
from bodymap.widgets.main_window import MainWindow
slow = {"sqlalchemy", "alembic", "reportlab", "sqlcipher3"} & set(sys.modules)
sys.exit(f"loaded before anything is seen: {sorted(slow)}" if slow else 0)
"""

ENTRANCE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from bodymap.widgets.entrance import entrance as module

class Watched(module.Entrance):
    def _begin_warming_up(self):
        slow = {"bodymap.app", "bodymap.chart", "bodymap.desk", "sqlcipher3", "sqlalchemy",
                "shapely", "PySide6.QtSvg", "PySide6.QtNetwork"} & set(sys.modules)
        print(self.card.title.text(), *sorted(slow), sep="; ")
        self.close()

module.Entrance = Watched
from bodymap.__main__ import main
sys.argv = ["bodymap"]
main()
"""


def ran(program: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_what_is_slow_to_load_is_not_loaded_for_the_window():
    done = ran(WINDOW)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("is_set_up", [True, False])
def test_the_entrance_waits_for_nothing_that_comes_behind_it(tmp_path: Path, is_set_up):
    (tmp_path / "home").mkdir()
    if is_set_up:
        (tmp_path / "bodymap.keys.json").write_text('{"clinic": "Practice Sample"}', "utf-8")
    done = ran(ENTRANCE, BODYMAP_DATA=str(tmp_path), HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    title, *slow = done.stdout.strip().split("; ")
    if is_set_up:
        assert (title, slow) == ("Practice Sample", [])
    else:
        assert title == "Set up your clinic"


def test_qt_reads_no_source_of_what_is_imported_after_it():
    done = ran(
        "import builtins, linecache; own = builtins.__import__\n"
        "from bodymap.widgets.loading import load_qt\n"
        "load_qt()\n"
        "linecache.clearcache()\n"
        "import bodymap.widgets.main_window\n"
        "assert builtins.__import__ is own\n"
        "print(len(linecache.cache))"
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 20
