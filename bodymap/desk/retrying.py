"""What could not be stored, made once more on the data as they are by now."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bodymap.chart.change import Change, between, changed
from bodymap.chart.marks import Mark, MarkId, kind_of
from bodymap.chart.visit import Visit
from bodymap.desk.steps import Step
from bodymap.errors import ConflictError

T = TypeVar("T")


def tried_twice(act: Callable[[], T]) -> T:
    """Do something that looks before it writes; once more if somebody wrote in between.

    Args:
        act: One transaction that reads anew all that it goes by, so that it refuses by itself
            where what somebody wrote is what it goes by.

    Raises:
        ConflictError: It was refused both times.
    """
    try:
        return act()
    except ConflictError:
        return act()


def renewed(step: Step, visit: Visit) -> Step:
    """The same gesture, whatever was stored meanwhile.

    Marks that would be new get a number that is still free; those that are gone stay gone.
    """
    wanted = step.apply
    after = changed(visit, replace(wanted, put=(), removed=_still_there(wanted, visit)))
    for mark in wanted.put:
        after = after.with_mark(_numbered(mark, after))
    return Step(step.label, between(visit, after), between(after, visit), step.select)


def _still_there(change: Change, visit: Visit) -> tuple[MarkId, ...]:
    return tuple(mark for mark in change.removed if visit.has(mark))


def _numbered(mark: Mark, visit: Visit) -> Mark:
    taken = {other.number for other in visit.marks if kind_of(other) == kind_of(mark)}
    if visit.has(mark.id) or mark.number not in taken:
        return mark
    return replace(mark, number=visit.next_number(kind_of(mark)))
