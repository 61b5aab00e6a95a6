"""Lets Qt's undo stack run the desk's steps."""

import logging
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from bodymap.errors import BodymapError
from bodymap.widgets.faults import told
from bodymap.widgets.guarded import guarded

S = TypeVar("S", bound="Labelled")
Report = Callable[[str], None]

_log = logging.getLogger(__name__)


class Labelled(Protocol):
    """Anything that the undo menu can name."""

    @property
    def label(self) -> str:
        """What the undo menu calls it."""
        ...


class StepCommand(QUndoCommand, Generic[S]):
    """One step on the undo stack.

    Nothing may be raised from `redo` and `undo`: PySide6 keeps a dead pointer and the
    process dies later. A step that could not be stored is reported and leaves the stack.
    """

    def __init__(
        self, step: S, do: Callable[[S], None], take_back: Callable[[S], None], report: Report
    ) -> None:
        super().__init__(step.label)
        self._step = step
        self._do = do
        self._take_back = take_back
        self._report = report

    @override
    @guarded
    def redo(self) -> None:
        self._run(self._do)

    @override
    @guarded
    def undo(self) -> None:
        self._run(self._take_back)

    def _run(self, act: Callable[[S], None]) -> None:
        try:
            act(self._step)
        except BodymapError as problem:
            self.setObsolete(True)
            self._report(str(problem))
        except Exception as problem:  # noqa: BLE001 - through Qt it would crash later
            self.setObsolete(True)
            _log.error("a step could not be run: %s", told(problem))
            self._report("This could not be done; nothing was changed. Please try again.")
