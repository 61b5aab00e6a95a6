"""The pages of the reference: find a muscle, from pain to muscle."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.widgets.actions import Actions
from bodymap.widgets.controls.field import label, wrapping
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.knowledge.card_view import CardView
from bodymap.widgets.knowledge.model import Card, Row
from bodymap.widgets.knowledge.rows import RowModel
from bodymap.widgets.theme import Theme

_HINT = (
    "Type a muscle’s name, Latin or English, or its abbreviation; or point at a muscle and press I."
)
_PLAN_HINT = "Enter or a click takes the trigger point tool, meant for that muscle."


_LEAST_LIST_PX = 120
_FIRST = 100
"""Room goes to the list first, up to its own height."""


class SearchLine(QLineEdit):
    """Where a muscle's name is typed.

    Signals:
        left_downwards: The arrow down was pressed: the list is next.
    """

    left_downwards = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("find-muscle")
        self.setAccessibleName("Find a muscle")
        self.setPlaceholderText("Find a muscle")
        self.setProperty("look", "search")
        self.setClearButtonEnabled(True)
        self._sign = self.addAction(
            icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition
        )

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._sign.setIcon(icon("search", theme, "muted"))

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class MusclePage(QWidget):
    """A search field; below it what was found, or the muscle's card.

    Signals:
        searched: The words to find muscles by.
        found_chosen: The row of the muscle to show.
    """

    searched = Signal(str)
    found_chosen = Signal(int)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.search = SearchLine(theme)
        self.hint = wrapping(label(_HINT, "muted", "muscle-hint"))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rows = RowModel()
        self.found = row_list("found-muscles", "Muscles found")
        self._delegate = RowDelegate(self.found, theme)
        self.found.setModel(self.rows)
        self.found.setItemDelegate(self._delegate)
        self.card = CardView(actions, theme)
        column = page_column(self)
        column.addWidget(self.search)
        column.addWidget(self.hint)
        column.addWidget(self.found, 1)
        column.addWidget(self.card, 1)
        column.addStretch(0)
        self.search.textEdited.connect(self.searched)
        self.search.returnPressed.connect(self._enter)
        self.search.left_downwards.connect(self._go_down)
        self.found.clicked.connect(self._chose)
        self.found.activated.connect(self._chose)
        self._show(self.hint)

    def show_found(self, rows: Sequence[Row], words: str) -> None:
        """Show what was found; words say what was not."""
        self.rows.show_rows(rows)
        self.hint.setText(words or _HINT)
        self._show(self.hint if words or not rows else None, self.found if rows else None)

    def show_card(self, card: Card | None) -> None:
        """Show a muscle, or that none is chosen."""
        self.search.clear()
        if card is None:
            self.show_found((), "")
            return
        self.card.show_card(card)
        self._show(self.card)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.search.set_theme(theme)
        self._delegate.theme = theme
        self.card.set_theme(theme)

    def _show(self, *wanted: QWidget | None) -> None:
        for widget in (self.hint, self.found, self.card):
            widget.setVisible(widget in wanted)

    def _enter(self) -> None:
        if self.rows.rowCount():
            self.found_chosen.emit(0)

    def _go_down(self) -> None:
        if self.rows.rowCount():
            self.found.setFocus()
            self.found.setCurrentIndex(self.rows.index(0))

    def _chose(self, index: QModelIndex) -> None:
        self.found_chosen.emit(index.row())


class PainPage(QWidget):
    """Where it hurts, and the muscles that may explain it, best first.

    Signals:
        pointed: The row of the muscle to show on the body.
        planned: The row of the muscle to plan a trigger point in.
        about_asked: The card of the muscle pointed at is wanted.
    """

    pointed = Signal(int)
    planned = Signal(int)
    about_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.pain = wrapping(label("", "muted", "drawn-pain"))
        self.rows = RowModel()
        self.list = row_list("explanations", "Muscles that may explain the pain")
        self._delegate = RowDelegate(self.list, theme)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        self.why = wrapping(label("", "muted", "why"))
        self.hint = wrapping(label(_PLAN_HINT, "muted", "plan-hint"))
        self.about = QPushButton("About this muscle")
        self.about.setObjectName("about-muscle")
        column = page_column(self)
        column.addWidget(self.pain)
        column.addWidget(self.list, _FIRST)
        column.addWidget(self.why)
        column.addWidget(self.hint)
        column.addWidget(self.about)
        column.addStretch(1)
        self.list.selectionModel().currentChanged.connect(self._pointed)
        self.list.clicked.connect(self._planned)
        self.list.activated.connect(self._planned)
        self.about.clicked.connect(self.about_asked)

    def show_ranked(self, pain: str, rows: Sequence[Row], pointed: int) -> None:
        """Show where it hurts, and what may explain it; -1 points at none."""
        self.pain.setText(pain)
        self.rows.show_rows(rows)
        self._fit_list()
        if pointed >= 0:
            self.list.setCurrentIndex(self.rows.index(pointed))
        self.list.setVisible(bool(rows))

    def show_why(self, text: str, *, can_plan: bool) -> None:
        """Say which trigger points explain the pain."""
        self.why.setText(text)
        self.why.setVisible(bool(text))
        self.hint.setVisible(can_plan)
        self.about.setVisible(bool(text))

    def go_to_list(self) -> None:
        """Let the keys go down the list, from its best entry."""
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0))
        self.list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._delegate.theme = theme

    def _fit_list(self) -> None:
        """No higher than its rows, so that what is said of one stands right below them."""
        rows = self.rows.rowCount()
        height = self.list.sizeHintForRow(0) * rows + 2 * self.list.frameWidth() + 2
        self.list.setMaximumHeight(height if rows else 0)
        self.list.setMinimumHeight(min(height, _LEAST_LIST_PX) if rows else 0)

    def _pointed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.pointed.emit(index.row())

    def _planned(self, index: QModelIndex) -> None:
        self.planned.emit(index.row())


def page_column(page: QWidget) -> QVBoxLayout:
    """The widgets of a page below each other."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column
