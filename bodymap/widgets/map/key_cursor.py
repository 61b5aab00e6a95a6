"""A crosshair that arrow keys move, so that the body can be charted without a mouse."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.tools.tool import Pointer, Tool
from bodymap.widgets.theme import Theme

STEP_MM = 2.0
LONG_STEP_MM = 10.0

_ARM_PX = 16.0
_EDGE_PX = 40.0


class KeyedMap(Protocol):
    """What the crosshair needs of the map."""

    @property
    def camera(self) -> Camera:
        """What the map shows."""
        ...

    @property
    def room(self) -> QSizeF:
        """How large the map is."""
        ...

    @property
    def held_tool(self) -> Tool:
        """The tool in the hand."""
        ...

    def refuses(self, tool: Tool) -> bool:
        """Whether the tool may not be used now; if so the person is told."""
        ...

    def pan(self, by: QPointF) -> None:
        """Shift what is shown."""
        ...

    def repaint_area(self, area: QRectF) -> None:
        """Paint a part of the map again."""
        ...


class KeyCursor:
    """Stands in for the pointer; Enter presses, and for tools that draw, Enter again releases."""

    def __init__(self, on: KeyedMap) -> None:
        self._map = on
        self._at: tuple[float, float] | None = None

    @property
    def at_mm(self) -> tuple[float, float] | None:
        """Where it stands on the view; None when it is put away."""
        return self._at

    def put_away(self) -> None:
        """Hide it; the mouse is in use."""
        if self._at is not None:
            area = self._reach()
            self._at = None
            self._map.repaint_area(area)

    def stand_at(self, u_mm: float, v_mm: float) -> None:
        """Bring it into sight at a point of the view."""
        self.put_away()
        self._at = (u_mm, v_mm)
        self._map.repaint_area(self._reach())

    def step(self, du_mm: float, dv_mm: float) -> None:
        """Move it; it comes into sight in the middle of the map."""
        area = self._reach()
        u, v = self._at or self._middle()
        self._at = (u + du_mm, v + dv_mm)
        self._keep_in_sight()
        self._map.repaint_area(area.united(self._reach()))
        if self._map.held_tool.is_busy:
            self._map.held_tool.move(self._pointer())

    def press(self) -> None:
        """Use the tool here."""
        if self._at is None:
            self.step(0.0, 0.0)
            return
        tool = self._map.held_tool
        if tool.is_busy:
            tool.release(self._pointer())
        elif not self._map.refuses(tool):
            tool.press(self._pointer())
            if not tool.draws:
                tool.release(self._pointer())

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it, in pixels of the map."""
        if self._at is None:
            return
        at = self._map.camera.to_px(*self._at)
        for role, width in (("halo", 4.0), ("accent", 1.6)):
            painter.setPen(QPen(theme.colour(role), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 7, 7)
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(at + QPointF(x, y) * 7, at + QPointF(x, y) * _ARM_PX)

    def _pointer(self) -> Pointer:
        u, v = self._at or self._middle()
        return Pointer(self._map.camera.to_px(u, v), u, v)

    def _middle(self) -> tuple[float, float]:
        room = self._map.room
        return self._map.camera.to_mm(QPointF(room.width() / 2, room.height() / 2))

    def _keep_in_sight(self) -> None:
        if self._at is None:
            return
        at, room = self._map.camera.to_px(*self._at), self._map.room
        dx = max(_EDGE_PX - at.x(), 0.0) + min(room.width() - _EDGE_PX - at.x(), 0.0)
        dy = max(_EDGE_PX - at.y(), 0.0) + min(room.height() - _EDGE_PX - at.y(), 0.0)
        if dx or dy:
            self._map.pan(QPointF(dx, dy))

    def _reach(self) -> QRectF:
        if self._at is None:
            return QRectF()
        at, reach = self._map.camera.to_px(*self._at), _ARM_PX + 3
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
