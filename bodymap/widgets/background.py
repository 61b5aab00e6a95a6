"""Work that would freeze the window, done beside it."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance
from typing_extensions import override

from bodymap.errors import BodymapError
from bodymap.widgets.faults import told

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs jobs off the GUI thread and tells their end on it.

    The answer is bound to a parent: when that is gone, nobody is told. Changes run one
    after the other; queries run beside each other.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = QThreadPool(self)
        self._changes.setMaxThreadCount(1)
        self._queries = QThreadPool(self)
        self._is_over = False

    def change(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that writes."""
        if not self._is_over:
            self._changes.start(_Job(_Answer(parent, done, failed), act))

    def query(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that only reads."""
        if not self._is_over:
            self._queries.start(_Job(_Answer(parent, done, failed), act))

    def end(self) -> None:
        """Begin nothing more, and let what was begun come to its end.

        Qt waits for a pool's jobs when the pool is deleted, and holds Python's lock meanwhile:
        a job that still runs then never ends.
        """
        self._is_over = True
        self.wait(-1)

    def wait(self, milliseconds: int = 5000) -> bool:
        """Let what was begun come to its end; whether it did."""
        return all(pool.waitForDone(milliseconds) for pool in (self._changes, self._queries))


class _Answer(QObject, Generic[T]):
    """Carries a job's outcome to the GUI thread, where it lives."""

    succeeded = Signal(object)
    failed = Signal(str)

    def __init__(
        self, parent: QObject, done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self.succeeded.connect(self._tell_success)
        self.failed.connect(self._tell_failure)

    def _tell_success(self, value: T) -> None:
        self.deleteLater()
        self._done(value)

    def _tell_failure(self, problem: str) -> None:
        self.deleteLater()
        self._failed(problem)


class _Job(QRunnable, Generic[T]):
    def __init__(self, answer: _Answer[T], act: Callable[[], T]) -> None:
        super().__init__()
        self._answer = answer
        self._act = act

    @override
    def run(self) -> None:
        try:
            value = self._act()
        except BodymapError as problem:
            self._emit(self._answer.failed, str(problem))
        except Exception as problem:  # noqa: BLE001 - a thread has no caller: untold, it would be lost
            _log.error("a background job failed: %s", told(problem))
            self._emit(self._answer.failed, "Something went wrong inside the program.")
        else:
            self._emit(self._answer.succeeded, value)

    def _emit(self, signal: SignalInstance, value: object) -> None:
        try:
            signal.emit(value)
        except RuntimeError:
            _log.info("a window was closed before its answer came")
