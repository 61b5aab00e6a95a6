"""The reference, in the place of the patients while it is read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.widgets.actions import Actions
from bodymap.widgets.controls.field import label, nested
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.knowledge.levels_page import LevelsPage
from bodymap.widgets.knowledge.model import Card, Row
from bodymap.widgets.knowledge.pages import MusclePage, PainPage
from bodymap.widgets.knowledge.presenter import Page
from bodymap.widgets.map.overlays.levels import LevelKind
from bodymap.widgets.theme import Theme

WIDTH = 316
_PAGES = (
    Option(Page.MUSCLE, "Muscle", "About a muscle"),
    Option(Page.PAIN, "From pain", "From the drawn pain to the muscles"),
    Option(Page.LEVELS, "Levels", "Dermatomes and motor segments: what each spinal level serves"),
)


class KnowledgePanel(QFrame):
    """Shows what it is told and tells what was asked for.

    Signals:
        page_chosen: The `Page` to turn to.
        dismissed: The reference is to be put away.
    """

    page_chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("knowledge")
        self.setAccessibleName("Reference")
        self.setProperty("look", "side-left")
        self.setFixedWidth(WIDTH)
        self.close_button = QToolButton()
        self.close_button.setObjectName("knowledge-close")
        self.close_button.setAccessibleName("Close the reference")
        self.close_button.setProperty("look", "zoom")
        self.close_button.clicked.connect(self.dismissed)
        self.tabs = Segments("knowledge-page", _PAGES)
        self.tabs.chosen.connect(self.page_chosen)
        self.muscle = MusclePage(actions, theme)
        self.pain = PainPage(theme)
        self.levels = LevelsPage(actions, theme)
        self._pages = QStackedWidget()
        self._order = {Page.MUSCLE: self.muscle, Page.PAIN: self.pain, Page.LEVELS: self.levels}
        for page in self._order.values():
            self._pages.addWidget(page)
        self._lay_out()
        self.hide()

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self.tabs.set_value(page)
        self._pages.setCurrentWidget(self._order[page])

    def first_control(self) -> QWidget:
        """Where the keys go when the panel is entered."""
        page = self._pages.currentWidget()
        if page is self.pain:
            return self.pain.list if self.pain.rows.rowCount() else self.tabs
        return self.levels.list if page is self.levels else self.muscle.search

    def show_found(self, rows: Sequence[Row], words: str) -> None:
        """Show what a search found."""
        self.muscle.show_found(rows, words)

    def show_card(self, card: Card | None) -> None:
        """Show a muscle, or that none is chosen."""
        self.muscle.show_card(card)

    def show_ranked(self, pain: str, rows: Sequence[Row], pointed: int) -> None:
        """Show where it hurts, and the muscles that may explain it; -1 points at none."""
        self.pain.show_ranked(pain, rows, pointed)

    def show_why(self, text: str, *, can_plan: bool) -> None:
        """Say which trigger points of the muscle pointed at explain the pain."""
        self.pain.show_why(text, can_plan=can_plan)

    def show_legend(self, kind: LevelKind) -> None:
        """List the spinal levels with the skin or the muscles they serve."""
        self.levels.show_legend(kind)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.close_button.setIcon(icon("close", theme, "muted"))
        for page in (self.muscle, self.pain, self.levels):
            page.set_theme(theme)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(10)
        head = nested(column, QHBoxLayout())
        head.addWidget(label("Reference", "title", "knowledge-title"), 1)
        head.addWidget(self.close_button)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)
