"""One open visit at the table: gestures become steps, and steps are stored at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.areas import enclosed, painted, region_area, tidy
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.change import Change, between, changed
from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    Note,
    PainZone,
    TriggerPoint,
    kind_of,
)
from bodymap.chart.visit import Visit, VisitForReading
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.carrying import carried_forward, last_needle, like, used_before
from bodymap.desk.copies import Copies
from bodymap.desk.merging import Clash, ClashError, Key, Whose
from bodymap.desk.moving import linked, moved
from bodymap.desk.needle_counting import all_put_away, put_in, taken_out
from bodymap.desk.needle_rows import with_row
from bodymap.desk.placing import first_muscle, hit_at, place_of
from bodymap.desk.ports import Clock, OpenWork
from bodymap.desk.steps import Step
from bodymap.desk.zones import area_of, drawn_area
from bodymap.errors import BodymapError, ConflictError

MARK_NAMES = {
    MarkKind.TRIGGER_POINT: "trigger point",
    MarkKind.NEEDLE_SITE: "needle",
    MarkKind.PAIN_ZONE: "pain zone",
    MarkKind.NOTE: "note",
}
"""What a person calls a mark, in lower case."""


class VisitClosedError(BodymapError):
    """The visit can no longer be changed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a stored change did to the visit, and when it became durable.

    Attributes:
        by_others: It was made in another window or at another seat.
    """

    before: Visit
    after: Visit
    change: Change
    saved_at: datetime
    by_others: bool = False


Listener = Callable[[Changed], None]
XY = tuple[float, float]


class Charting:
    """A visit while it is being charted.

    Methods that name a gesture only make a `Step`; `do` stores it and `undo` takes it back.
    Either is one durable transaction, and the listeners hear of it afterwards.
    """

    def __init__(
        self,
        open_work: OpenWork,
        atlas: Atlas,
        clock: Clock,
        visit: Visit,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._open_work = open_work
        self._clock = clock
        self._visit = visit
        self._new_id = new_id
        self._listeners: list[Listener] = []
        self.atlas = atlas
        self.saved_at: datetime | None = None

    @property
    def visit(self) -> Visit:
        """The visit as it is stored."""
        return self._visit

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener of each stored change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- new marks

    def trigger_point(
        self, view: ViewId, u_mm: float, v_mm: float, meant: Collection[StructureId] = ()
    ) -> Step:
        """A trigger point at a point of the body.

        It lies in the muscle that is meant, if that is there; else in the most superficial one.
        """
        hit = hit_at(self.atlas, view, u_mm, v_mm)
        mark = TriggerPoint(
            id=self._fresh_id(),
            number=self._visit.next_number(MarkKind.TRIGGER_POINT),
            place=place_of(hit),
            muscle=first_muscle(hit, meant),
        )
        return self._adding(mark)

    def needle_site(self, view: ViewId, u_mm: float, v_mm: float) -> Step:
        """A needle at a point of the body, with the size and technique used last.

        The first one of a visit is like the last one of the visit before with this therapist.
        A trigger point nearby is taken to be what it is for.
        """
        hit = hit_at(self.atlas, view, u_mm, v_mm)
        mark = NeedleSite(
            id=self._fresh_id(),
            number=self._visit.next_number(MarkKind.NEEDLE_SITE),
            place=place_of(hit),
            muscle=first_muscle(hit),
        )
        return self._adding(linked(self._as_last_time(mark), self._visit))

    def needle_row(self, first: MarkId, last: MarkId, count: int) -> Step:
        """More needles like the first, evenly in the line to the last.

        Raises:
            NoRowError: The two are not needles of one view, or the count is none of a row.
            OffTheBodyError: The line leaves the body.
        """
        after = with_row(self.atlas, self._visit, (first, last), count, self._fresh_id)
        return self._step(f"row of {count} needles", after, None)

    def carry_forward(self, earlier: Iterable[Mark], mark_ids: Collection[MarkId]) -> Step:
        """Those of the marks charted earlier, to be found and treated again."""
        after, copies = carried_forward(self._visit, earlier, mark_ids, self._fresh_id)
        label = "copy 1 mark" if len(copies) == 1 else f"copy {len(copies)} marks"
        return self._step(f"{label} forward", after, _only(copies))

    def note(self, view: ViewId, u_mm: float, v_mm: float, text: str = "") -> Step:
        """A note pinned to a point of the body."""
        place = place_of(hit_at(self.atlas, view, u_mm, v_mm))
        number = self._visit.next_number(MarkKind.NOTE)
        return self._adding(Note(id=self._fresh_id(), number=number, place=place, text=text))

    # --- pain zones

    def pain_from_lasso(
        self, view: ViewId, points: Sequence[XY], zone: MarkId | None = None
    ) -> Step:
        """A pain zone inside a freehand line, or one more piece of `zone`."""
        area = enclosed(self.atlas.view(view).drawing, points)
        return self._zone_step(view, self._zone_area(view, zone).union(area), zone)

    def pain_from_region(
        self, view: ViewId, u_mm: float, v_mm: float, zone: MarkId | None = None
    ) -> Step:
        """A whole surface region as a pain zone; one that `zone` already covers is taken away."""
        hit = hit_at(self.atlas, view, u_mm, v_mm)
        region = region_area(self.atlas.view(view).drawing, hit.region, hit.region_side)
        area = self._zone_area(view, zone)
        covered = area.intersection(region).area > 0.9 * region.area
        return self._zone_step(
            view, area.difference(region) if covered else area.union(region), zone
        )

    def pain_from_brush(
        self,
        view: ViewId,
        points: Sequence[XY],
        radius_mm: float,
        zone: MarkId | None,
        *,
        erase: bool,
    ) -> Step:
        """A stroke of the brush that adds to a zone (or begins one), or takes away from it."""
        stroke = painted(self.atlas.view(view).drawing, points, radius_mm)
        area = self._zone_area(view, zone)
        return self._zone_step(view, area.difference(stroke) if erase else area.union(stroke), zone)

    # --- marks that are there

    def move(self, mark_ids: Collection[MarkId], du_mm: float, dv_mm: float) -> Step:
        """Marks shifted on their view; sides, structures and words are asked anew."""
        after = self._visit
        for mark_id in mark_ids:
            mark = moved(self.atlas, self._visit.mark(mark_id), du_mm, dv_mm)
            after = after.with_mark(mark)
        for needle in list(after.needle_sites()):
            if needle.id in mark_ids:
                after = after.with_mark(linked(needle, after))
        return self._step(f"move {self._names(mark_ids)}", after, _only(mark_ids))

    def edit(self, mark: Mark, label: str | None = None) -> Step:
        """The mark of that id with other fields."""
        self._visit.mark(mark.id)
        label = label or f"change {self._names([mark.id])}"
        return self._step(label, self._visit.with_mark(mark), mark.id)

    def refer(self, zone: MarkId, points: Collection[MarkId]) -> Step:
        """Let a pain zone be referred from these trigger points and no others."""
        after = self._visit
        for point in self._visit.trigger_points():
            others = point.refers_to - {zone}
            zones = others | {zone} if point.id in points else others
            after = after.with_mark(replace(point, refers_to=zones))
        return self._step(f"referral of {self._names([zone])}", after, zone)

    def remove(self, mark_ids: Collection[MarkId]) -> Step:
        """Marks taken off the map; needles of a removed trigger point stay, unlinked."""
        after = self._visit
        for mark_id in mark_ids:
            after = after.without_mark(mark_id)
        return self._step(f"delete {self._names(mark_ids)}", after, None)

    def duplicate(self, mark_ids: Collection[MarkId]) -> Step:
        """Copies beside the originals."""
        after, copies = self._copies().beside(self._visit, mark_ids)
        return self._step(f"duplicate {self._names(mark_ids)}", after, _only(copies))

    def mirror(self, mark_ids: Collection[MarkId]) -> Step:
        """Copies at the same place on the other side of the body."""
        after, copies = self._copies().across(self._visit, mark_ids)
        return self._step(f"mirror {self._names(mark_ids)}", after, _only(copies))

    def rate_pain(self, before: int | None, after: int | None) -> Step:
        """The visit's pain rating 0-10 on arrival and at the end."""
        rated = replace(self._visit, pain_before=before, pain_after=after)
        return self._step("pain rating", rated, None)

    # --- what the visit holds besides its marks

    def record(self, record: VisitRecord, label: str) -> Step:
        """The visit with another record: screening, consent, counts, measures, text."""
        return self._step(label, replace(self._visit, record=record), None)

    def put_in(self, sites: Collection[MarkId]) -> Step:
        """Needles into the body, now; by the visit's therapist where nobody is named."""
        after = put_in(self._visit, sites, self._now())
        return self._step(f"put in {self._names(sites)}", after, None)

    def take_out(self, sites: Collection[MarkId]) -> Step:
        """Needles out of the body, now; by the visit's therapist where nobody is named.

        Raises:
            NotInTimeError: One of them cannot have come out now.
        """
        after = taken_out(self._visit, sites, self._now())
        return self._step(f"take out {self._names(sites)}", after, None)

    def put_away(self) -> Step:
        """Every needle out of the body and into the sharps, now.

        Raises:
            NotInTimeError: One of them cannot have come out now.
        """
        return self._step("needles put away", all_put_away(self._visit, self._now()), None)

    # --- storing

    def do(self, step: Step) -> None:
        """Store a step; when this returns it survives a power cut.

        Raises:
            BodymapError: Nothing was changed.
        """
        self._store(step.apply, step.revert)

    def undo(self, step: Step) -> None:
        """Take a step back, as one more stored change.

        Raises:
            BodymapError: Nothing was changed.
        """
        self._store(step.revert, step.apply)

    def _store(self, change: Change, undo: Change, known: Visit | None = None) -> None:
        """Store a change that was made on the visit as it is here, or on `known`."""
        if not self._visit.is_open:
            raise VisitClosedError(_why_closed(self._visit))
        if change.is_empty:
            return
        before = known or self._visit
        try:
            version = self._write(before, change, undo)
        except ConflictError:
            before, change = self._on_top_of_theirs(before, change)
            version = self._write(before, change, None)
        self._take(before, replace(changed(before, change), version=version), change)

    def look(self) -> Visit | None:
        """The visit as it is stored now; None while it is the one that is open here.

        That it is open was put down when it was opened.
        """
        known = self._visit
        with self._open_work() as work:
            if work.visits.version(known.id) == known.version:
                return None
            stored = work.visits.get(known.id)
        is_for_reading = isinstance(known, VisitForReading)
        return VisitForReading.of(stored) if is_for_reading else stored

    def catch_up(self, stored: Visit) -> None:
        """Go on from what others have made of the visit."""
        known = self._visit
        if stored.version > known.version:
            self._take(known, stored, between(known, stored), by_others=True)

    def settle(self, clash: Clash, kept: Mapping[Key, Whose]) -> None:
        """Store one visit of two versions.

        Raises:
            ClashError: Somebody has changed the same once more.
            BodymapError: Nothing was changed.
        """
        self.catch_up(clash.theirs)
        after, known = clash.merged(kept), clash.theirs
        self._store(between(known, after), between(after, known), known)

    def _write(self, before: Visit, change: Change, undo: Change | None) -> int:
        if change.is_empty:
            return before.version
        with self._open_work() as work:
            version = work.visits.apply(before.id, before.version, change, undo)
            work.commit()
        return version

    def _on_top_of_theirs(self, base: Visit, change: Change) -> tuple[Visit, Change]:
        """The same change to the visit as it is stored now, if nobody touched the same things.

        Raises:
            ClashError: Somebody did.
            VisitClosedError: Somebody closed the visit.
        """
        theirs = self.look() or self._visit
        if not theirs.is_open:
            self.catch_up(theirs)
            raise VisitClosedError(f"The visit is {theirs.state} meanwhile. Nothing was written.")
        if theirs.version == base.version:
            return base, change  # the conflict was over something else
        clash = Clash(base, changed(base, change), theirs)
        if clash.disputes:
            raise ClashError(clash)
        self.catch_up(theirs)
        return theirs, between(theirs, clash.merged({}))

    def _take(
        self, before: Visit, after: Visit, change: Change, *, by_others: bool = False
    ) -> None:
        self._visit = after
        self.saved_at = self._clock.now()
        event = Changed(before, after, change, self.saved_at, by_others)
        for listener in list(self._listeners):
            listener(event)

    # --- making steps

    def _adding(self, mark: Mark) -> Step:
        after = self._visit.with_mark(mark)
        return self._step(f"{MARK_NAMES[kind_of(mark)]} {mark.number}", after, mark.id)

    def _step(self, label: str, after: Visit, select: MarkId | None) -> Step:
        apply, revert = between(self._visit, after), between(after, self._visit)
        return Step(label=label, apply=apply, revert=revert, select=select)

    def _zone_step(self, view: ViewId, drawn: BaseGeometry, zone: MarkId | None) -> Step:
        kept, area = self._zone_on(view, zone), tidy(drawn)
        if kept is None:
            number = self._visit.next_number(MarkKind.PAIN_ZONE)
            fresh = drawn_area(self.atlas, view, area).as_zone(self._fresh_id(), number)
            return self._adding(fresh)
        if area.is_empty:
            return self.remove([kept.id])
        redrawn = drawn_area(self.atlas, view, area).given_to(kept)
        return self.edit(redrawn, f"redraw pain zone {kept.number}")

    def _zone_area(self, view: ViewId, zone: MarkId | None) -> MultiPolygon:
        kept = self._zone_on(view, zone)
        return area_of(kept) if kept else MultiPolygon()

    def _zone_on(self, view: ViewId, zone: MarkId | None) -> PainZone | None:
        """The zone to add to: a zone lies on one view, so on another view a new one begins."""
        mark = self._visit.mark(zone) if zone is not None else None
        return mark if isinstance(mark, PainZone) and mark.place.view == view else None

    def _as_last_time(self, needle: NeedleSite) -> NeedleSite:
        last = last_needle(self._visit)
        if last is None:
            used = self._used_before()
            return needle if used is None else like(needle, used)
        return replace(like(needle, last), lot=last.lot, direction=last.direction, clock=last.clock)

    def _used_before(self) -> NeedleSite | None:
        with self._open_work() as work:
            return used_before(work, self._visit)

    def _copies(self) -> Copies:
        return Copies(self.atlas, self._fresh_id)

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)

    def _fresh_id(self) -> MarkId:
        return MarkId(self._new_id())

    def _names(self, mark_ids: Collection[MarkId]) -> str:
        marks = [self._visit.mark(mark_id) for mark_id in mark_ids]
        if len(marks) == 1:
            return f"{MARK_NAMES[kind_of(marks[0])]} {marks[0].number}"
        return f"{len(marks)} marks"


def _why_closed(visit: Visit) -> str:
    if isinstance(visit, VisitForReading):
        return "This visit is open here for reading only. Nothing was changed."
    return f"This visit is {visit.state}; it can't be changed any more."


def _only(mark_ids: Collection[MarkId]) -> MarkId | None:
    return next(iter(mark_ids)) if len(mark_ids) == 1 else None
