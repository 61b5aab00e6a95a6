"""Point marks painted once and copied from then on."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from bodymap.chart.marks import TriggerPointStatus
from bodymap.widgets.map.marks.strokes import REACH_PX, MarkStrokes
from bodymap.widgets.theme import Theme

_KEPT = 4000


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
        self._pictures: OrderedDict[Face, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, face: Face, at: QPointF) -> None:
        """Copy a face onto its point, on whole pixels of the screen."""
        ratio = painter.device().devicePixelRatio()
        if ratio != self._ratio or painter.font() != self._font:
            self._pictures.clear()
            self._ratio, self._font = ratio, painter.font()
        picture = self._pictures.get(face) or self._painted(face)
        corner = at + face.area.topLeft()
        whole = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.drawPixmap(whole, picture)

    def _painted(self, face: Face) -> QPixmap:
        area = face.area
        picture = QPixmap((area.size() * self._ratio).toSize())
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(MarkStrokes(painter, self._theme), face, -area.topLeft())
        painter.end()
        self._pictures[face] = picture
        if len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return picture


def _draw(strokes: MarkStrokes, face: Face, at: QPointF) -> None:
    if face.status is not None:
        strokes.trigger_point(at, face.status, face.number, selected=face.selected)
    elif face.way is not None:
        strokes.needle(at, at + QPointF(*face.way), face.number, selected=face.selected)
    else:
        strokes.note(at, face.number, selected=face.selected)
