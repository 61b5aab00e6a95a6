"""Painting pain on and wiping it off with a round brush."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from typing_extensions import override

from bodymap.chart.marks import MarkId
from bodymap.widgets.map.tools.tool import Pointer, Tool, ToolMap

XY = tuple[float, float]

_STEP_OF_RADIUS = 0.2


class BrushTool(Tool):
    """A stroke adds to the zone in hand, or begins one."""

    draws = True
    cursor = Qt.CursorShape.BlankCursor
    erases = False

    def __init__(self, on: ToolMap) -> None:
        super().__init__(on)
        self._line: list[XY] = []
        self._at: QPointF | None = None

    @override
    def drag_began(self, pointer: Pointer) -> None:
        self._line = [(pointer.u_mm, pointer.v_mm)]
        self._map.repaint_area(self._reach())

    @override
    def dragged(self, pointer: Pointer) -> None:
        u, v = self._line[-1]
        apart = math.hypot(pointer.u_mm - u, pointer.v_mm - v)
        self._point_at(pointer.at)
        if apart < _STEP_OF_RADIUS * self._map.brush_radius_mm:
            return
        self._line.append((pointer.u_mm, pointer.v_mm))
        self._map.repaint_area(self._reach())

    @override
    def dropped(self, pointer: Pointer) -> None:
        line, zone = self._line, self._zone()
        self.dropped_nowhere()
        if self.erases and zone is None:
            self._map.complain("Choose the pain zone to erase from, or begin on one.")
            return
        view, radius, erase = self._map.view_id, self._map.brush_radius_mm, self.erases
        self._map.take(
            lambda charting: charting.pain_from_brush(view, line, radius, zone, erase=erase)
        )

    @override
    def dropped_nowhere(self) -> None:
        area = self._reach()
        self._line = []
        self._map.repaint_area(area)

    @override
    def hover(self, pointer: Pointer | None) -> None:
        self._point_at(pointer.at if pointer else None)

    @override
    def paint(self, painter: QPainter) -> None:
        if self._line:
            self._paint_stroke(painter)
        if self._at is not None:
            self._paint_ring(painter, self._at)

    def _paint_stroke(self, painter: QPainter) -> None:
        ink = QColor(self._map.theme.colour("card" if self.erases else "pain"))
        ink.setAlphaF(0.6 if self.erases else 0.32)
        points = [self._map.camera.to_px(u, v) for u, v in self._line]
        path = QPainterPath(points[0])
        for point in [*points[1:], points[-1] + QPointF(0.01, 0)]:
            path.lineTo(point)
        width = 2 * self._radius_px()
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.strokePath(path, QPen(ink, width, Qt.PenStyle.SolidLine, cap, join))

    def _paint_ring(self, painter: QPainter, at: QPointF) -> None:
        radius = self._radius_px()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._map.theme.colour("halo"), 3.6))
        painter.drawEllipse(at, radius, radius)
        pen = QPen(self._map.theme.colour("pain"), 1.6)
        if self.erases:
            pen.setDashPattern([3.0, 2.4])
        painter.setPen(pen)
        painter.drawEllipse(at, radius, radius)
        painter.setBrush(self._map.theme.colour("pain"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at, 1.8, 1.8)

    def _point_at(self, at: QPointF | None) -> None:
        area = self._ring_reach()
        self._at = at
        self._map.repaint_area(area.united(self._ring_reach()))

    def _ring_reach(self) -> QRectF:
        if self._at is None:
            return QRectF()
        reach = self._radius_px() + 4
        return QRectF(self._at.x() - reach, self._at.y() - reach, 2 * reach, 2 * reach)

    def _reach(self) -> QRectF:
        if not self._line:
            return QRectF()
        points = [self._map.camera.to_px(u, v) for u, v in self._line]
        xs, ys = [point.x() for point in points], [point.y() for point in points]
        edge = self._radius_px() + 4
        box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        return box.adjusted(-edge, -edge, edge, edge)

    def _radius_px(self) -> float:
        return self._map.brush_radius_mm * self._map.camera.px_per_mm

    def _zone(self) -> MarkId | None:
        return self._map.zone_in_hand()


class EraserTool(BrushTool):
    """A stroke takes away from the zone in hand, or from the one it begins on."""

    erases = True

    @override
    def _zone(self) -> MarkId | None:
        if zone := self._map.zone_in_hand():
            return zone
        return self._map.marks.shown.zone_at(self._line[0]) if self._line else None
