"""P1: from the command to the first painted window, and from the password to the list.

Beside the start a bare Qt application that shows an empty window of the same size, started in
turns; each start is a process of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Result, compared, in_turns, limited, report
from benchmarks.strewn_map import application as qt_application
from bodymap.app import DEMO, Application
from bodymap.app_window import make_settings, make_window, warm_up
from bodymap.desk.demo import PASSWORD
from bodymap.premises import Premises

AT_MOST = 1.6
LIST_MS = 150.0
ROUNDS = 7


def run() -> list[Result]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clinic"
        application = Application(folder, DEMO)
        application.fill_with_demo()
        login = application.access.user.login
        application.close()
        ours, bare = in_turns(
            lambda: _start("entrance", folder), lambda: _start("bare", folder), rounds=ROUNDS
        )
        late = _start("entrance", folder)
        listed = _to_the_list(folder, login, Path(name) / "window.ini")
    return [
        compared("P1", "start to first painted window, ms", ours * 1e3, bare * 1e3, AT_MOST),
        limited("P1", f"modules loaded too early ({' '.join(late) or 'none'})", len(late), 0),
        limited(
            "P1", "signed in to painted list of patients, without the KDF, ms", listed, LIST_MS
        ),
    ]


def _start(what: str, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.first_paint", what, str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BODYMAP_DATA": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.split()


def _to_the_list(folder: Path, login: str, settings: Path) -> float:
    """Milliseconds from the right password to the list on the screen."""
    qt = qt_application()
    application = Application(folder, DEMO)
    shown = make_settings(settings)
    warm_up(Premises.of(application), shown.view, shown.theme, shown.touch)  # as it is typed
    application.sign_in.sign_in(login, PASSWORD)
    began = time.perf_counter()
    window = make_window(application, settings)
    window.resize(1440, 900)
    window.show()
    while not window.people.patients.rowCount():
        qt.processEvents()
    window.people.repaint()
    taken = time.perf_counter() - began
    window.close()
    window.deleteLater()
    qt.processEvents()
    application.close()
    return taken * 1e3


if __name__ == "__main__":
    sys.exit(report(run()))
