"""Marks in the data file: one row each, and what their kinds add in further tables."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    SQLColumnExpression,
    Table,
    bindparam,
    delete,
    insert,
    update,
)

from bodymap.atlas.ids import RegionId, StructureId
from bodymap.chart.marks import Mark, MarkId, MarkKind, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.chart.photo import Photo
from bodymap.chart.visit import VisitId, in_order
from bodymap.errors import ConflictError
from bodymap.storage import mark_records as records
from bodymap.storage.mark_records import MarkParts
from bodymap.storage.mark_tables import (
    NeedleManipulationRow,
    NeedleSensationRow,
    NotePhotoRow,
    TriggerPointReferralRow,
)
from bodymap.storage.prepared import Prepared, Rows
from bodymap.storage.records import Values
from bodymap.storage.statements import add_or_replace, prepared_put, table_of
from bodymap.storage.tables import (
    MarkRow,
    MarkStructureRow,
    NeedleSiteRow,
    PainZoneQualityRow,
    PainZoneRegionRow,
    PainZoneRow,
    PolygonRingRow,
    TriggerPointRow,
)

_MARK = table_of(MarkRow)
_REFERRAL = table_of(TriggerPointReferralRow)

_PUT_MARK = prepared_put(add_or_replace(MarkRow, fixed=("visit_id", "kind")))

_OF_KIND: Sequence[tuple[type[Mark], Prepared, Callable[[Any], Values]]] = (
    (
        TriggerPoint,
        prepared_put(add_or_replace(TriggerPointRow, "mark_id")),
        records.trigger_point_values,
    ),
    (
        NeedleSite,
        prepared_put(add_or_replace(NeedleSiteRow, "mark_id")),
        records.needle_site_values,
    ),
    (PainZone, prepared_put(add_or_replace(PainZoneRow, "mark_id")), records.pain_zone_values),
)
"""The row that says more of a mark of a kind; needles come after the points they are linked to."""

_PARTS: Sequence[tuple[type[Mark] | UnionType, Table, Callable[[Any], Iterator[Values]]]] = (
    (Mark, table_of(MarkStructureRow), records.structure_values),
    (NeedleSite, table_of(NeedleManipulationRow), records.manipulation_values),
    (NeedleSite, table_of(NeedleSensationRow), records.sensation_values),
    (PainZone, table_of(PainZoneRegionRow), records.region_values),
    (PainZone, table_of(PainZoneQualityRow), records.quality_values),
    (PainZone, table_of(PolygonRingRow), records.ring_values),
    (TriggerPoint, _REFERRAL, records.referral_values),
    (Note, table_of(NotePhotoRow), records.photo_values),
)
"""What a mark of a kind may have many of; referrals come after the zones they lead to."""

_CLEAR: Mapping[Table, Prepared] = {
    table: Prepared(delete(table).where(table.c.mark_id == bindparam("mark")))
    for _, table, _ in _PARTS
}
_ADD: Mapping[Table, Prepared] = {table: Prepared(insert(table)) for table in _CLEAR}

_REMOVE = Prepared(
    delete(_MARK).where(_MARK.c.visit_id == bindparam("visit"), _MARK.c.id == bindparam("mark"))
)

_FAR_OFF = 1_000_000
"""Added to the numbers of marks that are about to be renumbered, so that they may be swapped."""

_MAKE_ROOM = Prepared(
    update(_MARK)
    .where(_MARK.c.id == bindparam("mark"), _MARK.c.number < _FAR_OFF)
    .values(number=_MARK.c.number + _FAR_OFF)
)

_Part = TypeVar(
    "_Part",
    MarkStructureRow,
    TriggerPointRow,
    TriggerPointReferralRow,
    NeedleSiteRow,
    NeedleManipulationRow,
    NeedleSensationRow,
    PainZoneRow,
    PainZoneRegionRow,
    PainZoneQualityRow,
    PolygonRingRow,
    NotePhotoRow,
)

_OF_VISIT = MarkRow.visit_id == bindparam("visit")


def _parts_of(kind: type[_Part], *order: SQLColumnExpression[Any]) -> Rows[_Part]:
    return Rows(kind, _OF_VISIT, through=(MarkRow, MarkRow.id == kind.mark_id), order=order)


_MARKS = Rows(MarkRow, _OF_VISIT)
_STRUCTURES = _parts_of(MarkStructureRow, MarkStructureRow.position)
_TRIGGER_POINTS = _parts_of(TriggerPointRow)
_REFERRALS = _parts_of(TriggerPointReferralRow)
_NEEDLE_SITES = _parts_of(NeedleSiteRow)
_MANIPULATIONS = _parts_of(NeedleManipulationRow)
_SENSATIONS = _parts_of(NeedleSensationRow)
_PAIN_ZONES = _parts_of(PainZoneRow)
_REGIONS = _parts_of(PainZoneRegionRow, PainZoneRegionRow.position)
_QUALITIES = _parts_of(PainZoneQualityRow)
_RINGS = _parts_of(PolygonRingRow, PolygonRingRow.polygon, PolygonRingRow.ring)
_PHOTOS = _parts_of(NotePhotoRow)

Parts = defaultdict[str, MarkParts]


def remove_marks(writer: Connection, visit: VisitId, marks: Collection[MarkId]) -> None:
    """Take marks off a visit with all that belongs to them; needles linked to them are cut loose.

    Marks that are not there stay so.
    """
    _REMOVE.run(writer, [{"visit": visit, "mark": mark} for mark in marks])


def put_marks(
    writer: Connection, visit: VisitId, marks: Sequence[Mark], known: Iterable[Mark] = ()
) -> None:
    """Add marks to a visit or replace those with their ids.

    Args:
        writer: The transaction.
        visit: Whose marks they are.
        marks: The marks.
        known: Those of them that are there, as they are: only what differs is written.

    Raises:
        ConflictError: A mark of that id is on another visit, or is of another kind.
    """
    if not marks:
        return
    if len(marks) > 1:
        _MAKE_ROOM.run(writer, [{"mark": mark.id} for mark in marks])
    done = _PUT_MARK.run(writer, [records.mark_values(visit, mark) for mark in marks])
    if done != len(marks):
        raise ConflictError("The mark is on another visit already. Nothing was changed.")
    there = {mark.id: mark for mark in known}
    pairs = [(mark, there.get(mark.id)) for mark in marks]
    for kind, put, values_of in _OF_KIND:
        put.run(writer, _more_of(kind, values_of, pairs))
    for which, table, parts_of in _PARTS:
        _put_parts(writer, table, [pair for pair in pairs if isinstance(pair[0], which)], parts_of)


def load_marks(reader: Connection, visit: VisitId) -> tuple[Mark, ...]:
    """Every mark of a visit, in the visit's order."""
    which: Values = {"visit": visit}
    rows = _MARKS.ask(reader, which)
    parts: Parts = defaultdict(MarkParts)
    kinds = {row.kind for row in rows}
    if rows:
        for structure in _STRUCTURES.ask(reader, which):
            parts[structure.mark_id].structures += (StructureId(structure.structure),)
    for kind, load in _LOADERS.items():
        if kind in kinds:
            load(reader, which, parts)
    return in_order(records.to_mark(row, parts[row.id]) for row in rows)


def load_some(reader: Connection, visit: VisitId, marks: Collection[MarkId]) -> tuple[Mark, ...]:
    """Those of the visit's marks that are named; most often there is none, or one."""
    return tuple(mark for mark in load_marks(reader, visit) if mark.id in marks) if marks else ()


_Pair = tuple[Mark, Mark | None]
"""A mark as it is to be, and as it is."""


def _more_of(
    kind: type[Mark], values_of: Callable[[Any], Values], pairs: Iterable[_Pair]
) -> Sequence[Values]:
    return [
        values_of(mark)
        for mark, was in pairs
        if isinstance(mark, kind)
        and not (
            isinstance(was, kind) and _stands_alone(mark) and values_of(mark) == values_of(was)
        )
    ]


def _stands_alone(mark: Mark) -> bool:
    """Whether removing another mark alters nothing of its row."""
    return not (isinstance(mark, NeedleSite) and mark.trigger_point)


def _put_parts(
    writer: Connection,
    table: Table,
    pairs: Sequence[_Pair],
    parts_of: Callable[[Any], Iterator[Values]],
) -> None:
    """Put anew what marks have many of, where it is not what they had."""
    cleared: list[Values] = []
    added: list[Values] = []
    for mark, was in pairs:
        now = list(parts_of((mark,)))
        before = [] if was is None else list(parts_of((was,)))
        if now == before and table is not _REFERRAL:  # a referral goes with its zone
            continue
        if before:
            cleared.append({"mark": mark.id})
        added += now
    _CLEAR[table].run(writer, cleared)
    _ADD[table].run(writer, added)


def _load_points(reader: Connection, which: Values, parts: Parts) -> None:
    for trigger_point in _TRIGGER_POINTS.ask(reader, which):
        parts[trigger_point.mark_id].trigger_point = trigger_point
    for referral in _REFERRALS.ask(reader, which):
        parts[referral.mark_id].refers_to |= {MarkId(referral.pain_zone_id)}


def _load_needles(reader: Connection, which: Values, parts: Parts) -> None:
    for needle_site in _NEEDLE_SITES.ask(reader, which):
        parts[needle_site.mark_id].needle_site = needle_site
    for done in _MANIPULATIONS.ask(reader, which):
        parts[done.mark_id].manipulations |= {done.manipulation}
    for felt in _SENSATIONS.ask(reader, which):
        parts[felt.mark_id].sensations |= {felt.sensation}


def _load_zones(reader: Connection, which: Values, parts: Parts) -> None:
    for zone in _PAIN_ZONES.ask(reader, which):
        parts[zone.mark_id].pain_zone = zone
    for region in _REGIONS.ask(reader, which):
        parts[region.mark_id].regions += (RegionId(region.region),)
    for quality in _QUALITIES.ask(reader, which):
        parts[quality.mark_id].qualities |= {quality.quality}
    for ring in _RINGS.ask(reader, which):
        parts[ring.mark_id].rings += (ring,)


def _load_photos(reader: Connection, which: Values, parts: Parts) -> None:
    for photo in _PHOTOS.ask(reader, which):
        parts[photo.mark_id].photo = Photo(photo.data, photo.width_px, photo.height_px)


_LOADERS: Mapping[MarkKind, Callable[[Connection, Values, Parts], None]] = {
    MarkKind.TRIGGER_POINT: _load_points,
    MarkKind.NEEDLE_SITE: _load_needles,
    MarkKind.PAIN_ZONE: _load_zones,
    MarkKind.NOTE: _load_photos,
}
