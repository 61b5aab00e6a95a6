"""Stripes that fill an area, as dense at every scale; they lean the other way than drawn pain."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPolygonF, QTransform

from bodymap.widgets.map.camera import Camera


def striped(colours: Sequence[QColor], width_px: int, camera: Camera, ratio: float) -> QBrush:
    """A brush of slanting stripes, each `width_px` wide; a colour without ink leaves a gap.

    Args:
        colours: One for each stripe, in turn.
        width_px: How wide a stripe is, measured along the top edge.
        camera: What the map shows; the stripes move with the body.
        ratio: The screen's device pixel ratio.
    """
    brush = QBrush(_texture(tuple(colour.rgba() for colour in colours), width_px, ratio))
    place = QTransform.fromTranslate(camera.left_px, camera.top_px)
    brush.setTransform(place.scale(1 / ratio, 1 / ratio))
    return brush


@lru_cache(maxsize=256)
def _texture(colours: tuple[int, ...], width_px: int, ratio: float) -> QImage:
    side = width_px * len(colours)
    across = round(side * ratio)
    image = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(across / side, across / side)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, rgba in enumerate(colours):
            painter.setBrush(QColor.fromRgba(rgba))
            for left in (number * width_px - side, number * width_px):
                painter.drawPolygon(_leaning(left, width_px, side))
    return image


def _leaning(left: int, width: int, side: int) -> QPolygonF:
    """A stripe that falls to the right at 45 degrees and fits the next tile."""
    corners = ((left, 0), (left + width, 0), (left + width + side, side), (left + side, side))
    return QPolygonF([QPointF(x, y) for x, y in corners])
