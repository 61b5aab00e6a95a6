"""The marks of one view, where each stands, and which one is meant by a click."""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change
from bodymap.chart.marks import Mark, MarkId, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.badges import USUAL, placed
from bodymap.widgets.map.marks.extents import Extents
from bodymap.widgets.map.marks.hatching import EDGE_PX
from bodymap.widgets.map.marks.outlines import Outlines
from bodymap.widgets.map.marks.sprites import Face
from bodymap.widgets.map.marks.strokes import RING_PX
from bodymap.widgets.map.sides import CLEAR_PX

XY = tuple[float, float]

_MOST_ARRANGED = 150
"""With more marks than this on a view nothing can be arranged any more: all needles lean alike."""

_EDGE = QRectF(-EDGE_PX, -EDGE_PX, 2 * EDGE_PX, 2 * EDGE_PX)
_FLAG = QPointF(8, -17)


@dataclass(slots=True)
class ShownMark:
    """One mark with what painting it needs.

    Attributes:
        mark: The mark.
        way: From a needle's tip to its badge, in pixels.
        number: What is written on it.
    """

    mark: Mark
    way: XY = USUAL
    number: str = ""

    @property
    def at(self) -> XY:
        """Its point on the view."""
        return self.mark.place.u_mm, self.mark.place.v_mm

    @property
    def is_zone(self) -> bool:
        """Whether it is an area."""
        return isinstance(self.mark, PainZone)

    def face(self, *, selected: bool) -> Face:
        """How a point mark looks."""
        status = self.mark.status if isinstance(self.mark, TriggerPoint) else None
        way = self.way if isinstance(self.mark, NeedleSite) else None
        return Face(status, way, self.number, selected)


class ShownMarks:
    """Marks by id, in the visit's order.

    Args:
        marks: Those of the view.
        top_mm: Where the figure begins; above it stand the words for the patient's sides.
    """

    def __init__(self, marks: Iterable[Mark] = (), top_mm: float = -math.inf) -> None:
        self._top_mm = top_mm
        self._marks: dict[MarkId, ShownMark] = {}
        self._links: dict[MarkId, MarkId] = {}
        self._extents = Extents()
        self._outlines = Outlines()
        self._scale = 0.0
        for mark in marks:
            self._put(mark)
        for mark_id in self._marks:
            self._measure(mark_id)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[MarkId]:
        return iter(self._marks)

    def get(self, mark_id: MarkId | None) -> ShownMark | None:
        """The mark of that id, if it is shown."""
        return self._marks.get(mark_id) if mark_id is not None else None

    def apply(self, change: Change, view: ViewId) -> frozenset[MarkId]:
        """Follow a stored change; the answer says which marks look different by it."""
        tied = self.tied_to(change.mark_ids)
        looks = self._looks()
        for mark_id in change.removed:
            self._drop(mark_id)
        for mark in change.put:
            if mark.place.view == view:
                self._put(mark)
            else:
                self._drop(mark.id)
        for mark_id in tied:
            self._measure(mark_id)
        if not self._is_crowded:
            self._arrange(self._scale, change.mark_ids)
        return tied | {i for i, look in self._looks().items() if looks.get(i) != look}

    @property
    def _is_crowded(self) -> bool:
        return len(self._marks) > _MOST_ARRANGED

    def _looks(self) -> dict[MarkId, tuple[XY, str]]:
        if self._is_crowded:
            return {}
        return {mark_id: (shown.way, shown.number) for mark_id, shown in self._marks.items()}

    def tied_to(self, mark_ids: Collection[MarkId]) -> frozenset[MarkId]:
        """The marks, and the needles placed for them: what is painted anew when they move."""
        points = {i for i in mark_ids if isinstance(self._mark(i), TriggerPoint)}
        tied = (i for i, point in self._links.items() if point in points) if points else ()
        return frozenset((*mark_ids, *tied))

    def _mark(self, mark_id: MarkId) -> Mark | None:
        shown = self._marks.get(mark_id)
        return shown.mark if shown else None

    def trigger_of(self, shown: ShownMark) -> ShownMark | None:
        """The trigger point a needle was placed for, if it is shown."""
        mark = shown.mark
        return self.get(mark.trigger_point) if isinstance(mark, NeedleSite) else None

    def outline(self, shown: ShownMark) -> QPainterPath:
        """The outline of a zone, in millimetres; empty for point marks."""
        mark = shown.mark
        return self._outlines.of(mark) if isinstance(mark, PainZone) else QPainterPath()

    # --- where things are

    def in_area(self, area_mm: QRectF, px_per_mm: float) -> list[ShownMark]:
        """The marks that may show in an area, as they are stacked, lowest first."""
        self.arrange(px_per_mm)
        found = (self._marks[i] for i in self._extents.touching(area_mm, px_per_mm))
        return sorted(found, key=_height)

    def reach(self, mark_id: MarkId, camera: Camera) -> QRectF:
        """Everything a mark paints on, in pixels; empty if it is not shown."""
        shown = self._marks.get(mark_id)
        if shown is None:
            return QRectF()
        places, around = self._extent(shown)
        area = camera.area_px(places)
        return area.adjusted(around.left(), around.top(), around.right(), around.bottom())

    def nearest(self, at: QPointF, camera: Camera, within_px: float) -> MarkId | None:
        """The mark a finger at a pixel means: the nearest point mark, else the zone there."""
        best, least = None, within_px
        near = QRectF(at.x() - within_px, at.y() - within_px, 2 * within_px, 2 * within_px)
        for shown in self.in_area(camera.area_mm(near), camera.px_per_mm):
            if not shown.is_zone:
                apart = _apart(shown, at, camera)
                if apart <= least:
                    best, least = shown.mark.id, apart
        return best or self.zone_at(camera.to_mm(at))

    def zone_at(self, at_mm: XY) -> MarkId | None:
        """The smallest pain zone around a point of the view."""
        point = QPointF(*at_mm)
        found = [
            (path.boundingRect().width(), shown.mark.id)
            for shown in self.in_area(QRectF(point, point), self._scale or 1.0)
            if (path := self.outline(shown)).contains(point)
        ]
        return min(found)[1] if found else None

    def inside(self, area_mm: QRectF) -> frozenset[MarkId]:
        """The marks whose point lies in an area, or whose zone touches it."""
        return frozenset(
            shown.mark.id
            for shown in self._marks.values()
            if (
                self.outline(shown).intersects(area_mm)
                if shown.is_zone
                else area_mm.contains(QPointF(*shown.at))
            )
        )

    # --- arranging

    def arrange(self, px_per_mm: float) -> None:
        """Choose the badges' places anew when the scale has changed."""
        if px_per_mm != self._scale:
            self._arrange(px_per_mm)

    def _arrange(self, px_per_mm: float, fresh: Collection[MarkId] | None = None) -> None:
        """Choose places for all badges, or only for those of `fresh` marks."""
        self._scale = px_per_mm
        if not self._is_crowded:
            tips: dict[str, XY] = {}
            others: list[XY] = []
            for mark_id, shown in self._marks.items():
                at = (shown.at[0] * px_per_mm, shown.at[1] * px_per_mm)
                if isinstance(shown.mark, NeedleSite):
                    tips[mark_id] = at
                elif not shown.is_zone:
                    others.append(at)
            kept = {i: self._marks[MarkId(i)].way for i in tips if fresh and i not in fresh}
            ceiling = self._top_mm * px_per_mm - CLEAR_PX
            for key, way in placed(tips, others, RING_PX + 2, kept, ceiling).items():
                self._turn(self._marks[MarkId(key)], way)
        self._number()

    def _turn(self, shown: ShownMark, way: XY) -> None:
        if way != shown.way:
            shown.way = way
            self._measure(shown.mark.id)

    def _number(self) -> None:
        """A trigger point shows its number unless its needle stands on it."""
        within = (RING_PX + 1) / max(self._scale, 1e-6)
        covered = {
            point
            for needle, point in self._links.items()
            if point in self._marks and _mm(self._marks[needle], self._marks[point]) < within
        }
        for mark_id, shown in self._marks.items():
            shown.number = "" if mark_id in covered else str(shown.mark.number)

    # --- keeping

    def _put(self, mark: Mark) -> None:
        before = self._marks.get(mark.id)
        way = before.way if before else USUAL
        self._marks[mark.id] = ShownMark(mark, way, str(mark.number))
        self._outlines.drop(mark.id)
        self._links.pop(mark.id, None)
        if isinstance(mark, NeedleSite) and mark.trigger_point is not None:
            self._links[mark.id] = mark.trigger_point
        self._measure(mark.id)

    def _drop(self, mark_id: MarkId) -> None:
        self._marks.pop(mark_id, None)
        self._links.pop(mark_id, None)
        self._extents.drop(mark_id)
        self._outlines.drop(mark_id)

    def _measure(self, mark_id: MarkId) -> None:
        if shown := self._marks.get(mark_id):
            self._extents.put(mark_id, *self._extent(shown))

    def _extent(self, shown: ShownMark) -> tuple[QRectF, QRectF]:
        if shown.is_zone:
            return self.outline(shown).boundingRect(), _EDGE
        u, v = shown.at
        trigger = self.trigger_of(shown)
        end_u, end_v = trigger.at if trigger else shown.at
        places = QRectF(min(u, end_u), min(v, end_v), abs(u - end_u), abs(v - end_v))
        return places, shown.face(selected=True).area


def _mm(one: ShownMark, other: ShownMark) -> float:
    return math.hypot(one.at[0] - other.at[0], one.at[1] - other.at[1])


def _height(shown: ShownMark) -> int:
    kinds = (PainZone, TriggerPoint, Note, NeedleSite)
    return next(i for i, kind in enumerate(kinds) if isinstance(shown.mark, kind))


def _apart(shown: ShownMark, at: QPointF, camera: Camera) -> float:
    here = camera.to_px(*shown.at)
    apart = math.hypot(here.x() - at.x(), here.y() - at.y())
    end = None
    if isinstance(shown.mark, NeedleSite):
        end = here + QPointF(*shown.way)
    elif isinstance(shown.mark, Note):
        end = here + _FLAG
    return apart if end is None else min(apart, math.hypot(end.x() - at.x(), end.y() - at.y()))
