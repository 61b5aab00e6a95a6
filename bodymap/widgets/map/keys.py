"""What keys do while the map has the focus; everything else is an action of the window."""

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from bodymap.chart.marks import MarkId
from bodymap.widgets.map import key_cursor, nudging
from bodymap.widgets.map.key_cursor import KeyCursor
from bodymap.widgets.map.tools.tool import Tool

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_NO_END = (Qt.Key.Key_Escape, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt)
"""Keys that do not end a run of nudges: one takes it back, the others only modify."""

_PAN_PX = 60.0
_BRUSH_STEP = 1.25


class KeyedMap(Protocol):
    """What keys do to the map."""

    @property
    def selection(self) -> frozenset[MarkId]:
        """The marks in hand."""
        ...

    @property
    def held_tool(self) -> Tool:
        """The tool in the hand."""
        ...

    @property
    def brush_radius_mm(self) -> float:
        """Of the pain brush."""
        ...

    @brush_radius_mm.setter
    def brush_radius_mm(self, radius_mm: float) -> None: ...

    def finish_nudging(self) -> None:
        """Make a step of the nudges so far."""
        ...

    def nudge(self, du_mm: float, dv_mm: float) -> None:
        """Move what is in hand."""
        ...

    def pan(self, by: QPointF) -> None:
        """Shift what is shown."""
        ...

    def escape(self) -> None:
        """Leave what is being done."""
        ...

    def select_next(self, by: int) -> None:
        """Take the next or the previous mark in hand."""
        ...

    def hold_space(self, *, is_held: bool) -> None:
        """While space is held, a drag pans."""
        ...


class Keys:
    """Reads key presses."""

    def __init__(self, on: KeyedMap, cursor: KeyCursor) -> None:
        self._map, self._cursor = on, cursor

    def announced(self, event: QKeyEvent) -> None:
        """Any key but an arrow ends a run of nudges, also one that is the window's."""
        if event.key() not in _WAYS and event.key() not in _NO_END:
            self._map.finish_nudging()

    def pressed(self, event: QKeyEvent) -> bool:
        """Act on a key; False if it means nothing to the map."""
        key = Qt.Key(event.key())
        if key in _WAYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._arrow(*_WAYS[key], is_long=shift)
            return True
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._map.held_tool.marks_points:
                self._cursor.press()
            case Qt.Key.Key_Escape:
                self._map.escape()
            case Qt.Key.Key_Space:
                self._map.hold_space(is_held=True)
            case Qt.Key.Key_BracketLeft | Qt.Key.Key_BracketRight:
                grow = _BRUSH_STEP if key == Qt.Key.Key_BracketRight else 1 / _BRUSH_STEP
                self._map.brush_radius_mm *= grow
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._map.select_next(1 if key == Qt.Key.Key_PageDown else -1)
            case _:
                return False
        return True

    def _arrow(self, u: int, v: int, *, is_long: bool) -> None:
        drawing = self._map.held_tool.is_busy
        if self._map.selection and not drawing and self._cursor.at_mm is None:
            step = nudging.LONG_STEP_MM if is_long else nudging.STEP_MM
            self._map.nudge(u * step, v * step)
        elif self._map.held_tool.marks_points:
            step = key_cursor.LONG_STEP_MM if is_long else key_cursor.STEP_MM
            self._cursor.step(u * step, v * step)
        else:
            self._map.pan(QPointF(-u * _PAN_PX, -v * _PAN_PX))
