"""Work that would freeze the window, done beside it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
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
    PySide has handed it over: then it is never let go of, or let go of twice. Nor is a job an
    object of Qt's: it holds windows, and one that went last and took its own window with it would
    be deleted twice.

    Signals:
        ending: What takes long is to stop: nobody waits for it any more.
    """

    ending = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = ThreadPoolExecutor(max_workers=1)
        self._queries = ThreadPoolExecutor(max_workers=QThread.idealThreadCount())
        self._begun: set[Future[None]] = set()
        self._is_over = False
        self._ended.connect(self._tell)

    def change(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that writes."""
        self._begin(self._changes, _Job(parent, act, done, failed))

    def query(
        self,
        parent: QObject,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run something that only reads."""
        self._begin(self._queries, _Job(parent, act, done, failed))

    def end(self) -> None:
        """Begin nothing more, and let what was begun come to its end."""
        self._is_over = True
        self.ending.emit()
        for threads in (self._changes, self._queries):
            threads.shutdown()

    def wait(self, milliseconds: int = 60_000) -> bool:
        """Let what was begun come to its end; whether it did."""
        return not wait(tuple(self._begun), milliseconds / 1000).not_done

    def _begin(self, threads: ThreadPoolExecutor, job: "_Job[T]") -> None:
        if self._is_over:
            return
        begun = job.begun = threads.submit(_run, [job], self._ended)
        self._begun.add(begun)
        begun.add_done_callback(self._begun.discard)

    def _tell(self, job: "_Job[T]") -> None:
        """Tell a job's end once its thread has let go of it: what it holds is deleted here."""
        if job.begun is not None:
            wait((job.begun,))
        if isValid(job.whose) and job.tell is not None:
            job.tell()


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    """What is to be done, and whom to tell.

    Attributes:
        whose: Whoever is told nothing more once it is deleted.
        begun: While it is being done, and afterwards.
        tell: Tells the outcome, once there is one.
    """

    whose: QObject
    act: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[str], None]
    begun: Future[None] | None = None
    tell: Callable[[], None] | None = None


def _run(handed_over: list[_Job[T]], ended: SignalInstance) -> None:
    """Do what was asked; whoever hands it over keeps the list, so nothing is left in it."""
    job = handed_over.pop()
    try:
        job.tell = partial(job.done, job.act())
    except BodymapError as problem:
        job.tell = partial(job.failed, str(problem))
    except Exception as problem:  # noqa: BLE001 - a thread has no caller: untold, it would be lost
        _log.error("a background job failed: %s", told(problem))
        job.tell = partial(job.failed, "Something went wrong inside the program.")
    _emit(ended, job)


def _emit(signal: SignalInstance, job: _Job[T]) -> None:
    try:
        signal.emit(job)
    except RuntimeError:
        _log.info("a window was closed before its answer came")
