"""Trainees hand in, supervisors remark, return and approve; every round is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.atlas.clinical.screening import Severity as Ruled
from bodymap.atlas.ids import Side, StructureId, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.audit import AuditAction
from bodymap.chart.change import Change
from bodymap.chart.consent import Consent
from bodymap.chart.marks import NeedleSize
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.review import Pin, Severity, Verdict
from bodymap.chart.screening import Answer, ScreeningAnswer
from bodymap.chart.signing import Meaning
from bodymap.chart.states import WrongMoveError
from bodymap.chart.visit import VisitState
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.needle_way import needle_way
from bodymap.desk.placing import OffTheBodyError
from bodymap.desk.reviewing import pin_to
from bodymap.desk.risks import RiskKind, needle_risks
from bodymap.desk.rounds import MustChangeError
from bodymap.errors import DeniedError, NotFoundError, WrongPasswordError
from tests.builders import a_needle_site, a_place
from tests.desk.reviewed import (
    OTHER,
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    stored,
)
from tests.storage.reviewing import an_answer
from tests.vaults import OWNER, PASSWORD


@pytest.fixture
def school(tmp_path):
    application = found_school(tmp_path / "clinic")
    yield application
    application.close()


@pytest.fixture
def submitted(school):
    """A visit that the trainee has handed in, with the supervisor at the desk."""
    visit = stored(school, a_trainees_visit())
    come(school, TRAINEE)
    school.signing.submit(visit.id, PASSWORD)
    come(school, SUPERVISOR)
    return visit


def resubmit(school, visit, mark):
    come(school, TRAINEE)
    held = school.clinic.visit(visit.id)
    with school.access.guarded()() as work:
        work.visits.apply(visit.id, held.version, Change(put=(mark,)))
        work.commit()
    school.signing.submit(visit.id, PASSWORD)
    come(school, SUPERVISOR)


def test_what_is_handed_in_is_kept_as_it_was(school, submitted):
    (handed_in,) = school.reviewing.sheet(submitted.id).review.submissions
    assert handed_in.is_sound
    assert handed_in.visit == submitted
    assert (handed_in.number, handed_in.by) == (1, TRAINEE.id)


def test_it_waits_for_the_trainees_own_supervisor_and_nobody_else(school, submitted):
    (waiting,) = school.reviewing.queue()
    assert (waiting.visit.id, waiting.trainee.id, waiting.round) == (submitted.id, TRAINEE.id, 1)
    for user in (OTHER, TRAINEE, OWNER):
        come(school, user)
        assert not school.reviewing.queue()
        assert school.reviewing.count() == 0


def test_what_waits_longest_stands_first(school, submitted):
    later = stored(school, a_trainees_visit(2))
    come(school, TRAINEE)
    school.signing.submit(later.id, PASSWORD)
    come(school, SUPERVISOR)
    assert [one.visit.id for one in school.reviewing.queue()] == [submitted.id, later.id]


def test_a_return_with_comments_reaches_the_trainee(school, submitted):
    mark = submitted.marks[0]
    school.reviewing.comment(submitted.id, Severity.MUST_CHANGE, "Wrong muscle", pin_to(mark))
    pin = school.reviewing.pin_at(ViewId.POSTERIOR, 96.0, 402.0, 30.0)
    school.reviewing.comment(submitted.id, Severity.QUESTION, "Why not here?", pin)
    assert school.reviewing.send_back(submitted.id, "").state is VisitState.RETURNED
    assert not school.reviewing.queue()
    come(school, TRAINEE)
    (back,) = school.reviewing.queue()
    assert (back.visit.state, back.open_comments) == (VisitState.RETURNED, 2)
    sheet = school.reviewing.sheet(submitted.id)
    assert (sheet.may_answer, sheet.may_comment, sheet.may_decide) == (True, False, False)
    assert sheet.review.last_return.by == SUPERVISOR.id


def test_the_second_round_shows_what_was_changed_since_the_first(school, submitted):
    school.reviewing.send_back(submitted.id, "Check needle 1")
    site = next(submitted.needle_sites())
    resubmit(school, submitted, replace(site, depth_mm=12.0))
    sheet = school.reviewing.sheet(submitted.id)
    assert sheet.review.round == 2
    first = sheet.earlier[0]
    assert first.round == 1
    (found,) = first.differences(sheet.visit).marks
    assert found.summary == "depth 18 → 12 mm"


def test_every_round_can_be_replayed(school, submitted):
    for depth_mm in (12.0, 14.0):
        school.reviewing.send_back(submitted.id, "Again")
        resubmit(school, submitted, replace(next(submitted.needle_sites()), depth_mm=depth_mm))
    review = school.reviewing.sheet(submitted.id).review
    depths = [next(one.visit.needle_sites()).depth_mm for one in review.submissions]
    assert depths == [18.0, 12.0, 14.0]
    assert [one.verdict for one in review.decisions] == [Verdict.RETURNED] * 2


def test_approval_is_a_co_signature_and_a_decision(school, submitted):
    assert school.reviewing.approve(submitted.id, PASSWORD).state is VisitState.SIGNED
    standing = school.signing.standing(submitted.id)
    meanings = [one.signature.statement.meaning for one in standing.names]
    assert meanings == [Meaning.AUTHOR, Meaning.CO_SIGNER]
    (decision,) = school.reviewing.sheet(submitted.id).review.decisions
    assert (decision.verdict, decision.by) == (Verdict.APPROVED, SUPERVISOR.id)


def test_a_wrong_password_approves_nothing(school, submitted):
    with pytest.raises(WrongPasswordError):
        school.reviewing.approve(submitted.id, "a horse of another colour")
    assert school.clinic.visit(submitted.id).state is VisitState.SUBMITTED


def test_nothing_is_approved_while_something_must_change(school, submitted):
    said = school.reviewing.comment(submitted.id, Severity.MUST_CHANGE, "Not this side")
    with pytest.raises(MustChangeError, match="1 comment that asks for a change is"):
        school.reviewing.approve(submitted.id, PASSWORD)
    assert school.clinic.visit(submitted.id).state is VisitState.SUBMITTED
    school.reviewing.answer(submitted.id, said.id, "", settles=True)
    assert school.reviewing.approve(submitted.id, PASSWORD).state is VisitState.SIGNED


@pytest.mark.parametrize("severity", [Severity.NOTE, Severity.QUESTION])
def test_notes_and_questions_stand_in_nobodys_way(school, submitted, severity):
    school.reviewing.comment(submitted.id, severity, "Nicely done")
    assert school.reviewing.approve(submitted.id, PASSWORD).state is VisitState.SIGNED


def test_a_thread_is_answered_settled_and_opened_again(school, submitted):
    said = school.reviewing.comment(submitted.id, Severity.QUESTION, "Why 40 mm?")
    come(school, TRAINEE)
    school.reviewing.answer(submitted.id, said.id, "A large patient")
    with pytest.raises(DeniedError, match="Only a supervisor"):
        school.reviewing.answer(submitted.id, said.id, "", settles=True)
    come(school, SUPERVISOR)
    school.reviewing.answer(submitted.id, said.id, "Good", settles=True)
    assert school.reviewing.sheet(submitted.id).review.comment(said.id).is_settled
    school.reviewing.answer(submitted.id, said.id, "", settles=False)
    comment = school.reviewing.sheet(submitted.id).review.comment(said.id)
    assert not comment.is_settled
    assert [answer.by for answer in comment.answers] == [TRAINEE.id, SUPERVISOR.id, SUPERVISOR.id]


def test_a_return_needs_reasons_or_a_comment(school, submitted):
    with pytest.raises(InvalidEntryError, match="Say why"):
        school.reviewing.send_back(submitted.id, "  ")


def test_nobody_else_may_remark_or_decide(school, submitted):
    for user in (OTHER, TRAINEE):
        come(school, user)
        with pytest.raises(DeniedError):
            school.reviewing.comment(submitted.id, Severity.NOTE, "Hm")
        with pytest.raises(DeniedError):
            school.reviewing.send_back(submitted.id, "No")
        with pytest.raises(DeniedError):
            school.reviewing.approve(submitted.id, PASSWORD)


def test_a_supervisor_never_reviews_a_visit_of_their_own(school):
    visit = replace(a_trainees_visit(5), therapist=SUPERVISOR.id, state=VisitState.SUBMITTED)
    own = stored(school, visit)
    come(school, SUPERVISOR)
    assert not school.reviewing.queue()
    with pytest.raises(DeniedError):
        school.reviewing.approve(own.id, PASSWORD)


def test_words_are_asked_for(school, submitted):
    with pytest.raises(InvalidEntryError, match="needs words"):
        school.reviewing.comment(submitted.id, Severity.NOTE, " ")
    with pytest.raises(NotFoundError):
        school.reviewing.answer(submitted.id, "no such", "Yes")
    with pytest.raises(OffTheBodyError):
        school.reviewing.pin_at(ViewId.POSTERIOR, 5000.0, 0.0)


def test_what_was_decided_is_not_decided_again(school, submitted):
    school.reviewing.send_back(submitted.id, "Again")
    with pytest.raises((WrongMoveError, DeniedError)):
        school.reviewing.send_back(submitted.id, "Again")


def of_kind(school, visit):
    visit = stored(school, visit)
    come(school, TRAINEE)
    return {risk.kind for risk in school.reviewing.sheet(visit.id).risks}


def test_a_needle_over_the_chest_is_marked(school):
    chest = a_needle_site(7, place=a_place(60.0, 330.0), depth_mm=40.0)
    found = of_kind(school, a_trainees_visit(2).with_mark(chest))
    assert RiskKind.HAZARD in found


def test_a_needle_well_beside_a_hazard_cautions_who_charts_but_is_not_marked(school):
    point = a_place(45.0, 600.0)
    site = a_needle_site(7, place=point, depth_mm=25.0)
    hit = school.atlas.hit(point.view, point.u_mm, point.v_mm)
    assert needle_way(school.atlas, site, hit).cautioned
    assert not list(needle_risks(school.atlas, site))


def test_a_needle_that_went_deeper_than_is_usual_is_marked(school):
    point = a_place(96.0, 402.0, side=Side.RIGHT)
    long, muscle = NeedleSize(0.30, 60), StructureId("infraspinatus")
    deep = a_needle_site(7, place=point, needle=long, depth_mm=55.0, muscle=muscle)
    assert RiskKind.DEPTH in of_kind(school, a_trainees_visit(2).with_mark(deep))


def test_what_is_missing_is_marked(school):
    visit = a_trainees_visit(2)
    record = replace(visit.record, consent=Consent(), needles=NeedleCount(2, 1))
    found = of_kind(school, replace(visit, record=record))
    assert {RiskKind.CONSENT, RiskKind.NEEDLES} <= found


def test_an_overridden_contraindication_is_marked(school):
    visit = a_trainees_visit(2)
    items = Knowledge.load().screening.values()
    item = next(one for one in items if one.severity is Ruled.ABSOLUTE)
    said = ScreeningAnswer(item.id, Answer.YES, override="Agreed with the physician")
    screening = visit.record.screening.with_answers([said])
    found = of_kind(school, replace(visit, record=replace(visit.record, screening=screening)))
    assert RiskKind.OVERRIDE in found


def test_the_patients_last_visit_is_at_hand_to_compare(school):
    before = stored(school, a_trainees_visit(1))
    visit = stored(school, a_trainees_visit(2))
    come(school, TRAINEE)
    earlier = school.reviewing.sheet(visit.id).earlier
    assert [(one.visit.id, one.round) for one in earlier] == [(before.id, None)]


def test_a_pin_knows_what_it_is_pinned_to():
    with pytest.raises(ValueError, match="has a place"):
        Pin(radius_mm=20)


def test_what_a_visit_is_held_against_is_put_down_once(school, submitted):
    before = stored(
        school, a_trainees_visit(7, began=submitted.began - timedelta(weeks=1), patient=1)
    )
    start = entries(school)[-1].number
    for _ in range(2):
        assert school.reviewing.sheet(submitted.id, is_known=True).earlier[-1].visit.id == before.id
    read = [one.event for one in entries(school) if one.number > start]
    assert [(one.action, one.subject.visit) for one in read] == [(AuditAction.READ, before.id)]


def entries(school):
    with school.open_work() as work:
        return list(reversed(work.audit.entries()))


def test_asking_again_reads_only_what_is_new(school, submitted, monkeypatch):
    school.reviewing.queue()
    reads = []
    real = type(school.open_work().visits).get
    monkeypatch.setattr(
        "bodymap.storage.visits.SqlVisits.get",
        lambda self, visit: (reads.append(visit), real(self, visit))[1],
    )
    (waiting,) = school.reviewing.queue(afresh=False)
    assert (waiting.visit.id, reads) == (submitted.id, [])
    assert (school.reviewing.count(), reads) == (1, [])
    later = stored(school, a_trainees_visit(2))
    come(school, TRAINEE)
    school.signing.submit(later.id, PASSWORD)
    come(school, SUPERVISOR)
    reads.clear()
    assert len(school.reviewing.queue(afresh=False)) == 2
    assert set(reads) == {later.id}
    assert len(school.reviewing.queue()) == 2
    assert set(reads) == {submitted.id, later.id}


def test_a_returned_visit_tells_the_comments_that_are_open_now(school, submitted):
    said = school.reviewing.comment(submitted.id, Severity.NOTE, "Look")
    school.reviewing.send_back(submitted.id, "")
    assert not school.reviewing.queue(afresh=False)
    come(school, TRAINEE)
    assert school.reviewing.queue(afresh=False)[0].open_comments == 1
    with school.open_work() as work:
        work.reviews.add_answer(submitted.id, said.id, an_answer(said, settles=True))
        work.commit()
    assert school.reviewing.queue(afresh=False)[0].open_comments == 0


def test_of_several_supervisors_each_may_decide_and_then_it_waits_for_nobody(school):
    with school.open_work() as work:
        heads = frozenset({SUPERVISOR.id, OTHER.id})
        work.people.put_user(replace(TRAINEE, supervisors=heads))
        work.commit()
    visits = [stored(school, a_trainees_visit(number)) for number in (1, 2)]
    come(school, TRAINEE)
    for visit in visits:
        school.signing.submit(visit.id, PASSWORD)
    for user in (SUPERVISOR, OTHER):
        come(school, user)
        assert len(school.reviewing.queue()) == 2
    school.reviewing.approve(visits[0].id, PASSWORD)
    school.reviewing.comment(visits[1].id, Severity.MUST_CHANGE, "From the other one")
    come(school, SUPERVISOR)
    (waiting,) = school.reviewing.queue()
    assert waiting.visit.id == visits[1].id
    with pytest.raises(WrongMoveError):
        school.reviewing.approve(visits[0].id, PASSWORD)
    with pytest.raises(MustChangeError):
        school.reviewing.approve(visits[1].id, PASSWORD)
    school.reviewing.send_back(visits[1].id, "")
    come(school, OTHER)
    assert not school.reviewing.queue()
