"""A demo clinic in a scratch folder with its real window open: what P1, P6, P7, P13 and P15 use."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hands import Hands
from benchmarks.strewn_map import application as qt_application
from bodymap.app import DEMO, Application
from bodymap.app_window import make_window
from bodymap.widgets.main_window import MainWindow

SIZE = (1440, 900)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One therapist before the window."""

    application: Application
    window: MainWindow
    hands: Hands


@contextmanager
def demo_sitting() -> Iterator[Sitting]:
    """Open the window on the demo clinic, its owner signed in; nobody has chosen a patient."""
    with tempfile.TemporaryDirectory() as folder:
        application = Application(Path(folder) / "clinic", DEMO)
        application.fill_with_demo()
        with sitting(application, Path(folder) / "window.ini") as sat:
            yield sat


@contextmanager
def sitting(application: Application, settings: Path) -> Iterator[Sitting]:
    """Open the window on a clinic that somebody has signed in to; both are closed at the end."""
    qt = qt_application()
    window = make_window(application, settings)
    window.resize(*SIZE)
    window.show()
    qt.processEvents()
    hands = Hands(window)
    hands.settle()
    hands.wait(lambda: window.people.patients.rowCount() > 0)
    yield Sitting(application, window, hands)
    window.close()
    window.deleteLater()
    qt.processEvents()
    application.close()
