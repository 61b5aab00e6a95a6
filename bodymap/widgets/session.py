"""The open visit and its history: what can be undone while it is a draft."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from bodymap.desk.charting import Changed, Charting
from bodymap.desk.steps import Step
from bodymap.widgets.undo import StepCommand


class Session(QObject):
    """At most one visit at a time; its undo stack goes when it does.

    Signals:
        opened: Another `Charting` is open, or None.
        changed: A `Changed`: something was stored.
        done: A `Step` was done or done again.
        problem: A step could not be stored; words for the person.
    """

    opened = Signal(object)
    changed = Signal(object)
    done = Signal(object)
    problem = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.history = QUndoStack(self)
        self.charting: Charting | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def open(self, charting: Charting | None) -> None:
        """Open a visit, or none; the one before is let go."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self.history.clear()
        self.charting = charting
        self._unsubscribe = charting.subscribe(self._changed) if charting else None
        self.opened.emit(charting)

    def is_up_to_date(self, charting: Charting | None) -> bool:
        """Whether the same visit is open already, as it is stored; its history is then kept."""
        if charting is None or self.charting is None:
            return False
        stored, known = charting.visit, self.charting.visit
        return (stored.id, stored.version, stored.state) == (known.id, known.version, known.state)

    def push(self, step: Step) -> None:
        """Do a step and remember how to take it back."""
        if self.charting is not None:
            command = StepCommand(step, self._do, self.charting.undo, self.problem.emit)
            self.history.push(command)

    def _do(self, step: Step) -> None:
        if self.charting is not None:
            self.charting.do(step)
            self.done.emit(step)

    def _changed(self, changed: Changed) -> None:
        self.changed.emit(changed)
        if not changed.after.is_open:
            self.history.clear()
