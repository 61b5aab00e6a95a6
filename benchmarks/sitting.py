"""A demo clinic in a scratch folder with its real window open: what P1, P6, P7, P13 and P15 use."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.hands import Hands
from bodymap.app import DEMO, Application, make_window
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
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        application = Application(Path(folder) / "clinic", DEMO)
        application.fill_with_demo()
        window = make_window(application, Path(folder) / "window.ini")
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
