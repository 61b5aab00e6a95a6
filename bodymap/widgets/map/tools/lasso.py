"""Drawing around a painful area with a free hand."""

import math

import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from typing_extensions import override

from bodymap.widgets.map.tools.tool import Pointer, Tool, ToolMap

XY = tuple[float, float]

_STEP_PX = 2.5
_STRAIGHT_PX = 0.7
_SMALLEST_PX = 12.0


class LassoTool(Tool):
    """A line drawn around an area; it closes itself where the hand lifts."""

    draws = True
    colour = "pain"
    """The role of the theme that the line is drawn in."""

    def __init__(self, on: ToolMap) -> None:
        super().__init__(on)
        self.line: list[XY] = []

    @override
    def drag_began(self, pointer: Pointer) -> None:
        self.line = [(pointer.u_mm, pointer.v_mm)]

    @override
    def dragged(self, pointer: Pointer) -> None:
        u, v = self.line[-1]
        if math.hypot(pointer.u_mm - u, pointer.v_mm - v) * self._map.camera.px_per_mm < _STEP_PX:
            return
        before = self._reach()
        self.line.append((pointer.u_mm, pointer.v_mm))
        self._map.repaint_area(before.united(self._reach()))

    @override
    def dropped(self, pointer: Pointer) -> None:
        line = self.line
        self.dropped_nowhere()
        if extent(line) * self._map.camera.px_per_mm < _SMALLEST_PX or len(line) < 3:
            self._map.complain("Draw around the painful area; the line closes itself.")
            return
        view, zone = self._map.view_id, self._map.zone_in_hand()
        smooth = smoothed(line, _STRAIGHT_PX / self._map.camera.px_per_mm)
        self._map.take(lambda charting: charting.pain_from_lasso(view, smooth, zone))

    @override
    def dropped_nowhere(self) -> None:
        area = self._reach()
        self.line = []
        self._map.repaint_area(area)

    @override
    def paint(self, painter: QPainter) -> None:
        if len(self.line) < 2:
            return
        shape = self._path()
        colour = self._map.theme.colour(self.colour)
        wash = QColor(colour)
        wash.setAlphaF(0.16)
        painter.fillPath(shape, wash)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._map.theme.colour("halo"), 4.4))
        painter.drawPath(shape)
        painter.setPen(QPen(colour, 2.2))
        painter.drawPath(shape)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(shape.currentPosition(), self._map.camera.to_px(*self.line[0]))

    def _path(self) -> QPainterPath:
        points = [self._map.camera.to_px(u, v) for u, v in self.line]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        return path

    def _reach(self) -> QRectF:
        if not self.line:
            return QRectF()
        return self._path().boundingRect().adjusted(-4, -4, 4, 4)


def smoothed(line: list[XY], tolerance_mm: float) -> list[XY]:
    """A closed line with the hand's tremor taken out: two rounds of corner cutting, then thinned.

    Args:
        line: As it was drawn.
        tolerance_mm: How far the thinned line may leave the smooth one.
    """
    points = line
    for _ in range(2):
        points = [point for pair in _pairs(points) for point in _cut(*pair)]
    ring = shapely.LinearRing(points)
    thinned = shapely.simplify(ring, tolerance_mm)
    kept = thinned if len(thinned.coords) > 3 else ring
    return [(float(u), float(v)) for u, v in kept.coords[:-1]]


def _pairs(points: list[XY]) -> list[tuple[XY, XY]]:
    return list(zip(points, [*points[1:], points[0]], strict=True))


def _cut(one: XY, other: XY) -> tuple[XY, XY]:
    return (
        (0.75 * one[0] + 0.25 * other[0], 0.75 * one[1] + 0.25 * other[1]),
        (0.25 * one[0] + 0.75 * other[0], 0.25 * one[1] + 0.75 * other[1]),
    )


def extent(line: list[XY]) -> float:
    """How far a line reaches, across or down, in its own unit."""
    us, vs = [u for u, _ in line], [v for _, v in line]
    return max(max(us) - min(us), max(vs) - min(vs))
