"""Rows of a list: a picture, a line, and a quieter line below it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The quieter line."""

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints a row in the theme's colours."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.theme.size("row"))

    @override
    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(1, 1, -1, -1)
        self._paint_ground(painter, area, option.state)
        text = area.adjusted(12, 0, -8, 0)
        sign = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(sign, QPixmap):
            side = int(sign.width() / sign.devicePixelRatio())
            painter.drawPixmap(text.left() - 2, area.center().y() - side // 2 + 1, sign)
            text.setLeft(text.left() + side + 8)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        self._paint_words(painter, text, title, str(index.data(DETAIL_ROLE) or ""))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("accent-ground" if chosen else "hover-ground"))
            painter.drawRoundedRect(QRectF(area), 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_words(self, painter: QPainter, area: QRect, title: str, detail: str) -> None:
        strong, quiet = fonts(painter.font())
        upper, lower = QFontMetrics(strong).height(), QFontMetrics(quiet).height()
        top = area.center().y() - (upper + (lower if detail else 0)) // 2 + 1
        elided(
            painter, QRect(area.left(), top, area.width(), upper), title, strong, self.theme, "ink"
        )
        elided(
            painter,
            QRect(area.left(), top + upper, area.width(), lower),
            detail,
            quiet,
            self.theme,
            "muted",
        )


def fonts(base: QFont) -> tuple[QFont, QFont]:
    """The font of a row's line and that of its quieter line."""
    strong, quiet = QFont(base), QFont(base)
    strong.setPixelSize(13)
    strong.setWeight(QFont.Weight.DemiBold)
    quiet.setPixelSize(12)
    quiet.setWeight(QFont.Weight.Normal)
    return strong, quiet


def elided(painter: QPainter, area: QRect, text: str, font: QFont, theme: Theme, role: str) -> None:
    """Write one line in a role's colour, cut with an ellipsis where it is too long."""
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def row_list(name: str, accessible_name: str) -> QListView:
    """A list view without a frame, one choice at a time."""
    view = QListView()
    view.setObjectName(name)
    view.setAccessibleName(accessible_name)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setUniformItemSizes(True)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    return view
