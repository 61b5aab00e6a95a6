"""A visit as a card: a small body, the day, its state, the pain and the needles."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from bodymap.chart.day_words import day
from bodymap.chart.visit import VisitSummary
from bodymap.widgets.chart_words import STATE_WORDS
from bodymap.widgets.controls.rows import Index, elided
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.people import words
from bodymap.widgets.people.lists import VISIT_ROLE
from bodymap.widgets.theme import Theme

HEIGHT = 108
PICTURE = QSize(58, 92)
_LINE = 20


class VisitCardDelegate(QStyledItemDelegate):
    """Paints a visit as a card in the theme's colours."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, HEIGHT + 10)

    @override
    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card = option.rect.adjusted(2, 2, -2, -8)
        self._paint_card(painter, card, option.state)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap):
            _paint_picture(painter, card, picture)
        visit = index.data(VISIT_ROLE)
        if isinstance(visit, VisitSummary):
            text = card.adjusted(PICTURE.width() + 20, 0, -8, 0)
            self._paint_words(painter, text, visit)
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "hover-ground" if chosen or hovered else "card"
        line = "accent" if chosen else "control-line" if hovered else "line"
        width = 2.0 if focused else 1.5 if chosen else 1.0
        painter.setBrush(self.theme.colour(ground))
        painter.setPen(QPen(self.theme.colour(line), width))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)

    def _paint_words(self, painter: QPainter, area: QRect, visit: VisitSummary) -> None:
        lines = [
            (day(visit.began), 14, QFont.Weight.Bold, "ink"),
            (STATE_WORDS[visit.state], 12, QFont.Weight.DemiBold, _state_role(visit)),
            (words.pain(visit), 13, QFont.Weight.Normal, "ink"),
            (words.needles(visit), 12, QFont.Weight.Normal, "muted"),
            (words.afterwards(visit), 12, QFont.Weight.DemiBold, _after_role(visit)),
        ]
        shown = [line for line in lines if line[0]]
        top = area.center().y() - len(shown) * _LINE // 2
        for text, size, weight, role in shown:
            font = QFont(painter.font())
            font.setPixelSize(size)
            font.setWeight(weight)
            elided(
                painter, QRect(area.left(), top, area.width(), _LINE), text, font, self.theme, role
            )
            top += _LINE


def _paint_picture(painter: QPainter, card: QRect, picture: QPixmap) -> None:
    size = picture.size() / picture.devicePixelRatio()
    left = card.left() + 8 + (PICTURE.width() - size.width()) // 2
    painter.drawPixmap(left, card.center().y() - size.height() // 2 + 1, picture)


def _after_role(visit: VisitSummary) -> str:
    return "caution" if visit.events else "muted"


def _state_role(visit: VisitSummary) -> str:
    return "accent" if visit.state in {"draft", "returned"} else "muted"
