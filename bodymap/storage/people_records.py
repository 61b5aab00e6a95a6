"""Rows of patients and episodes into the record and back: plain functions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from bodymap.chart.alerts import Alert, PatientId
from bodymap.chart.contact import Contact, EmergencyContact, Identifier
from bodymap.chart.course import Course
from bodymap.chart.naming import folded
from bodymap.chart.people import Episode, EpisodeId, Patient
from bodymap.storage.people_tables import (
    EpisodeCourseRow,
    PatientAlertRow,
    PatientDetailRow,
    PatientIdentifierRow,
)
from bodymap.storage.records import Values
from bodymap.storage.tables import EpisodeRow, PatientRow

P = TypeVar("P", Alert, Identifier)


class NothingMore:
    """Stands for the row of details where a patient has none."""

    preferred_name = phone = email = address = language = notes = ""
    emergency_name = emergency_relation = emergency_phone = ""
    merged_into_id = None


def patient_values(patient: Patient) -> Values:
    """The first row of a patient."""
    return {
        "id": patient.id,
        "number": patient.number,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "search_key": search_key(patient),
    }


def search_key(patient: Patient) -> str:
    """Names and numbers of a patient as they are searched."""
    numbers = (patient.number, *(known.value for known in patient.identifiers))
    names = (patient.family_name, patient.given_name, patient.preferred_name)
    return folded(" ".join((*names, *numbers)))


def detail_values(patient: Patient) -> Values:
    """What more is known of a patient."""
    return {
        "patient_id": patient.id,
        "preferred_name": patient.preferred_name,
        "phone": patient.contact.phone,
        "email": patient.contact.email,
        "address": patient.contact.address,
        "language": patient.language,
        "emergency_name": patient.emergency.name,
        "emergency_relation": patient.emergency.relation,
        "emergency_phone": patient.emergency.phone,
        "notes": patient.notes,
        "merged_into_id": patient.merged_into,
    }


def alert_values(patient: Patient) -> Iterator[Values]:
    """What to mind, a row for each."""
    for position, alert in enumerate(patient.alerts):
        yield {
            "patient_id": patient.id,
            "position": position,
            "kind": alert.kind,
            "words": alert.words,
            "trimester": alert.trimester,
            "came_from_id": alert.came_from,
        }


def identifier_values(patient: Patient) -> Iterator[Values]:
    """Further numbers, a row for each."""
    for position, known in enumerate(patient.identifiers):
        yield {
            "patient_id": patient.id,
            "position": position,
            "system": known.system,
            "value": known.value,
        }


def to_patient(
    row: PatientRow,
    more: PatientDetailRow | type[NothingMore],
    alerts: tuple[Alert, ...],
    identifiers: tuple[Identifier, ...],
) -> Patient:
    """The patient of its rows."""
    return Patient(
        id=PatientId(row.id),
        number=row.number,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
        sex=row.sex,
        alerts=alerts,
        preferred_name=more.preferred_name,
        contact=_contact(more.phone, more.email, more.address),
        identifiers=identifiers,
        language=more.language,
        emergency=_emergency(more.emergency_name, more.emergency_relation, more.emergency_phone),
        notes=more.notes,
        merged_into=_patient_id(more.merged_into_id),
    )


def episode_values(episode: Episode) -> Values:
    """The first row of an episode."""
    return {
        "id": episode.id,
        "patient_id": episode.patient,
        "complaint": episode.complaint,
        "side": episode.side,
        "onset": episode.onset,
    }


def course_values(episode: Episode) -> Values:
    """What is known and planned of an episode."""
    course = episode.course
    return {
        "episode_id": episode.id,
        "mechanism": course.mechanism,
        "referral_source": course.referral_source,
        "goals": course.goals,
        "days_between": course.days_between,
        "planned_visits": course.planned_visits,
        "reassess_on": course.reassess_on,
        "status": course.status,
        "icd_10": course.icd_10,
        "came_from_id": episode.came_from,
    }


def to_episode(row: EpisodeRow, more: EpisodeCourseRow | None) -> Episode:
    """The episode of its rows."""
    return Episode(
        id=EpisodeId(row.id),
        patient=PatientId(row.patient_id),
        complaint=row.complaint,
        side=row.side,
        onset=row.onset,
        course=Course() if more is None else _to_course(more),
        came_from=_patient_id(more.came_from_id) if more else None,
    )


def alerts_of(rows: Iterable[PatientAlertRow]) -> Mapping[str, tuple[Alert, ...]]:
    """What to mind, by the patient."""
    return _by_patient(
        (
            row.patient_id,
            Alert(row.kind, row.words, row.trimester, _patient_id(row.came_from_id)),
        )
        for row in rows
    )


def identifiers_of(rows: Iterable[PatientIdentifierRow]) -> Mapping[str, tuple[Identifier, ...]]:
    """Further numbers, by the patient."""
    return _by_patient((row.patient_id, Identifier(row.system, row.value)) for row in rows)


def _by_patient(parts: Iterable[tuple[str, P]]) -> Mapping[str, tuple[P, ...]]:
    found: defaultdict[str, tuple[P, ...]] = defaultdict(tuple)
    for patient, part in parts:
        found[patient] += (part,)
    return found


_NO_CONTACT, _NO_EMERGENCY = Contact(), EmergencyContact()
"""Most of those who are listed have none; it need not be checked for each of them."""


def _contact(phone: str, email: str, address: str) -> Contact:
    return Contact(phone, email, address) if phone or email or address else _NO_CONTACT


def _emergency(name: str, relation: str, phone: str) -> EmergencyContact:
    known = name or relation or phone
    return EmergencyContact(name, relation, phone) if known else _NO_EMERGENCY


def _to_course(row: EpisodeCourseRow) -> Course:
    return Course(
        mechanism=row.mechanism,
        referral_source=row.referral_source,
        goals=row.goals,
        days_between=row.days_between,
        planned_visits=row.planned_visits,
        reassess_on=row.reassess_on,
        status=row.status,
        icd_10=row.icd_10,
    )


def _patient_id(text: str | None) -> PatientId | None:
    return None if text is None else PatientId(text)
