"""What one gesture does to a visit, as a value that can be stored and taken back."""

from dataclasses import dataclass, replace
from operator import is_

from bodymap.chart.marks import Mark, MarkId
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord

Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Marks put on the map or replaced, marks taken off, and the visit's own fields.

    Attributes:
        put: Marks as they are after the change.
        removed: Ids of marks that are gone after the change.
        pain: The visit's (before, after) ratings when the change touches them.
        record: What the visit holds besides its marks, when the change touches it.
    """

    put: tuple[Mark, ...] = ()
    removed: tuple[MarkId, ...] = ()
    pain: tuple[int | None, int | None] | None = None
    record: VisitRecord | None = None

    @property
    def mark_ids(self) -> frozenset[MarkId]:
        """Every mark the change touches."""
        return frozenset({*self.removed, *(mark.id for mark in self.put)})

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.put or self.removed or self.pain or self.record)


def between(before: Visit, after: Visit) -> Change:
    """The change that turns one state of a visit into another; swapped, it takes it back."""
    gone, fresh = _apart(before.marks, after.marks)
    old, new = {mark.id: mark for mark in gone}, {mark.id for mark in fresh}
    pain = (after.pain_before, after.pain_after)
    return Change(
        put=tuple(mark for mark in fresh if old.get(mark.id) != mark),
        removed=tuple(mark_id for mark_id in old if mark_id not in new),
        pain=pain if pain != (before.pain_before, before.pain_after) else None,
        record=after.record if after.record != before.record else None,
    )


def _apart(before: Marks, after: Marks) -> tuple[Marks, Marks]:
    """The marks of each that the other does not hold too; most are the very same object in both.

    A gesture touches a few of perhaps thousands: what comes before and after them is passed over
    without a look at each.
    """
    first = _alike(before, after)
    gone, fresh = before[first:], after[first:]
    last = _alike(gone[::-1], fresh[::-1])
    gone, fresh = gone[: len(gone) - last], fresh[: len(fresh) - last]
    olds, news = set(map(id, gone)), set(map(id, fresh))
    return (
        tuple(mark for mark in gone if id(mark) not in news),
        tuple(mark for mark in fresh if id(mark) not in olds),
    )


def _alike(one: Marks, other: Marks) -> int:
    """How many marks both begin with."""
    same = list(map(is_, one, other))
    return same.index(False) if False in same else len(same)


def changed(visit: Visit, change: Change) -> Visit:
    """The visit after the change; its version is the storage's to give."""
    for mark_id in change.removed:
        visit = visit.without_mark(mark_id)
    for mark in change.put:
        visit = visit.with_mark(mark)
    if change.pain is not None:
        pain_before, pain_after = change.pain
        visit = replace(visit, pain_before=pain_before, pain_after=pain_after)
    if change.record is not None:
        visit = replace(visit, record=change.record)
    return visit
