"""The demo clinic has a supervisor with something to do, and a trainee with something to mend."""

import pytest

from bodymap.app import DEMO, Application
from bodymap.chart.review import Severity, Verdict
from bodymap.chart.visit import VisitState
from bodymap.desk.demo import PASSWORD, demo_people
from bodymap.desk.risks import RiskKind
from bodymap.storage.verify import verify


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo clinic, the owner signed in."""
    application = Application(tmp_path_factory.mktemp("demo"), DEMO)
    application.fill_with_demo()
    yield application
    application.close()


@pytest.fixture
def sign_in(demo):
    """Lets somebody else sit down; the owner takes over again."""

    def sit(what):
        login = next(login for login, is_what in demo_people() if what in is_what)
        demo.sign_in.sign_out()
        demo.sign_in.sign_in(login, PASSWORD)
        return demo

    yield sit
    sit("owner")


def test_the_owner_is_signed_in_and_may_do_anything_at_once(demo):
    assert demo.access.user.login == demo_people()[0][0]


def test_the_queue_holds_plain_visits_and_some_to_look_at(sign_in):
    waiting = sign_in("owner").reviewing.queue()
    kinds = [{risk.kind for risk in one.risks} for one in waiting]
    assert {one.visit.state for one in waiting} == {VisitState.SUBMITTED}
    assert kinds.count(set()) >= 2
    assert any(RiskKind.HAZARD in found for found in kinds)
    assert any(RiskKind.CONSENT in found for found in kinds)
    assert any(RiskKind.OVERRIDE in found for found in kinds)


def test_one_visit_was_returned_with_two_pinned_comments(sign_in):
    demo = sign_in("trainee")
    (returned,) = demo.reviewing.queue()
    sheet = demo.reviewing.sheet(returned.visit.id)
    assert sheet.review.last_return.reasons
    must, asked = sheet.review.open_comments
    assert (must.severity, asked.severity) == (Severity.MUST_CHANGE, Severity.QUESTION)
    assert sheet.visit.has(must.pin.mark)
    assert asked.pin.radius_mm > 0
    assert sheet.may_answer


def test_one_was_approved_in_its_second_round(sign_in):
    demo = sign_in("owner")
    (trainee,) = demo.reviewing.overseeing.trainees()
    seen = demo.reviewing.overseeing.of(trainee.id)
    assert (seen.returned, seen.approved) == (2, seen.at_once + 1)
    assert seen.comments == {Severity.MUST_CHANGE: 2, Severity.QUESTION: 1}
    reviews = [demo.reviewing.sheet(one.id).review for one in demo.clinic.visits()]
    (mended,) = [review for review in reviews if len(review.decisions) == 2]
    assert [one.verdict for one in mended.decisions] == [Verdict.RETURNED, Verdict.APPROVED]
    assert not mended.open_comments


def test_all_of_it_is_as_the_window_would_have_written_it(demo):
    assert verify(demo.engine, demo.signer.anchored()) == ()
    for one in demo.clinic.visits():
        standing = demo.signing.standing(one.id)
        assert all(signed.is_genuine for signed in standing.signatures)
        assert bool(standing.names) == (
            one.state in {VisitState.SIGNED, VisitState.SUBMITTED, VisitState.RETURNED}
        )
