"""Rows into the record and back: plain functions, nothing is read or written here."""

from datetime import UTC, datetime, timedelta, timezone

from bodymap.chart.marks import (
    Mark,
    MarkKind,
)
from bodymap.chart.people import EpisodeId, PatientId, UserId
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.chart.visit_record import VisitRecord
from bodymap.storage.tables import (
    PatientRow,
    VisitRow,
)

Values = dict[str, object]
"""What one row is given, by column."""


def visit_values(visit: Visit) -> Values:
    """The row of a visit, without its marks."""
    return {
        "id": visit.id,
        "patient_id": visit.patient,
        "episode_id": visit.episode,
        "therapist_id": visit.therapist,
        **utc_values("began", visit.began),
        "state": visit.state,
        "version": visit.version,
        "pain_before": visit.pain_before,
        "pain_after": visit.pain_after,
    }


def utc_values(name: str, time: datetime | None) -> Values:
    """The two columns of a time: when it was in UTC, and how far the clock here was from it."""
    if time is None:
        return {f"{name}_utc": None, f"{name}_offset_min": None}
    offset = time.utcoffset() or timedelta()
    return {
        f"{name}_utc": time.astimezone(UTC).replace(tzinfo=None),
        f"{name}_offset_min": round(offset / timedelta(minutes=1)),
    }


def local_time(utc: datetime, offset_min: int) -> datetime:
    """The time as the clock on the wall showed it, with its offset."""
    here = timezone(timedelta(minutes=offset_min))
    return utc.replace(tzinfo=UTC).astimezone(here)


def to_visit(row: VisitRow, marks: tuple[Mark, ...], record: VisitRecord) -> Visit:
    """The visit of a row, of its marks and of what it holds besides."""
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
        record=record,
    )


def no_marks() -> dict[MarkKind, int]:
    """Every kind of mark with a count of 0."""
    return dict.fromkeys(MarkKind, 0)


def to_summary(
    row: VisitRow,
    patient: PatientRow,
    therapist: str,
    complaint: str,
    counts: dict[MarkKind, int],
    afterwards: tuple[int, int] = (0, 0),
) -> VisitSummary:
    """What a list shows of a visit."""
    return VisitSummary(
        id=VisitId(row.id),
        patient=PatientId(row.patient_id),
        patient_name=f"{patient.family_name}, {patient.given_name}",
        therapist=UserId(row.therapist_id),
        therapist_name=therapist,
        complaint=complaint,
        began=local_time(row.began_utc, row.began_offset_min),
        state=row.state,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        counts=counts,
        events=afterwards[0],
        heard=afterwards[1],
    )
