"""Marks that the disk did not take: where they were put, and that they are not saved."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.ghosts import Ghosts
from bodymap.widgets.theme import Theme

WORDS = "Not saved"
_ASIDE = QPointF(16, -9)
_ROOM = 6.0
_POINTS = 9


class UnsavedMarks:
    """Hollow marks, each with a label."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = tuple(marks)
        self._ghosts = Ghosts(marks)

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint those that lie on a view, in pixels of the map."""
        self._ghosts.paint(painter, camera, theme, view)
        painter.save()
        font = QFont(painter.font())
        font.setPointSize(_POINTS)
        font.setBold(True)
        painter.setFont(font)
        for mark in self.marks:
            if mark.place.view == view:
                _label(painter, camera.to_px(mark.place.u_mm, mark.place.v_mm), theme)
        painter.restore()


def _label(painter: QPainter, at: QPointF, theme: Theme) -> None:
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(WORDS) + 2 * _ROOM, metrics.height() + 4
    box = QRectF(at.x() + _ASIDE.x(), at.y() + _ASIDE.y(), width, height)
    painter.setPen(QPen(theme.colour("problem"), 1.0))
    painter.setBrush(theme.colour("problem-ground"))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, WORDS)
