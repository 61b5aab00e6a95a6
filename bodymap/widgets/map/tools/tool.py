"""What all tools share: a press that becomes a tap or a drag, and what to ask of the map."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Charting
from bodymap.desk.steps import Step
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.layer import MarkLayer, Shift
from bodymap.widgets.theme import Theme

SLOP_PX = 6.0
TOUCH_SLOP_PX = 14.0
"""A press that moves no further than this is a tap; fingers roll more than a mouse slips."""

SNAP_MM = 5.0
"""How far from a mark a click may be and still mean it, in millimetres of the screen."""

TOUCH_REACH_PX = 24.0
"""The same for a finger: targets of 44 px and more."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a mouse, pen or finger is.

    Attributes:
        at: In pixels of the map.
        u_mm: In millimetres of the view.
        v_mm: In millimetres of the view.
        modifiers: Keys held down.
        is_touch: Whether it is a finger.
    """

    at: QPointF
    u_mm: float
    v_mm: float
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    is_touch: bool = False

    def holds(self, key: Qt.KeyboardModifier) -> bool:
        """Whether a modifier key is held down."""
        return bool(self.modifiers & key)


class ToolMap(Protocol):
    """What a tool may ask of the map it is used on."""

    @property
    def view_id(self) -> ViewId:
        """The drawing that is shown."""
        ...

    @property
    def camera(self) -> Camera:
        """Which part of it."""
        ...

    @property
    def theme(self) -> Theme:
        """The colours."""
        ...

    @property
    def marks(self) -> MarkLayer:
        """The marks on it."""
        ...

    @property
    def selection(self) -> frozenset[MarkId]:
        """The marks in hand."""
        ...

    @property
    def meant(self) -> frozenset[StructureId]:
        """The outlines of the muscle that trigger points are meant for, if one was named."""
        ...

    @property
    def barred_item(self) -> str:
        """The item of the screening that areas are barred by; empty where none was named."""
        ...

    @property
    def brush_radius_mm(self) -> float:
        """Of the pain brush, in millimetres of the body."""
        ...

    @property
    def is_writable(self) -> bool:
        """Whether there is a visit that may be changed."""
        ...

    def take(self, make: Callable[[Charting], Step]) -> None:
        """Finish a gesture with the step it makes; what stands in the way is told."""
        ...

    def select(self, mark_ids: frozenset[MarkId]) -> None:
        """Take marks in hand, and no others."""
        ...

    def nearest(self, pointer: Pointer) -> MarkId | None:
        """The mark a pointer means."""
        ...

    def region_under(self, pointer: Pointer) -> QPainterPath:
        """The outline of the surface region a pointer is over, in millimetres, if any."""
        ...

    def zone_in_hand(self) -> MarkId | None:
        """The pain zone that drawing adds to: the one selected on this view."""
        ...

    def complain(self, words: str) -> None:
        """Tell the person what stands in the way."""
        ...

    def pan(self, by: QPointF) -> None:
        """Shift what is shown."""
        ...

    def show_shift(self, shift: Shift) -> None:
        """Show marks where a drag has taken them; nothing is stored by that."""
        ...

    def repaint_area(self, area: QRectF) -> None:
        """Paint a part of the map again, in pixels."""
        ...


class Tool:
    """A gesture: press, move, release; `cancel` at any time leaves no trace.

    A press that stays put is a tap. One that moves further than the slop is a drag, which pans
    unless the tool has a better use for it.
    """

    cursor = Qt.CursorShape.CrossCursor
    draws = False
    """Whether a drag draws from the first pixel on."""

    marks_points = True
    """Whether the tool makes marks, so that it needs a visit that may be changed."""

    def __init__(self, on: ToolMap) -> None:
        self._map = on
        self._pressed: Pointer | None = None
        self._last = QPointF()
        self._is_drag = False

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._pressed is not None

    def press(self, pointer: Pointer) -> None:
        """Begin."""
        self._pressed, self._last, self._is_drag = pointer, pointer.at, False
        if self.draws:
            self._is_drag = True
            self.drag_began(pointer)

    def move(self, pointer: Pointer) -> None:
        """Go on."""
        if self._pressed is None:
            return
        slop = TOUCH_SLOP_PX if pointer.is_touch else SLOP_PX
        if not self._is_drag and _apart(pointer.at, self._pressed.at) > slop:
            self._is_drag = True
            self.drag_began(self._pressed)
        if self._is_drag:
            self.dragged(pointer)
            self._last = pointer.at

    def release(self, pointer: Pointer) -> None:
        """Finish: the gesture takes effect."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self._is_drag:
            self.dropped(pointer)
        else:
            self.tapped(pressed)

    def cancel(self) -> None:
        """Leave it."""
        if self._pressed is not None:
            self._pressed = None
            self.dropped_nowhere()

    def hover(self, pointer: Pointer | None) -> None:
        """The pointer moves over the map (None: it left) without being pressed."""

    def paint(self, painter: QPainter) -> None:
        """Show what the gesture would do; without transform, in pixels of the map."""

    def tapped(self, pointer: Pointer) -> None:
        """A press without a drag."""

    def drag_began(self, pointer: Pointer) -> None:
        """The first move beyond the slop; `pointer` is where the press was."""

    def dragged(self, pointer: Pointer) -> None:
        """A further move."""
        self._map.pan(pointer.at - self._last)

    def dropped(self, pointer: Pointer) -> None:
        """The end of a drag."""

    def dropped_nowhere(self) -> None:
        """A drag or a press was left."""


def _apart(one: QPointF, other: QPointF) -> float:
    apart = one - other
    return max(abs(apart.x()), abs(apart.y()))
