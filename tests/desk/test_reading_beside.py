"""Charts of others that are read beside the open one are put down, once a day for each purpose."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.audit import AuditAction, AuditEvent, AuditQuestion, Entity, Subject
from bodymap.chart.consent import Consent, ConsentForm, ConsentScope
from bodymap.desk.audit_words import line_of
from bodymap.desk.auditing import of_patient, of_visit
from bodymap.desk.carrying import used_before
from bodymap.desk.clinic import Clinic
from bodymap.errors import NotFoundError, StorageError
from bodymap.storage.visits import SqlVisits
from tests.builders import BEGAN, a_needle_site, a_patient, a_visit, an_episode
from tests.desk.reviewed import (
    OTHER,
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    stored,
)
from tests.vaults import PASSWORD


class Calendar:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = BEGAN

    def now(self):
        return self.time


@pytest.fixture
def school(tmp_path):
    """Two visits of a trainee and one of the supervisor, who is at the desk."""
    application = found_school(tmp_path / "clinic")
    for number in (1, 2):
        stored(application, a_trainees_visit(number))
    stored(application, a_visit(number=3, therapist=SUPERVISOR.id))
    come(application, SUPERVISOR)
    yield application
    application.close()


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
def clinic(school, calendar):
    return Clinic(school.access.guarded(), school.atlas, calendar, access=school.access)


def readings(school) -> list[AuditEvent]:
    """What was put down of readings, the first one first."""
    with school.open_work() as work:
        entries = work.audit.entries(AuditQuestion(action=AuditAction.READ))
    return [entry.event for entry in reversed(entries)]


def told(school) -> list[tuple[Subject, dict[str, object]]]:
    return [(one.subject, json.loads(one.new or "{}")) for one in readings(school)]


def pictures(clinic) -> None:
    listed = clinic.visits(a_patient().id)
    for at, one in enumerate(listed):
        assert clinic.pictured(one.id, listed[at:]) is not None


def test_pictures_of_a_patients_visits_are_one_entry(school, clinic):
    pictures(clinic)
    pictures(clinic)
    expected = (of_patient(a_patient().id), {"for": "small pictures", "visits": 2})
    assert told(school) == [expected]


def test_a_visit_that_is_new_among_the_pictures_is_put_down_by_itself(school, clinic):
    pictures(clinic)
    new = stored(school, a_trainees_visit(4))
    pictures(clinic)
    assert told(school)[1:] == [(of_visit(new), {"for": "small pictures"})]


def test_it_is_put_down_again_on_another_day(school, clinic, calendar):
    pictures(clinic)
    calendar.time += timedelta(days=1)
    pictures(clinic)
    assert len(readings(school)) == 2


def test_somebody_else_is_put_down_too(school, clinic):
    pictures(clinic)
    come(school, OTHER)
    pictures(clinic)
    assert [one.actor for one in readings(school)] == [SUPERVISOR.id, OTHER.id]
    assert told(school)[1][1]["visits"] == 3


def test_pictures_of_ones_own_visits_leave_nothing(school, clinic):
    own = [one for one in clinic.visits() if one.therapist == SUPERVISOR.id]
    clinic.pictured(own[0].id, own)
    assert readings(school) == []


def test_pictures_that_cannot_be_put_down_are_not_read(school, clinic, monkeypatch):
    listed = clinic.visits(a_patient().id)

    def refuse(*_args, **_named):
        raise StorageError("The disk is full.")

    read = []
    monkeypatch.setattr(SqlVisits, "get", lambda _self, visit: read.append(visit))
    monkeypatch.setattr("bodymap.storage.audit.SqlAudit.note", refuse)
    with pytest.raises(StorageError, match="full"):
        clinic.pictured(listed[-1].id, listed)
    assert read == []
    monkeypatch.undo()
    pictures(clinic)
    assert len(readings(school)) == 1  # it was not taken for put down


def test_no_picture_is_made_of_what_is_not_listed(school, clinic):
    first, *others = clinic.visits(a_patient().id)
    with pytest.raises(NotFoundError, match="in the list"):
        clinic.pictured(first.id, others)
    assert readings(school) == []


def test_visits_of_several_patients_are_an_entry_each(school, clinic):
    with school.open_work() as work:
        work.people.put_patient(a_patient(2))
        work.people.put_episode(an_episode(patient=2))
        work.commit()
    stored(school, a_trainees_visit(5, patient=2))
    listed = clinic.visits()
    clinic.pictured(listed[0].id, listed)
    whose = {subject.patient: new.get("visits", 1) for subject, new in told(school)}
    assert whose == {a_patient().id: 2, a_patient(2).id: 1}


def test_a_visit_that_marks_are_copied_from_is_put_down_once(school, clinic):
    visit = a_trainees_visit(1)
    for _ in range(2):
        clinic.visit(visit.id, "marks to copy")
    clinic.visit(a_visit(number=3).id, "marks to copy")
    assert told(school) == [(of_visit(visit), {"for": "marks to copy"})]


def test_another_purpose_is_another_entry(school, clinic):
    visit = a_trainees_visit(1)
    clinic.visit(visit.id, "marks to copy")
    clinic.visit(visit.id)
    assert [new for _, new in told(school)] == [{"for": "marks to copy"}, {}]


def test_each_opening_of_a_chart_is_put_down(school, clinic):
    visit = a_trainees_visit(1)
    for _ in range(2):
        clinic.chart(visit.id)
    assert told(school) == [(of_visit(visit), {})] * 2


def test_whose_visit_it_is_leaves_nothing(school, clinic):
    assert clinic.patient_of(a_trainees_visit(1).id).id == a_patient().id
    assert readings(school) == []


def agreed(number: int, **fields):
    visit = a_trainees_visit(number)
    consent = Consent(ConsentForm.VERBAL, scope=ConsentScope.EPISODE, **fields)
    return replace(visit, record=replace(visit.record, consent=consent))


def test_an_earlier_consent_of_somebody_elses_visit_is_put_down(school, clinic):
    earlier = stored(school, agreed(4))
    stored(school, a_trainees_visit(5))  # looked through in vain
    here = stored(school, a_visit(number=6, therapist=SUPERVISOR.id))
    for _ in range(2):
        found = clinic.earlier_consent(here)
        assert found is not None
        assert (found.consent, found.given) == (earlier.record.consent, earlier.began.date())
    assert told(school) == [(of_visit(earlier), {"for": "earlier consent"})]


def test_where_there_is_no_earlier_consent_nothing_is_put_down(school, clinic):
    here = stored(school, a_visit(number=6, therapist=SUPERVISOR.id))
    assert clinic.earlier_consent(here) is None
    assert readings(school) == []


def test_the_list_of_reviews_is_put_down_once(school):
    visit = a_trainees_visit(1)
    come(school, TRAINEE)
    school.signing.submit(visit.id, PASSWORD)
    assert not school.reviewing.queue()
    come(school, SUPERVISOR)
    for afresh in (True, False, True):
        (waiting,) = school.reviewing.queue(afresh=afresh)
        assert waiting.visit.id == visit.id
    assert told(school) == [(of_visit(visit), {"for": "list of reviews"})]
    assert readings(school)[0].actor == SUPERVISOR.id


def test_a_trainee_sees_what_was_returned_to_them_without_an_entry(school):
    visit = a_trainees_visit(1)
    come(school, TRAINEE)
    school.signing.submit(visit.id, PASSWORD)
    come(school, SUPERVISOR)
    school.reviewing.send_back(visit.id, "See there")
    come(school, TRAINEE)
    assert len(school.reviewing.queue()) == 1
    assert readings(school) == []


def test_no_chart_of_somebody_else_is_read_for_the_needle_used_last(school, monkeypatch):
    own = a_visit(1, 0, 0, number=3, therapist=SUPERVISOR.id)
    stored(school, replace(a_trainees_visit(6), marks=(a_needle_site(60),)))
    here = stored(school, a_visit(0, 0, 0, number=7, therapist=SUPERVISOR.id))
    real, read = SqlVisits.get, []
    monkeypatch.setattr(
        SqlVisits, "get", lambda of, visit: (read.append(visit), real(of, visit))[1]
    )
    with school.access.guarded()() as work:
        assert used_before(work, here) is not None
    assert read == [own.id]


def test_an_entry_in_words_says_what_for(school, clinic):
    pictures(clinic)
    with school.open_work() as work:
        (entry,) = work.audit.entries(AuditQuestion(action=AuditAction.READ))
    line = line_of(entry, {}, {a_patient().id: "Muster, Max"})
    assert (line.what, line.whose) == ("patient read", "Muster, Max")
    assert line.change == "for: small pictures; visits: 2"
    assert entry.event.subject.entity is Entity.PATIENT
