"""What could not be stored, made once more on the data as they are by now."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bodymap.chart.change import between, changed
from bodymap.chart.visit import Visit
from bodymap.desk.merging import Clash, Whose
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


def clash_over(steps: Sequence[Step], visit: Visit) -> Clash:
    """What was not stored beside what the visit has become since; most often without a dispute.

    Args:
        steps: Those that were not stored, in the order in which they were made.
        visit: The visit as it is stored by now.
    """
    base = visit
    for step in reversed(steps):
        base = changed(base, step.revert)
    mine = base
    for step in steps:
        mine = changed(mine, step.apply)
    return Clash(base, mine, visit)


def renewed(step: Step, visit: Visit) -> Step:
    """The same gesture, whatever was stored meanwhile; look at `clash_over` first.

    Only what it touches becomes as it made it. Marks that would be new get a number that is
    still free.
    """
    clash = clash_over([step], visit)
    after = clash.merged({dispute.key: Whose.MINE for dispute in clash.disputes})
    return Step(step.label, between(visit, after), between(after, visit), step.select)
