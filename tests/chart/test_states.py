"""From draft to signed: every state, move, role and relation, and every way through them."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bodymap.chart.people import Role
from bodymap.chart.permissions import may
from bodymap.chart.states import (
    ACTIONS,
    Move,
    WrongMoveError,
    after,
    moves_from,
    steps_between_states,
)
from bodymap.chart.visit import VisitState
from tests.builders import a_user, a_visit
from tests.torture import times

D, SUB, R, S, V = VisitState
ALLOWED = {
    D: {Move.CHANGE: D, Move.SUBMIT: SUB, Move.SIGN: S, Move.VOID: V},
    SUB: {Move.RETURN: R, Move.CO_SIGN: S, Move.VOID: V},
    R: {Move.CHANGE: R, Move.SUBMIT: SUB, Move.SIGN: S, Move.VOID: V},
    S: {Move.ADD: S, Move.VOID: V},
    V: {},
}


@pytest.mark.parametrize(("state", "move"), list(product(VisitState, Move)))
def test_each_move_is_open_or_refused_in_each_state(state, move):
    if move in ALLOWED[state]:
        assert after(state, move) is ALLOWED[state][move]
        assert move in moves_from(state)
    else:
        with pytest.raises(WrongMoveError, match=r"The visit is .*; it can't be "):
            after(state, move)
        assert move not in moves_from(state)


def test_a_visit_may_be_changed_exactly_where_a_change_is_a_move():
    for state in VisitState:
        assert replace(a_visit(), state=state).is_open == (Move.CHANGE in moves_from(state))


def test_nothing_leads_back_from_signed_or_void():
    assert {then for before, then in steps_between_states() if before is S} == {V}
    assert not [then for before, then in steps_between_states() if before is V]


def could(user, author, move):
    return any(may(user, ACTIONS[move], state, author) for state in VisitState)


SUPERVISOR = a_user(2, role=Role.SUPERVISOR)
TRAINEE = a_user(1, role=Role.TRAINEE, supervisors=frozenset({SUPERVISOR.id}))
THERAPIST = a_user(3, role=Role.THERAPIST)
STRANGER = a_user(4, role=Role.SUPERVISOR)
PEOPLE = [TRAINEE, SUPERVISOR, THERAPIST, STRANGER]


def test_a_trainee_can_submit_but_not_sign():
    assert {move for move in Move if could(TRAINEE, TRAINEE, move)} == {
        Move.CHANGE,
        Move.SUBMIT,
        Move.VOID,
    }


def test_nobody_co_signs_or_returns_a_visit_of_their_own():
    for user in PEOPLE:
        assert not could(user, user, Move.CO_SIGN)
        assert not could(user, user, Move.RETURN)


def test_only_who_supervises_the_trainee_co_signs():
    assert [user for user in PEOPLE if could(user, TRAINEE, Move.CO_SIGN)] == [SUPERVISOR]


def test_who_may_make_a_move_may_make_it_only_where_it_is_one():
    for user, author, move, state in product(PEOPLE, PEOPLE, Move, VisitState):
        if may(user, ACTIONS[move], state, author):
            assert move in moves_from(state)


class Sessions(RuleBasedStateMachine):
    """Anybody tries anything, in any order, on a trainee's and on a therapist's visit."""

    def __init__(self):
        super().__init__()
        self.visits = {author.id: (author, D, []) for author in (TRAINEE, THERAPIST)}

    @rule(
        author=st.sampled_from([TRAINEE, THERAPIST]),
        hand=st.sampled_from(PEOPLE),
        move=st.sampled_from(list(Move)),
    )
    def try_it(self, author, hand, move):
        _, state, done = self.visits[author.id]
        if not may(hand, ACTIONS[move], state, author):
            return
        state = after(state, move)
        self.visits[author.id] = (author, state, [*done, (hand, move, state)])

    @invariant()
    def a_signed_visit_has_its_signers(self):
        for author, state, done in self.visits.values():
            if state is not S:
                continue
            hand, move, _ = next(step for step in reversed(done) if step[1] is not Move.ADD)
            if author.role is Role.TRAINEE:
                assert move is Move.CO_SIGN
                assert hand.id != author.id
                assert hand.role is not Role.TRAINEE
                assert (author, Move.SUBMIT, SUB) in done
            else:
                assert (hand, move) == (author, Move.SIGN)

    @invariant()
    def nothing_is_changed_once_it_is_signed(self):
        for _, _, done in self.visits.values():
            states = [state for _, _, state in done]
            if S in states:
                later = done[states.index(S) + 1 :]
                assert {move for _, move, _ in later} <= {Move.ADD, Move.VOID}


TestSessions = Sessions.TestCase
TestSessions.settings = settings(
    max_examples=times(200, 5000), stateful_step_count=25, deadline=None
)
