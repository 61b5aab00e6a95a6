"""bodymap started twice on one folder: the window that is open comes forward."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bodymap.widgets.instance import FirstInstance, come_forward, name_of

PATIENCE_S = 120
"""For a program that starts on a busy machine."""

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from bodymap.widgets.instance import FirstInstance
qt = QCoreApplication([])
print(FirstInstance(Path(sys.argv[1])).begin())
"""


def second(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(folder)], stdout=subprocess.PIPE, text=True
    )


def test_a_second_start_calls_the_first(qtbot, tmp_path):
    first = FirstInstance(tmp_path)
    assert first.begin()
    with qtbot.waitSignal(first.called):
        other = second(tmp_path)
    assert other.communicate(timeout=PATIENCE_S)[0] == "False\n"
    first.end()


def test_one_on_another_folder_is_a_first_itself(qtbot, tmp_path):
    first = FirstInstance(tmp_path)
    assert first.begin()
    assert second(tmp_path / "other").communicate(timeout=PATIENCE_S)[0] == "True\n"
    first.end()


def test_after_the_first_has_ended_the_next_is_the_first(qapp, tmp_path):
    for _ in range(2):
        first = FirstInstance(tmp_path)
        assert first.begin()
        first.end()


def test_the_name_tells_nothing_of_the_folder(tmp_path):
    assert tmp_path.name not in name_of(tmp_path)
    assert name_of(tmp_path) == name_of(Path(os.path.relpath(tmp_path)))


def test_a_window_that_was_put_away_comes_forward(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    come_forward()
    assert not window.isMinimized()
