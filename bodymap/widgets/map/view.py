"""The map: one drawing of the body with the marks of a visit, and the tools to chart on it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.atlas.hit import Atlas, Hit
from bodymap.atlas.ids import Dissection, StructureId, ViewId
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.map.body.paths import qt_path
from bodymap.widgets.map.charted import CLOSED, ChartedCanvas
from bodymap.widgets.map.hover import Hover, HoverCard
from bodymap.widgets.map.key_cursor import KeyCursor
from bodymap.widgets.map.keys import Keys
from bodymap.widgets.map.pointing import Pointing
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.map.toolbox import toolbox
from bodymap.widgets.map.tools.tool import Pointer, Tool
from bodymap.widgets.theme import Theme

BRUSH_RADII_MM = (3.0, 80.0)
"""The narrowest and the widest pain brush."""


class MapView(ChartedCanvas):
    """Shows one view of the body and turns gestures into steps.

    It stores nothing: a finished gesture is told by `step_made`, and the marks follow what the
    charting says was stored.

    Signals:
        hovered: The `Hit` under the pointer, or None.
        tool_changed: The `ToolId` now in the hand.
        brush_changed: The radius of the pain brush in millimetres.
        context_requested: Where on the screen, and the `MarkId` there or None.
    """

    hovered = Signal(object)
    tool_changed = Signal(object)
    brush_changed = Signal(float)
    context_requested = Signal(QPoint, object)

    def __init__(self, atlas: Atlas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(atlas, theme, parent)
        self._atlas = atlas
        self._brush_radius_mm = 15.0
        self._tool_id = ToolId.SELECT
        self._meant: frozenset[StructureId] = frozenset()
        self.barred_item = ""
        self._tools = toolbox(self)
        self._pointing = Pointing(self)
        self.key_cursor = KeyCursor(self)
        self._keys = Keys(self, self.key_cursor)
        self.hover_card = HoverCard(theme, self.viewport())
        self._hover = Hover(self, atlas, self.hover_card, self)
        self.setObjectName("map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.show_hand(None)

    # --- tools

    @property
    def tool(self) -> ToolId:
        """The tool in the hand."""
        return self._tool_id

    @property
    def held_tool(self) -> Tool:
        """The same, as the object that acts."""
        return self._tools[self._tool_id]

    def use_tool(self, tool: ToolId) -> None:
        """Take a tool; what another was doing is left."""
        if tool == self._tool_id:
            return
        self.leave_gestures()
        self.held_tool.hover(None)
        self._tool_id = tool
        self.mean(frozenset())
        self.show_hand(None)
        self.tool_changed.emit(tool)

    @property
    def hover_dissection(self) -> Dissection:
        """What is meant by the pointer: what is drawn, or the skin where areas are drawn on it."""
        return Dissection.SKIN if self._tool_id.is_on_skin else self._dissection

    @property
    def meant(self) -> frozenset[StructureId]:
        """The outlines of the muscle that trigger points are meant for, if one was named."""
        return self._meant

    def mean(self, structures: frozenset[StructureId]) -> None:
        """Name the muscle that trigger points are meant for, until another tool is taken."""
        self._meant = structures

    def plan(self, structures: frozenset[StructureId], u_mm: float, v_mm: float) -> None:
        """Take the trigger point tool for a muscle, with the crosshair where it usually is."""
        self.use_tool(ToolId.TRIGGER_POINT)
        self.mean(structures)
        self.setFocus()
        self.key_cursor.stand_at(u_mm, v_mm)

    def bar(self, item: str) -> None:
        """Take the tool that draws where an item of the screening applies."""
        self.barred_item = item
        self.use_tool(ToolId.BARRED_AREA)
        self.setFocus()

    @property
    def brush_radius_mm(self) -> float:
        """Of the pain brush, in millimetres of the body."""
        return self._brush_radius_mm

    @brush_radius_mm.setter
    def brush_radius_mm(self, radius_mm: float) -> None:
        least, most = BRUSH_RADII_MM
        self._brush_radius_mm = min(max(radius_mm, least), most)
        self.viewport().update()
        self.brush_changed.emit(self._brush_radius_mm)

    def refuses(self, tool: Tool) -> bool:
        """Whether the tool may not be used now; if so the person is told."""
        if tool.marks_points and not self.is_writable:
            self.complain(self.tr(CLOSED))
            return True
        return False

    def show_hand(self, shape: Qt.CursorShape | None) -> None:
        """Another shape of the pointer while panning; None ends that."""
        self.viewport().setCursor(shape or self.held_tool.cursor)

    def hold_space(self, *, is_held: bool) -> None:
        """While space is held, a drag pans."""
        self._pointing.holds_space = is_held
        self.show_hand(Qt.CursorShape.OpenHandCursor if is_held else None)

    def escape(self) -> None:
        """Leave the gesture; without one, the crosshair; without it, the selection."""
        if self.held_tool.is_busy or self._nudging.is_under_way:
            self.held_tool.cancel()
            self._nudging.drop()
        elif self.key_cursor.at_mm is not None:
            self.key_cursor.put_away()
        else:
            self.select(frozenset())

    @override
    def leave_gestures(self) -> None:
        super().leave_gestures()
        self._pointing.cancel()
        self.key_cursor.put_away()
        self._hover.leave()

    @override
    def interrupt(self) -> None:
        super().interrupt()
        self.held_tool.cancel()
        self._hover.leave()

    @override
    def select_next(self, by: int) -> None:
        super().select_next(by)
        self.key_cursor.put_away()

    def region_under(self, pointer: Pointer) -> QPainterPath:
        """The outline of the surface region a pointer is over, in millimetres."""
        shape = self._atlas.drawn_at(self._view, pointer.u_mm, pointer.v_mm, Dissection.SKIN)
        return qt_path(shape.codes, shape.points) if shape else QPainterPath()

    # --- the picture

    @override
    def show_view(self, view: ViewId) -> None:
        self.leave_gestures()
        super().show_view(view)

    @override
    def set_theme(self, theme: Theme) -> None:
        self.hover_card.theme = theme
        super().set_theme(theme)

    @override
    def paint_under(self, painter: QPainter) -> None:
        self._hover.paint(painter, self._theme)

    @override
    def paint_over(self, painter: QPainter) -> None:
        self.held_tool.paint(painter)
        self.key_cursor.paint(painter, self._theme)

    def tell_hovered(self, hit: Hit | None) -> None:
        """The atlas has answered for the place under the pointer."""
        self.hovered.emit(hit)

    # --- events

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._nudging.finish()
        self.key_cursor.put_away()
        self._hover.leave()
        if not self._pointing.pressed(event):
            event.ignore()

    @override
    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointing.moved(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover.follow(self._pointing.pointer(event.position(), event.modifiers()))

    @override
    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointing.released(event)

    @override
    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick taps are two marks

    @override
    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hover.leave()
        self._pointing.wheeled(event)
        event.accept()

    @override
    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.leave_gestures()
        at = QPointF(event.pos())
        mark_id = self.nearest(self._pointing.pointer(at, event.modifiers()))
        if mark_id is not None and mark_id not in self.selection:
            self.select(frozenset({mark_id}))
        self.context_requested.emit(event.globalPos(), mark_id)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._hover.leave()
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    @override
    @guarded
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(is_held=False)
        else:
            super().keyReleaseEvent(event)

    @override
    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.leave_gestures()
        super().focusOutEvent(event)

    @override
    @guarded
    def hideEvent(self, event: QHideEvent) -> None:
        self.leave_gestures()
        super().hideEvent(event)

    @override
    @guarded_answer(otherwise=False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._keys.announced(event)
        return super().event(event)

    @override
    @guarded_answer(otherwise=False)
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._hover.leave()
            self._pointing.touched(event)
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._pointing.gestured(event)
        if event.type() == QEvent.Type.Leave:
            self._hover.leave()
            self._pointing.left()
        return super().viewportEvent(event)
