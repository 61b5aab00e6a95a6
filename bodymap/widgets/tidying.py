"""Reference cycles are cleared away on the GUI thread, and on no other."""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 500


class Tidying(QObject):
    """Takes the place of Python's own collecting for as long as Qt runs.

    Python collects in whichever thread happens to allocate. In a worker that would delete the
    widgets of a closed window away from the thread they live in: their timers stay behind, and
    the next one to fire ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(tidy)
        self._timer.start()


def tidy() -> None:
    """Collect the oldest generation that is due, as Python itself would."""
    due = [
        generation
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > threshold > 0
    ]
    if due:
        gc.collect(due[-1])
