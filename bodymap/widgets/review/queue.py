"""The list of visits that wait, at the left in the place of the patients while it is open."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStyleOptionViewItem, QVBoxLayout
from typing_extensions import override

from bodymap.chart.visit import VisitId
from bodymap.desk.waiting import Waiting
from bodymap.widgets.controls.field import label, nested, wrapping
from bodymap.widgets.controls.rows import DETAIL_ROLE, RowDelegate, elided, fonts, row_list
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.icons import icon
from bodymap.widgets.review.words import waited, waiting_detail, waiting_risks
from bodymap.widgets.theme import Theme

WIDTH = 300
_INSET = 13
"""So far in stand the words of a row."""
RISK_ROLE = DETAIL_ROLE + 1
AGE_ROLE = DETAIL_ROLE + 2
_NOTHING = QModelIndex()
_NO_RISKS = "Nothing stands out"
_NOBODY = "Nothing waits for you."


class QueueModel(QAbstractListModel):
    """One row a visit: the patient, who handed it in and when, what to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[Waiting, ...] = ()
        self._now = datetime.now().astimezone()

    def show_waiting(self, waiting: Sequence[Waiting], now: datetime) -> None:
        """Show other visits."""
        self.beginResetModel()
        self.waiting, self._now = tuple(waiting), now
        self.endResetModel()

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.waiting)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if not index.isValid():
            return None
        one = self.waiting[index.row()]
        said = {
            int(Qt.ItemDataRole.DisplayRole): one.patient.full_name,
            AGE_ROLE: waited(one.since, self._now),
            DETAIL_ROLE: waiting_detail(one),
            RISK_ROLE: waiting_risks(one) or _NO_RISKS,
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, said.values()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(risk.words for risk in one.risks)
        return said.get(role)


class QueueDelegate(RowDelegate):
    """A row with a third line for what to look at."""

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, self.theme.size("row") + 22)

    @override
    @guarded
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(1, 1, -1, -1)
        self._paint_ground(painter, area, option.state)
        strong, quiet = fonts(painter.font())
        line = QRect(area.left() + 12, area.top() + 8, area.width() - 20, 0)
        room = line.width() - self._paint_age(painter, line, str(index.data(AGE_ROLE)), quiet)
        for role, font, colour in (
            (int(Qt.ItemDataRole.DisplayRole), strong, "ink"),
            (DETAIL_ROLE, quiet, "muted"),
            (RISK_ROLE, quiet, "muted" if index.data(RISK_ROLE) == _NO_RISKS else "caution"),
        ):
            line.setHeight(QFontMetrics(font).height())
            line.setWidth(room if font is strong else area.width() - 20)
            elided(painter, line, str(index.data(role) or ""), font, self.theme, colour)
            line.translate(0, line.height() + 1)
        painter.restore()

    def _paint_age(self, painter: QPainter, line: QRect, age: str, font: QFont) -> int:
        """Write how long it waits at the right of the first line; says what room that takes."""
        sizes = QFontMetrics(font)
        wide = sizes.horizontalAdvance(age)
        at = QRect(line.right() - wide, line.top() + 1, wide + 1, sizes.height())
        elided(painter, at, age, font, self.theme, "muted")
        return wide + 10


class QueuePanel(QFrame):
    """Shows what waits and tells which one is to be opened.

    Signals:
        chosen: The id of the visit to open.
        dismissed: The panel is to be put away.
        overview_asked: The supervisor wants to see how a trainee is doing.
    """

    chosen = Signal(object)
    dismissed = Signal()
    overview_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("review-queue")
        self.setAccessibleName("Waiting for you")
        self.setProperty("look", "side-left")
        self.setFixedWidth(WIDTH)
        self.model = QueueModel()
        self.list = row_list("review-list", "Visits that wait for you")
        self.list.setModel(self.model)
        self._delegate = QueueDelegate(self.list, theme)
        self.list.setItemDelegate(self._delegate)
        self.list.activated.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.nobody = wrapping(label(_NOBODY, "muted", "review-nobody"))
        self.back = QPushButton("Back to the patients")
        self.back.setObjectName("review-back")
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self.dismissed)
        self.overview = QPushButton("How trainees are doing")
        self.overview.setObjectName("review-overview")
        self.overview.setProperty("look", "quiet")
        self.overview.clicked.connect(self.overview_asked)
        self._lay_out()
        self.set_theme(theme)
        self.hide()

    def show_waiting(self, waiting: Sequence[Waiting], now: datetime) -> None:
        """Show what waits; the visit that was pointed at stays so, or else the first one is."""
        row = self.list.currentIndex().row()
        here = self.model.waiting[row].visit.id if row >= 0 else None
        self.model.show_waiting(waiting, now)
        self.nobody.setVisible(not waiting)
        self.list.setVisible(bool(waiting))
        if waiting:
            ids = [one.visit.id for one in waiting]
            at = ids.index(here) if here in ids else 0
            self.list.setCurrentIndex(self.model.index(at))

    def next_after(self, visit: VisitId | None) -> VisitId | None:
        """The visit that stands below one, or the first."""
        ids = [one.visit.id for one in self.model.waiting if not one.visit.is_open]
        if visit in ids and ids.index(visit) + 1 < len(ids):
            return ids[ids.index(visit) + 1]
        others = [one for one in ids if one != visit]
        return others[0] if others else None

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._delegate.theme = theme
        self.back.setIcon(icon("back", theme, "accent"))
        self.list.doItemsLayout()

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.waiting[index.row()].visit.id)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 10, 14)
        column.setSpacing(8)
        back = nested(column, QHBoxLayout())
        back.setContentsMargins(_INSET // 3, 0, 0, 0)
        back.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head = nested(column, QHBoxLayout())
        head.setContentsMargins(_INSET, 0, 0, 0)
        head.addWidget(label("Waiting for you", "title", "review-queue-title"), 1)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self.overview)
