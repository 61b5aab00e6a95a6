"""Taking a whole surface region as painful with one tap."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from typing_extensions import override

from bodymap.widgets.map.tools.tool import Pointer, Tool, ToolMap


class RegionTool(Tool):
    """A tap adds the region under it to the zone in hand, or takes it away again."""

    def __init__(self, on: ToolMap) -> None:
        super().__init__(on)
        self._under = QPainterPath()

    @override
    def tapped(self, pointer: Pointer) -> None:
        view, u, v = self._map.view_id, pointer.u_mm, pointer.v_mm
        zone = self._map.zone_in_hand()
        self._map.take(lambda charting: charting.pain_from_region(view, u, v, zone))

    @override
    def hover(self, pointer: Pointer | None) -> None:
        path = self._map.region_under(pointer) if pointer else QPainterPath()
        if path == self._under:
            return
        area = self._reach()
        self._under = path
        self._map.repaint_area(area.united(self._reach()))

    @override
    def paint(self, painter: QPainter) -> None:
        if self._under.isEmpty():
            return
        shape = self._map.camera.transform.map(self._under)
        wash = self._map.theme.colour("pain-hatch")
        wash.setAlphaF(0.28)
        painter.fillPath(shape, wash)
        painter.strokePath(shape, QPen(self._map.theme.colour("pain"), 1.8))

    def _reach(self) -> QRectF:
        return self._map.camera.area_px(self._under.boundingRect()).adjusted(-3, -3, 3, 3)
