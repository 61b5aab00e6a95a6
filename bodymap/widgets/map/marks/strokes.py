"""How each kind of mark looks: its shape tells the kind as much as its colour."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from bodymap.chart.marks import TriggerPointStatus
from bodymap.widgets.map.marks.badges import BADGE_PX
from bodymap.widgets.theme import Theme

RING_PX = 12.2
DISC_PX = 9.0
HALO_PX = 15.0
TIP_PX = 4.4
FLAG_PX = QRectF(-2, -24, 20, 26)
"""Where a note's flag lies around its point."""

REACH_PX = 21.0
"""No point mark, selected or not, reaches further than this from its point or badge."""


class MarkStrokes:
    """Paints marks at a point of the map, in logical pixels."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter = painter
        self._theme = theme

    def trigger_point(
        self, at: QPointF, status: TriggerPointStatus, *, is_numbered: bool, selected: bool
    ) -> None:
        """A disc in a ring is active, an open ring latent, a small dot in a broken ring satellite.

        Args:
            at: Its point.
            status: Which of the three.
            is_numbered: Whether a number comes into it; none does when a needle sits there.
            selected: Whether it is in hand.
        """
        self._halo(at, HALO_PX, selected=selected)
        colour = self._colour("trigger-point")
        self._disc(at, RING_PX + 1.1, self._colour("trigger-point-ground"))
        broken = status is TriggerPointStatus.SATELLITE
        self._ring(at, RING_PX, colour, 2.4, broken=broken)
        if status is TriggerPointStatus.ACTIVE:
            self._disc(at, DISC_PX, colour)
        elif status is TriggerPointStatus.SATELLITE and not is_numbered:
            self._disc(at, 3.2, colour)

    def needle(self, tip: QPointF, badge: QPointF, *, selected: bool) -> None:
        """A pin: its tip on the point, a badge at the other end."""
        colour, halo = self._colour("needle"), self._colour("halo")
        shaft = QPen(halo, 6.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        self._painter.setPen(shaft)
        self._painter.drawLine(tip + (badge - tip) * 0.22, badge)
        self._halo(badge, BADGE_PX + 1.9, selected=selected)
        self._disc(tip, TIP_PX + 1.1, halo)
        shaft.setColor(colour)
        shaft.setWidthF(3.0)
        self._painter.setPen(shaft)
        self._painter.drawLine(tip, badge)
        self._disc(tip, TIP_PX, colour)
        self._disc(badge, BADGE_PX, colour)

    def note(self, at: QPointF, *, selected: bool) -> None:
        """A flag on a pole that stands on the point."""
        if selected:
            self._halo(at + QPointF(6, -12), HALO_PX + 2, selected=True)
        colour, halo = self._colour("note"), self._colour("halo")
        pole = QPen(halo, 5.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        flag = QPolygonF(
            [
                at + QPointF(x, y)
                for x, y in ((0, -24), (18, -24), (13.5, -17.5), (18, -11), (0, -11))
            ]
        )
        self._painter.setBrush(halo)
        for ink, width in ((halo, 5.6), (colour, 2.2)):
            pole.setColor(ink)
            pole.setWidthF(width)
            pole.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pole)
            self._painter.drawLine(at, at + QPointF(0, -24))
            self._painter.setBrush(ink)
            pole.setWidthF(width - 1.2)
            self._painter.setPen(pole)
            self._painter.drawPolygon(flag)
        self._disc(at, 2.6, colour)

    def link(self, start: QPointF, end: QPointF) -> None:
        """Ties a needle to the ring of the trigger point it was placed for."""
        line = QLineF(end, start)
        line.setLength(RING_PX + 1.5)
        end = line.p2()
        pen = QPen(self._colour("halo"), 3.6)
        self._painter.setPen(pen)
        self._painter.drawLine(start, end)
        pen = QPen(self._colour("needle"), 1.6, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2.2, 2.0])
        self._painter.setPen(pen)
        self._painter.drawLine(start, end)

    def _halo(self, at: QPointF, radius: float, *, selected: bool) -> None:
        if selected:
            self._disc(at, radius + 4.6, self._colour("halo"))
            self._ring(at, radius + 2.6, self._colour("selection"), 2.6)
        self._disc(at, radius, self._colour("halo"))

    def _disc(self, at: QPointF, radius: float, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawEllipse(at, radius, radius)

    def _ring(
        self, at: QPointF, radius: float, colour: QColor, width: float, *, broken: bool = False
    ) -> None:
        pen = QPen(colour, width)
        if broken:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            turn = 2 * 3.14159265 * radius / width
            pen.setDashPattern([turn / 8 * 0.62, turn / 8 * 0.38])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(at, radius, radius)

    def number(self, at: QPointF, number: str, role: str, px: int) -> None:
        """A number about a point, in the colour of a role."""
        if not number:
            return
        font = QFont(self._painter.font())
        font.setPixelSize(px)
        font.setWeight(QFont.Weight.Bold)
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, number)
        box = path.boundingRect()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour(role))
        self._painter.drawPath(path.translated(at - box.center()))

    def _colour(self, role: str) -> QColor:
        return self._theme.colour(role)
