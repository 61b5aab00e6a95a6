"""Pain zones: hatched in one colour, with a hatch of its own for each kind of pain."""

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from bodymap.chart.marks import PainKind
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.theme import Theme

OUTLINE_PX = 2.0
SELECTED_PX = 9.0
EDGE_PX = SELECTED_PX / 2 + 2
"""A zone paints no further than this beyond its outline."""

_WASH = 0.5
"""Enough to quieten the fibres below, which would else cross the hatch."""

_SPACING = {
    PainKind.PRESENTING: 8,
    PainKind.REFERRED: 14,
    PainKind.PARAESTHESIA: 9,
    PainKind.NUMBNESS: 9,
    PainKind.SORENESS: 13,
}


def paint_zone(
    painter: QPainter,
    path: QPainterPath,
    kind: PainKind,
    camera: Camera,
    theme: Theme,
    *,
    selected: bool,
) -> None:
    """Paint a zone.

    Args:
        painter: Without transform.
        path: The zone in millimetres.
        kind: Which pain: presenting dense, referred sparse with a broken line, others apart.
        camera: What the map shows; the hatch is as dense at every scale and moves with the body.
        theme: The colours.
        selected: Whether it is in hand.
    """
    shape = camera.transform.map(path)
    colour = theme.colour("pain")
    if selected:
        _outline(painter, shape, theme.colour("halo"), SELECTED_PX)
        _outline(painter, shape, theme.colour("selection"), SELECTED_PX - 2.6)
        _outline(painter, shape, theme.colour("halo"), OUTLINE_PX + 1.8)
    painter.setPen(Qt.PenStyle.NoPen)
    ink = theme.colour("pain-hatch")
    wash = theme.colour("pain-ground")
    wash.setAlphaF(_WASH)
    painter.setBrush(_hatch(kind, ink, wash, camera, painter.device().devicePixelRatio()))
    painter.drawPath(shape)
    _outline(painter, shape, colour, OUTLINE_PX, broken=kind is PainKind.REFERRED)


def _outline(
    painter: QPainter, shape: QPainterPath, colour: QColor, width: float, *, broken: bool = False
) -> None:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if broken:
        pen.setDashPattern([4.0, 2.2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


def _hatch(kind: PainKind, colour: QColor, wash: QColor, camera: Camera, ratio: float) -> QBrush:
    brush = QBrush(_texture(kind, colour.rgba(), wash.rgba(), ratio))
    place = QTransform.fromTranslate(camera.left_px, camera.top_px)
    brush.setTransform(place.scale(1 / ratio, 1 / ratio) if ratio != 1 else place)
    return brush


@lru_cache(maxsize=64)
def _texture(kind: PainKind, rgba: int, wash: int, ratio: float) -> QImage:
    side = _SPACING[kind]
    across = round(side * ratio)
    image = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor.fromRgba(wash))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(across / side, across / side)
        colour = QColor.fromRgba(rgba)
        colour.setAlphaF(0.9)
        _draw_texture(painter, kind, colour, float(side))
    return image


def _draw_texture(painter: QPainter, kind: PainKind, colour: QColor, side: float) -> None:
    painter.setPen(QPen(colour, 1.5))
    rising = [QLineF(-side, side * (1 + k), side * 2, side * (k - 2)) for k in (-1, 0, 1, 2)]
    falling = [QLineF(-side, side * (k - 1), side * 2, side * (k + 2)) for k in (-1, 0, 1)]
    match kind:
        case PainKind.PRESENTING | PainKind.REFERRED:
            painter.drawLines(rising)
        case PainKind.SORENESS:
            painter.drawLines([*rising, *falling])
        case PainKind.NUMBNESS:
            painter.drawLine(QLineF(-1, side / 2, side + 1, side / 2))
        case PainKind.PARAESTHESIA:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(side / 2, side / 2), 1.5, 1.5)
