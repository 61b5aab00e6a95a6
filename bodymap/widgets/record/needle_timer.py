"""How long needles have been in, with a soft reminder."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.needle_counting import NeedleTally

_TICK_MS = 5000
_LONGEST = timedelta(hours=12)


def _now() -> datetime:
    return datetime.now().astimezone()


class NeedleTimer(QLabel):
    """A line that is there while needles are in, and stands out once they have been long enough.

    Where no time was noted for the first needle, the clock starts when it is seen to go in.
    """

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self.setObjectName("needle-timer")
        self.setAccessibleName("Time since the first needle")
        self.setWordWrap(True)
        self._now = now
        self._remind_min = 20
        self._visit: VisitId | None = None
        self._count = 0
        self._since: datetime | None = None
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.tick)
        self._look("muted")
        self.hide()

    def show_needles(self, visit: Visit, needles: NeedleTally) -> None:
        """Follow the needles of a visit."""
        count = needles.inserted - needles.removed if visit.is_open else 0
        since = needles.first_in
        if since is None and visit.id == self._visit and count:
            since = self._since if self._count else self._now()
        self._visit, self._count, self._since = visit.id, count, since
        if count and since is not None and self._now() - since < _LONGEST:
            self._ticks.start()
        else:
            self._ticks.stop()
        self.tick()

    def show_reminder(self, minutes: int) -> None:
        """Remind after so many minutes."""
        self._remind_min = minutes
        self.tick()

    def tick(self) -> None:
        """Say how long it has been."""
        self.setVisible(self._ticks.isActive())
        if not self._ticks.isActive() or self._since is None:
            return
        minutes = max(0, int((self._now() - self._since) / timedelta(minutes=1)))
        is_long = minutes >= self._remind_min
        needles = "1 needle" if self._count == 1 else f"{self._count} needles"
        words = f"{needles} in for {minutes} min"
        self.setText(f"{words}: time to take out?" if is_long else words)
        self._look("caution-title" if is_long else "muted")

    def _look(self, look: str) -> None:
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().polish(self)
