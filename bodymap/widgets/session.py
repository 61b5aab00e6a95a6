"""The open visit and its history: what can be undone while it is a draft."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from bodymap.chart.visit import VisitId
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.steps import Step
from bodymap.widgets.undo import StepCommand


class Session(QObject):
    """At most one visit at a time.

    The history of a draft is kept while other visits are looked at. It goes when the visit
    is closed, or when somebody else has changed it meanwhile.

    Signals:
        leaving: The open visit is about to be let go; what is being typed belongs to it.
        opened: Another `Charting` is open, or None.
        changed: A `Changed`: something was stored.
        done: A `Step` was done or done again.
        problem: A step could not be stored; words for the person.
    """

    leaving = Signal()
    opened = Signal(object)
    changed = Signal(object)
    done = Signal(object)
    problem = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.histories = QUndoGroup(self)
        self.history = QUndoStack(self)
        self.charting: Charting | None = None
        self._drafts: dict[VisitId, tuple[Charting, QUndoStack]] = {}
        self._unsubscribe: Callable[[], None] | None = None

    def open(self, charting: Charting | None) -> None:
        """Open a visit as it is stored, or none; the one before is let go."""
        self.leaving.emit()
        if self._unsubscribe is not None:
            self._unsubscribe()
        self.charting, self.history = self._with_history(charting)
        self.histories.setActiveStack(self.history)
        self._unsubscribe = self.charting.subscribe(self._changed) if self.charting else None
        self.opened.emit(self.charting)

    def is_up_to_date(self, charting: Charting | None) -> bool:
        """Whether the same visit is open already, as it is stored."""
        if charting is None or self.charting is None:
            return False
        return _is_same(charting, self.charting)

    def push(self, step: Step) -> None:
        """Do a step and remember how to take it back."""
        if self.charting is not None:
            command = StepCommand(step, self._do, self.charting.undo, self.problem.emit)
            self.history.push(command)

    def _with_history(self, stored: Charting | None) -> tuple[Charting | None, QUndoStack]:
        if stored is None:
            return None, QUndoStack(self.histories)
        known = self._drafts.pop(stored.visit.id, None)
        if known is None or not _is_same(stored, known[0]):
            known = stored, QUndoStack(self.histories)
        if stored.visit.is_open:
            self._drafts[stored.visit.id] = known
        return known

    def _do(self, step: Step) -> None:
        if self.charting is not None:
            self.charting.do(step)
            self.done.emit(step)

    def _changed(self, changed: Changed) -> None:
        self.changed.emit(changed)
        if not changed.after.is_open:
            self.history.clear()


def _is_same(one: Charting, other: Charting) -> bool:
    stored, known = one.visit, other.visit
    return (stored.id, stored.version, stored.state) == (known.id, known.version, known.state)
