"""P13: how much memory the window holds, idle and with many marks.

Each figure is the resident size of a process of its own, as Linux tells it; beside it a bare Qt
application with an empty window of the same size.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Result, limited, report

IDLE_MORE_MIB, MARK_KIB = 60.0, 2.0
MANY = 10_000


def run() -> list[Result]:
    """Measure on Linux; elsewhere nothing is told."""
    if not Path("/proc/self/statm").exists():
        return []
    from bodymap.app import DEMO, Application  # noqa: PLC0415 - the bare window loads none of it

    with TemporaryDirectory() as folder:
        application = Application(Path(folder) / "clinic", DEMO)
        application.fill_with_demo()
        login = application.access.user.login
        application.close()
        idle = _size("idle", str(application.folder), login)
    bare, few, many = _size("bare"), _size("30"), _size(str(MANY))
    each = (many - few) / (MANY - 30)
    return [
        limited("P13", f"idle window beyond a bare one of {bare / 1024:.0f} MiB, MiB",
                (idle - bare) / 1024, IDLE_MORE_MIB),
        limited("P13", f"a mark on the map, KiB, of {MANY:,}", each, MARK_KIB),
    ]  # fmt: skip


def _size(*what: str) -> float:
    """KiB that a process holds once it shows this."""
    command = [sys.executable, "-m", "benchmarks.p13_memory", *what]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout.split()[-1])


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def show(what: str, folder: str = "", login: str = "") -> None:
    """Show it and print the KiB."""
    if what == "bare":
        from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - nothing else

        application = QApplication([])
        window = QMainWindow()
        window.resize(1440, 900)
        window.show()
        application.processEvents()
        print(_resident())
    elif what == "idle":
        from bodymap.widgets.loading import load_qt  # noqa: PLC0415 - as the command does

        load_qt()
        from benchmarks.sitting import sitting  # noqa: PLC0415 - as above
        from bodymap.app import Application  # noqa: PLC0415 - as above
        from bodymap.desk.demo import PASSWORD  # noqa: PLC0415 - as above

        application = Application(Path(folder))
        application.sign_in.sign_in(login, PASSWORD)
        with sitting(application, Path(folder) / "window.ini"):
            print(_resident())
    else:
        from benchmarks.strewn_map import strewn_map  # noqa: PLC0415 - as above

        with strewn_map(int(what), 1200, 900):
            print(_resident())


if __name__ == "__main__":
    if sys.argv[1:]:
        show(*sys.argv[1:])
    else:
        sys.exit(report(run()))
