"""Taking marks in hand, several at a time, and moving them."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from typing_extensions import override

from bodymap.widgets.map.marks.layer import Shift
from bodymap.widgets.map.tools.tool import Pointer, Tool, ToolMap

_ADD = Qt.KeyboardModifier.ControlModifier
_BAND = Qt.KeyboardModifier.ShiftModifier


class _Doing(Enum):
    PAN = auto()
    MOVE = auto()
    BAND = auto()


class SelectTool(Tool):
    """A tap takes a mark, with Control one more; a drag moves marks, or pans beside them.

    With Shift, or Control beside a mark, a drag draws a band that takes what lies inside.
    """

    cursor = Qt.CursorShape.ArrowCursor
    marks_points = False

    def __init__(self, on: ToolMap) -> None:
        super().__init__(on)
        self._doing = _Doing.PAN
        self._from = QPointF()
        self._band = QRectF()

    @override
    def tapped(self, pointer: Pointer) -> None:
        mark_id = self._map.nearest(pointer)
        held = self._map.selection
        if pointer.holds(_ADD) or pointer.holds(_BAND):
            self._map.select(held ^ {mark_id} if mark_id else held)
        else:
            self._map.select(frozenset({mark_id} if mark_id else ()))

    @override
    def drag_began(self, pointer: Pointer) -> None:
        self._from = pointer.at
        self._band = QRectF()
        mark_id = self._map.nearest(pointer)
        if pointer.holds(_BAND) or (mark_id is None and pointer.holds(_ADD)):
            self._doing = _Doing.BAND
        elif mark_id is not None and self._map.is_writable:
            self._doing = _Doing.MOVE
            if mark_id not in self._map.selection:
                self._map.select(frozenset({mark_id}))
        else:
            self._doing = _Doing.PAN

    @override
    def dragged(self, pointer: Pointer) -> None:
        match self._doing:
            case _Doing.PAN:
                super().dragged(pointer)
            case _Doing.MOVE:
                scale, by = self._map.camera.px_per_mm, pointer.at - self._from
                self._map.show_shift(Shift(self._map.selection, by.x() / scale, by.y() / scale))
            case _Doing.BAND:
                self._stretch(QRectF(self._from, pointer.at).normalized())

    @override
    def dropped(self, pointer: Pointer) -> None:
        shift = self._map.marks.shift
        self.dropped_nowhere()
        if self._doing is _Doing.MOVE and shift.mark_ids:
            ids, du, dv = shift.mark_ids, shift.du_mm, shift.dv_mm
            self._map.take(lambda charting: charting.move(ids, du, dv))
        elif self._doing is _Doing.BAND:
            area = QRectF(self._from, pointer.at).normalized()
            inside = self._map.marks.shown.inside(self._map.camera.area_mm(area))
            held = self._map.selection if pointer.holds(_ADD) else frozenset()
            self._map.select(held | inside)

    @override
    def dropped_nowhere(self) -> None:
        self._map.show_shift(Shift())
        self._stretch(QRectF())

    @override
    def paint(self, painter: QPainter) -> None:
        if self._band.isEmpty():
            return
        colour = self._map.theme.colour("accent")
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
        wash = QColor(colour)
        wash.setAlphaF(0.10)
        painter.setBrush(wash)
        painter.drawRoundedRect(self._band, 4, 4)

    def _stretch(self, band: QRectF) -> None:
        area = self._band.united(band).adjusted(-2, -2, 2, 2)
        self._band = band
        self._map.repaint_area(area)
