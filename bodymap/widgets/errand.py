"""One long job beside the window, with its progress, that can be stopped."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from bodymap.errors import StoppedError
from bodymap.widgets.background import Background

T = TypeVar("T")

Told = Callable[[str, int, int], None]

STOPPED = "Stopped. Everything is as it was before."


class Errand(QObject):
    """Runs one job at a time.

    Signals:
        progressed: What is being done, and how much of it in per cent.
        ended: The job is over, however it went.
    """

    progressed = Signal(str, int)
    ended = Signal()

    def __init__(self, parent: QObject, background: Background) -> None:
        super().__init__(parent)
        self._background = background
        self._stop = Event()
        self._told = ("", -1)
        self.is_running = False
        background.ending.connect(self.stop)

    def start(
        self,
        act: Callable[[Told], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> bool:
        """Begin, unless a job is running; whether it was begun."""
        if self.is_running:
            return False
        self.is_running = True
        self._stop.clear()

        def succeed(value: T) -> None:
            self._end()
            done(value)

        def fail(problem: str) -> None:
            self._end()
            failed(problem)

        self._background.query(self, lambda: act(self._tell), succeed, fail)
        return True

    def stop(self) -> None:
        """Ask the job to stop; it does within some 10 ms."""
        self._stop.set()

    def _tell(self, what: str, done: int, whole: int) -> None:
        """Called by the job in its own thread."""
        if self._stop.is_set():
            raise StoppedError(STOPPED)
        told = (what, min(100 * done // max(whole, 1), 100))
        if told != self._told:
            self._told = told
            self.progressed.emit(*told)

    def _end(self) -> None:
        self.is_running = False
        self.ended.emit()
