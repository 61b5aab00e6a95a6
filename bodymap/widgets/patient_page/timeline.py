"""All visits of the patient as small bodies in a row, newest first."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QStyleOptionViewItem
from typing_extensions import override

from bodymap.chart.visit import VisitSummary
from bodymap.widgets.controls.rows import Index
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.people.lists import VISIT_ROLE, VisitListModel
from bodymap.widgets.people.visit_card import HEIGHT, VisitCardDelegate
from bodymap.widgets.theme import Theme

_WIDTH = 196
_ROOM = 20
"""Pixels for the scroll bar below the cards."""


class _Cards(VisitCardDelegate):
    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTH, HEIGHT + 10)


class Timeline(QListView):
    """The cards of the visits beside each other.

    Signals:
        visit_chosen: The id of the visit to open.
    """

    visit_chosen = Signal(object)

    def __init__(self, visits: VisitListModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAccessibleName("Visits, newest first")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEIGHT + _ROOM)
        self._cards = _Cards(self, theme)
        self.setItemDelegate(self._cards)
        self.setModel(visits)
        self.clicked.connect(self._chose)
        self.activated.connect(self._chose)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._cards.theme = theme
        self.viewport().update()

    def _chose(self, index: QModelIndex) -> None:
        visit = index.data(VISIT_ROLE)
        if isinstance(visit, VisitSummary):
            self.visit_chosen.emit(visit.id)
