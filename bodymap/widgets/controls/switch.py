"""Something that is on or off, as a sliding switch."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

_TRACK = QSize(34, 20)
_GAP = 9


class Switch(QAbstractButton):
    """A switch with its word beside it."""

    def __init__(self, name: str, text: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_TRACK.width() + _GAP + text + 10, self._theme.size("control"))

    @override
    @guarded_answer(otherwise=QSize())
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            top = (self.height() - _TRACK.height()) / 2
            track = QRectF(3, top, _TRACK.width(), _TRACK.height())
            self._paint_track(painter, track)
            painter.setPen(self._theme.colour("ink"))
            words = self.rect().adjusted(3 + _TRACK.width() + _GAP, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 4, -1, -4), 8, 8)

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        on = self.isChecked()
        painter.setPen(QPen(self._theme.colour("accent" if on else "control-line"), 1.4))
        painter.setBrush(self._theme.colour("accent-ground" if on else "sunken"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = track.height() - 8
        left = track.right() - knob - 4 if on else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent" if on else "control-line"))
        painter.drawEllipse(QRectF(left, track.top() + 4, knob, knob))
