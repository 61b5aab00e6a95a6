"""Every field of the clinical record: where it is entered, with what, and what is kept of it.

Rows of the marks, of the patient and of the complaint come from the tables of their own tests.
Where a field takes more than one gesture, the test that makes them stands beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from PySide6.QtTest import QTest

from bodymap.atlas.ids import Side
from bodymap.chart.adverse_events import AdverseEvent, EventKind, Onset, Outcome, Severity
from bodymap.chart.alerts import Alert
from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.chart.consent import Consent, ConsentForm, ConsentGiver, ConsentScope, Told
from bodymap.chart.contact import Contact, EmergencyContact, Identifier
from bodymap.chart.course import Course
from bodymap.chart.follow_up import FollowUp, FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Hygiene, Position, SkinPreparation
from bodymap.chart.marks import (
    MarkKind,
    NeedleSite,
    NeedleSize,
    Note,
    PainKind,
    PainQuality,
    PainZone,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.needling import Direction, Stimulation, Technique
from bodymap.chart.palpation import PressureThreshold
from bodymap.chart.people import Episode, Patient, User
from bodymap.chart.photo import Photo
from bodymap.chart.place import Place, Polygon
from bodymap.chart.screening import Answer, BarredArea, ScreeningAnswer
from bodymap.chart.template import PlannedNeedle, PlannedPoint, Template
from bodymap.chart.visit import Visit
from bodymap.widgets.record.sections import SectionId as Page
from tests.widgets import test_entrance as entrance
from tests.widgets import test_inspector as inspector
from tests.widgets import test_mark_fields as marks
from tests.widgets import test_patient_page as patients
from tests.widgets import test_people as people
from tests.widgets import test_photos as photos
from tests.widgets import test_record as record
from tests.widgets import test_reuse as reuse

SCRIPTS = "Grüße – 田中 さくら, مرحبا, Ψυχή"
TOO_LONG = "é" * 20_001
BLEEDING = "bleeding-disorder"


@dataclass(frozen=True)
class Row:
    """One field of a visit's record.

    Attributes:
        owner: The dataclass.
        field: Its field.
        page: Where it is entered; None for the overview.
        how: `press`, `write` (a line), `tell` (several lines), or what does it by hand.
        name: Of the control.
        typed: What is typed.
        read: From the stored visit.
        kept: What is to be stored.
    """

    owner: type
    field: str
    page: Page | None
    how: str | Callable[[Any], None]
    name: str
    typed: str
    read: Callable[[Visit], object]
    kept: object


def _choose_event(table):
    record.choose(record_page(table, Page.EVENTS).kind, EventKind.FAINTING)


def _choose_onset(table):
    record.choose(record_page(table, Page.EVENTS).cards.cards[0].onset, Onset.SAME_DAY)


def _choose_outcome(table):
    record.choose(record_page(table, Page.EVENTS).cards.cards[0].outcome, Outcome.RESOLVED)


def _add_measure(table):
    page = record_page(table, Page.MEASURES)
    record.choose(page.kind, MeasureKind.STRENGTH)
    table.press("new-measure-side-left")
    QTest.keyClicks(page.subject, "Infraspinatus")
    table.press("new-measure-add")


def record_page(table, page):
    return table.window.inspector.record.pages[page]


def _said(visit):
    return visit.record.screening.to(BLEEDING)


def _written(chapter):
    return lambda visit: visit.record.narrative.texts[chapter]


def _rows(owner, page, within, fields):
    """Rows of one dataclass, which is found in the visit by a path or by a function."""
    find = within if callable(within) else attrgetter(within) if within else lambda visit: visit
    return [
        Row(owner, field, page, how, name, typed, _read(find, field), kept)
        for field, how, name, typed, kept in fields
    ]


def _read(find, field):
    return lambda visit: getattr(find(visit), field)


# fmt: off
RECORD = [
    *_rows(Visit, None, "", [
        ("pain_before", "press", "pain-before-7", "", 7),
        ("pain_after", "press", "pain-after-0", "", 0),
    ]),
    *_rows(ScreeningAnswer, Page.SCREENING, _said, [
        ("answer", "press", f"answer-{BLEEDING}-yes", "", Answer.YES),
        ("note", "tell", f"note-{BLEEDING}", SCRIPTS, SCRIPTS),
        ("override", "tell", f"override-{BLEEDING}", SCRIPTS, SCRIPTS),
    ]),
    *_rows(Consent, Page.CONSENT, "record.consent", [
        ("form", "press", "consent-form-written", "", ConsentForm.WRITTEN),
        ("scope", "press", "consent-scope-episode", "", ConsentScope.EPISODE),
        ("given_by", "press", "consent-given-by-guardian", "", ConsentGiver.GUARDIAN),
        ("guardian", "write", "consent-guardian", SCRIPTS, SCRIPTS),
        ("told", "press", "consent-told-pneumothorax", "", {Told.PNEUMOTHORAX}),
        ("withdrawn", "press", "consent-withdrawn", "", True),
        ("note", "tell", "consent-note", SCRIPTS, SCRIPTS),
    ]),
    *_rows(Hygiene, Page.CONSENT, "record.hygiene", [
        ("hands", "press", "hygiene-hands-alcohol-rub", "", HandHygiene.ALCOHOL_RUB),
        ("gloves", "press", "hygiene-gloves-one-hand", "", Gloves.ONE_HAND),
        ("skin", "press", "hygiene-skin-chlorhexidine", "", SkinPreparation.CHLORHEXIDINE),
        ("positions", "press", "hygiene-positions-prone", "", {Position.PRONE}),
        ("note", "tell", "hygiene-note", SCRIPTS, SCRIPTS),
    ]),
    *_rows(NeedleCount, Page.NEEDLES, "record.needles", [
        ("opened", "write", "needles-opened", "999", 999),
        ("in_sharps", "write", "needles-sharps", "0", 0),
        ("difference", "write", "needles-difference", SCRIPTS, SCRIPTS),
    ]),
    *_rows(Measure, Page.MEASURES, lambda visit: visit.record.measures[0], [
        ("kind", _add_measure, "", "", MeasureKind.STRENGTH),
        ("subject", _add_measure, "", "", "Infraspinatus"),
        ("side", _add_measure, "", "", Side.LEFT),
        ("before", "write", "measure-0-before", "3", 3),
        ("after", "write", "measure-0-after", "5", 5),
        ("note", "write", "measure-0-note", SCRIPTS, SCRIPTS),
    ]),
    *(
        Row(
            Narrative, "chapters", Page.TEXT, "tell", f"text-{one}", SCRIPTS, _written(one), SCRIPTS
        )
        for one in Chapter
    ),
    *_rows(Narrative, Page.TEXT, "record.narrative", [
        ("aftercare", "tell", "advice-other", SCRIPTS, (SCRIPTS,)),
        ("conditions", "write", "conditions-line", SCRIPTS, (SCRIPTS,)),
    ]),
    *_rows(AdverseEvent, Page.EVENTS, lambda visit: visit.record.adverse_events[0], [
        ("kind", _choose_event, "", "", EventKind.FAINTING),
        ("severity", "press", "event-0-severity-serious", "", Severity.SERIOUS),
        ("onset", _choose_onset, "", "", Onset.SAME_DAY),
        ("outcome", _choose_outcome, "", "", Outcome.RESOLVED),
        ("text", "tell", "event-0-text", SCRIPTS, SCRIPTS),
        ("action", "tell", "event-0-action", SCRIPTS, SCRIPTS),
        ("reported_to", "write", "event-0-reported", SCRIPTS, SCRIPTS),
    ]),
    *_rows(FollowUp, Page.EVENTS, lambda visit: visit.record.follow_ups[0], [
        ("kind", "press", "journal-add", "", FollowUpKind.JOURNAL),
        ("on", "write", "follow-up-0-on", "2026-12-31", date(2026, 12, 31)),
        ("pain", "press", "follow-up-0-pain-10", "", 10),
        ("soreness", "press", "follow-up-0-soreness-0", "", 0),
        ("relief", "press", "follow-up-0-relief-better", "", Relief.BETTER),
        ("text", "tell", "follow-up-0-text", SCRIPTS, SCRIPTS),
    ]),
]
# fmt: on

POINT, NEEDLE, ZONE = MarkKind.TRIGGER_POINT, MarkKind.NEEDLE_SITE, MarkKind.PAIN_ZONE
OWNERS = {POINT: TriggerPoint, NEEDLE: NeedleSite, ZONE: PainZone}

MARKS = [
    *marks.ENTERED,
    (POINT, "status", "status-latent", None, TriggerPointStatus.LATENT),
    (POINT, "intensity", "trigger-point-intensity-10", None, 10),
    (NEEDLE, "needle", "needle-size-packs-0.25 × 30 mm", None, NeedleSize(0.25, 30)),
    (NEEDLE, "technique", "technique-superficial", None, Technique.SUPERFICIAL),
    (NEEDLE, "direction", "direction-oblique", None, Direction.OBLIQUE),
    (NEEDLE, "clock", "needle-clock-12", None, 12),
    (NEEDLE, "twitches", "twitches-2", None, 2),
    (ZONE, "kind", "pain-kind-numbness", None, PainKind.NUMBNESS),
    (ZONE, "intensity", "pain-intensity-0", None, 0),
    (ZONE, "qualities", "pain-qualities-burning", None, {PainQuality.BURNING}),
]
"""Kind, field, control, what is typed (None for a click), what is kept."""

PATIENT = {
    "emergency_name": (EmergencyContact, "name"),
    "emergency_relation": (EmergencyContact, "relation"),
    "emergency_phone": (EmergencyContact, "phone"),
    **{name: (Contact, name) for name in ("phone", "email", "address")},
}
"""Which field stands behind a line of the page, where it is not the patient's own."""

COMPLAINT = {name: (Episode, name) for name in ("complaint", "onset")}

BY_HAND = {
    TriggerPoint: {
        "muscle": inspector.test_the_muscles_under_the_point_can_be_chosen,
        "refers_to": marks.test_referral_is_linked_from_either_end,
        "text": inspector.test_words_are_kept_as_one_step_when_the_person_goes_elsewhere,
    },
    NeedleSite: {
        "muscle": inspector.test_the_muscles_under_the_point_can_be_chosen,
        "trigger_point": inspector.test_a_needle_near_a_trigger_point_is_linked_and_can_be_let_go,
        "depth_mm": inspector.test_a_depth_is_kept_once_when_the_hand_rests,
        "pistoning": marks.test_pistoning_is_counted_where_there_was_any,
        "time_in": marks.test_a_time_of_day_is_one_of_the_visits_day,
        "time_out": marks.test_a_needle_does_not_come_out_before_it_went_in,
        "placed_by": marks.test_who_had_the_needle_in_hand_is_one_of_the_clinic,
        "removed_by": marks.test_who_had_the_needle_in_hand_is_one_of_the_clinic,
        "text": inspector.test_words_are_kept_as_one_step_when_the_person_goes_elsewhere,
    },
    NeedleSize: dict.fromkeys(("diameter_mm", "length_mm"), inspector.test_another_size_is_typed),
    PressureThreshold: {
        "kpa": marks.test_a_pressure_is_read_in_the_unit_of_the_scale,
        "unit": marks.test_another_unit_means_the_number_was_read_in_it,
    },
    PainZone: {"text": inspector.test_words_are_kept_as_one_step_when_the_person_goes_elsewhere},
    Note: {"text": inspector.test_words_are_kept_as_one_step_when_the_person_goes_elsewhere},
    Photo: dict.fromkeys(
        ("data", "width_px", "height_px"), photos.test_a_photo_is_stored_with_its_note
    ),
    BarredArea: {"item": record.test_an_area_is_drawn_and_shown_with_its_reason},
    Consent: {"signature": record.test_a_signature_is_kept_as_lines_and_can_be_cleared},
    Patient: {"sex": patients.test_sex_side_and_state_are_chosen},
    Episode: {"side": patients.test_sex_side_and_state_are_chosen},
    Course: {"status": patients.test_sex_side_and_state_are_chosen},
    Alert: dict.fromkeys(
        ("kind", "words", "trimester"), patients.test_alerts_are_added_worded_and_removed
    ),
    Identifier: dict.fromkeys(
        ("system", "value"), patients.test_further_numbers_are_added_and_removed
    ),
    Visit: {
        "episode": people.test_a_known_complaint_is_taken_up_again,
        "therapist": people.test_a_new_patient_is_added_and_the_first_visit_asked_for,
    },
    ClinicChoices: {
        **dict.fromkeys(
            ("advice", "conditions", "reminder_min", "has_billing"),
            record.test_the_clinic_changes_its_lists_for_every_visit,
        ),
        "severities": record.test_a_clinic_can_take_an_item_more_seriously,
    },
    BillingCode: dict.fromkeys(
        ("code", "text", "least", "most"), record.test_a_code_that_is_none_is_refused
    ),
    Template: dict.fromkeys(("name", "owner"), reuse.test_a_template_can_be_for_everybody),
    User: {
        **dict.fromkeys(
            ("name", "role", "login", "also", "supervisors"),
            entrance.test_the_owner_adds_a_supervisor_and_a_trainee,
        ),
        "disabled": entrance.test_who_is_shut_out_meets_the_entrance,
    },
}
"""Fields that take more than a control and a value, with the test that enters them."""

_KNOWN = "made by the program"
_PLACED = "comes from where on the body it was put"
NOT_ENTERED = {
    **{(mark, field): _KNOWN for mark in (TriggerPoint, NeedleSite, PainZone, Note)
       for field in ("id", "number")},
    **{(Visit, field): _KNOWN for field in ("id", "patient", "began", "state", "version")},
    **{(owner, "id"): _KNOWN for owner in (Patient, Episode, User)},
    (Episode, "patient"): _KNOWN,
    **{(owner, "came_from"): "kept by a merge" for owner in (Alert, Episode)},
    (Patient, "merged_into"): "kept by a merge",
    (PainZone, "regions"): _PLACED,
    (ScreeningAnswer, "item"): "the row that is answered",
    **{(Place, field): _PLACED for field in Place.__dataclass_fields__},
    **{(Polygon, field): _PLACED for field in Polygon.__dataclass_fields__},
    **{(owner, field): "taken over from marks that were entered"
       for owner in (PlannedPoint, PlannedNeedle) for field in owner.__dataclass_fields__},
}  # fmt: skip
"""Fields that nobody types, and why."""


def in_table() -> set[tuple[type, str]]:
    """Every field that the table says how to enter, or why it is not."""
    listed = {(row.owner, row.field) for row in RECORD}
    for kind, field, *_ in MARKS:
        owner, _, inner = field.partition(".")
        listed.add((Stimulation, inner) if inner else (OWNERS[kind], owner))
    listed |= {PATIENT.get(name, (Patient, name)) for name, *_ in patients.TYPED}
    listed |= {COMPLAINT.get(name, (Course, name)) for name, *_ in patients.OF_COMPLAINT}
    listed |= {(owner, field) for owner, fields in BY_HAND.items() for field in fields}
    return listed | set(NOT_ENTERED)
