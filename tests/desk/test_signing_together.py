"""Somebody else writes while one signs: tried once more, but never over what was not seen."""

from dataclasses import replace

import pytest

from bodymap.chart.change import Change
from bodymap.chart.visit import VisitState
from bodymap.desk.guarded_signing import GuardedSignatures
from bodymap.desk.signing import UnseenError
from bodymap.errors import ConflictError
from tests.builders import a_patient, a_visit
from tests.desk.reviewed import SUPERVISOR, a_trainees_visit, come, found_school, ready, stored
from tests.vaults import PASSWORD


@pytest.fixture
def application(tmp_path):
    application = found_school(tmp_path / "clinic")
    yield application
    application.close()


@pytest.fixture
def between(application, monkeypatch):
    """Has something stored elsewhere once a signature has looked and before it is written."""
    acts = []
    look = GuardedSignatures.keys_of

    def look_and_let_others_write(self, user):
        keys = look(self, user)
        if acts:
            with application.open_work() as work:
                acts.pop()(work)
                work.commit()
        return keys

    monkeypatch.setattr(GuardedSignatures, "keys_of", look_and_let_others_write)
    return acts


def rename(work):
    work.people.put_patient(a_patient(alerts=(), notes="changed elsewhere"))


def rate(visit):
    return lambda work: work.visits.apply(visit.id, visit.version, Change(pain=(9, 9)))


def test_a_signature_is_tried_again_when_something_else_was_stored(application, between):
    visit = stored(application, ready(a_visit()))
    between.append(rename)
    assert application.signing.sign(visit.id, PASSWORD, visit).state is VisitState.SIGNED
    assert not between
    assert len(application.signing.standing(visit.id).names) == 1


def test_a_signature_is_tried_again_only_once(application, between):
    visit = stored(application, ready(a_visit()))
    between.extend([rename, rename])
    with pytest.raises(ConflictError):
        application.signing.sign(visit.id, PASSWORD, visit)
    assert application.signing.standing(visit.id).visit == visit


def test_a_signature_is_not_tried_again_over_what_was_not_seen(application, between):
    visit = stored(application, ready(a_visit()))
    between.append(rate(visit))
    with pytest.raises(UnseenError, match="changed in another window"):
        application.signing.sign(visit.id, PASSWORD, visit)
    standing = application.signing.standing(visit.id)
    assert (standing.visit.state, standing.signatures) == (VisitState.DRAFT, ())
    assert standing.visit.pain_before == 9


def test_what_was_changed_and_changed_back_is_what_was_seen(application):
    visit = stored(application, ready(a_visit()))
    with application.open_work() as work:
        work.visits.apply(visit.id, 1, Change(pain=(9, 9)))
        work.visits.apply(visit.id, 2, Change(pain=(visit.pain_before, visit.pain_after)))
        work.commit()
    assert application.signing.sign(visit.id, PASSWORD, visit).state is VisitState.SIGNED


def test_a_supervisor_does_not_approve_a_round_they_have_not_seen(application):
    visit = stored(application, replace(a_trainees_visit(), state=VisitState.SUBMITTED))
    come(application, SUPERVISOR)
    seen = replace(visit, version=visit.version - 1, pain_before=9)
    with pytest.raises(UnseenError):
        application.reviewing.approve(visit.id, PASSWORD, seen)
    with pytest.raises(UnseenError):
        application.reviewing.send_back(visit.id, "Too deep", seen)
    assert application.signing.standing(visit.id).visit.state is VisitState.SUBMITTED
    application.reviewing.approve(visit.id, PASSWORD, visit)
