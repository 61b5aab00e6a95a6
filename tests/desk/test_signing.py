"""Who signs what, what stands in the way, and what may follow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.audit import AuditAction, AuditHead
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.people import Role
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.chart.signing import Meaning, visit_digest
from bodymap.chart.states import Move, WrongMoveError
from bodymap.chart.visit import VisitState
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.screening import checklist, rest_answered_no
from bodymap.desk.signing import NotReadyError, ObstacleKind
from bodymap.errors import ConflictError, DeniedError, StorageError, WrongPasswordError
from bodymap.storage.verify import verify
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.vaults import OWNER, PASSWORD, found_clinic

WRONG = "a horse of another colour"
SUPERVISOR = a_user(2, login="sam", role=Role.SUPERVISOR)
TRAINEE = a_user(3, login="tara", role=Role.TRAINEE, supervisors=frozenset({SUPERVISOR.id}))


def ready(visit):
    """The visit with all that signing asks for."""
    states = checklist(Knowledge.load().screening.values(), visit, a_patient(alerts=()))
    screening = rest_answered_no(states, Screening())
    record = VisitRecord(screening=screening, needles=NeedleCount(2, 2))
    out = visit.began + timedelta(minutes=20)
    for site in list(visit.needle_sites()):
        visit = visit.with_mark(replace(site, time_in=visit.began, time_out=out))
    return replace(visit, record=record)


@pytest.fixture
def application(tmp_path):
    """A clinic of three, with its owner, a therapist, at the desk."""
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        work.people.put_user(SUPERVISOR)
        work.people.put_user(TRAINEE)
        work.people.put_patient(a_patient(alerts=()))
        work.people.put_episode(an_episode())
        work.commit()
    for user in (SUPERVISOR, TRAINEE):
        application.vault.give_way_in(user.id, user.login, PASSWORD)
    yield application
    application.close()


def stored(application, visit):
    with application.open_work() as work:
        work.visits.add(visit)
        work.commit()
    return visit


def come(application, user):
    application.sign_in.sign_in(user.login, PASSWORD)


def actions(application):
    with application.open_work() as work:
        return [entry.event.action for entry in work.audit.entries()]


def test_a_therapist_signs_their_own_visit(application):
    visit = stored(application, ready(a_visit()))
    signed = application.signing.sign(visit.id, PASSWORD)
    assert (signed.state, signed.version) == (VisitState.SIGNED, visit.version + 1)
    standing = application.signing.standing(visit.id)
    (name,) = standing.names
    assert name.is_genuine
    assert name.signature.statement.meaning is Meaning.AUTHOR
    assert name.signature.statement.name == OWNER.name
    assert name.signature.statement.digest == visit_digest(signed) == visit_digest(visit)
    assert (standing.move, standing.may_add, standing.may_void) == (None, True, True)
    assert actions(application)[:2] == [AuditAction.SIGNED, AuditAction.ADDED]
    assert verify(application._data_file.engine, application.signer.anchored()) == ()


def test_a_wrong_password_signs_nothing_and_is_put_down(application):
    visit = stored(application, ready(a_visit()))
    with pytest.raises(WrongPasswordError):
        application.signing.sign(visit.id, WRONG)
    assert application.clinic.visit(visit.id).state is VisitState.DRAFT
    assert application.signing.standing(visit.id).signatures == ()
    assert actions(application)[0] is AuditAction.SIGN_IN_FAILED


def test_signing_waits_until_nothing_is_missing(application):
    visit = stored(application, a_visit())
    with pytest.raises(NotReadyError) as refused:
        application.signing.sign(visit.id, PASSWORD)
    assert {o.kind for o in refused.value.obstacles} == {
        ObstacleKind.NEEDLES,
        ObstacleKind.SCREENING,
    }
    assert "2 went in" in str(refused.value)
    assert "questions are not answered" in str(refused.value)
    assert application.clinic.visit(visit.id).state is VisitState.DRAFT


def with_record(visit, **fields):
    return replace(visit, record=replace(visit.record, **fields))


@pytest.mark.parametrize(
    ("needles", "words"),
    [
        (NeedleCount(3, 2), "3 opened, 2 in the sharps"),
        (NeedleCount(1, 1), "2 went in, but only 1"),
        (NeedleCount(2, None), "has not been counted"),
        (NeedleCount(), "has not been counted"),
    ],
)
def test_needles_that_differ_need_a_reason(application, needles, words):
    visit = with_record(ready(a_visit()), needles=needles)
    missing = application.signing.obstacles(visit, a_patient(alerts=()), {})
    (obstacle,) = missing
    assert obstacle.kind is ObstacleKind.NEEDLES
    assert words in obstacle.words
    explained = with_record(visit, needles=replace(needles, difference="One fell down"))
    assert application.signing.obstacles(explained, a_patient(alerts=()), {}) == ()


def test_a_visit_without_needles_needs_no_count(application):
    visit = ready(a_visit(0, 1, 1))
    visit = with_record(visit, needles=NeedleCount())
    assert application.signing.obstacles(visit, a_patient(alerts=()), {}) == ()


def test_what_rules_needling_out_needs_a_reason_to_go_on(application):
    visit = ready(a_visit())
    items = [o.item for o in visit.record.screening.answers]
    absolute = {items[0]: True}
    yes = ScreeningAnswer(items[0], Answer.YES)
    visit = with_record(visit, screening=visit.record.screening.with_answers([yes]))
    (obstacle,) = application.signing.obstacles(visit, a_patient(alerts=()), absolute)
    assert obstacle.kind is ObstacleKind.OVERRIDE
    assert "rules needling out" in obstacle.words
    yes = replace(yes, override="Agreed with the physician")
    visit = with_record(visit, screening=visit.record.screening.with_answers([yes]))
    assert application.signing.obstacles(visit, a_patient(alerts=()), absolute) == ()


def test_a_trainee_submits_and_the_supervisor_co_signs(application):
    visit = stored(application, ready(a_visit(therapist=TRAINEE.id)))
    come(application, TRAINEE)
    assert application.signing.standing(visit.id).move is Move.SUBMIT
    with pytest.raises(DeniedError):
        application.signing.sign(visit.id, PASSWORD)
    assert application.signing.submit(visit.id, PASSWORD).state is VisitState.SUBMITTED
    with pytest.raises(DeniedError):
        application.signing.co_sign(visit.id, PASSWORD)
    come(application, SUPERVISOR)
    assert application.signing.standing(visit.id).move is Move.CO_SIGN
    assert application.signing.co_sign(visit.id, PASSWORD).state is VisitState.SIGNED
    names = application.signing.standing(visit.id).names
    assert [one.signature.statement.meaning for one in names] == [
        Meaning.AUTHOR,
        Meaning.CO_SIGNER,
    ]
    assert [one.signature.statement.user for one in names] == [TRAINEE.id, SUPERVISOR.id]
    assert all(one.is_genuine for one in names)
    assert verify(application._data_file.engine, AuditHead()) == ()


def test_nobody_else_signs_or_co_signs(application):
    visit = stored(application, ready(a_visit(therapist=TRAINEE.id)))
    with pytest.raises(DeniedError):
        application.signing.sign(visit.id, PASSWORD)
    come(application, TRAINEE)
    application.signing.submit(visit.id, PASSWORD)
    come(application, OWNER)
    with pytest.raises(DeniedError):
        application.signing.co_sign(visit.id, PASSWORD)
    assert AuditAction.DENIED in actions(application)


def test_a_signed_visit_is_added_to_and_stays_as_it_was(application):
    visit = stored(application, ready(a_visit()))
    signed = application.signing.sign(visit.id, PASSWORD)
    with pytest.raises(InvalidEntryError):
        application.signing.add(visit.id, "  ", PASSWORD)
    with pytest.raises(WrongPasswordError):
        application.signing.add(visit.id, "Called: all well", WRONG)
    application.signing.add(visit.id, "Called: all well", PASSWORD)
    application.signing.add(visit.id, "Größe 田中", PASSWORD)
    standing = application.signing.standing(visit.id)
    assert [one.signature.statement.text for one in standing.addenda] == [
        "Called: all well",
        "Größe 田中",
    ]
    assert standing.visit == signed
    assert verify(application._data_file.engine, AuditHead()) == ()
    with pytest.raises(WrongMoveError):
        application.signing.sign(visit.id, PASSWORD)


def test_a_void_visit_is_kept_with_its_reason(application):
    visit = stored(application, ready(a_visit()))
    application.signing.sign(visit.id, PASSWORD)
    with pytest.raises(InvalidEntryError):
        application.signing.void(visit.id, "", PASSWORD)
    void = application.signing.void(visit.id, "Entered for the wrong patient", PASSWORD)
    assert void.state is VisitState.VOID
    assert void.marks == visit.marks
    last = application.signing.standing(visit.id).signatures[-1]
    assert last.signature.statement.text == "Entered for the wrong patient"
    assert verify(application._data_file.engine, AuditHead()) == ()
    with pytest.raises(WrongMoveError):
        application.signing.add(visit.id, "Once more", PASSWORD)


def test_what_was_changed_meanwhile_is_not_signed(application, monkeypatch):
    visit = stored(application, ready(a_visit()))
    prove = application.signer.prove

    def changed_while_typing(password, message):
        charting = application.clinic.chart(visit.id)
        charting.do(charting.rate_pain(1, 1))
        return prove(password, message)

    monkeypatch.setattr(application.signer, "prove", changed_while_typing)
    with pytest.raises(ConflictError):
        application.signing.sign(visit.id, PASSWORD)
    assert application.signing.standing(visit.id).signatures == ()


def test_reading_somebody_elses_chart_is_put_down(application):
    visit = stored(application, a_visit(therapist=TRAINEE.id))
    application.clinic.chart(visit.id)
    assert actions(application)[0] is AuditAction.READ
    come(application, TRAINEE)
    application.clinic.chart(visit.id)
    assert actions(application)[0] is AuditAction.SIGNED_IN


def test_a_signature_counts_although_the_trails_end_could_not_be_kept(
    application, monkeypatch
) -> None:
    visit = stored(application, ready(a_visit()))

    def refuse(_head) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(application.signer, "anchor", refuse)
    assert application.signing.sign(visit.id, PASSWORD).state is VisitState.SIGNED
