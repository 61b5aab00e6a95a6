"""The marks of a visit as tables, one for each kind that is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark, MarkId, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.reports import wording
from bodymap.reports.flow import Column, Row
from bodymap.reports.ink import NEEDLE, NOTE, PAIN, TRIGGER_POINT
from bodymap.reports.mark_facts import Facts, OnBody, PersonName
from bodymap.reports.symbols import code_of


@dataclass(frozen=True, slots=True)
class MarkTable:
    """A titled table, ready to be set."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


_NEEDLES = (
    Column("No.", 6.9, is_strong=True, ink=NEEDLE),
    Column("Muscle", 30.8, is_strong=True),
    Column("Side", 12.2),
    Column("Position", 55),
    Column("Needle", 20.2),
    Column("Depth", 13.9, is_number=True),
    Column("Technique", 20.9),
    Column("Twitches", 12.1, is_number=True),
    Column("For", 7.9),
)
"""The shares are millimetres on A4: each takes its longest usual word on one line."""

_TRIGGER_POINTS = (
    Column("No.", 9, is_strong=True, ink=TRIGGER_POINT),
    Column("Muscle", 38, is_strong=True),
    Column("Side", 14),
    Column("Position", 77),
    Column("Status", 20),
    Column("Intensity", 14, is_number=True),
)
_PAIN_ZONES = (
    Column("No.", 9, is_strong=True, ink=PAIN),
    Column("Kind", 30, is_strong=True),
    Column("Side", 14),
    Column("Regions", 77),
    Column("Quality", 30),
    Column("Intensity", 14, is_number=True),
)
_NOTES = (
    Column("No.", 9, is_strong=True, ink=NOTE),
    Column("Side", 14),
    Column("Position", 55),
    Column("Note", 96),
)


RegionName = Callable[[ViewId, str], str]
"""Gives what a surface region is called in a view."""


def mark_tables(
    marks: Sequence[Mark],
    region_name: RegionName,
    person_name: PersonName,
    body: OnBody | None = None,
) -> list[MarkTable]:
    """The tables, needles first: they are what was done."""
    codes = {mark.id: code_of(mark) for mark in marks}
    facts = Facts(marks, codes, person_name, body)
    rows: dict[type[Mark], list[Row]] = {NeedleSite: [], TriggerPoint: [], PainZone: [], Note: []}
    for mark in marks:
        row = _row(mark, codes, region_name)
        rows[type(mark)].append(replace(row, facts=facts.of(mark)))
    tables = (
        MarkTable("Needles", _NEEDLES, tuple(rows[NeedleSite])),
        MarkTable("Trigger points", _TRIGGER_POINTS, tuple(rows[TriggerPoint])),
        MarkTable("Pain", _PAIN_ZONES, tuple(rows[PainZone])),
        MarkTable("Notes", _NOTES, tuple(rows[Note])),
    )
    return [table for table in tables if table.rows]


def _row(mark: Mark, codes: dict[MarkId, str], region_name: RegionName) -> Row:
    match mark:
        case NeedleSite():
            return _needle(mark, codes, region_name)
        case TriggerPoint():
            return _trigger_point(mark, region_name)
        case PainZone():
            return _pain_zone(mark, region_name)
        case Note():
            return _note(mark, region_name)


def _needle(mark: NeedleSite, codes: dict[MarkId, str], region_name: RegionName) -> Row:
    point = codes.get(mark.trigger_point, "") if mark.trigger_point else ""
    cells = (
        code_of(mark),
        wording.structure(mark.muscle),
        wording.SIDES[mark.place.side],
        _position(mark, region_name),
        str(mark.needle),
        wording.depth(mark),
        wording.technique(mark),
        wording.twitches(mark),
        point or wording.NOTHING,
    )
    return Row(cells, remark=mark.text)


def _trigger_point(mark: TriggerPoint, region_name: RegionName) -> Row:
    cells = (
        code_of(mark),
        wording.structure(mark.muscle),
        wording.SIDES[mark.place.side],
        _position(mark, region_name),
        wording.STATUSES[mark.status],
        wording.intensity(mark.intensity),
    )
    return Row(cells, remark=mark.text)


def _pain_zone(mark: PainZone, region_name: RegionName) -> Row:
    regions = mark.regions or (mark.place.region,)
    cells = (
        code_of(mark),
        wording.PAIN_KINDS[mark.kind],
        wording.SIDES[mark.place.side],
        ", ".join(region_name(mark.place.view, region) for region in regions),
        wording.qualities(mark),
        wording.intensity(mark.intensity),
    )
    return Row(cells, remark=mark.text)


def _note(mark: Note, region_name: RegionName) -> Row:
    cells = (
        code_of(mark),
        wording.SIDES[mark.place.side],
        _position(mark, region_name),
        mark.text.strip() or wording.NOTHING,
    )
    return Row(cells)


def _position(mark: Mark, region_name: RegionName) -> str:
    """Where it lies in words; the surface region where no landmark was noted."""
    return mark.place.landmark or region_name(mark.place.view, mark.place.region)
