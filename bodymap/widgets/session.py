"""The open visit and its history: what can be undone while it is a draft."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from bodymap.chart.visit import VisitId, VisitState
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.merging import CLASHED, ClashError
from bodymap.desk.retrying import clash_over, renewed
from bodymap.desk.steps import Step
from bodymap.errors import StorageError
from bodymap.widgets.undo import StepCommand

_LEFT = "What was charted at another visit is not saved yet. Go back to it and try again."
_STILL = "It is still here."

KEPT_HISTORIES = 20
"""So many drafts keep their history; of more, the one that was opened longest ago loses it."""


class Session(QObject):
    """At most one visit at a time.

    The history of a draft is kept while other visits are looked at. It goes when the visit
    is closed, when somebody else has changed it meanwhile, or when `KEPT_HISTORIES` other
    drafts were opened since.

    Steps are run one after the other: one that is asked for while another is run waits for its
    end. Qt's stack would otherwise drop a command that is just being redone, and the program
    with it.

    Signals:
        leaving: The open visit is about to be let go; what is being typed belongs to it.
        opened: Another `Charting` is open, or None.
        changed: A `Changed`: something was stored.
        done: A `Step` was done or done again.
        problem: A step could not be stored; words for the person.
        clashed: A `Clash`: somebody else changed the same.
        unsaved_changed: There are other steps than before that the disk did not take.

    Attributes:
        unsaved: Steps on the open visit that the disk did not take; they can be tried again, and
            are found again when another visit was opened meanwhile.
    """

    leaving = Signal()
    opened = Signal(object)
    changed = Signal(object)
    done = Signal(object)
    problem = Signal(str)
    clashed = Signal(object)
    unsaved_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.histories = QUndoGroup(self)
        self._stacks: set[QUndoStack] = set()
        self.history = self._new_history()
        self.charting: Charting | None = None
        self._opened_as: VisitState | None = None
        self.unsaved: tuple[Step, ...] = ()
        self._left: dict[VisitId, tuple[Step, ...]] = {}
        self._drafts: dict[VisitId, tuple[Charting, QUndoStack]] = {}
        self._unsubscribe: Callable[[], None] | None = None
        self._waiting: deque[Callable[[], None]] = deque()

    def open(self, charting: Charting | None) -> None:
        """Open a visit as it is stored, or none; the one before is let go."""
        self.leaving.emit()
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._leave_unsaved()
        self.charting, self.history = self._with_history(charting)
        self._opened_as = self.charting.visit.state if self.charting else None
        self.histories.setActiveStack(self.history)
        self._let_go_of_histories()
        self._unsubscribe = self.charting.subscribe(self._changed) if self.charting else None
        self.opened.emit(self.charting)
        self._tell_unsaved()

    @property
    def is_all_saved(self) -> bool:
        """Whether the disk took everything that was done, at whichever visit."""
        return not self.unsaved and not self._left

    @property
    def all_unsaved(self) -> tuple[Step, ...]:
        """The steps that the disk did not take, those on the open visit first."""
        return (*self.unsaved, *chain.from_iterable(self._left.values()))

    def is_up_to_date(self, charting: Charting | None) -> bool:
        """Whether the same visit is open already, as it is stored.

        One that was signed since it was opened is not, even if that was already seen: who shows
        it has to be told by opening it anew.
        """
        if charting is None or self.charting is None:
            return False
        is_shown = self._opened_as is charting.visit.state
        return is_shown and _is_same(charting, self.charting)

    def push(self, step: Step) -> None:
        """Do a step and remember how to take it back."""
        if (charting := self.charting) is not None:
            do, take_back = partial(self._do, charting), partial(self._take_back, charting)
            command = StepCommand(step, do, take_back, self._report)
            self.in_turn(partial(self.history.push, command))

    def try_again(self) -> None:
        """Store what the disk did not take, on the visit as it is now.

        Where somebody else changed the same meanwhile, both versions are shown instead.
        """
        steps, charting = self.unsaved, self.charting
        self._set_unsaved(())
        if charting is None:
            return
        clash = clash_over(steps, charting.visit)
        if clash.disputes:
            self.clashed.emit(clash)
            return
        for step in steps:
            self.push(renewed(step, charting.visit))

    def undo(self) -> None:
        """Take the last step back."""
        self.in_turn(self.histories.undo)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self.in_turn(self.histories.redo)

    def in_turn(self, act: Callable[[], None]) -> None:
        """Change a history, at once or after the step that is being run."""
        self._waiting.append(act)
        if len(self._waiting) > 1:
            return  # whoever runs the first will come to it
        while self._waiting:
            try:
                self._waiting[0]()
            finally:
                self._waiting.popleft()

    def _with_history(self, stored: Charting | None) -> tuple[Charting | None, QUndoStack]:
        if stored is None:
            return None, self._new_history()
        known = self._drafts.pop(stored.visit.id, None)
        if known is None or not _is_same(stored, known[0]):
            known = stored, self._new_history()
        if stored.visit.is_open:
            self._drafts[stored.visit.id] = known
        return known

    def _new_history(self) -> QUndoStack:
        history = QUndoStack(self.histories)
        self._stacks.add(history)
        return history

    def _let_go_of_histories(self) -> None:
        """Delete what nobody comes back to, after the step that is being run."""
        drafts = [(visit, kept) for visit, kept in self._drafts.items() if kept[0].visit.is_open]
        self._drafts = dict(drafts[-KEPT_HISTORIES:])
        wanted = {self.history, *(history for _, history in self._drafts.values())}
        for history in self._stacks - wanted:
            self.in_turn(history.deleteLater)
        self._stacks &= wanted

    def _leave_unsaved(self) -> None:
        """Keep what the disk did not take for when the visit is open again."""
        if self.charting is not None and self.unsaved:
            self._left[self.charting.visit.id] = self.unsaved
        self._set_unsaved(())

    def _tell_unsaved(self) -> None:
        """Show what the disk did not take when the visit was open before, or that there is some."""
        if self.charting is not None:
            self._set_unsaved(self._left.pop(self.charting.visit.id, ()))
        self.remind()

    def remind(self) -> None:
        """Say that there is something that the disk did not take, if there is."""
        if self.unsaved:
            self.problem.emit(_STILL)
        elif self._left:
            self.problem.emit(_LEFT)

    def _set_unsaved(self, steps: tuple[Step, ...]) -> None:
        if steps != self.unsaved:
            self.unsaved = steps
            self.unsaved_changed.emit()

    def _do(self, charting: Charting, step: Step) -> None:
        try:
            with self._clashing():
                charting.do(step)
        except StorageError:
            self._set_unsaved((*self.unsaved, step))
            raise
        if charting is self.charting:
            self.done.emit(step)

    def _report(self, words: str) -> None:
        if words != CLASHED:  # both versions are shown instead
            self.problem.emit(words)

    def _take_back(self, charting: Charting, step: Step) -> None:
        with self._clashing():
            charting.undo(step)

    @contextmanager
    def _clashing(self) -> Iterator[None]:
        try:
            yield
        except ClashError as problem:
            self.clashed.emit(problem.clash)
            raise

    def _changed(self, changed: Changed) -> None:
        self.changed.emit(changed)
        if changed.by_others or not changed.after.is_open:
            # What is taken back must not take back what somebody else did.
            self.in_turn(self.history.clear)


def _is_same(one: Charting, other: Charting) -> bool:
    stored, known = one.visit, other.visit
    return (stored.id, stored.version, stored.state) == (known.id, known.version, known.state)
