"""Point marks painted once and copied from then on."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from bodymap.chart.marks import TriggerPointStatus
from bodymap.widgets.map.marks.strokes import REACH_PX, MarkStrokes
from bodymap.widgets.theme import Theme

_KEPT = 320
"""Whole pictures; with more marks than that they are painted ahead, of two parts each."""

_NUMBERS_KEPT = 1000
_ANY = "*"
"""Stands for every number in a picture that leaves it out."""

_STEP = 4
"""Logical pixels that are whole pixels of the screen at every usual scaling (1.25, 1.5, 1.75)."""

_IN_FLAG = QPointF(7, -17.5)


@dataclass(frozen=True, slots=True)
class Face:
    """All that decides how a point mark looks.

    Attributes:
        status: Of a trigger point; None for other kinds.
        way: From a needle's tip to its badge in pixels; None for other kinds.
        number: What is written on it.
        selected: Whether it is in hand.
    """

    status: TriggerPointStatus | None
    way: tuple[float, float] | None
    number: str
    selected: bool

    @property
    def area(self) -> QRectF:
        """What it covers around its point, in pixels."""
        u, v = self.way or (0.0, 0.0)
        if self.status is None and self.way is None:
            u, v = 9.0, -18.0
        box = QRectF(QPointF(min(u, 0), min(v, 0)), QPointF(max(u, 0), max(v, 0)))
        area = box.adjusted(-REACH_PX, -REACH_PX, REACH_PX, REACH_PX)
        return QRectF(area.toAlignedRect())


class Sprites:
    """Pictures of faces for one theme and one kind of screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._ratio = 0.0
        self._font = QFont()
        self._pictures = _Pictures(_KEPT)
        self._numbers = _Pictures(_NUMBERS_KEPT)

    def paint(self, painter: QPainter, face: Face, at: QPointF) -> None:
        """Copy a face onto its point, on whole pixels of the screen."""
        self._follow(painter)
        painter.drawPixmap(self._corner(face, at), self._whole(face))

    def paint_of_parts(self, painter: QPainter, face: Face, at: QPointF) -> None:
        """The same for faces so many that a whole picture of each would fill the memory.

        All needles that lean alike share one picture, and so do trigger points; only the number
        is each one's own.
        """
        self._follow(painter)
        corner = self._corner(face, at)
        painter.drawPixmap(corner, self._whole(replace(face, number=face.number and _ANY)))
        if face.number:
            area = _number_area(face)
            inside = area.topLeft() - face.area.topLeft()
            painter.drawPixmap(corner + inside, self._number(face, area))

    def _follow(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatio()
        if ratio != self._ratio or painter.font() != self._font:
            self._pictures.clear()
            self._numbers.clear()
            self._ratio, self._font = ratio, painter.font()

    def _corner(self, face: Face, at: QPointF) -> QPointF:
        ratio, corner = self._ratio, at + face.area.topLeft()
        return QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)

    def _whole(self, face: Face) -> QPixmap:
        return self._pictures.get(face) or self._pictures.put(
            face, self._painted(face.area, lambda strokes, at: _draw(strokes, face, at))
        )

    def _number(self, face: Face, area: QRectF) -> QPixmap:
        key = replace(face, selected=False)
        return self._numbers.get(key) or self._numbers.put(
            key, self._painted(area, lambda strokes, at: _draw_number(strokes, face, at))
        )

    def _painted(self, area: QRectF, draw: Callable[[MarkStrokes, QPointF], None]) -> QPixmap:
        picture = QPixmap((area.size() * self._ratio).toSize())
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setFont(self._font)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(MarkStrokes(painter, self._theme), -area.topLeft())
        return picture.copy()  # what was painted on keeps its paint engine of 10 KB, a copy none


class _Pictures(OrderedDict[Face, QPixmap]):
    """So many pictures, those made last."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def put(self, face: Face, picture: QPixmap) -> QPixmap:
        """Keep a picture, and let go of the oldest when there are too many."""
        self[face] = picture
        if len(self) > self._most:
            self.popitem(last=False)
        return picture


def _draw(strokes: MarkStrokes, face: Face, at: QPointF) -> None:
    """Draw all of a face, or all but its number where that is any."""
    selected = face.selected
    if face.status is not None:
        strokes.trigger_point(at, face.status, is_numbered=bool(face.number), selected=selected)
    elif face.way is not None:
        strokes.needle(at, at + QPointF(*face.way), selected=selected)
    else:
        strokes.note(at, selected=selected)
    if face.number != _ANY:
        _draw_number(strokes, face, at)


def _draw_number(strokes: MarkStrokes, face: Face, at: QPointF) -> None:
    is_short, middle = len(face.number) < 3, at + _number_at(face)
    if face.status is not None:
        ink = "needle-ink" if face.status is TriggerPointStatus.ACTIVE else "trigger-point"
        strokes.number(middle, face.number, ink, 10 if is_short else 8)
    elif face.way is not None:
        strokes.number(middle, face.number, "needle-ink", 12 if is_short else 10)
    else:
        strokes.number(middle, face.number, "note-ink", 9)


def _number_at(face: Face) -> QPointF:
    """The middle of the number, from the mark's point."""
    if face.status is not None:
        return QPointF(0, 0)
    return QPointF(*face.way) if face.way is not None else _IN_FLAG


def _number_area(face: Face) -> QRectF:
    """Where the number stands about the mark's point, in steps from the whole picture's corner."""
    corner = face.area.topLeft()
    middle = _number_at(face) - corner
    wide, high = max(6.0, 4.0 * len(face.number)), 7.0
    left, top = (math.floor(low / _STEP) * _STEP for low in (middle.x() - wide, middle.y() - high))
    right, bottom = (
        math.ceil(high / _STEP) * _STEP for high in (middle.x() + wide, middle.y() + high)
    )
    return QRectF(left, top, right - left, bottom - top).translated(corner)
