"""Every trainee keeps a supervisor who works here: what they hand in waits for somebody."""

from collections.abc import Iterable, Mapping, Sequence

from bodymap.chart.people import Role, User, UserId
from bodymap.desk.entry import InvalidEntryError


def check_supervised(changed: User, known: Iterable[User]) -> None:
    """See that a change of a user leaves no trainee without a supervisor who works here.

    Whoever had none before, in data of an earlier version, is no obstacle to any other change.

    Args:
        changed: The user as wanted, or somebody new.
        known: Everyone, as they are.

    Raises:
        InvalidEntryError: It would; the text says who needs another supervisor first.
    """
    before = {user.id: user for user in known}
    alone_before = {trainee.id for trainee in _alone(before)}
    alone = [one for one in _alone({**before, changed.id: changed}) if one.id not in alone_before]
    if changed in alone:
        raise InvalidEntryError(
            f"{changed.name} needs a supervisor who works here. Choose another one and save first."
        )
    if alone:
        whom = alone[0].name if len(alone) == 1 else "each of them"
        raise InvalidEntryError(
            f"{changed.name} is the only supervisor of {_listed(alone)}. "
            f"Give {whom} another one first, so that what they hand in waits for somebody."
        )


def _alone(users: Mapping[UserId, User]) -> Sequence[User]:
    """The trainees whose supervisors are all gone from their work, by name."""
    able = {one.id for one in users.values() if Role.SUPERVISOR in one.roles and not one.disabled}
    trainees = (one for one in users.values() if one.role is Role.TRAINEE and not one.disabled)
    return sorted((one for one in trainees if not one.supervisors & able), key=lambda one: one.name)


def _listed(users: Sequence[User]) -> str:
    *others, last = (one.name for one in users)
    return f"{', '.join(others)} and {last}" if others else last
