"""Notices that nobody is there: no key and no touch for a while, or the computer slept."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

from bodymap.widgets.entrance.lock import Why
from bodymap.widgets.guarded import guarded_answer

LOOK_MS = 500
"""So often it is looked."""

SLEPT_S = 30.0
"""Who did not look for so long, by any clock, slept."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


def _asleep_too() -> float:
    """Seconds of a clock that goes on while the computer sleeps."""
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if clock is None else time.clock_gettime(clock)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks.

    Attributes:
        steady: One that nobody can set; on some systems it stands still in sleep.
        wall: One that goes on in sleep; on some systems it is the one on the wall.
    """

    steady: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = _asleep_too


class Idle(QObject):
    """Watches the windows of the program for signs of life.

    It looks at what the system sends to windows, not at every event of every widget.

    Signals:
        left: Nobody was there for as long as was set, or the computer slept; a `Why`.
    """

    left = Signal(object)

    def __init__(self, parent: QObject, after_min: int, clocks: Clocks | None = None) -> None:
        super().__init__(parent)
        self._clocks = clocks or Clocks()
        self._after_s = after_min * 60.0
        self._last = self._looked = self._clocks.steady()
        self._looked_wall = self._clocks.wall()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        qt = QGuiApplication.instance()
        assert isinstance(qt, QGuiApplication)  # noqa: S101 - there are no windows without it
        qt.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()

    def set_limit(self, minutes: int) -> None:
        """Leave after so many minutes; 0 for never."""
        self._after_s = minutes * 60.0
        self.stir()

    def stir(self) -> None:
        """Somebody is there."""
        self._last = self._clocks.steady()

    def look(self) -> None:
        """See whether the time has come."""
        steady, wall = self._clocks.steady(), self._clocks.wall()
        passed = steady - self._looked
        slept = passed > SLEPT_S or wall - self._looked_wall - passed > SLEPT_S
        self._looked, self._looked_wall = steady, wall
        if slept:
            self._leave(Why.SLEPT)
        elif self._after_s and steady - self._last >= self._after_s:
            self._leave(Why.LEFT_ALONE)

    def _leave(self, why: Why) -> None:
        self.stir()
        self.left.emit(why)

    @override
    @guarded_answer(otherwise=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.stir()
        return False

    def _watch(self, window: QWindow | None) -> None:
        # Windows that lost the focus stay watched; they go when they are closed.
        if window is not None:
            window.installEventFilter(self)
            self.stir()
