"""From draft to signed: which move leads where; who may make it stands in the permissions."""

from collections.abc import Mapping
from enum import StrEnum

from bodymap.chart.permissions import Action
from bodymap.chart.visit import VisitState
from bodymap.errors import BodymapError


class Move(StrEnum):
    """What can be done with a visit as a whole; `CHANGE` stands for any edit of what it holds."""

    CHANGE = "change"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    CO_SIGN = "co-sign"
    ADD = "add"
    VOID = "void"


class WrongMoveError(BodymapError):
    """The visit's state does not allow it."""


_AFTER: Mapping[tuple[VisitState, Move], VisitState] = {
    (VisitState.DRAFT, Move.CHANGE): VisitState.DRAFT,
    (VisitState.DRAFT, Move.SUBMIT): VisitState.SUBMITTED,
    (VisitState.DRAFT, Move.SIGN): VisitState.SIGNED,
    (VisitState.DRAFT, Move.VOID): VisitState.VOID,
    (VisitState.SUBMITTED, Move.RETURN): VisitState.RETURNED,
    (VisitState.SUBMITTED, Move.CO_SIGN): VisitState.SIGNED,
    (VisitState.SUBMITTED, Move.VOID): VisitState.VOID,
    (VisitState.RETURNED, Move.CHANGE): VisitState.RETURNED,
    (VisitState.RETURNED, Move.SUBMIT): VisitState.SUBMITTED,
    (VisitState.RETURNED, Move.SIGN): VisitState.SIGNED,
    (VisitState.RETURNED, Move.VOID): VisitState.VOID,
    (VisitState.SIGNED, Move.ADD): VisitState.SIGNED,
    (VisitState.SIGNED, Move.VOID): VisitState.VOID,
}
"""Whatever is not named here cannot be done; a void visit stays as it is."""

ACTIONS: Mapping[Move, Action] = {
    Move.CHANGE: Action.CHART,
    Move.SUBMIT: Action.SUBMIT,
    Move.RETURN: Action.RETURN,
    Move.SIGN: Action.SIGN,
    Move.CO_SIGN: Action.CO_SIGN,
    Move.ADD: Action.ADD_ADDENDUM,
    Move.VOID: Action.VOID,
}
"""What somebody must be allowed to do for each move."""

_DONE = {
    Move.CHANGE: "changed",
    Move.SUBMIT: "submitted",
    Move.RETURN: "returned",
    Move.SIGN: "signed",
    Move.CO_SIGN: "co-signed",
    Move.ADD: "added to",
    Move.VOID: "declared void",
}

_CALLED = {
    VisitState.DRAFT: "a draft",
    VisitState.SUBMITTED: "submitted",
    VisitState.RETURNED: "returned",
    VisitState.SIGNED: "signed",
    VisitState.VOID: "void",
}


def moves_from(state: VisitState) -> frozenset[Move]:
    """What can be done with a visit in that state, by somebody."""
    return frozenset(move for before, move in _AFTER if before == state)


def after(state: VisitState, move: Move) -> VisitState:
    """The state that a move leads to.

    Raises:
        WrongMoveError: It cannot be made in that state.
    """
    try:
        return _AFTER[state, move]
    except KeyError:
        raise WrongMoveError(f"The visit is {_CALLED[state]}; it can't be {_DONE[move]}.") from None


def steps_between_states() -> frozenset[tuple[VisitState, VisitState]]:
    """Every change of state there is, before and after."""
    return frozenset((before, then) for (before, _), then in _AFTER.items() if before != then)
