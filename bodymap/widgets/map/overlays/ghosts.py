"""The marks of another visit, faint and hollow, below those of the visit that is open."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark, NeedleSite, PainZone, TriggerPoint
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.zone_path import zone_path
from bodymap.widgets.theme import Theme

_POINT_PX = 9.0
_NEEDLE_PX = 4.5
_NOTE_PX = 5.0
_FAINT = 0.14


class Ghosts:
    """Painted by shape as well as by colour: ring, dot with a stem, dashed area, square."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = tuple(marks)
        self._paths = {
            mark.id: zone_path(mark) for mark in self._marks if isinstance(mark, PainZone)
        }

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint those that lie on a view, in pixels of the map."""
        painter.save()
        shown = [mark for mark in self._marks if mark.place.view == view]
        for mark in sorted(shown, key=lambda mark: not isinstance(mark, PainZone)):
            if isinstance(mark, PainZone):
                self._paint_zone(painter, camera, theme, mark)
            else:
                _paint_point(painter, camera.to_px(mark.place.u_mm, mark.place.v_mm), theme, mark)
        painter.restore()

    def _paint_zone(self, painter: QPainter, camera: Camera, theme: Theme, zone: PainZone) -> None:
        path = camera.transform.map(self._paths[zone.id])
        ground = QColor(theme.colour("pain"))
        ground.setAlphaF(_FAINT)
        painter.fillPath(path, ground)
        painter.strokePath(path, QPen(theme.colour("halo"), 3.0))
        painter.strokePath(path, QPen(theme.colour("pain"), 1.4, Qt.PenStyle.DashLine))


def _paint_point(painter: QPainter, at: QPointF, theme: Theme, mark: Mark) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for role, width in (("halo", 4.0), (_role(mark), 1.6)):
        is_ring = isinstance(mark, TriggerPoint) and role != "halo"
        style = Qt.PenStyle.DashLine if is_ring else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(role), width, style))
        if isinstance(mark, TriggerPoint):
            painter.drawEllipse(at, _POINT_PX, _POINT_PX)
        elif isinstance(mark, NeedleSite):
            painter.drawEllipse(at, _NEEDLE_PX, _NEEDLE_PX)
            painter.drawLine(at + QPointF(3.4, -3.4), at + QPointF(12, -12))
        else:
            side = 2 * _NOTE_PX
            painter.drawRect(int(at.x() - _NOTE_PX), int(at.y() - _NOTE_PX), int(side), int(side))


def _role(mark: Mark) -> str:
    if isinstance(mark, TriggerPoint):
        return "trigger-point"
    return "needle" if isinstance(mark, NeedleSite) else "note"
