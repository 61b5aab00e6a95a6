"""How the page names what a patient and a complaint have."""

from collections.abc import Mapping

from bodymap.atlas.ids import Side
from bodymap.chart.alerts import ALERT_NAMES, AlertKind
from bodymap.chart.course import EpisodeStatus
from bodymap.chart.people import Episode, Patient
from bodymap.widgets.people.words import patient_detail

PATIENT_FIELDS: Mapping[str, str] = {
    "family_name": "Family name",
    "given_name": "Given name",
    "preferred_name": "Preferred name",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "number": "Clinic’s number",
    "language": "Preferred language",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "emergency_name": "Emergency contact",
    "emergency_relation": "Relation",
    "emergency_phone": "Their phone",
    "notes": "Notes",
}
"""Every field of a patient that has a line of its own, in the order of the page."""

EPISODE_FIELDS: Mapping[str, str] = {
    "complaint": "Complaint",
    "side": "Side",
    "status": "State",
    "onset": "Onset",
    "mechanism": "How it came about",
    "referral_source": "Referred by",
    "goals": "Goals",
    "days_between": "A visit every … days",
    "planned_visits": "Visits planned",
    "reassess_on": "Re-assess on",
    "icd_10": "ICD-10 code",
}
"""Every field of a complaint, in the order of the page."""

HINTS: Mapping[str, str] = {
    "birth_date": "1984-03-12",
    "onset": "2026-09-01",
    "reassess_on": "2026-12-01",
    "language": "en, de-CH, zh-Hant",
    "days_between": "7",
    "planned_visits": "6",
    "icd_10": "M75.1",
}

STATUS_WORDS = {
    EpisodeStatus.PLANNED: "Planned",
    EpisodeStatus.WAITLIST: "On the waiting list",
    EpisodeStatus.ACTIVE: "Active",
    EpisodeStatus.ON_HOLD: "On hold",
    EpisodeStatus.FINISHED: "Finished",
    EpisodeStatus.CANCELLED: "Cancelled",
    EpisodeStatus.ENTERED_IN_ERROR: "Entered in error",
}

SIDE_WORDS = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.MIDLINE: "Midline"}

TRIMESTER_WORDS = {1: "1st trimester", 2: "2nd trimester", 3: "3rd trimester"}

ALERT_CHOICES: tuple[tuple[AlertKind, str], ...] = tuple(ALERT_NAMES.items())


def heading(patient: Patient) -> str:
    """The name, with the one the patient likes to be called by."""
    liked = f" “{patient.preferred_name}”" if patient.preferred_name else ""
    return f"{patient.full_name}{liked}"


def facts(patient: Patient) -> str:
    """What tells patients of one name apart."""
    return patient_detail(patient)


def in_list(episode: Episode) -> str:
    """A complaint in the list of them."""
    status = episode.course.status
    state = "" if status is EpisodeStatus.ACTIVE else f" ({STATUS_WORDS[status].lower()})"
    return f"{episode.complaint}{state}"


def who(patient: Patient) -> str:
    """Another record in one line."""
    return f"{patient.full_name} · {patient_detail(patient)}"
