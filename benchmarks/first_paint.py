"""One start of a program until its first window is painted: what P1 runs in a process of its own.

    python -m benchmarks.first_paint bare|entrance FOLDER

Prints the modules that were loaded by then which should wait, and leaves at once. Both windows
tell of their painting by a `paintEvent` of their own: an event filter in Python over the whole
application would have PySide load every class it knows.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LATE = ("sqlalchemy", "reportlab", "numpy", "shapely", "bodymap.app", "bodymap.chart")
"""What takes long to load and is not needed before somebody has signed in."""


def _leave() -> None:
    print(*(name for name in LATE if name in sys.modules), flush=True)
    os._exit(0)


def bare() -> None:
    """Show an empty window."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - each start loads what is its own
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415

    class BareWindow(QMainWindow):
        @override
        def paintEvent(self, event: "QPaintEvent") -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self, _leave)

    application = QApplication([])
    window = BareWindow()
    window.resize(1440, 900)
    window.show()
    application.exec()


def entrance(folder: Path) -> None:
    """Start as the command does, and leave once the entrance has been painted."""
    from bodymap.__main__ import main as command  # noqa: PLC0415 - the bare one loads none
    from bodymap.widgets.loading import load_qt  # noqa: PLC0415

    load_qt()  # as the command does first of all
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from bodymap.widgets.entrance import entrance as module  # noqa: PLC0415

    class PaintedEntrance(module.Entrance):
        @override
        def paintEvent(self, event: "QPaintEvent") -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self, _leave)

    module.Entrance = PaintedEntrance  # type: ignore[misc]
    os.environ["BODYMAP_DATA"] = str(folder)
    sys.argv = ["bodymap"]
    command()


def main(what: str, folder: str) -> None:
    """Start, paint, leave."""
    bare() if what == "bare" else entrance(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
