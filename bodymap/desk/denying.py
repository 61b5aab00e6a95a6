"""Why somebody may not do something, read off the same table that denies it."""

from bodymap.chart.people import Role, User
from bodymap.chart.permissions import Action, Whose, may, reach
from bodymap.chart.visit import VisitState

_STATES = {
    VisitState.DRAFT: "it is still a draft",
    VisitState.SUBMITTED: "it waits for a supervisor",
    VisitState.RETURNED: "it was returned",
    VisitState.SIGNED: "it is signed",
    VisitState.VOID: "it is void",
}
_ROLES = {
    Role.THERAPIST: "a therapist",
    Role.TRAINEE: "a trainee",
    Role.SUPERVISOR: "a supervisor",
    Role.ADMIN: "an administrator",
    Role.CLERK: "a clerk",
    Role.AUDITOR: "an auditor",
}


def denial(user: User, action: Action, state: VisitState | None, author: User | None) -> str:
    """What somebody may not do, and why, in a sentence.

    Args:
        user: Who wants to, and may not.
        action: What.
        state: The state of the visit, when it is done to one.
        author: Who charted it, likewise; or the trainee it is about.
    """
    if user.disabled:
        return "You may no longer work here. Ask an administrator."
    return f"You may not {action}: {_why(user, action, state, author)}."


def _why(user: User, action: Action, state: VisitState | None, author: User | None) -> str:
    reached = Whose.NOBODYS
    for role in user.roles:
        reached |= reach(role, action, state)
    if author is not None and reached:
        return _whose(reached, user, author)
    others = [other for other in VisitState if other is not state]
    if state is not None and any(may(user, action, other, author) for other in others):
        return _STATES[state]
    allowed = [_ROLES[role] for role in Role if reach(role, action, state)]
    return f"only {_either(allowed)} may" if allowed else "nobody may"


def _whose(reached: Whose, user: User, author: User) -> str:
    if author.id == user.id:
        return "it is your own"
    if reached & Whose.TRAINEES:
        return f"{author.name} is not your trainee"
    return f"it is {author.name}’s"


def _either(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
