"""The marks of one view: painted, found under a finger, and repainted one at a time."""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change
from bodymap.chart.marks import Mark, MarkId, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.badges import USUAL, placed
from bodymap.widgets.map.marks.hatching import paint_zone, zone_reach
from bodymap.widgets.map.marks.strokes import REACH_PX, RING_PX, MarkStrokes
from bodymap.widgets.map.marks.zone_path import zone_path
from bodymap.widgets.theme import Theme

XY = tuple[float, float]


@dataclass(slots=True)
class _Shown:
    """One mark with what painting it needs."""

    mark: Mark
    way: XY = USUAL
    number: str = ""
    path: QPainterPath = field(default_factory=QPainterPath)

    @property
    def at(self) -> XY:
        return self.mark.place.u_mm, self.mark.place.v_mm


@dataclass(frozen=True, slots=True)
class Shift:
    """Marks that are being dragged, and how far, in millimetres."""

    mark_ids: frozenset[MarkId] = frozenset()
    du_mm: float = 0.0
    dv_mm: float = 0.0


class MarkLayer:
    """Knows the marks of the view that is shown and where each stands on the map."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.selection: frozenset[MarkId] = frozenset()
        self.shift = Shift()
        self._shown: dict[MarkId, _Shown] = {}
        self._scale = 0.0

    def show(self, marks: Iterable[Mark], view: ViewId) -> None:
        """Show these marks, as far as they lie on the view."""
        self._shown = {mark.id: _shown(mark) for mark in marks if mark.place.view == view}
        self._scale = 0.0

    def apply(self, change: Change, view: ViewId, camera: Camera) -> list[QRectF]:
        """Follow a stored change.

        Returns:
            What has to be painted again, in pixels: the marks touched, before and after, and
            those whose badge makes room for them.
        """
        touched = self.tied_to(change.mark_ids)
        ways = {mark_id: (s.way, s.number) for mark_id, s in self._shown.items()}
        areas = [self.reach(mark_id, camera) for mark_id in touched]
        old = {mark_id: self._reach(s, camera) for mark_id, s in self._shown.items()}
        for mark_id in change.removed:
            self._shown.pop(mark_id, None)
        for mark in change.put:
            if mark.place.view == view:
                self._shown[mark.id] = _shown(mark)
            else:
                self._shown.pop(mark.id, None)
        self._scale = 0.0
        self._arrange(camera)
        for mark_id, shown in self._shown.items():
            if mark_id in touched or ways.get(mark_id) != (shown.way, shown.number):
                areas += [old.get(mark_id, QRectF()), self._reach(shown, camera)]
        return [area for area in areas if not area.isEmpty()]

    def ids(self) -> list[MarkId]:
        """The marks shown, in the visit's order."""
        return list(self._shown)

    def mark(self, mark_id: MarkId) -> Mark | None:
        """The mark of that id, if it is shown."""
        shown = self._shown.get(mark_id)
        return shown.mark if shown else None

    # --- where things are

    def reach(self, mark_id: MarkId, camera: Camera) -> QRectF:
        """Everything a mark may paint on, in pixels; empty if it is not shown."""
        self._arrange(camera)
        shown = self._shown.get(mark_id)
        return self._reach(shown, camera) if shown else QRectF()

    def nearest(self, at: QPointF, camera: Camera, within_px: float) -> MarkId | None:
        """The mark a finger at a pixel means: the nearest point mark, else the zone there."""
        self._arrange(camera)
        best, least = None, within_px
        for mark_id, shown in self._shown.items():
            if shown.path.isEmpty():
                apart = self._apart(shown, at, camera)
                if apart <= least:
                    best, least = mark_id, apart
        return best or self.zone_at(camera.to_mm(at))

    def tied_to(self, mark_ids: Collection[MarkId]) -> frozenset[MarkId]:
        """The marks, and the needles placed for them: what is painted anew when they move."""
        tied = (
            mark_id
            for mark_id, shown in self._shown.items()
            if isinstance(shown.mark, NeedleSite) and shown.mark.trigger_point in mark_ids
        )
        return frozenset((*mark_ids, *tied))

    def inside(self, area: QRectF, camera: Camera) -> frozenset[MarkId]:
        """The marks whose point lies in an area of the map, or whose zone touches it."""
        part = camera.area_mm(area)
        return frozenset(
            mark_id
            for mark_id, shown in self._shown.items()
            if (
                part.contains(QPointF(*shown.at))
                if shown.path.isEmpty()
                else shown.path.intersects(part)
            )
        )

    def _apart(self, shown: _Shown, at: QPointF, camera: Camera) -> float:
        here = camera.to_px(*shown.at)
        apart = math.hypot(here.x() - at.x(), here.y() - at.y())
        if isinstance(shown.mark, NeedleSite):
            badge = here + QPointF(*shown.way)
            apart = min(apart, math.hypot(badge.x() - at.x(), badge.y() - at.y()))
        if isinstance(shown.mark, Note):
            flag = here + QPointF(8, -17)
            apart = min(apart, math.hypot(flag.x() - at.x(), flag.y() - at.y()))
        return apart

    def zone_at(self, at_mm: XY) -> MarkId | None:
        """The smallest pain zone around a point of the view."""
        point = QPointF(*at_mm)
        found = [
            (shown.path.boundingRect().width(), mark_id)
            for mark_id, shown in self._shown.items()
            if not shown.path.isEmpty() and shown.path.contains(point)
        ]
        return min(found)[1] if found else None

    def _reach(self, shown: _Shown, camera: Camera) -> QRectF:
        if not shown.path.isEmpty():
            return zone_reach(self._moved_path(shown), camera)
        at = camera.to_px(*self._moved(shown))
        ends = [at]
        if isinstance(shown.mark, NeedleSite):
            ends.append(at + QPointF(*shown.way))
            trigger = self._trigger_of(shown.mark)
            if trigger:
                ends.append(camera.to_px(*self._moved(trigger)))
        if isinstance(shown.mark, Note):
            ends.append(at + QPointF(9, -18))
        xs, ys = [end.x() for end in ends], [end.y() for end in ends]
        box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        return box.adjusted(-REACH_PX, -REACH_PX, REACH_PX, REACH_PX)

    # --- painting

    def paint(self, painter: QPainter, camera: Camera, exposed: QRectF) -> None:
        """Paint what lies in an exposed part of the map: zones, points, needles, what is in hand.

        Args:
            painter: Without transform, in pixels of the map.
            camera: What the map shows.
            exposed: Nothing outside needs painting.
        """
        self._arrange(camera)
        strokes = MarkStrokes(painter, self.theme)
        for shown in self._in_order(camera, exposed):
            selected = shown.mark.id in self.selection
            if shown.path.isEmpty():
                self._paint_point(strokes, shown, camera, selected=selected)
            elif isinstance(shown.mark, PainZone):
                path, kind = self._moved_path(shown), shown.mark.kind
                paint_zone(painter, path, kind, camera, self.theme, selected=selected)

    def _in_order(self, camera: Camera, exposed: QRectF) -> Iterator[_Shown]:
        near = [s for s in self._shown.values() if exposed.intersects(self._reach(s, camera))]
        return iter(sorted(near, key=self._height))

    def _height(self, shown: _Shown) -> int:
        kinds = (PainZone, TriggerPoint, Note, NeedleSite)
        order = next(i for i, kind in enumerate(kinds) if isinstance(shown.mark, kind))
        return order + (4 if order and shown.mark.id in self.selection else 0)

    def _paint_point(
        self, strokes: MarkStrokes, shown: _Shown, camera: Camera, *, selected: bool
    ) -> None:
        at = camera.to_px(*self._moved(shown))
        match shown.mark:
            case TriggerPoint(status=status):
                strokes.trigger_point(at, status, shown.number, selected=selected)
            case NeedleSite() as needle:
                badge = at + QPointF(*shown.way)
                trigger = self._trigger_of(needle)
                end = camera.to_px(*self._moved(trigger)) if trigger else at
                if math.hypot(end.x() - at.x(), end.y() - at.y()) > RING_PX:
                    strokes.link(at, end)
                else:
                    at = end  # as good as in it, at this scale
                strokes.needle(at, badge, shown.number, selected=selected)
            case Note():
                strokes.note(at, shown.number, selected=selected)
            case PainZone():
                pass

    # --- arranging

    def _arrange(self, camera: Camera) -> None:
        """Choose the badges' places anew when the scale has changed."""
        if camera.px_per_mm == self._scale:
            return
        scale = self._scale = camera.px_per_mm
        tips: dict[str, XY] = {}
        others: list[XY] = []
        for mark_id, shown in self._shown.items():
            at = (shown.at[0] * scale, shown.at[1] * scale)
            if isinstance(shown.mark, NeedleSite):
                tips[mark_id] = at
            elif shown.path.isEmpty():
                others.append(at)
        for key, way in placed(tips, others, RING_PX + 2).items():
            self._shown[MarkId(key)].way = way
        self._number(tips.values())

    def _number(self, tips: Collection[XY]) -> None:
        """A trigger point shows its number unless a needle's tip stands on it."""
        for shown in self._shown.values():
            shown.number = str(shown.mark.number)
            if isinstance(shown.mark, TriggerPoint):
                u, v = shown.at[0] * self._scale, shown.at[1] * self._scale
                if any(math.hypot(u - x, v - y) < RING_PX + 3 for x, y in tips):
                    shown.number = ""

    def _trigger_of(self, needle: NeedleSite) -> _Shown | None:
        return self._shown.get(needle.trigger_point) if needle.trigger_point else None

    def _moved(self, shown: _Shown) -> XY:
        if shown.mark.id not in self.shift.mark_ids:
            return shown.at
        return shown.at[0] + self.shift.du_mm, shown.at[1] + self.shift.dv_mm

    def _moved_path(self, shown: _Shown) -> QPainterPath:
        if shown.mark.id not in self.shift.mark_ids:
            return shown.path
        return shown.path.translated(self.shift.du_mm, self.shift.dv_mm)


def _shown(mark: Mark) -> _Shown:
    path = zone_path(mark) if isinstance(mark, PainZone) else QPainterPath()
    return _Shown(mark, path=path)
