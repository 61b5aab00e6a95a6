"""What a review lays over the body: rings round what is another, and comments in bubbles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark, PainZone
from bodymap.chart.review import Comment, CommentId
from bodymap.desk.differences import Became, MarkDifference
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.zone_path import zone_path
from bodymap.widgets.review.words import SEVERITY_ROLES
from bodymap.widgets.theme import Theme

_RING_PX = 19.0
_BUBBLE = (26.0, 20.0)
_OFFSET = QPointF(-46.0, -36.0)
_REACH_PX = 15.0
_FAINT = 0.12


@dataclass(frozen=True, slots=True)
class Numbered:
    """A comment with its number in the list."""

    number: int
    comment: Comment


class Rings:
    """What is another, painted under the marks.

    Args:
        differences: What is another.
        is_earlier: Whether it lies over the earlier visit.
    """

    def __init__(
        self, differences: Sequence[MarkDifference] = (), *, is_earlier: bool = False
    ) -> None:
        self._differences = tuple(differences)
        self._is_earlier = is_earlier

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint what lies on a view, in pixels of the map."""
        painter.save()
        for difference in self._differences:
            self._paint_difference(painter, camera, theme, view, difference)
        painter.restore()

    def _paint_difference(
        self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId, one: MarkDifference
    ) -> None:
        was, now = one.before, one.after
        here = was if self._is_earlier else now
        if here is not None and here.place.view == view:
            _paint_ring(painter, camera, theme, here, one.became)
        if self._is_earlier or was is None or was.place.view != view:
            return
        if one.became is Became.REMOVED:
            _paint_gone(painter, _at(camera, was), theme)
        if one.became is Became.MOVED and now is not None and now.place.view == view:
            _paint_way(painter, _at(camera, was), _at(camera, now), theme)


class Bubbles:
    """Comments, painted over the marks; each stands beside what it is about.

    Args:
        comments: Those to show.
        chosen: The comment in hand.
    """

    def __init__(self, comments: Sequence[Numbered] = (), chosen: CommentId | None = None) -> None:
        self._comments = tuple(one for one in comments if one.comment.pin.place is not None)
        self._chosen = chosen

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint what lies on a view, in pixels of the map."""
        painter.save()
        for one in self._on(view):
            _paint_comment(painter, camera, theme, one, chosen=one.comment.id == self._chosen)
        painter.restore()

    def comment_at(self, view: ViewId, camera: Camera, at: QPointF) -> CommentId | None:
        """The comment whose bubble is under a pixel of the map."""
        for one in self._on(view):
            middle = _bubble(camera, one.comment).center()
            if hypot(middle.x() - at.x(), middle.y() - at.y()) <= _REACH_PX:
                return one.comment.id
        return None

    def _on(self, view: ViewId) -> Iterable[Numbered]:
        for one in self._comments:
            place = one.comment.pin.place
            if place is not None and place.view == view:
                yield one


def _at(camera: Camera, mark: Mark) -> QPointF:
    return camera.to_px(mark.place.u_mm, mark.place.v_mm)


def _paint_ring(
    painter: QPainter, camera: Camera, theme: Theme, mark: Mark, became: Became
) -> None:
    style = Qt.PenStyle.DotLine if became is Became.CHANGED else Qt.PenStyle.SolidLine
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for role, width in (("halo", 6.0), ("accent", 2.6)):
        pen = QPen(theme.colour(role), width, Qt.PenStyle.SolidLine if role == "halo" else style)
        painter.setPen(pen)
        if isinstance(mark, PainZone):
            painter.drawPath(camera.transform.map(zone_path(mark)))
        else:
            painter.drawEllipse(_at(camera, mark), _RING_PX, _RING_PX)


def _paint_gone(painter: QPainter, at: QPointF, theme: Theme) -> None:
    for role, width in (("halo", 6.0), ("accent", 2.6)):
        painter.setPen(QPen(theme.colour(role), width))
        for dx in (8.0, -8.0):
            painter.drawLine(at + QPointF(-dx, -8.0), at + QPointF(dx, 8.0))


def _paint_way(painter: QPainter, was: QPointF, now: QPointF, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for role, width in (("halo", 5.0), ("accent", 1.8)):
        style = Qt.PenStyle.SolidLine if role == "halo" else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour(role), width, style))
        painter.drawLine(was, now)
        painter.drawEllipse(was, 7.0, 7.0)


def _bubble(camera: Camera, comment: Comment) -> QRectF:
    place = comment.pin.place
    assert place is not None  # noqa: S101 - only pinned comments have bubbles
    at = camera.to_px(place.u_mm, place.v_mm)
    width, height = _BUBBLE
    return QRectF(at.x() + _OFFSET.x(), at.y() + _OFFSET.y(), width, height)


def _paint_comment(
    painter: QPainter, camera: Camera, theme: Theme, one: Numbered, *, chosen: bool
) -> None:
    comment = one.comment
    place = comment.pin.place
    assert place is not None  # noqa: S101 - only pinned comments are painted
    at, box = camera.to_px(place.u_mm, place.v_mm), _bubble(camera, comment)
    settled = comment.is_settled
    colour = theme.colour("muted" if settled else SEVERITY_ROLES[comment.severity])
    if comment.pin.radius_mm:
        _paint_area(painter, at, comment.pin.radius_mm * camera.px_per_mm, colour)
    path = _bubble_path(box, at)
    painter.setPen(QPen(theme.colour("halo"), 4.0 if chosen else 2.5))
    painter.drawPath(path)
    painter.fillPath(path, theme.colour("card") if settled else colour)
    painter.setPen(QPen(theme.colour("ink") if chosen else colour, 2.0 if chosen else 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(colour if settled else theme.colour("accent-ink"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(one.number))


def _paint_area(painter: QPainter, at: QPointF, radius_px: float, colour: QColor) -> None:
    ground = QColor(colour)
    ground.setAlphaF(_FAINT)
    painter.setBrush(ground)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
    painter.drawEllipse(at, radius_px, radius_px)


def _bubble_path(box: QRectF, at: QPointF) -> QPainterPath:
    path, tail = QPainterPath(), QPainterPath(at)
    path.addRoundedRect(box, 7, 7)
    tail.lineTo(box.right() - 5, box.bottom() - 8)
    tail.lineTo(box.right() - 13, box.bottom() - 2)
    tail.closeSubpath()
    return path.united(tail)
