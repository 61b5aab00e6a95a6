"""A step that could not be stored, made once more on the visit as it is by now."""

from dataclasses import replace

from bodymap.chart.change import Change, between, changed
from bodymap.chart.marks import Mark, MarkId, kind_of
from bodymap.chart.visit import Visit
from bodymap.desk.steps import Step


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
