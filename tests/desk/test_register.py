"""Patients and complaints kept up at the desk: every field, search, second records, merging."""

from dataclasses import replace
from datetime import date

import pytest

from bodymap.atlas.ids import Side
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Identifier
from bodymap.chart.course import EpisodeStatus
from bodymap.chart.people import AdministrativeSex
from bodymap.desk.clinic import Clinic
from bodymap.desk.entry import InvalidEntryError
from bodymap.errors import ConflictError

BORN = date(1984, 3, 12)
LONG = "x" * 201

PATIENT_VALUES = [
    ("family_name", "Éxample-Ñúñez"),
    ("given_name", "أمارا"),
    ("preferred_name", "阿玛拉"),
    ("birth_date", date(1984, 2, 29)),
    ("sex", AdministrativeSex.OTHER),
    ("number", "77/b"),
    ("language", "zh-Hant-TW"),
    ("phone", "+41 (0)44 123 45 67"),
    ("email", "amara@example.org"),
    ("address", "1 Sample Street\nTestville"),
    ("emergency_name", "Éva Example"),
    ("emergency_relation", "sister"),
    ("emergency_phone", "044/123"),
    ("notes", "Prefers mornings.\n早上好"),
    ("alerts", (Alert(AlertKind.PREGNANCY, "twins", 2), Alert(AlertKind.OTHER, "faints"))),
    ("identifiers", (Identifier("Insurance", "756.1"), Identifier("Hospital", "9"))),
]

EPISODE_VALUES = [
    ("complaint", "Épaule droite"),
    ("side", Side.LEFT),
    ("side", None),
    ("onset", date(2026, 1, 3)),
    ("mechanism", "A fall\non ice"),
    ("referral_source", "Dr. Muster"),
    ("goals", "Sleep through; reach the shelf"),
    ("days_between", 7),
    ("planned_visits", 6),
    ("reassess_on", date(2026, 12, 1)),
    ("icd_10", "M75.1"),
    *[("status", status) for status in EpisodeStatus],
]

PATIENT_REFUSED = [
    ("family_name", " ", "needs a family name"),
    ("family_name", LONG, "too long|at most|characters"),
    ("given_name", "", "needs a family name and a given name"),
    ("birth_date", None, "date of birth is missing"),
    ("birth_date", "1984", "date of birth is missing"),
    ("birth_date", date(2190, 1, 1), "check the year"),
    ("sex", "f", "one of those offered"),
    ("number", "  ", "number is missing"),
    ("preferred_name", LONG, "preferred name"),
    ("preferred_name", 7, "preferred name|can't be kept"),
    ("language", "german!", "language is told by its tag"),
    ("phone", "call me", "phone number"),
    ("phone", "12", "phone number"),
    ("email", "amara at home", "e-mail"),
    ("address", "x" * 501, "address"),
    ("emergency_name", LONG, "emergency contact"),
    ("emergency_relation", LONG, "emergency contact"),
    ("emergency_phone", "ring", "emergency contact"),
    ("notes", 5, "notes|can't be kept"),
]

EPISODE_REFUSED = [
    ("complaint", "  ", "few words"),
    ("complaint", "x" * 501, "complaint"),
    ("side", "left-ish", "left, right or midline"),
    ("onset", date(2190, 1, 1), "future"),
    ("mechanism", "x" * 4001, "how it came about|How it came about"),
    ("referral_source", LONG, "[Ww]ho referred"),
    ("goals", "x" * 4001, "goals"),
    ("days_between", 0, "days between"),
    ("days_between", 366, "days between"),
    ("days_between", 1.5, "days between"),
    ("planned_visits", 0, "planned visits"),
    ("planned_visits", 201, "planned visits"),
    ("reassess_on", "soon", "planned for a day"),
    ("status", "done", "states offered"),
    ("icd_10", "75.1", "ICD-10"),
]


@pytest.fixture
def clinic(open_work, atlas, clock):
    return Clinic(open_work, atlas, clock)


@pytest.fixture
def register(clinic):
    return clinic.register


@pytest.fixture
def patient(clinic):
    return clinic.add_patient("Example", "Amara", BORN)


@pytest.fixture
def episode(register, patient):
    return register.add_episode(patient.id, "Right shoulder")


@pytest.mark.parametrize(("field", "value"), PATIENT_VALUES)
def test_every_field_of_a_patient_is_stored_and_taken_back(clinic, patient, field, value):
    step = clinic.register.edit_patient(patient, field, **{field: value})
    clinic.register.do(step)
    stored = clinic.patient(patient.id)
    assert stored == step.patients[0][1] != patient
    assert step.changes_anything
    clinic.register.undo(step)
    assert clinic.patient(patient.id) == patient


@pytest.mark.parametrize(("field", "value"), EPISODE_VALUES)
def test_every_field_of_a_complaint_is_stored_and_taken_back(clinic, episode, field, value):
    step = clinic.register.edit_episode(episode, field, **{field: value})
    clinic.register.do(step)
    assert clinic.episode(episode.id) == step.episodes[0][1]
    clinic.register.undo(step)
    assert clinic.episode(episode.id) == episode


@pytest.mark.parametrize(("field", "value", "words"), PATIENT_REFUSED)
def test_what_a_patient_cannot_have_is_refused_in_words(clinic, patient, field, value, words):
    with pytest.raises(InvalidEntryError, match=words):
        clinic.register.edit_patient(patient, field, **{field: value})
    assert clinic.patient(patient.id) == patient


@pytest.mark.parametrize(("field", "value", "words"), EPISODE_REFUSED)
def test_what_a_complaint_cannot_have_is_refused_in_words(clinic, episode, field, value, words):
    with pytest.raises(InvalidEntryError, match=words):
        clinic.register.edit_episode(episode, field, **{field: value})


def test_a_reassessment_cannot_lie_before_the_onset(register, episode):
    begun = replace(episode, onset=date(2026, 2, 1))
    with pytest.raises(InvalidEntryError, match="before the onset"):
        register.edit_episode(begun, "re-assess on", reassess_on=date(2026, 1, 1))


def test_a_record_that_was_changed_elsewhere_is_not_overwritten(clinic, patient):
    register = clinic.register
    mine = register.edit_patient(patient, "phone", phone="044 111")
    register.do(register.edit_patient(patient, "phone", phone="044 222"))
    with pytest.raises(ConflictError, match=r"“Phone” is “044 222” there .* “044 111”"):
        register.do(mine)
    assert clinic.patient(patient.id).contact.phone == "044 222"


def test_other_fields_that_were_changed_elsewhere_stay(clinic, patient):
    register = clinic.register
    mine = register.edit_patient(patient, "phone", phone="044 111")
    register.do(register.edit_patient(patient, "notes", notes="from elsewhere"))
    register.do(register.edit_patient(clinic.patient(patient.id), "e-mail", email="a@example.org"))
    register.do(mine)
    stored = clinic.patient(patient.id)
    assert (stored.contact.phone, stored.contact.email) == ("044 111", "a@example.org")
    assert stored.notes == "from elsewhere"
    register.undo(mine)
    assert clinic.patient(patient.id).notes == "from elsewhere"
    assert clinic.patient(patient.id).contact.phone == ""


def test_a_taken_number_is_refused(clinic, patient):
    other = clinic.add_patient("Muster", "Dörte", date(1970, 1, 1))
    step = clinic.register.edit_patient(patient, "number", number=other.number)
    with pytest.raises(ConflictError):
        clinic.register.do(step)


@pytest.mark.parametrize(
    "words",
    [
        "exa",
        "AMARA",
        "Example, Amara",
        "amara example",
        "dör",
        "DORT",
        "1984-03-12",
        "12.3.1984",
        "12/03/1984",
        "3/12/1984",
        "P-0001",
        "mara 1984-03-12",
    ],
)
def test_patients_are_found_by_any_part(clinic, patient, words):
    other = clinic.add_patient("Muster", "Dörte", date(1970, 1, 1))
    expected = other if words.casefold() in {"dör", "dort"} else patient
    assert [one.id for one in clinic.patients(words)] == [expected.id]


@pytest.mark.parametrize(
    ("family", "given", "born", "is_told"),
    [
        ("Example", "Amara", BORN, True),
        ("EXAMPLE", "Amára", BORN, True),
        ("Exampel", "Amara", BORN, True),
        ("Amara", "Example", BORN, True),
        ("Example-Muster", "Amara", BORN, True),
        ("Example", "Amara", date(1984, 3, 13), False),
        ("Muster", "Dörte", BORN, False),
        ("", "Amara", BORN, False),
    ],
)
def test_a_likely_second_record_is_told_of(register, patient, family, given, born, is_told):
    found = [one.id for one in register.namesakes(family, given, born)]
    assert found == ([patient.id] if is_told else [])


def test_merging_moves_everything_and_keeps_the_record(clinic, open_work, patient, atlas):
    register = clinic.register
    therapist = clinic.add_user("Robin Demo")
    second = clinic.add_patient("Exampel", "Amara", BORN)
    register.do(
        register.edit_patient(second, "alert", alerts=(Alert(AlertKind.PACEMAKER, "left"),))
    )
    visit = clinic.begin_visit(second.id, therapist.id, "Neck")
    before = clinic.patient(patient.id), clinic.patient(second.id)

    step = register.merge(patient.id, second.id)
    register.do(step)
    kept = clinic.patient(patient.id)
    assert [alert.kind for alert in kept.alerts] == [AlertKind.PACEMAKER]
    assert Identifier("Earlier number", second.number) in kept.identifiers
    assert [one.complaint for one in clinic.episodes(patient.id)] == ["Neck"]
    assert clinic.visit(visit.id).patient == patient.id
    assert clinic.visits(second.id) == []
    assert [one.id for one in clinic.patients("")] == [patient.id]
    assert [one.id for one in register.merged_into(patient.id)] == [second.id]

    register.undo(step)
    assert (clinic.patient(patient.id), clinic.patient(second.id)) == before
    assert clinic.visit(visit.id).patient == second.id


def test_merged_records_can_be_parted_later(clinic, patient):
    register = clinic.register
    second = clinic.add_patient("Exampel", "Amara", BORN)
    register.add_episode(second.id, "Neck")
    register.add_episode(patient.id, "Shoulder")
    register.do(register.merge(patient.id, second.id))
    register.do(register.part(second.id))
    assert [one.complaint for one in clinic.episodes(second.id)] == ["Neck"]
    assert [one.complaint for one in clinic.episodes(patient.id)] == ["Shoulder"]
    assert clinic.patient(second.id).merged_into is None


def test_nothing_is_begun_in_a_record_that_was_merged_meanwhile(clinic, patient):
    therapist = clinic.add_user("Robin Demo")
    second = clinic.add_patient("Exampel", "Amara", BORN)
    neck = clinic.register.add_episode(second.id, "Neck")
    clinic.register.do(clinic.register.merge(patient.id, second.id))
    for begin in (
        lambda: clinic.begin_visit(second.id, therapist.id, "Back"),
        lambda: clinic.begin_visit(second.id, therapist.id, "", neck.id),
        lambda: clinic.register.add_episode(second.id, "Back"),
    ):
        with pytest.raises(InvalidEntryError, match=f"merged into {patient.number}, Example"):
            begin()
    assert clinic.visits() == []


def test_a_visit_is_begun_for_a_complaint_of_the_same_patient_only(clinic, patient):
    therapist = clinic.add_user("Robin Demo")
    other = clinic.add_patient("Muster", "Max", BORN)
    neck = clinic.register.add_episode(other.id, "Neck")
    with pytest.raises(InvalidEntryError, match="another patient"):
        clinic.begin_visit(patient.id, therapist.id, "", neck.id)


def test_a_number_that_both_had_stays_with_both_when_they_are_parted(clinic, patient):
    register = clinic.register
    second = clinic.add_patient("Exampel", "Amara", BORN)
    for one, own in ((patient, "1"), (second, "2")):
        numbers = (Identifier("Insurance", "756.1"), Identifier("Hospital", own))
        register.do(register.edit_patient(one, "numbers", identifiers=numbers))
    before = clinic.patient(patient.id), clinic.patient(second.id)
    register.do(register.merge(patient.id, second.id))
    register.do(register.part(second.id))
    assert (clinic.patient(patient.id), clinic.patient(second.id)) == before


def test_dates_that_do_not_go_together_are_refused_in_words(clinic, patient):
    register = clinic.register
    known = register.add_episode(patient.id, "Neck")
    register.do(register.edit_episode(known, "onset", onset=date(2026, 1, 20)))
    earlier = register.edit_episode(known, "re-assessment", reassess_on=date(2026, 1, 10))
    with pytest.raises(InvalidEntryError, match="cannot lie before the onset"):
        register.do(earlier)
    assert clinic.episode(known.id).course.reassess_on is None


def test_what_cannot_be_merged_is_refused(clinic, patient):
    register = clinic.register
    second = clinic.add_patient("Exampel", "Amara", BORN)
    third = clinic.add_patient("Example", "Amra", BORN)
    with pytest.raises(InvalidEntryError, match="into itself"):
        register.merge(patient.id, patient.id)
    with pytest.raises(InvalidEntryError, match="not merged"):
        register.part(second.id)
    register.do(register.merge(patient.id, second.id))
    with pytest.raises(InvalidEntryError, match="already"):
        register.merge(third.id, second.id)
    with pytest.raises(InvalidEntryError, match="part them first"):
        register.merge(third.id, patient.id)
