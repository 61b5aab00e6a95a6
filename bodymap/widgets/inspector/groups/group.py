"""What all groups of further fields have in common."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from bodymap.chart.marks import Mark
from bodymap.widgets.controls.entries import Entry
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.fold import Fold
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.theme import Theme

Read = Callable[[Mark], object]


class Control(Protocol):
    """Shows one value and tells when the person chose another."""

    @property
    def chosen(self) -> SignalInstance:
        """Told with the new value."""

    def set_value(self, value: object) -> None:
        """Show a value, without telling anyone."""

    def setEnabled(self, enabled: bool, /) -> None:  # noqa: N802 - Qt's name
        """Let it be changed, or not."""


class Group(Fold):
    """Fields of a mark under one heading.

    Signals:
        edited: A field of the mark by name, and what it is to be.
        refused: What was typed can't be read; words for the person.
    """

    edited = Signal(str, object)
    refused = Signal(str)

    def __init__(self, name: str, title: str, theme: Theme) -> None:
        super().__init__(name, title, theme)
        self._bound: list[tuple[Control, Read]] = []

    def show_mark(self, shown: Shown) -> None:
        """Show the fields of another mark, or of the same one changed."""
        values = [(control, read(shown.mark)) for control, read in self._bound]
        for control, value in values:
            control.set_value(value)
        self.show_noted(sum(1 for _, value in values if is_noted(value)))

    def set_editable(self, *, editable: bool) -> None:
        """Let the fields be changed, or only read."""
        for control, _ in self._bound:
            control.setEnabled(editable)

    def keep(self) -> None:
        """Tell what is being typed, before another mark is shown."""
        for control, _ in self._bound:
            if isinstance(control, Entry):
                control.keep()

    def bind(self, field: str, control: Control, read: Read | None = None) -> None:
        """Let a control show and change a field of the mark."""
        self._bound.append((control, read or attrgetter(field)))
        control.chosen.connect(partial(self.edited.emit, field))
        if isinstance(control, Entry):
            control.refused.connect(self.refused)

    def add(self, caption: str, control: QWidget) -> Field:
        """Put a control with its caption at the end."""
        made = Field(caption, control)
        self.column.addWidget(made)
        return made


def is_noted(value: object) -> bool:
    """Whether a field holds something that somebody entered."""
    return value is not None and value not in ("", frozenset())
