"""R18: every role, every action, every state; what stands nowhere is denied."""

from itertools import product

import pytest

from bodymap.chart.people import Role, User
from bodymap.chart.permissions import ABOUT_VISITS, RULES, Action, Whose, may, might, reach
from bodymap.chart.visit import VisitState
from tests.builders import a_user

HEADS = a_user(2, role=Role.SUPERVISOR)
TRAINEE = a_user(3, role=Role.TRAINEE, supervisors=frozenset({HEADS.id}))
STATES = (*VisitState, None)

D, S, R, G, V = (state.value for state in VisitState)

# For each role and action: in which states, on whose visits (o own, t trainees, a anybody).
# Written out by hand from what the clinic was promised, not made from the table it is held to.
EXPECTED = {
    "therapist": {
        Action.READ_CHART: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.PRINT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.EXPORT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.BEGIN_VISIT: {D: "o"},
        Action.CHART: {D: "o", R: "o"},
        Action.SIGN: {D: "o", R: "o"},
        Action.ADD_ADDENDUM: {G: "o"},
        Action.VOID: {D: "o", R: "o", S: "o", G: "o"},
        Action.ADD_AFTERWARDS: {S: "a", G: "a"},
    },
    "trainee": {
        Action.READ_CHART: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.PRINT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.BEGIN_VISIT: {D: "o"},
        Action.CHART: {D: "o", R: "o"},
        Action.SUBMIT: {D: "o", R: "o"},
        Action.COMMENT: {S: "o", R: "o"},
        Action.VOID: {D: "o", R: "o"},
        Action.ADD_AFTERWARDS: {S: "o", G: "o"},
    },
    "supervisor": {
        Action.READ_CHART: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.PRINT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.EXPORT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.BEGIN_VISIT: {D: "o"},
        Action.CHART: {D: "o", R: "o"},
        Action.SIGN: {D: "o", R: "o"},
        Action.CO_SIGN: {S: "t"},
        Action.RETURN: {S: "t"},
        Action.COMMENT: {S: "t", R: "t"},
        Action.ADD_ADDENDUM: {G: "ot"},
        Action.VOID: {D: "ot", R: "ot", S: "ot", G: "ot"},
        Action.ADD_AFTERWARDS: {S: "a", G: "a"},
    },
    "admin": {},
    "clerk": {
        Action.READ_CHART: {D: "a", S: "a", R: "a", G: "a", V: "a"},
        Action.PRINT: {D: "a", S: "a", R: "a", G: "a", V: "a"},
    },
    "auditor": {},
}
EXPECTED_APART = {
    "therapist": {
        "FIND_PATIENTS",
        "KEEP_PATIENTS",
        "LIST_VISITS",
        "VERIFY",
        "BACK_UP",
        "KEEP_TEMPLATES",
    },
    "trainee": {"FIND_PATIENTS", "KEEP_PATIENTS", "LIST_VISITS"},
    "supervisor": {
        "FIND_PATIENTS",
        "KEEP_PATIENTS",
        "LIST_VISITS",
        "OVERSEE",
        "KEEP_TEMPLATES",
        "VERIFY",
        "BACK_UP",
    },
    "admin": {
        "FIND_PATIENTS",
        "KEEP_PATIENTS",
        "READ_AUDIT",
        "VERIFY",
        "BACK_UP",
        "RESTORE",
        "KEEP_USERS",
        "RENEW_RECOVERY_KEY",
        "KEEP_CLINIC",
        "KEEP_TEMPLATES",
    },
    "clerk": {"FIND_PATIENTS", "KEEP_PATIENTS", "LIST_VISITS"},
    "auditor": {"READ_AUDIT", "VERIFY"},
}
EVERYBODY = {"SEE_USERS", "CHANGE_OWN_PASSWORD"}
AUTHORS = {"o": None, "t": TRAINEE, "x": a_user(9)}


def test_no_action_is_without_a_row() -> None:
    assert {rule.action for rule in RULES} == set(Action)


def test_every_row_lets_somebody_in() -> None:
    assert all(any(rule.whose.values()) and rule.states for rule in RULES)


@pytest.mark.parametrize("role", Role)
def test_every_action_in_every_state_is_as_it_was_promised(role: Role) -> None:
    user = a_user(2, role=role)
    for action, state, (whose, author) in product(Action, VisitState, AUTHORS.items()):
        promised = EXPECTED[role].get(action, {}).get(state.value, "")
        expected = whose in promised or promised == "a"
        assert may(user, action, state, author or user) is expected, (role, action, state, whose)


@pytest.mark.parametrize("role", Role)
def test_what_is_not_done_to_a_visit_is_as_it_was_promised(role: Role) -> None:
    user = a_user(2, role=role)
    allowed = {action.name for action in set(Action) - ABOUT_VISITS if may(user, action)}
    assert allowed == EXPECTED_APART[role] | EVERYBODY


@pytest.mark.parametrize(("action", "state"), list(product(Action, STATES)))
def test_a_user_who_is_shut_out_may_nothing(action: Action, state: VisitState | None) -> None:
    for role in Role:
        shut_out = a_user(role=role, disabled=True)
        assert not may(shut_out, action, state, shut_out)
        assert not might(shut_out, action)


def test_roles_add_up() -> None:
    owner = a_user(also=frozenset({Role.ADMIN}))
    assert may(owner, Action.KEEP_USERS)
    assert may(owner, Action.CHART, VisitState.DRAFT, owner)
    assert not may(a_user(), Action.KEEP_USERS)


def test_a_supervisor_reaches_their_own_trainees_alone() -> None:
    other = a_user(4, role=Role.TRAINEE, supervisors=frozenset({a_user(5).id}))
    assert may(HEADS, Action.CO_SIGN, VisitState.SUBMITTED, TRAINEE)
    assert not may(HEADS, Action.CO_SIGN, VisitState.SUBMITTED, other)
    assert not may(HEADS, Action.CO_SIGN, VisitState.SUBMITTED, HEADS)


@pytest.mark.parametrize("role", Role)
def test_a_visit_without_an_author_is_somebody_elses(role: Role) -> None:
    user = a_user(2, role=role)
    for action, state in product(ABOUT_VISITS, VisitState):
        assert may(user, action, state) is may(user, action, state, AUTHORS["x"])


def test_nobody_changes_what_is_closed() -> None:
    closed = (VisitState.SUBMITTED, VisitState.SIGNED, VisitState.VOID)
    for role, state in product(Role, closed):
        assert reach(role, Action.CHART, state) == Whose.NOBODYS


@pytest.mark.parametrize(
    "fields",
    [
        {"role": Role.TRAINEE, "also": frozenset({Role.SUPERVISOR})},
        {"role": Role.THERAPIST, "also": frozenset({Role.TRAINEE})},
        {"supervisors": frozenset({a_user().id})},
        {"login": "x" * 81},
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"trainee|supervisor|login"):
        a_user(**fields)


def test_users_are_plain_records() -> None:
    assert User(a_user().id, "Tilda").roles == {Role.THERAPIST}
