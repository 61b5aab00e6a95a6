"""A box to sign in, with finger, pen or mouse."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.chart.consent import SIGNATURE_SIZE, Stroke
from bodymap.widgets.guarded import guarded
from bodymap.widgets.theme import Theme

_HEIGHT = 100
_STEP = 0.8
"""Points closer than this are left out; the box is 300 wide."""


class SignaturePad(QWidget):
    """Shows a signature and takes one.

    Signals:
        signed: All lines of the pen, after each further one.
    """

    signed = Signal(object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Signature")
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._theme = theme
        self._strokes: tuple[Stroke, ...] = ()
        self._drawing: list[tuple[float, float]] = []

    def show_signature(self, strokes: tuple[Stroke, ...]) -> None:
        """Show a signature."""
        self._strokes = strokes
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drawing = [self._at(event.position())]
        self.update()

    @override
    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if self._drawing and _far(at, self._drawing[-1]):
            self._drawing.append(at)
            self.update()

    @override
    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            stroke, self._drawing = tuple(self._drawing), []
            self._strokes = (*self._strokes, stroke)
            self.signed.emit(self._strokes)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("control-line"), 1))
            painter.setBrush(self._theme.colour("card" if self.isEnabled() else "sunken"))
            radius = self._theme.size("radius")
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
            )
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(16, self.height() - 24, self.width() - 16, self.height() - 24)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(self._theme.colour("ink"), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            scale = self._scale()
            for stroke in (*self._strokes, tuple(self._drawing)):
                painter.drawPath(_path([QPointF(x * scale, y * scale) for x, y in stroke]))

    def _scale(self) -> float:
        width, height = SIGNATURE_SIZE
        return min(self.width() / width, self.height() / height)

    def _at(self, position: QPointF) -> tuple[float, float]:
        scale, (width, height) = self._scale(), SIGNATURE_SIZE
        x, y = position.x() / scale, position.y() / scale
        return round(min(max(x, 0.0), width), 1), round(min(max(y, 0.0), height), 1)


def _far(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) >= _STEP


def _path(points: list[QPointF]) -> QPainterPath:
    """A smooth line: curves from middle to middle, with the points as handles."""
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0])
    for before, after in pairwise(points):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(points[-1] + QPointF(0.1, 0.1))
    return path
