"""Areas that are not to be needled: dashed outlines, stripes, and a word on why."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from bodymap.atlas.ids import ViewId
from bodymap.chart.screening import BarredArea
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.stripes import striped
from bodymap.widgets.theme import Theme

_STRIPE_PX = 5
_LABEL_PX = 12
_PADDING = (8.0, 3.0)


@dataclass(frozen=True, slots=True)
class Barred:
    """One area with what is said of it.

    Attributes:
        words: Why it is barred.
        is_absolute: Whether it rules needling out; else it asks for care.
    """

    area: BarredArea
    words: str
    is_absolute: bool


class BarredPaths:
    """The areas of one view."""

    def __init__(self, barred: Iterable[Barred], view: ViewId) -> None:
        shown = [one for one in barred if one.area.view is view]
        self._paths = [(one, _path(one.area)) for one in shown]

    def paint(self, painter: QPainter, camera: Camera, theme: Theme) -> None:
        """Paint them, in pixels of the map."""
        ratio = painter.device().devicePixelRatioF()
        painter.save()
        for barred, path in self._paths:
            colour = theme.colour("problem" if barred.is_absolute else "caution")
            shape = camera.transform.map(path)
            stripe, gap = QColor(colour), QColor(Qt.GlobalColor.transparent)
            stripe.setAlphaF(0.26)
            painter.fillPath(shape, striped((stripe, gap), _STRIPE_PX, camera, ratio))
            painter.strokePath(shape, QPen(theme.colour("halo"), 4.0))
            painter.strokePath(shape, QPen(colour, 2.0, Qt.PenStyle.DashLine))
        for barred, path in self._paths:
            _paint_words(painter, theme, barred, camera.area_px(path.boundingRect()))
        painter.restore()


def _paint_words(painter: QPainter, theme: Theme, barred: Barred, around: QRectF) -> None:
    font = QFont(painter.font())
    font.setPixelSize(_LABEL_PX)
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(barred.words) + 2 * _PADDING[0]
    height = metrics.height() + 2 * _PADDING[1]
    at = QPointF(around.center().x() - width / 2, around.top() - height / 2)
    pill = QRectF(at.x(), at.y(), width, height)
    name = "problem" if barred.is_absolute else "caution"
    painter.setPen(QPen(theme.colour(name), 1))
    painter.setBrush(theme.colour(f"{name}-ground"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.colour(name))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, barred.words)


def _path(area: BarredArea) -> QPainterPath:
    path = QPainterPath()
    for piece in area.polygons:
        for ring in (piece.outer, *piece.holes):
            path.moveTo(*ring[0])
            for point in ring[1:]:
                path.lineTo(*point)
            path.closeSubpath()
    return path
