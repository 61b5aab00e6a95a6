"""Who is denied something is told why."""

from dataclasses import replace
from itertools import product

import pytest

from bodymap.chart.people import Role
from bodymap.chart.permissions import ABOUT_VISITS, Action, may
from bodymap.chart.visit import VisitState
from bodymap.desk.denying import denial
from tests.builders import a_user

AMY, BEN = a_user(1, name="Amy Able"), a_user(2, name="Ben Bold")
TRAINEE = a_user(3, name="Tara Learner", role=Role.TRAINEE, supervisors=frozenset({BEN.id}))
HEAD = replace(AMY, role=Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("user", "action", "state", "author", "why"),
    [
        (AMY, Action.CHART, VisitState.DRAFT, BEN, "change this visit: it is Ben Bold’s."),
        (AMY, Action.CHART, VisitState.SIGNED, AMY, "change this visit: it is signed."),
        (AMY, Action.KEEP_USERS, None, None, "users: only an administrator may."),
        (
            AMY,
            Action.CO_SIGN,
            VisitState.SUBMITTED,
            TRAINEE,
            "co-sign this visit: only a supervisor may.",
        ),
        (
            HEAD,
            Action.CO_SIGN,
            VisitState.SUBMITTED,
            TRAINEE,
            "co-sign this visit: Tara Learner is not your trainee.",
        ),
        (
            replace(HEAD, id=BEN.id),
            Action.CO_SIGN,
            VisitState.RETURNED,
            TRAINEE,
            "co-sign this visit: it was returned.",
        ),
        (
            TRAINEE,
            Action.SIGN,
            VisitState.DRAFT,
            TRAINEE,
            "sign this visit: only a therapist or a supervisor may.",
        ),
        (HEAD, Action.CO_SIGN, VisitState.SUBMITTED, HEAD, "co-sign this visit: it is your own."),
    ],
)
def test_the_reason_is_the_one_that_holds(user, action, state, author, why):
    assert denial(user, action, state, author).endswith(why)


def test_who_was_shut_out_is_told_whom_to_ask():
    gone = replace(AMY, disabled=True)
    assert "Ask an administrator" in denial(gone, Action.CHART, VisitState.DRAFT, gone)


def test_every_denial_has_a_reason():
    """Each role, action, state and relation that the table denies."""
    for role, action, author in product(Role, Action, (AMY, BEN, TRAINEE)):
        user = replace(AMY, role=role)
        for state in VisitState if action in ABOUT_VISITS else (None,):
            whose = (author if author.id != user.id else user) if state else None
            if not may(user, action, state, whose):
                words = denial(user, action, state, whose)
                assert words.startswith(f"You may not {action}: ")
                assert not words.endswith(": .")
