"""Who was denied a visit, or a patient's record, is found with that patient in the audit trail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bodymap.chart.audit import AuditAction, AuditEvent, AuditQuestion, Entity, Subject
from bodymap.chart.change import Change
from bodymap.chart.people import Role, User
from bodymap.chart.review import Verdict
from bodymap.chart.signing import Meaning
from bodymap.chart.states import Move
from bodymap.desk.access import Access, GuardedWork
from bodymap.desk.auditing import of_patient, of_visit, this_visit
from bodymap.errors import DeniedError, NotFoundError
from bodymap.storage.datafile import DataFile
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.desk.reviewed import TRAINEE as LEARNER
from tests.desk.reviewed import a_trainees_visit, come, found_school, stored
from tests.storage.afterwards import an_afterward
from tests.storage.reviewing import a_comment, a_decision, a_submission, an_answer
from tests.storage.signing import a_signature
from tests.vaults import OWNER, PASSWORD, a_data_file

AUTHOR = a_user(10)
AUDITOR = a_user(11, role=Role.AUDITOR)
STRANGER = a_user(12)
SUPERVISOR = a_user(14, role=Role.SUPERVISOR)
TRAINEE = a_user(13, role=Role.TRAINEE, supervisors=frozenset({SUPERVISOR.id}))
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
VISIT = a_visit(1, 0, 0, patient=1, therapist=AUTHOR.id)
OWN = a_visit(1, 0, 0, number=2, patient=1, therapist=TRAINEE.id)
PATIENT, EPISODE = a_patient(), an_episode()
OF_VISIT, OF_PATIENT, OF_OWN = of_visit(VISIT), of_patient(PATIENT.id), of_visit(OWN)
OF_EPISODE = Subject(Entity.EPISODE, EPISODE.id, PATIENT.id)
NEW = a_patient(9)

Door = Callable[[GuardedWork], object]

OF_THE_VISIT: dict[str, Door] = {
    "read": lambda work: work.visits.get(VISIT.id),
    "version": lambda work: work.visits.version(VISIT.id),
    "change": lambda work: work.visits.apply(VISIT.id, 1, Change()),
    "move": lambda work: work.visits.move(VISIT.id, 1, Move.SIGN),
    "signatures": lambda work: work.signatures.of(VISIT.id),
    "rounds": lambda work: work.reviews.of(VISIT.id),
    "later": lambda work: work.afterwards.of(VISIT.id),
    "sign": lambda work: work.signatures.add(a_signature(VISIT, user=AUDITOR.id)),
    "sign for another": lambda work: work.signatures.add(a_signature(VISIT, user=AUTHOR.id)),
    "hand in": lambda work: work.reviews.add_round(
        VISIT.id, replace(a_submission(VISIT), by=AUDITOR.id)
    ),
    "hand in for another": lambda work: work.reviews.add_round(
        VISIT.id, replace(a_submission(VISIT), by=AUTHOR.id)
    ),
    "remark": lambda work: work.reviews.add_comment(VISIT.id, a_comment(VISIT, by=AUDITOR.id)),
    "remark for another": lambda work: work.reviews.add_comment(
        VISIT.id, a_comment(VISIT, by=AUTHOR.id)
    ),
    "decide": lambda work: work.reviews.add_decision(
        VISIT.id, a_decision(VISIT, Verdict.RETURNED, by=AUDITOR.id)
    ),
    "put down later": lambda work: work.afterwards.add(an_afterward(VISIT, by=AUDITOR.id)),
    "put down for another": lambda work: work.afterwards.add(an_afterward(VISIT, by=AUTHOR.id)),
}
DENIED: dict[str, tuple[User, Door, Subject]] = {
    **{name: (AUDITOR, door, OF_VISIT) for name, door in OF_THE_VISIT.items()},
    "change another's": (STRANGER, OF_THE_VISIT["change"], OF_VISIT),
    "sign another's": (
        STRANGER,
        lambda work: work.signatures.add(a_signature(VISIT, Meaning.AUTHOR, user=STRANGER.id)),
        OF_VISIT,
    ),
    "remark on one's own": (
        TRAINEE,
        lambda work: work.reviews.add_comment(OWN.id, a_comment(OWN, by=TRAINEE.id)),
        OF_OWN,
    ),
    "settle on one's own": (
        TRAINEE,
        lambda work: work.reviews.add_answer(
            OWN.id,
            a_comment(OWN).id,
            an_answer(a_comment(OWN), by=TRAINEE.id, settles=True),
        ),
        OF_OWN,
    ),
    "a patient": (AUDITOR, lambda work: work.people.patient(PATIENT.id), OF_PATIENT),
    "merged": (AUDITOR, lambda work: work.people.merged_into(PATIENT.id), OF_PATIENT),
    "complaints": (AUDITOR, lambda work: work.people.episodes(PATIENT.id), OF_PATIENT),
    "a complaint": (AUDITOR, lambda work: work.people.episode(EPISODE.id), OF_EPISODE),
    "keep a patient": (AUDITOR, lambda work: work.people.put_patient(PATIENT), OF_PATIENT),
    "keep a complaint": (AUDITOR, lambda work: work.people.put_episode(EPISODE), OF_PATIENT),
    "visits": (AUDITOR, lambda work: work.visits.summaries(PATIENT.id), OF_PATIENT),
    "begin": (
        AUDITOR,
        lambda work: work.visits.add(a_visit(number=5, therapist=AUDITOR.id)),
        OF_PATIENT,
    ),
    "everybody's visits": (
        AUDITOR,
        lambda work: work.visits.summaries(),
        Subject(Entity.CLINIC),
    ),
    "somebody new": (
        AUDITOR,
        lambda work: work.people.put_patient(NEW),
        Subject(Entity.PATIENT, NEW.id),
    ),
    "a key for another": (
        AUDITOR,
        lambda work: work.signatures.add_key(AUTHOR.id, bytes(32), NOW),
        Subject(Entity.USER, AUTHOR.id),
    ),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory):
    data = a_data_file(tmp_path_factory.mktemp("clinic"))
    with data.open_work() as work:
        for user in (AUTHOR, AUDITOR, STRANGER, SUPERVISOR, TRAINEE):
            work.people.put_user(user)
        work.people.put_patient(PATIENT)
        work.people.put_episode(EPISODE)
        work.visits.add(VISIT)
        work.visits.add(OWN)
        work.commit()
    with data.open_work() as work:
        work.visits.move(OWN.id, work.visits.version(OWN.id), Move.SUBMIT)
        work.commit()
    yield data
    data.close()


def denials(data: DataFile, question: AuditQuestion | None = None) -> list[AuditEvent]:
    asked = question or AuditQuestion(action=AuditAction.DENIED)
    with data.open_work() as work:
        return [entry.event for entry in work.audit.entries(asked)]


@pytest.mark.parametrize("what", DENIED)
def test_a_denial_names_what_it_is_about(data: DataFile, what: str) -> None:
    user, go_through, subject = DENIED[what]
    access = Access(lambda: data.open_work(user.id))
    access.begin(user.id)
    before = len(denials(data))
    with access.guarded()() as work, pytest.raises(DeniedError):
        go_through(work)
    told = denials(data)
    assert len(told) == before + 1
    assert (told[0].actor, told[0].subject) == (user.id, subject)


def test_the_trail_of_a_patient_holds_the_denials(data: DataFile) -> None:
    access = Access(lambda: data.open_work(AUDITOR.id))
    access.begin(AUDITOR.id)
    question = AuditQuestion(patient=PATIENT.id, action=AuditAction.DENIED)
    before = len(denials(data, question))
    with access.guarded()() as work, pytest.raises(DeniedError):
        work.visits.get(VISIT.id)
    assert len(denials(data, question)) == before + 1


def test_what_is_not_there_is_named_without_a_patient(data: DataFile) -> None:
    """Or the page of the trail would look in vain for what the patient is called."""
    access = Access(lambda: data.open_work(AUDITOR.id))
    access.begin(AUDITOR.id)
    never = a_visit(number=77)
    with access.guarded()() as work, pytest.raises(DeniedError):
        work.visits.version(never.id)
    assert denials(data)[0].subject == this_visit(never.id)
    with access.guarded()() as work, pytest.raises(NotFoundError):
        work.visits.get(never.id)


def test_the_desk_names_it_too_and_the_trail_is_still_told_in_words(tmp_path) -> None:
    school = found_school(tmp_path / "clinic")
    visit = stored(school, a_trainees_visit())
    come(school, LEARNER)
    with pytest.raises(DeniedError):
        school.signing.void(stored(school, a_visit(1, 0, 0, number=2)).id, "Wrong", PASSWORD)
    with pytest.raises(DeniedError):
        school.reviewing.overseeing.of(LEARNER.id)
    school.access.put_down_denials()
    with school.open_work() as work:
        told = work.audit.entries(AuditQuestion(action=AuditAction.DENIED))
    assert [entry.event.subject for entry in told] == [
        Subject(Entity.USER, LEARNER.id),
        of_visit(a_visit(number=2)),
    ]
    assert visit.patient == told[1].event.subject.patient
    come(school, OWNER)
    lines = school.verifying.lines(AuditQuestion(action=AuditAction.DENIED))
    assert [line.whose != "" for line in lines] == [False, True]
    school.close()
