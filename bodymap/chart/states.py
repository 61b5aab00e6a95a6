"""From draft to signed: which move is open in which state, and whose hand may make it."""

from collections.abc import Mapping
from enum import StrEnum

from bodymap.chart.people import Role, User
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
    """The visit's state, or who it belongs to, does not allow it."""


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


def check_hand(move: Move, hand: User, author: User) -> None:
    """Let pass only a move that this person may make on this author's visit.

    Only what hangs on who charted is looked at here; what a role may do at all is told by the
    table of permissions.

    Raises:
        WrongMoveError: It is not theirs to make.
    """
    own = hand.id == author.id
    if hand.role is Role.TRAINEE and (move in _NEVER_A_TRAINEES or not own):
        raise WrongMoveError(f"A trainee can't do this: {_INSTEAD[move]}")
    if move in _ONLY_THE_AUTHORS and not own:
        raise WrongMoveError("Only who charted the visit can do this.")
    if move in _NEVER_THE_AUTHORS and own:
        raise WrongMoveError("Nobody reviews or co-signs a visit of their own.")
    if move is Move.SUBMIT and hand.role is not Role.TRAINEE:
        raise WrongMoveError("Only a trainee submits a visit; sign it instead.")


_ONLY_THE_AUTHORS = frozenset({Move.CHANGE, Move.SUBMIT, Move.SIGN})
_NEVER_THE_AUTHORS = frozenset({Move.RETURN, Move.CO_SIGN})
_NEVER_A_TRAINEES = frozenset({Move.RETURN, Move.SIGN, Move.CO_SIGN, Move.ADD})
_INSTEAD = {
    Move.CHANGE: "the visit is somebody else's.",
    Move.SUBMIT: "the visit is somebody else's.",
    Move.RETURN: "a supervisor returns visits.",
    Move.SIGN: "submit the visit, and a supervisor signs it.",
    Move.CO_SIGN: "a supervisor co-signs visits.",
    Move.ADD: "ask the supervisor who signed.",
    Move.VOID: "the visit is somebody else's.",
}
