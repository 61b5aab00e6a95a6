"""The map: one drawing of the body with the marks of a visit, and the tools to chart on it."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
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
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.chart.marks import MarkId, PainZone
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.map.body.paths import qt_path
from bodymap.widgets.map.canvas import MapCanvas
from bodymap.widgets.map.hover import Hover, HoverCard
from bodymap.widgets.map.key_cursor import KeyCursor
from bodymap.widgets.map.keys import Keys
from bodymap.widgets.map.marks.layer import Shift
from bodymap.widgets.map.nudging import Nudging
from bodymap.widgets.map.pointing import Pointing
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.map.toolbox import toolbox
from bodymap.widgets.map.tools.tool import SNAP_MM, TOUCH_REACH_PX, Pointer, Tool
from bodymap.widgets.theme import Theme

BRUSH_RADII_MM = (3.0, 80.0)
"""The narrowest and the widest pain brush."""

_CLOSED = "There is no open visit to chart in. Begin a visit, or choose one that is still open."


class MapView(MapCanvas):
    """Shows one view of the body and turns gestures into steps.

    It stores nothing: a finished gesture is told by `step_made`, and the marks follow what the
    charting says was stored.

    Signals:
        step_made: A `Step` to be done.
        selection_changed: The frozenset of `MarkId` now in hand.
        hovered: The `Hit` under the pointer, or None.
        tool_changed: The `ToolId` now in the hand.
        brush_changed: The radius of the pain brush in millimetres.
        problem: Words for the person.
        context_requested: Where on the screen, and the `MarkId` there or None.
    """

    step_made = Signal(object)
    selection_changed = Signal(object)
    hovered = Signal(object)
    tool_changed = Signal(object)
    brush_changed = Signal(float)
    problem = Signal(str)
    context_requested = Signal(QPoint, object)

    def __init__(self, atlas: Atlas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(atlas, theme, parent)
        self._atlas = atlas
        self._charting: Charting | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._brush_radius_mm = 15.0
        self._tool_id = ToolId.SELECT
        self._tools = toolbox(self)
        self._pointing = Pointing(self)
        self.key_cursor = KeyCursor(self)
        self._keys = Keys(self, self.key_cursor)
        self._nudging = Nudging(self.show_shift, self.take, self)
        self.hover_card = HoverCard(theme, self.viewport())
        self._hover = Hover(self, atlas, self.hover_card, self)
        self.setObjectName("map")
        self.setAccessibleName(self.tr("Body map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.show_hand(None)

    # --- the visit

    @property
    def charting(self) -> Charting | None:
        """The visit at the table."""
        return self._charting

    @property
    def is_writable(self) -> bool:
        """Whether there is a visit that may be changed."""
        return self._charting is not None and self._charting.visit.is_open

    def set_charting(self, charting: Charting | None) -> None:
        """Show another visit, or none; it is followed from then on."""
        self._leave_gestures()
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._charting = charting
        self._unsubscribe = charting.subscribe(self._follow) if charting else None
        self.select(frozenset())
        self._show_marks()

    def _show_marks(self) -> None:
        marks = self._charting.visit.marks if self._charting else ()
        self.marks.show(marks, self._view)
        self.viewport().update()

    def _follow(self, changed: Changed) -> None:
        self.marks.apply(changed.change, self._view, self._camera)
        self.select(frozenset(i for i in self.selection if changed.after.has(i)))
        self._hover.leave()

    def take(self, make: Callable[[Charting], Step]) -> None:
        """Finish a gesture with the step it makes; what stands in the way is told."""
        if self._charting is None or not self.is_writable:
            self.complain(self.tr(_CLOSED))
            return
        try:
            step = make(self._charting)
        except BodymapError as problem:
            self.complain(str(problem))
            return
        if step.apply.is_empty:
            return
        self.step_made.emit(step)
        if step.select is not None and self._charting.visit.has(step.select):
            self.select(frozenset({step.select}))

    def complain(self, words: str) -> None:
        """Tell the person what stands in the way."""
        self.problem.emit(words)

    # --- what is in hand

    @property
    def selection(self) -> frozenset[MarkId]:
        """The marks in hand; some may lie on other views."""
        return self.marks.selection

    def select(self, mark_ids: Collection[MarkId]) -> None:
        """Take marks in hand, and no others."""
        chosen, before = frozenset(mark_ids), self.marks.selection
        if chosen == before:
            return
        self._nudging.finish()
        self.marks.select(chosen)
        self.selection_changed.emit(chosen)

    def select_next(self, by: int) -> None:
        """Take the next mark on this view in hand (by = 1), or the previous one (-1)."""
        ids = list(self.marks.shown)
        if not ids:
            return
        held = [index for index, mark_id in enumerate(ids) if mark_id in self.selection]
        start = (held[-1 if by > 0 else 0] + by) if held else (0 if by > 0 else -1)
        self.select(frozenset({ids[start % len(ids)]}))
        self.key_cursor.put_away()

    def centre_on(self, mark_id: MarkId) -> None:
        """Show a mark in the middle, on its own view."""
        if self._charting is None or not self._charting.visit.has(mark_id):
            return
        place = self._charting.visit.mark(mark_id).place
        self.show_view(place.view)
        self.centre_at(place.u_mm, place.v_mm)

    def delete_selection(self) -> None:
        """Take the marks in hand off the map."""
        self._with_selection(lambda charting, ids: charting.remove(ids))

    def duplicate_selection(self) -> None:
        """Put copies beside the marks in hand."""
        self._with_selection(lambda charting, ids: charting.duplicate(ids))

    def mirror_selection(self) -> None:
        """Put copies on the other side of the body."""
        self._with_selection(lambda charting, ids: charting.mirror(ids))

    def nudge(self, du_mm: float, dv_mm: float) -> None:
        """Move the marks in hand a little; a run of nudges becomes one step."""
        here = frozenset(i for i in self.selection if self.marks.mark(i))
        if self.is_writable:
            self._nudging.by(here, du_mm, dv_mm)
        elif here:
            self.complain(self.tr(_CLOSED))

    def finish_nudging(self) -> None:
        """Make a step of the nudges so far; to be called before an undo."""
        self._nudging.finish()

    def _with_selection(self, make: Callable[[Charting, frozenset[MarkId]], Step]) -> None:
        self._nudging.finish()
        ids = self.selection
        if ids:
            self.take(lambda charting: make(charting, ids))

    def nearest(self, pointer: Pointer) -> MarkId | None:
        """The mark a pointer means."""
        snap = SNAP_MM / 25.4 * self.physicalDpiX()
        within = TOUCH_REACH_PX if pointer.is_touch else min(max(snap, 14.0), TOUCH_REACH_PX)
        return self.marks.shown.nearest(pointer.at, self._camera, within)

    def zone_in_hand(self) -> MarkId | None:
        """The pain zone that drawing adds to: the one selected on this view."""
        if len(self.selection) != 1:
            return None
        (mark_id,) = self.selection
        return mark_id if isinstance(self.marks.mark(mark_id), PainZone) else None

    def region_under(self, pointer: Pointer) -> QPainterPath:
        """The outline of the surface region a pointer is over, in millimetres."""
        shape = self._atlas.drawn_at(self._view, pointer.u_mm, pointer.v_mm, Dissection.SKIN)
        return qt_path(shape.codes, shape.points) if shape else QPainterPath()

    def show_shift(self, shift: Shift) -> None:
        """Show marks where a drag has taken them; nothing is stored by that."""
        self.marks.drag(shift)

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
        self._leave_gestures()
        self.held_tool.hover(None)
        self._tool_id = tool
        self.show_hand(None)
        self.tool_changed.emit(tool)

    @property
    def hover_dissection(self) -> Dissection:
        """What is meant by the pointer: what is drawn, or the skin where areas are drawn on it."""
        return Dissection.SKIN if self._tool_id.is_pain else self._dissection

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
            self.complain(self.tr(_CLOSED))
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

    def _leave_gestures(self) -> None:
        self._nudging.finish()
        self._pointing.cancel()
        self.key_cursor.put_away()
        self._hover.leave()

    # --- the picture

    @override
    def show_view(self, view: ViewId) -> None:
        self._leave_gestures()
        super().show_view(view)
        self._show_marks()

    @override
    def set_theme(self, theme: Theme) -> None:
        self.hover_card.theme = theme
        super().set_theme(theme)

    @override
    def paint_over(self, painter: QPainter) -> None:
        self._hover.paint(painter, self._theme)
        self.held_tool.paint(painter)
        self.key_cursor.paint(painter, self._theme)

    def tell_hovered(self, hit: Hit | None) -> None:
        """The atlas has answered for the place under the pointer."""
        self.hovered.emit(hit)

    # --- events

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._nudging.finish()
        self.key_cursor.put_away()
        self._hover.leave()
        if not self._pointing.pressed(event):
            event.ignore()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointing.moved(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover.follow(self._pointing.pointer(event.position(), event.modifiers()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointing.released(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick taps are two marks

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hover.leave()
        self._pointing.wheeled(event)
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._leave_gestures()
        at = QPointF(event.pos())
        mark_id = self.nearest(self._pointing.pointer(at, event.modifiers()))
        if mark_id is not None and mark_id not in self.selection:
            self.select(frozenset({mark_id}))
        self.context_requested.emit(event.globalPos(), mark_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._hover.leave()
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(is_held=False)
        else:
            super().keyReleaseEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._leave_gestures()
        super().focusOutEvent(event)

    @override
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
