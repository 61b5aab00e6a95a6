"""Rows into the record and back: plain functions, nothing is read or written here."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

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
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place, Polygon, Ring
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.storage.tables import (
    EpisodeRow,
    MarkRow,
    NeedleSiteRow,
    PainZoneRow,
    PatientRow,
    PolygonRingRow,
    TriggerPointRow,
    UserRow,
    VisitRow,
)

Values = dict[str, object]
"""What one row is given, by column."""


@dataclass(slots=True)
class MarkParts:
    """The rows of one mark besides its first: what lies under it, what its kind adds."""

    structures: list[StructureId] = field(default_factory=list)
    trigger_point: TriggerPointRow | None = None
    needle_site: NeedleSiteRow | None = None
    pain_zone: PainZoneRow | None = None
    regions: list[RegionId] = field(default_factory=list)
    qualities: set[PainQuality] = field(default_factory=set)
    rings: list[PolygonRingRow] = field(default_factory=list)


def folded(text: str) -> str:
    """Text as it is searched: no case, no accents, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def patient_values(patient: Patient) -> Values:
    """The row of a patient."""
    return {
        "id": patient.id,
        "number": patient.number,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "search_key": folded(f"{patient.family_name} {patient.given_name} {patient.number}"),
    }


def to_patient(row: PatientRow, alerts: Sequence[str]) -> Patient:
    """The patient of a row and of its alerts, in order."""
    return Patient(
        id=PatientId(row.id),
        number=row.number,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
        sex=row.sex,
        alerts=tuple(alerts),
    )


def episode_values(episode: Episode) -> Values:
    """The row of an episode."""
    return {
        "id": episode.id,
        "patient_id": episode.patient,
        "complaint": episode.complaint,
        "side": episode.side,
        "onset": episode.onset,
    }


def to_episode(row: EpisodeRow) -> Episode:
    """The episode of a row."""
    return Episode(
        id=EpisodeId(row.id),
        patient=PatientId(row.patient_id),
        complaint=row.complaint,
        side=row.side,
        onset=row.onset,
    )


def user_values(user: User) -> Values:
    """The row of a user."""
    return {"id": user.id, "name": user.name, "role": user.role}


def to_user(row: UserRow) -> User:
    """The user of a row."""
    return User(id=UserId(row.id), name=row.name, role=row.role)


def visit_values(visit: Visit) -> Values:
    """The row of a visit, without its marks."""
    offset = visit.began.utcoffset() or timedelta()
    return {
        "id": visit.id,
        "patient_id": visit.patient,
        "episode_id": visit.episode,
        "therapist_id": visit.therapist,
        "began_utc": visit.began.astimezone(UTC).replace(tzinfo=None),
        "began_offset_min": round(offset / timedelta(minutes=1)),
        "state": visit.state,
        "version": visit.version,
        "pain_before": visit.pain_before,
        "pain_after": visit.pain_after,
    }


def local_time(utc: datetime, offset_min: int) -> datetime:
    """The time as the clock on the wall showed it, with its offset."""
    here = timezone(timedelta(minutes=offset_min))
    return utc.replace(tzinfo=UTC).astimezone(here)


def to_visit(row: VisitRow, marks: tuple[Mark, ...]) -> Visit:
    """The visit of a row and of its marks."""
    return Visit(
        id=VisitId(row.id),
        patient=PatientId(row.patient_id),
        episode=EpisodeId(row.episode_id),
        therapist=UserId(row.therapist_id),
        began=local_time(row.began_utc, row.began_offset_min),
        state=row.state,
        version=row.version,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        marks=marks,
    )


def no_marks() -> dict[MarkKind, int]:
    """Every kind of mark with a count of 0."""
    return dict.fromkeys(MarkKind, 0)


def to_summary(
    row: VisitRow, patient: PatientRow, therapist: str, complaint: str, counts: dict[MarkKind, int]
) -> VisitSummary:
    """What a list shows of a visit."""
    return VisitSummary(
        id=VisitId(row.id),
        patient=PatientId(row.patient_id),
        patient_name=f"{patient.family_name}, {patient.given_name}",
        therapist_name=therapist,
        complaint=complaint,
        began=local_time(row.began_utc, row.began_offset_min),
        state=row.state,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        counts=counts,
    )


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
    }


def pain_zone_values(mark: PainZone) -> Values:
    """What only a pain zone has, besides its regions, qualities and rings."""
    return {"mark_id": mark.id, "kind": mark.kind, "intensity": mark.intensity}


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
    match row.kind, parts:
        case MarkKind.TRIGGER_POINT, MarkParts(trigger_point=TriggerPointRow() as more):
            return _to_trigger_point(row, place, more)
        case MarkKind.NEEDLE_SITE, MarkParts(needle_site=NeedleSiteRow() as more):
            return _to_needle_site(row, place, more)
        case MarkKind.PAIN_ZONE, MarkParts(pain_zone=PainZoneRow() as more):
            return _to_pain_zone(row, place, more, parts)
        case MarkKind.NOTE, _:
            return Note(id=MarkId(row.id), number=row.number, place=place, text=row.text)
        case _:
            raise ValueError(f"mark {row.id} lacks the row of its kind")


def _to_place(row: MarkRow, structures: Sequence[StructureId]) -> Place:
    return Place(
        view=row.view,
        u_mm=row.u_mm,
        v_mm=row.v_mm,
        side=row.side,
        region=RegionId(row.region),
        landmark=row.landmark,
        structures=tuple(structures),
        atlas_version=row.atlas_version,
    )


def _to_trigger_point(row: MarkRow, place: Place, more: TriggerPointRow) -> TriggerPoint:
    return TriggerPoint(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        muscle=_structure(more.muscle),
        status=more.status,
        intensity=more.intensity,
        text=row.text,
    )


def _to_needle_site(row: MarkRow, place: Place, more: NeedleSiteRow) -> NeedleSite:
    return NeedleSite(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        muscle=_structure(more.muscle),
        trigger_point=None if more.trigger_point_id is None else MarkId(more.trigger_point_id),
        needle=NeedleSize(more.diameter_mm, more.length_mm),
        technique=more.technique,
        direction=more.direction,
        depth_mm=more.depth_mm,
        twitches=more.twitches,
        text=row.text,
    )


def _to_pain_zone(row: MarkRow, place: Place, more: PainZoneRow, parts: MarkParts) -> PainZone:
    return PainZone(
        id=MarkId(row.id),
        number=row.number,
        place=place,
        polygons=_to_polygons(place, parts.rings),
        regions=tuple(parts.regions),
        kind=more.kind,
        intensity=more.intensity,
        qualities=frozenset(parts.qualities),
        text=row.text,
    )


def _to_polygons(place: Place, rows: Iterable[PolygonRingRow]) -> tuple[Polygon, ...]:
    pieces: dict[int, list[Ring]] = {}
    for row in rows:
        pieces.setdefault(row.polygon, []).append(_to_ring(row.points))
    return tuple(Polygon(place.view, outer, tuple(holes)) for outer, *holes in pieces.values())


def _to_ring(points: str) -> Ring:
    mm: list[float] = [float(number) for number in json.loads(points)]
    return tuple(zip(mm[::2], mm[1::2], strict=True))


def _structure(name: str | None) -> StructureId | None:
    return None if name is None else StructureId(name)
