"""Work that would freeze the window, done beside it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, SignalInstance
from shiboken6 import isValid

from bodymap.errors import BodymapError
from bodymap.widgets.faults import told

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs jobs off the GUI thread and tells their end on it.

    The answer is bound to a parent: when that is gone, nobody is told. Changes run one
    after the other; queries run beside each other. Whoever deletes this ends it first.

    The threads are Python's. Qt's pool deletes a job as soon as it has run, which may be before
    PySide has handed it over: then it is never let go of, or let go of twice.

    Signals:
        ending: What takes long is to stop: nobody waits for it any more.
    """

    ending = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = ThreadPoolExecutor(max_workers=1)
        self._queries = ThreadPoolExecutor(max_workers=QThread.idealThreadCount())
        self._begun: set[Future[None]] = set()
        self._is_over = False

    def change(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that writes."""
        self._begin(self._changes, _Answer(self, parent, act, done, failed))

    def query(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that only reads."""
        self._begin(self._queries, _Answer(self, parent, act, done, failed))

    def end(self) -> None:
        """Begin nothing more, and let what was begun come to its end."""
        self._is_over = True
        self.ending.emit()
        for threads in (self._changes, self._queries):
            threads.shutdown()

    def wait(self, milliseconds: int = 5000) -> bool:
        """Let what was begun come to its end; whether it did."""
        return not wait(tuple(self._begun), milliseconds / 1000).not_done

    def _begin(self, threads: ThreadPoolExecutor, answer: "_Answer[T]") -> None:
        if self._is_over:
            answer.deleteLater()
            return
        begun = answer.begun = threads.submit(_run, [answer])
        self._begun.add(begun)
        begun.add_done_callback(self._begun.discard)


class _Answer(QObject, Generic[T]):
    """Carries a job's outcome to the GUI thread, where it lives.

    It is no child of whom it is for: a page that is deleted while the job ends would take it
    away under the thread that is just telling it. For the same reason it stays until that
    thread is through, and has let go of it and of what was to be done: what both hold are
    windows, which are to be deleted where they live.
    """

    succeeded = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        background: Background,
        whose: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(background)
        self._whose = whose
        self.act = act
        self._done = done
        self._failed = failed
        self.begun: Future[None] | None = None
        self.succeeded.connect(self._tell_success)
        self.failed.connect(self._tell_failure)

    def _tell_success(self, value: T) -> None:
        self._let_go()
        if isValid(self._whose):
            self._done(value)

    def _tell_failure(self, problem: str) -> None:
        self._let_go()
        if isValid(self._whose):
            self._failed(problem)

    def _let_go(self) -> None:
        if self.begun is not None:
            wait((self.begun,))  # it has only to return from telling this
        self.deleteLater()


def _run(handed_over: list[_Answer[T]]) -> None:
    """Do what was asked; whoever hands it over keeps the list, so nothing is left in it."""
    answer = handed_over.pop()
    try:
        value = answer.act()
    except BodymapError as problem:
        _emit(answer.failed, str(problem))
    except Exception as problem:  # noqa: BLE001 - a thread has no caller: untold, it would be lost
        _log.error("a background job failed: %s", told(problem))
        _emit(answer.failed, "Something went wrong inside the program.")
    else:
        _emit(answer.succeeded, value)


def _emit(signal: SignalInstance, value: object) -> None:
    try:
        signal.emit(value)
    except RuntimeError:
        _log.info("a window was closed before its answer came")
