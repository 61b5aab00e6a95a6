"""One start of a program until its first window is painted: what P1 runs in a process of its own.

    python -m benchmarks.first_paint bare|entrance FOLDER

Prints the modules that were loaded by then which should wait, and leaves at once.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from typing_extensions import override

LATE = ("sqlalchemy", "reportlab", "numpy", "shapely")
"""What takes long to load and is not needed before somebody has signed in."""


class FirstPaint(QObject):
    """Ends the process once a window of it has been painted."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched.isWidgetType():
            QTimer.singleShot(0, self, _leave)
        return False


def _leave() -> None:
    print(*(name for name in LATE if name in sys.modules), flush=True)
    os._exit(0)


def main(what: str, folder: str) -> None:
    """Start, paint, leave."""
    if what == "bare":
        application = QApplication([])
        waiting = FirstPaint(application)
        application.installEventFilter(waiting)
        window = QMainWindow()
        window.resize(1440, 900)
        window.show()
        application.exec()
    else:
        from bodymap.app_window import run_window  # noqa: PLC0415 - the bare one loads none
        from bodymap.premises import Premises  # noqa: PLC0415
        from bodymap.widgets.starting import qt_application  # noqa: PLC0415

        qt = qt_application()
        waiting = FirstPaint(qt)
        qt.installEventFilter(waiting)
        run_window(Premises(Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
