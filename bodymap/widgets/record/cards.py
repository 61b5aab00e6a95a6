"""Rows of a page that can be added and taken away, each in a card of its own."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from bodymap.widgets.controls.field import beside, label, stacked, wrapping

T = TypeVar("T")


class Card(QFrame):
    """One row: its name, a button to take it away, and what belongs to it.

    Signals:
        edited: A field by name, and what it is to be.
        taken_away: The row is to be removed.
    """

    edited = Signal(str, object)
    taken_away = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", "card")
        self.title = wrapping(label("", "strong", f"{name}-title"))
        self.remove = QPushButton("Remove")
        self.remove.setObjectName(f"{name}-remove")
        self.remove.setProperty("look", "link")
        self.remove.clicked.connect(self.taken_away)
        self.head = beside(self.title, self.remove, stretch=0)
        self.column = stacked(self, self.head, spacing=8, margins=10)

    def show_title(self, title: str) -> None:
        """Say what it is about."""
        self.title.setText(title)
        self.remove.setAccessibleName(f"Remove {title}")


C = TypeVar("C", bound=Card)


class Cards(QWidget, Generic[T, C]):
    """As many cards as there are rows; cards are made and dropped at the end.

    Signals:
        edited: Of this row, this field is to become this value.
        removed: This row is to be taken away.
    """

    edited = Signal(int, str, object)
    removed = Signal(int)

    def __init__(self, make: Callable[[int], C], show: Callable[[C, T], None]) -> None:
        super().__init__()
        self._make = make
        self._show = show
        self.cards: list[C] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show the rows."""
        while len(self.cards) > len(rows):
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(rows):
            self._add()
        for card, row in zip(self.cards, rows, strict=True):
            self._show(card, row)

    def _add(self) -> None:
        card = self._make(len(self.cards))
        card.edited.connect(self._edited)
        card.taken_away.connect(self._removed)
        self.cards.append(card)
        self._column.addWidget(card)

    def _edited(self, field: str, value: object) -> None:
        self.edited.emit(self._row(), field, value)

    def _removed(self) -> None:
        self.removed.emit(self._row())

    def _row(self) -> int:
        return [id(card) for card in self.cards].index(id(self.sender()))
