"""Patients and visits at the desk: what is stored, and what is refused in words."""

from datetime import date

import pytest

from bodymap.chart.people import EpisodeId, PatientId
from bodymap.chart.visit import VisitId, VisitState
from bodymap.desk.clinic import Clinic, InvalidEntryError
from bodymap.errors import NotFoundError
from bodymap.storage.people import SqlPeople

BORN = date(1984, 2, 29)


@pytest.fixture
def clinic(open_work, atlas, clock):
    return Clinic(open_work, atlas, clock)


def test_a_patient_gets_the_next_number(clinic):
    clinic.add_patient("Sample", "Pat", BORN, number="P-0041")
    clinic.add_patient("Example", "Kim", BORN, number="old 7")
    assert clinic.add_patient("Test", "Jo", BORN).number == "P-0042"


def test_a_number_in_other_digits_is_no_stumbling_block(clinic):
    clinic.add_patient("Sample", "Pat", BORN, number="P-²")
    assert clinic.add_patient("Test", "Jo", BORN).number == "P-0001"


def test_who_is_added_at_two_seats_at_once_gets_a_number_that_is_free(clinic, monkeypatch):
    look, late = SqlPeople.numbers, []

    def look_and_let_others_write(people):
        numbers = look(people)
        if not late:
            late.append(True)
            late.append(clinic.add_patient("Sample", "Pat", BORN))
        return numbers

    monkeypatch.setattr(SqlPeople, "numbers", look_and_let_others_write)
    assert clinic.add_patient("Test", "Jo", BORN).number == "P-0002"
    assert late[1].number == "P-0001"


def test_names_are_kept_without_the_spaces_around_them(clinic):
    patient = clinic.add_patient(" Sample ", " Pat ", BORN)
    assert clinic.patient(patient.id).full_name == "Sample, Pat"


@pytest.mark.parametrize(
    ("family", "given", "born", "words"),
    [
        (" ", "Pat", BORN, "family name is missing"),
        ("Sample", "", BORN, "given name is missing"),
        ("Sample", "Pat", date(2190, 1, 1), "date of birth"),
        ("Sample", "Pat", date(1802, 1, 1), "date of birth"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_stored(clinic, family, given, born, words):
    with pytest.raises(InvalidEntryError, match=words):
        clinic.add_patient(family, given, born)
    assert clinic.patients() == []


def test_a_number_belongs_to_one_patient(clinic):
    clinic.add_patient("Sample", "Pat", BORN, number="7")
    with pytest.raises(InvalidEntryError, match="7 belongs to another"):
        clinic.add_patient("Example", "Kim", BORN, number=" 7 ")


def test_a_visit_begins_as_an_empty_draft_of_a_new_episode(clinic, clock):
    patient = clinic.add_patient("Sample", "Pat", BORN)
    therapist = clinic.add_user("Robin Demo")
    visit = clinic.begin_visit(patient.id, therapist.id, " Sore calf ")

    assert clinic.visit(visit.id) == visit
    assert visit.state is VisitState.DRAFT
    assert visit.began == clock.now()
    assert [episode.complaint for episode in clinic.episodes(patient.id)] == ["Sore calf"]
    assert [summary.id for summary in clinic.visits(patient.id)] == [visit.id]


def test_a_visit_may_go_on_with_an_episode(clinic):
    patient = clinic.add_patient("Sample", "Pat", BORN)
    therapist = clinic.add_user("Robin Demo")
    first = clinic.begin_visit(patient.id, therapist.id, "Sore calf")
    second = clinic.begin_visit(patient.id, therapist.id, "", first.episode)
    assert second.episode == first.episode
    assert len(clinic.episodes(patient.id)) == 1


def test_a_visit_needs_a_complaint(clinic):
    patient = clinic.add_patient("Sample", "Pat", BORN)
    therapist = clinic.add_user("Robin Demo")
    with pytest.raises(InvalidEntryError, match="comes with"):
        clinic.begin_visit(patient.id, therapist.id, "  ")
    assert clinic.visits() == []
    assert clinic.episodes(patient.id) == []


def test_a_therapist_needs_a_name(clinic):
    with pytest.raises(InvalidEntryError, match="therapist's name"):
        clinic.add_user("  ")


def test_what_is_not_there_is_said_so(clinic):
    for ask in (
        lambda: clinic.patient(PatientId("nobody")),
        lambda: clinic.visit(VisitId("never")),
        lambda: clinic.episode(EpisodeId("nothing")),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_charting_a_visit_begins_with_what_is_stored(clinic):
    patient = clinic.add_patient("Sample", "Pat", BORN)
    therapist = clinic.add_user("Robin Demo")
    visit = clinic.begin_visit(patient.id, therapist.id, "Sore calf")
    assert clinic.chart(visit.id).visit == visit
