"""Marks in the data file: one row each, and what their kinds add in further tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

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
from bodymap.storage.records import Values
from bodymap.storage.statements import AddOrReplace, add_or_replace, table_of
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
_STRUCTURE = table_of(MarkStructureRow)
_REGION = table_of(PainZoneRegionRow)
_QUALITY = table_of(PainZoneQualityRow)
_RING = table_of(PolygonRingRow)
_REFERRAL = table_of(TriggerPointReferralRow)
_MANIPULATION = table_of(NeedleManipulationRow)
_SENSATION = table_of(NeedleSensationRow)
_PHOTO = table_of(NotePhotoRow)

_PUT_MARK = add_or_replace(MarkRow, fixed=("visit_id", "kind"))
_PUT_TRIGGER_POINT = add_or_replace(TriggerPointRow, "mark_id")
_PUT_NEEDLE_SITE = add_or_replace(NeedleSiteRow, "mark_id")
_PUT_PAIN_ZONE = add_or_replace(PainZoneRow, "mark_id")

_PARTS: Mapping[type[Mark], tuple[Table, ...]] = {
    TriggerPoint: (_REFERRAL,),
    NeedleSite: (_MANIPULATION, _SENSATION),
    PainZone: (_REGION, _QUALITY, _RING),
    Note: (_PHOTO,),
}
"""The tables that hold what a mark of a kind may have many of."""

_CLEAR: Mapping[Table, Delete] = {
    table: delete(table).where(table.c.mark_id.in_(bindparam("marks", expanding=True)))
    for table in (_STRUCTURE, *chain.from_iterable(_PARTS.values()))
}
"""Built once: a gesture clears these tables each time."""

_REMOVE = delete(_MARK).where(
    _MARK.c.visit_id == bindparam("visit"), _MARK.c.id.in_(bindparam("marks", expanding=True))
)

_FAR_OFF = 1_000_000
"""Added to the numbers of marks that are about to be renumbered, so that they may be swapped."""

_MAKE_ROOM = (
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


def remove_marks(writer: Connection, visit: VisitId, marks: Collection[MarkId]) -> None:
    """Take marks off a visit with all that belongs to them; needles linked to them are cut loose.

    Marks that are not there stay so.
    """
    writer.execute(_REMOVE, {"visit": visit, "marks": list(marks)})


def put_marks(
    writer: Connection, visit: VisitId, marks: Sequence[Mark], *, are_new: bool = False
) -> None:
    """Add marks to a visit or replace those with their ids.

    Args:
        writer: The transaction.
        visit: Whose marks they are.
        marks: The marks.
        are_new: None of them is there yet, so that nothing has to be cleared away.

    Raises:
        ConflictError: A mark of that id is on another visit, or is of another kind.
    """
    if not marks:
        return
    if len(marks) > 1:
        writer.execute(_MAKE_ROOM, [{"mark": mark.id} for mark in marks])
    done = writer.execute(
        _PUT_MARK.on(writer), [records.mark_values(visit, mark) for mark in marks]
    )
    if done.rowcount != len(marks):
        raise ConflictError("The mark is on another visit already. Nothing was changed.")
    if not are_new:
        _clear_parts(writer, marks)
    _add(writer, _STRUCTURE, records.structure_values(marks))
    points = _only(TriggerPoint, marks)
    _put(writer, _PUT_TRIGGER_POINT, map(records.trigger_point_values, points))
    _put_needles(writer, _only(NeedleSite, marks))
    _put_zones(writer, _only(PainZone, marks))
    _add(writer, _REFERRAL, records.referral_values(points))
    _add(writer, _PHOTO, records.photo_values(_only(Note, marks)))


def load_marks(session: Session, visit: VisitId) -> tuple[Mark, ...]:
    """Every mark of a visit, in the visit's order."""
    return _load(session, MarkRow.visit_id == visit)


def load_some(session: Session, visit: VisitId, marks: Collection[MarkId]) -> tuple[Mark, ...]:
    """Those of the visit's marks that are named; most often there is none, or one."""
    wanted = and_(MarkRow.visit_id == visit, MarkRow.id.in_(marks))
    if not marks or session.scalar(select(MarkRow.id).where(wanted).limit(1)) is None:
        return ()
    return _load(session, wanted)


def _load(session: Session, wanted: ColumnElement[bool]) -> tuple[Mark, ...]:
    rows = session.scalars(select(MarkRow).where(wanted)).all()
    parts: defaultdict[str, MarkParts] = defaultdict(MarkParts)
    _load_points(session, wanted, parts)
    kinds = {row.kind for row in rows}
    if MarkKind.NEEDLE_SITE in kinds:
        _load_needles(session, wanted, parts)
    if MarkKind.PAIN_ZONE in kinds:
        _load_zones(session, wanted, parts)
    if MarkKind.NOTE in kinds:
        for photo in session.scalars(_of_marks(NotePhotoRow, wanted)):
            parts[photo.mark_id].photo = Photo(photo.data, photo.width_px, photo.height_px)
    return in_order(records.to_mark(row, parts[row.id]) for row in rows)


def _put(writer: Connection, statement: AddOrReplace, rows: Iterable[Values]) -> None:
    values = list(rows)
    if values:
        writer.execute(statement.on(writer), values)


def _add(writer: Connection, table: Table, rows: Iterable[Values]) -> None:
    values = list(rows)
    if values:
        writer.execute(insert(table), values)


def _clear_parts(writer: Connection, marks: Sequence[Mark]) -> None:
    """Take away what the marks had many of; it is put anew."""
    tables = {_STRUCTURE, *(table for mark in marks for table in _PARTS[type(mark)])}
    ids = [mark.id for mark in marks]
    for table in sorted(tables, key=lambda table: table.name):
        writer.execute(_CLEAR[table], {"marks": ids})


def _put_needles(writer: Connection, sites: Sequence[NeedleSite]) -> None:
    _put(writer, _PUT_NEEDLE_SITE, map(records.needle_site_values, sites))
    _add(writer, _MANIPULATION, records.manipulation_values(sites))
    _add(writer, _SENSATION, records.sensation_values(sites))


def _put_zones(writer: Connection, zones: Sequence[PainZone]) -> None:
    _put(writer, _PUT_PAIN_ZONE, map(records.pain_zone_values, zones))
    _add(writer, _REGION, records.region_values(zones))
    _add(writer, _QUALITY, records.quality_values(zones))
    _add(writer, _RING, records.ring_values(zones))


def _load_points(
    session: Session, wanted: ColumnElement[bool], parts: defaultdict[str, MarkParts]
) -> None:
    structures = _of_marks(MarkStructureRow, wanted).order_by(MarkStructureRow.position)
    for structure in session.scalars(structures):
        parts[structure.mark_id].structures.append(StructureId(structure.structure))
    for trigger_point in session.scalars(_of_marks(TriggerPointRow, wanted)):
        parts[trigger_point.mark_id].trigger_point = trigger_point
    for referral in session.scalars(_of_marks(TriggerPointReferralRow, wanted)):
        parts[referral.mark_id].refers_to.add(MarkId(referral.pain_zone_id))


def _load_needles(
    session: Session, wanted: ColumnElement[bool], parts: defaultdict[str, MarkParts]
) -> None:
    for needle_site in session.scalars(_of_marks(NeedleSiteRow, wanted)):
        parts[needle_site.mark_id].needle_site = needle_site
    for done in session.scalars(_of_marks(NeedleManipulationRow, wanted)):
        parts[done.mark_id].manipulations.add(done.manipulation)
    for felt in session.scalars(_of_marks(NeedleSensationRow, wanted)):
        parts[felt.mark_id].sensations.add(felt.sensation)


def _load_zones(
    session: Session, wanted: ColumnElement[bool], parts: defaultdict[str, MarkParts]
) -> None:
    for zone in session.scalars(_of_marks(PainZoneRow, wanted)):
        parts[zone.mark_id].pain_zone = zone
    regions = _of_marks(PainZoneRegionRow, wanted).order_by(PainZoneRegionRow.position)
    for region in session.scalars(regions):
        parts[region.mark_id].regions.append(RegionId(region.region))
    for quality in session.scalars(_of_marks(PainZoneQualityRow, wanted)):
        parts[quality.mark_id].qualities.add(quality.quality)
    rings = _of_marks(PolygonRingRow, wanted).order_by(PolygonRingRow.polygon, PolygonRingRow.ring)
    for ring in session.scalars(rings):
        parts[ring.mark_id].rings.append(ring)


def _of_marks(part: type[_Part], wanted: ColumnElement[bool]) -> Select[_Part]:
    return select(part).join(MarkRow, MarkRow.id == part.mark_id).where(wanted)


_M = TypeVar("_M", TriggerPoint, NeedleSite, PainZone, Note)


def _only(kind: type[_M], marks: Iterable[Mark]) -> list[_M]:
    return [mark for mark in marks if isinstance(mark, kind)]
