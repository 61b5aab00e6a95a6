"""Who may do what, in which state of a visit: one table, asked before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto

from bodymap.chart.people import Role, User
from bodymap.chart.visit import VisitState


class Action(StrEnum):
    """One thing that somebody may be allowed to do; the text ends the sentence “You may not …”."""

    FIND_PATIENTS = "look up patients"
    KEEP_PATIENTS = "add or change patients"
    LIST_VISITS = "see the list of visits"
    READ_CHART = "read charts"
    BEGIN_VISIT = "begin a visit"
    CHART = "change this visit"
    SUBMIT = "submit this visit"
    SIGN = "sign this visit"
    CO_SIGN = "co-sign this visit"
    RETURN = "return this visit"
    COMMENT = "comment on this visit"
    ADD_ADDENDUM = "add to this visit"
    VOID = "declare this visit void"
    ADD_AFTERWARDS = "record what came after this visit"
    PRINT = "print charts"
    EXPORT = "export charts"
    OVERSEE = "see how a trainee is doing"
    READ_AUDIT = "read the audit trail"
    VERIFY = "verify the record"
    BACK_UP = "make a backup"
    RESTORE = "restore a backup"
    SEE_USERS = "see who works here"
    KEEP_USERS = "add or change users"
    RENEW_RECOVERY_KEY = "make a new recovery key"
    KEEP_CLINIC = "change the clinic's settings"
    KEEP_TEMPLATES = "change the clinic's templates"
    CHANGE_OWN_PASSWORD = "change your password"  # noqa: S105 - words, not a password


class Whose(Flag):
    """Whose visits a permission reaches."""

    NOBODYS = 0
    OWN = auto()
    TRAINEES = auto()
    OTHERS = auto()
    ANYBODYS = OWN | TRAINEES | OTHERS


_THERAPIST, _TRAINEE, _SUPERVISOR = Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR
_ADMIN, _CLERK, _AUDITOR = Role.ADMIN, Role.CLERK, Role.AUDITOR

_OPEN = frozenset({VisitState.DRAFT, VisitState.RETURNED})
_SUBMITTED = frozenset({VisitState.SUBMITTED})
_SIGNED = frozenset({VisitState.SIGNED})
_ANY_STATE = frozenset(VisitState)
_NO_VISIT: frozenset[VisitState | None] = frozenset({None})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Attributes:
        action: What it is about.
        states: The states of the visit that it holds in; None stands for no visit at all.
        whose: How far each role reaches; a role that is not named may not.
    """

    action: Action
    states: frozenset[VisitState | None] | frozenset[VisitState]
    whose: Mapping[Role, Whose] = field(default_factory=dict)


def _all(*roles: Role) -> Mapping[Role, Whose]:
    return dict.fromkeys(roles, Whose.ANYBODYS)


_OWN_OR_TRAINEES = Whose.OWN | Whose.TRAINEES

RULES: tuple[Rule, ...] = (
    Rule(Action.FIND_PATIENTS, _NO_VISIT, _all(_THERAPIST, _TRAINEE, _SUPERVISOR, _ADMIN, _CLERK)),
    Rule(Action.KEEP_PATIENTS, _NO_VISIT, _all(_THERAPIST, _TRAINEE, _SUPERVISOR, _ADMIN, _CLERK)),
    Rule(Action.LIST_VISITS, _NO_VISIT, _all(_THERAPIST, _TRAINEE, _SUPERVISOR, _CLERK)),
    Rule(Action.READ_CHART, _ANY_STATE, _all(_THERAPIST, _TRAINEE, _SUPERVISOR, _CLERK)),
    Rule(
        Action.BEGIN_VISIT,
        frozenset({VisitState.DRAFT}),
        dict.fromkeys((_THERAPIST, _TRAINEE, _SUPERVISOR), Whose.OWN),
    ),
    Rule(
        Action.CHART,
        _OPEN,
        dict.fromkeys((_THERAPIST, _TRAINEE, _SUPERVISOR), Whose.OWN),
    ),
    Rule(Action.SUBMIT, _OPEN, {_TRAINEE: Whose.OWN}),
    Rule(Action.SIGN, _OPEN, {_THERAPIST: Whose.OWN, _SUPERVISOR: Whose.OWN}),
    Rule(Action.CO_SIGN, _SUBMITTED, {_SUPERVISOR: Whose.TRAINEES}),
    Rule(Action.RETURN, _SUBMITTED, {_SUPERVISOR: Whose.TRAINEES}),
    Rule(
        Action.COMMENT,
        _SUBMITTED | {VisitState.RETURNED},
        {_SUPERVISOR: Whose.TRAINEES, _TRAINEE: Whose.OWN},
    ),
    Rule(Action.ADD_ADDENDUM, _SIGNED, {_THERAPIST: Whose.OWN, _SUPERVISOR: _OWN_OR_TRAINEES}),
    Rule(
        Action.VOID,
        frozenset({VisitState.DRAFT, VisitState.RETURNED}),
        {_THERAPIST: Whose.OWN, _TRAINEE: Whose.OWN, _SUPERVISOR: _OWN_OR_TRAINEES},
    ),
    Rule(
        Action.VOID,
        _SUBMITTED | _SIGNED,
        {_THERAPIST: Whose.OWN, _SUPERVISOR: _OWN_OR_TRAINEES},
    ),
    Rule(
        Action.ADD_AFTERWARDS,  # whoever takes the call puts it down
        _SUBMITTED | _SIGNED,
        {**_all(_THERAPIST, _SUPERVISOR), _TRAINEE: Whose.OWN},
    ),
    Rule(Action.PRINT, _ANY_STATE, _all(_THERAPIST, _TRAINEE, _SUPERVISOR, _CLERK)),
    Rule(Action.EXPORT, _ANY_STATE, _all(_THERAPIST, _SUPERVISOR)),
    Rule(Action.OVERSEE, _NO_VISIT, {_SUPERVISOR: Whose.TRAINEES}),
    Rule(Action.READ_AUDIT, _NO_VISIT, _all(_ADMIN, _AUDITOR)),
    Rule(Action.VERIFY, _NO_VISIT, _all(_THERAPIST, _SUPERVISOR, _ADMIN, _AUDITOR)),
    Rule(Action.BACK_UP, _NO_VISIT, _all(_THERAPIST, _SUPERVISOR, _ADMIN)),
    Rule(Action.RESTORE, _NO_VISIT, _all(_ADMIN)),
    Rule(Action.SEE_USERS, _NO_VISIT, _all(*Role)),
    Rule(Action.KEEP_USERS, _NO_VISIT, _all(_ADMIN)),
    Rule(Action.RENEW_RECOVERY_KEY, _NO_VISIT, _all(_ADMIN)),
    Rule(Action.KEEP_CLINIC, _NO_VISIT, _all(_ADMIN)),
    Rule(Action.KEEP_TEMPLATES, _NO_VISIT, _all(_THERAPIST, _SUPERVISOR, _ADMIN)),
    Rule(Action.CHANGE_OWN_PASSWORD, _NO_VISIT, _all(*Role)),
)
"""The whole of it. What stands nowhere is denied."""

ABOUT_VISITS = frozenset(rule.action for rule in RULES if None not in rule.states)
"""The actions that are done to a visit, so that its state and its author matter."""


CHANGES_NOTHING = frozenset(
    {
        *(Action.FIND_PATIENTS, Action.LIST_VISITS, Action.READ_CHART, Action.PRINT),
        *(Action.OVERSEE, Action.READ_AUDIT, Action.VERIFY, Action.SEE_USERS, Action.BACK_UP),
    }
)
"""What may be done where the data can only be read.

To carry charts away is not among it, for it could not be put down. A backup is: it stays
encrypted, and a disk that fails may leave no other way.
"""


def reach(role: Role, action: Action, state: VisitState | None) -> Whose:
    """Whose visits a role may do this to in a state; for other actions, anybody's or nobody's."""
    reached = Whose.NOBODYS
    for rule in RULES:
        if rule.action is action and state in rule.states:
            reached |= rule.whose.get(role, Whose.NOBODYS)
    return reached


def may(
    user: User, action: Action, state: VisitState | None = None, author: User | None = None
) -> bool:
    """Whether somebody may do something.

    Args:
        user: Who wants to.
        action: What.
        state: The visit's state, when it is done to a visit.
        author: Who charted the visit, likewise; or the trainee it is about. Of a visit whose
            author is not told it is taken that it is somebody else's.
    """
    if user.disabled:
        return False
    if author is None:
        asked = Whose.OTHERS if action in ABOUT_VISITS else Whose.ANYBODYS
    else:
        asked = _relation(user, author)
    return any(bool(reach(role, action, state) & asked) for role in user.roles)


def might(user: User, action: Action) -> bool:
    """Whether somebody may do this at all, in some state to some visit."""
    states = [*VisitState, None]
    return not user.disabled and any(
        bool(reach(role, action, state)) for role in user.roles for state in states
    )


def _relation(user: User, author: User) -> Whose:
    if author.id == user.id:
        return Whose.OWN
    return Whose.TRAINEES if user.id in author.supervisors else Whose.OTHERS
