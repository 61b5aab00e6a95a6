"""From draft to signed: every state, move, role and relation, and every way through them."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bodymap.chart.people import Role
from bodymap.chart.states import (
    Move,
    WrongMoveError,
    after,
    check_hand,
    moves_from,
    steps_between_states,
)
from bodymap.chart.visit import VisitState
from tests.builders import a_user, a_visit

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


def may(move, role, *, own):
    hand = a_user(1, role=role)
    try:
        check_hand(move, hand, hand if own else a_user(2, role=Role.TRAINEE))
    except WrongMoveError:
        return False
    return True


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TRAINEE])
def test_whoever_is_no_trainee_signs_only_their_own_and_co_signs_only_others(role):
    own = {move for move in Move if may(move, role, own=True)}
    others = {move for move in Move if may(move, role, own=False)}
    assert own == {Move.CHANGE, Move.SIGN, Move.ADD, Move.VOID}
    assert others == {Move.RETURN, Move.CO_SIGN, Move.ADD, Move.VOID}


def test_a_trainee_can_submit_but_not_sign():
    assert {move for move in Move if may(move, Role.TRAINEE, own=True)} == {
        Move.CHANGE,
        Move.SUBMIT,
        Move.VOID,
    }
    assert not [move for move in Move if may(move, Role.TRAINEE, own=False)]


PEOPLE = [
    a_user(1, role=Role.TRAINEE),
    a_user(2, role=Role.SUPERVISOR),
    a_user(3, role=Role.THERAPIST),
    a_user(4, role=Role.TRAINEE),
]


class Sessions(RuleBasedStateMachine):
    """Anybody tries anything, in any order, on a trainee's and on a therapist's visit."""

    def __init__(self):
        super().__init__()
        self.visits = {author.id: (author, D, []) for author in (PEOPLE[0], PEOPLE[2])}

    @rule(
        author=st.sampled_from([PEOPLE[0], PEOPLE[2]]),
        hand=st.sampled_from(PEOPLE),
        move=st.sampled_from(list(Move)),
    )
    def try_it(self, author, hand, move):
        _, state, done = self.visits[author.id]
        try:
            check_hand(move, hand, author)
            state = after(state, move)
        except WrongMoveError:
            return
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
TestSessions.settings = settings(max_examples=200, stateful_step_count=25, deadline=None)
