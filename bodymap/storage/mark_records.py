"""Rows of marks into the record and back: plain functions, nothing is read or written here."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bodymap.atlas.ids import RegionId, StructureId
from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    NeedleSize,
    Note,
    PainQuality,
    PainZone,
    TriggerPoint,
    kind_of,
)
from bodymap.chart.needling import Manipulation, Sensation, Stimulation
from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.chart.people import UserId
from bodymap.chart.photo import Photo
from bodymap.chart.place import Place, Polygon, Ring
from bodymap.chart.visit import VisitId
from bodymap.storage.records import Values, local_time, utc_values
from bodymap.storage.tables import (
    MarkRow,
    NeedleSiteRow,
    PainZoneRow,
    PolygonRingRow,
    TriggerPointRow,
)

_NUMBERS = json.JSONDecoder(parse_int=float)
_NO_STIMULATION = (None, None, None, None)


@dataclass(slots=True)
class MarkParts:
    """The rows of one mark besides its first: what lies under it, what its kind adds."""

    structures: tuple[StructureId, ...] = ()
    trigger_point: TriggerPointRow | None = None
    refers_to: frozenset[MarkId] = frozenset()
    needle_site: NeedleSiteRow | None = None
    manipulations: frozenset[Manipulation] = frozenset()
    sensations: frozenset[Sensation] = frozenset()
    pain_zone: PainZoneRow | None = None
    regions: tuple[RegionId, ...] = ()
    qualities: frozenset[PainQuality] = frozenset()
    rings: tuple[PolygonRingRow, ...] = ()
    photo: Photo | None = None


def mark_values(visit: VisitId, mark: Mark) -> Values:
    """The row that marks of every kind have."""
    place = mark.place
    return {
        "id": mark.id,
        "visit_id": visit,
        "kind": kind_of(mark),
        "number": mark.number,
        "view": place.view,
        "u_mm": place.u_mm,
        "v_mm": place.v_mm,
        "side": place.side,
        "region": place.region,
        "landmark": place.landmark,
        "atlas_version": place.atlas_version,
        "text": mark.text,
    }


def trigger_point_values(mark: TriggerPoint) -> Values:
    """What only a trigger point has."""
    return {
        "mark_id": mark.id,
        "muscle": mark.muscle,
        "status": mark.status,
        "intensity": mark.intensity,
        "part": mark.part,
        "intensity_after": mark.intensity_after,
        **_threshold_values("threshold", mark.threshold),
        **_threshold_values("threshold_after", mark.threshold_after),
        "taut_band": mark.taut_band,
        "nodule": mark.nodule,
        "jump_sign": mark.jump_sign,
        "twitch": mark.twitch,
        "familiar_pain": mark.familiar_pain,
    }


def needle_site_values(mark: NeedleSite) -> Values:
    """What only a needle site has."""
    return {
        "mark_id": mark.id,
        "muscle": mark.muscle,
        "trigger_point_id": mark.trigger_point,
        "diameter_mm": mark.needle.diameter_mm,
        "length_mm": mark.needle.length_mm,
        "technique": mark.technique,
        "direction": mark.direction,
        "depth_mm": mark.depth_mm,
        "twitches": mark.twitches,
        "count": mark.count,
        "brand": mark.brand,
        "lot": mark.lot,
        "handle": mark.handle,
        "clock": mark.clock,
        "pistoning": mark.pistoning,
        "bleeding": mark.bleeding,
        "haematoma": mark.haematoma,
        **_stimulation_values(mark.stimulation),
        **utc_values("in", mark.time_in),
        **utc_values("out", mark.time_out),
        "placed_by_id": mark.placed_by,
        "removed_by_id": mark.removed_by,
    }


def pain_zone_values(mark: PainZone) -> Values:
    """What only a pain zone has, besides its regions, qualities and rings."""
    return {
        "mark_id": mark.id,
        "kind": mark.kind,
        "intensity": mark.intensity,
        "pattern": mark.pattern,
        "aggravated_by": mark.aggravated_by,
        "eased_by": mark.eased_by,
    }


def photo_values(notes: Iterable[Note]) -> Iterator[Values]:
    """The photos of notes that have one."""
    for note in notes:
        if note.photo is not None:
            yield {
                "mark_id": note.id,
                "width_px": note.photo.width_px,
                "height_px": note.photo.height_px,
                "data": note.photo.data,
            }


def referral_values(points: Iterable[TriggerPoint]) -> Iterator[Values]:
    """The pain zones that trigger points send their pain to."""
    for point in points:
        for zone in point.refers_to:
            yield {"mark_id": point.id, "pain_zone_id": zone}


def manipulation_values(sites: Iterable[NeedleSite]) -> Iterator[Values]:
    """What was done with needles."""
    for site in sites:
        for manipulation in site.manipulations:
            yield {"mark_id": site.id, "manipulation": manipulation}


def sensation_values(sites: Iterable[NeedleSite]) -> Iterator[Values]:
    """What was felt of needles."""
    for site in sites:
        for sensation in site.sensations:
            yield {"mark_id": site.id, "sensation": sensation}


def structure_values(marks: Iterable[Mark]) -> Iterator[Values]:
    """What lies under the marks, a row for each structure."""
    for mark in marks:
        for position, structure in enumerate(mark.place.structures):
            yield {"mark_id": mark.id, "position": position, "structure": structure}


def region_values(zones: Iterable[PainZone]) -> Iterator[Values]:
    """The surface regions of zones."""
    for zone in zones:
        for position, region in enumerate(zone.regions):
            yield {"mark_id": zone.id, "position": position, "region": region}


def quality_values(zones: Iterable[PainZone]) -> Iterator[Values]:
    """How the pain of zones is described."""
    for zone in zones:
        for quality in zone.qualities:
            yield {"mark_id": zone.id, "quality": quality}


def ring_values(zones: Iterable[PainZone]) -> Iterator[Values]:
    """The rings of zones."""
    for zone in zones:
        for number, polygon in enumerate(zone.polygons):
            for ring, points in enumerate((polygon.outer, *polygon.holes)):
                yield {
                    "mark_id": zone.id,
                    "polygon": number,
                    "ring": ring,
                    "points": json.dumps([mm for point in points for mm in point]),
                }


def to_mark(row: MarkRow, parts: MarkParts) -> Mark:
    """The mark of its rows.

    Raises:
        ValueError: A row is missing or holds what the record does not allow.
    """
    place = _to_place(row, parts.structures)
    match row.kind:
        case MarkKind.TRIGGER_POINT if parts.trigger_point is not None:
            return _to_trigger_point(row, place, parts.trigger_point, parts)
        case MarkKind.NEEDLE_SITE if parts.needle_site is not None:
            return _to_needle_site(row, place, parts.needle_site, parts)
        case MarkKind.PAIN_ZONE if parts.pain_zone is not None:
            return _to_pain_zone(row, place, parts.pain_zone, parts)
        case MarkKind.NOTE:
            return Note(MarkId(row.id), row.number, place, row.text, parts.photo)
        case _:
            raise ValueError(f"mark {row.id} lacks the row of its kind")


def _to_place(row: MarkRow, structures: tuple[StructureId, ...]) -> Place:
    return Place(
        view=row.view,
        u_mm=row.u_mm,
        v_mm=row.v_mm,
        side=row.side,
        region=RegionId(row.region),
        landmark=row.landmark,
        structures=structures,
        atlas_version=row.atlas_version,
    )


def _to_trigger_point(
    row: MarkRow, place: Place, more: TriggerPointRow, parts: MarkParts
) -> TriggerPoint:
    return TriggerPoint(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        muscle=_structure(more.muscle),
        part=more.part,
        status=more.status,
        intensity=more.intensity,
        intensity_after=more.intensity_after,
        threshold=_to_threshold(more.threshold_kpa, more.threshold_unit),
        threshold_after=_to_threshold(more.threshold_after_kpa, more.threshold_after_unit),
        taut_band=more.taut_band,
        nodule=more.nodule,
        jump_sign=more.jump_sign,
        twitch=more.twitch,
        familiar_pain=more.familiar_pain,
        refers_to=parts.refers_to,
        text=row.text,
    )


def _to_needle_site(
    row: MarkRow, place: Place, more: NeedleSiteRow, parts: MarkParts
) -> NeedleSite:
    return NeedleSite(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        muscle=_structure(more.muscle),
        trigger_point=None if more.trigger_point_id is None else MarkId(more.trigger_point_id),
        needle=NeedleSize(more.diameter_mm, more.length_mm),
        count=more.count,
        brand=more.brand,
        lot=more.lot,
        handle=more.handle,
        technique=more.technique,
        direction=more.direction,
        clock=more.clock,
        depth_mm=more.depth_mm,
        twitches=more.twitches,
        manipulations=parts.manipulations,
        pistoning=more.pistoning,
        sensations=parts.sensations,
        bleeding=more.bleeding,
        haematoma=more.haematoma,
        stimulation=_to_stimulation(more),
        time_in=_to_time(more.in_utc, more.in_offset_min),
        time_out=_to_time(more.out_utc, more.out_offset_min),
        placed_by=_user(more.placed_by_id),
        removed_by=_user(more.removed_by_id),
        text=row.text,
    )


def _to_pain_zone(row: MarkRow, place: Place, more: PainZoneRow, parts: MarkParts) -> PainZone:
    return PainZone(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        polygons=_to_polygons(place, parts.rings),
        regions=parts.regions,
        kind=more.kind,
        intensity=more.intensity,
        qualities=parts.qualities,
        pattern=more.pattern,
        aggravated_by=more.aggravated_by,
        eased_by=more.eased_by,
        text=row.text,
    )


def _to_polygons(place: Place, rows: Iterable[PolygonRingRow]) -> tuple[Polygon, ...]:
    pieces: dict[int, list[Ring]] = {}
    for row in rows:
        pieces.setdefault(row.polygon, []).append(_to_ring(row.points))
    return tuple(Polygon(place.view, outer, tuple(holes)) for outer, *holes in pieces.values())


def _to_ring(points: str) -> Ring:
    mm: list[float] = _NUMBERS.decode(points)
    return tuple(zip(mm[::2], mm[1::2], strict=True))


def _structure(name: str | None) -> StructureId | None:
    return None if name is None else StructureId(name)


def _threshold_values(name: str, threshold: PressureThreshold | None) -> Values:
    kpa, unit = (threshold.kpa, threshold.unit) if threshold else (None, None)
    return {f"{name}_kpa": kpa, f"{name}_unit": unit}


def _to_threshold(kpa: float | None, unit: PressureUnit | None) -> PressureThreshold | None:
    return None if kpa is None or unit is None else PressureThreshold(kpa, unit)


def _stimulation_values(used: Stimulation | None) -> Values:
    return {
        "stimulation_hz": used.hz if used else None,
        "stimulation_pulse_ms": used.pulse_ms if used else None,
        "stimulation_ma": used.milliamperes if used else None,
        "stimulation_min": used.minutes if used else None,
    }


def _to_stimulation(row: NeedleSiteRow) -> Stimulation | None:
    settings = (
        row.stimulation_hz,
        row.stimulation_pulse_ms,
        row.stimulation_ma,
        row.stimulation_min,
    )
    return None if settings == _NO_STIMULATION else Stimulation(*settings)


def _to_time(utc: datetime | None, offset_min: int | None) -> datetime | None:
    return None if utc is None or offset_min is None else local_time(utc, offset_min)


def _user(identifier: str | None) -> UserId | None:
    return None if identifier is None else UserId(identifier)
