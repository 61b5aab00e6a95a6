"""What is another between two rounds of a visit, or between two visits, in words.

Marks of two rounds are the same by their id; of two visits they are taken for the same as in
`comparing`. A mark that was shifted less than half a millimetre has not moved.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from bodymap.chart.marks import Mark, MarkId
from bodymap.chart.visit import Visit
from bodymap.desk.comparing import compared
from bodymap.desk.difference_words import OF_ONE_VISIT, mark_words, visit_words

_STILL_MM = 0.5


class Became(StrEnum):
    """What became of a mark; one that moved and changed has moved."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class MarkDifference:
    """One mark that is another than before.

    Attributes:
        before: The mark as it was; None when it is new.
        after: The mark as it is; None when it is gone.
        moved_mm: How far it was moved on its view; None when it went to another view.
        words: Each field that changed, such as "depth 18 → 22 mm".
    """

    before: Mark | None
    after: Mark | None
    moved_mm: float | None = 0.0
    words: tuple[str, ...] = ()

    @property
    def became(self) -> Became:
        """What became of it."""
        if self.before is None:
            return Became.ADDED
        if self.after is None:
            return Became.REMOVED
        return Became.CHANGED if self.moved_mm == 0 else Became.MOVED

    @property
    def mark(self) -> Mark:
        """The mark as it is, or as it was when it is gone."""
        mark = self.after or self.before
        assert mark is not None  # noqa: S101 - there is one of them at least
        return mark

    @property
    def lines(self) -> tuple[str, ...]:
        """What became of it, and each field that changed."""
        match self.became:
            case Became.ADDED | Became.REMOVED:
                return (self.became.value,)
            case Became.MOVED if self.moved_mm is None:
                return ("moved to another view", *self.words)
            case Became.MOVED:
                return (f"moved by {self.moved_mm:.0f} mm", *self.words)
            case Became.CHANGED:
                return self.words

    @property
    def summary(self) -> str:
        """All of it in one line."""
        return ", ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is another.

    Attributes:
        marks: Marks that were added, removed, moved or changed, in this order.
        fields: What else the visit holds that changed, in words.
    """

    marks: tuple[MarkDifference, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both are the same."""
        return not (self.marks or self.fields)

    def of(self, mark: MarkId) -> MarkDifference | None:
        """What became of a mark of the later visit; None when it is as it was."""
        later = (one for one in self.marks if one.after is not None)
        return next((one for one in later if one.mark.id == mark), None)


def between_rounds(before: Visit, after: Visit) -> Differences:
    """What a trainee did to a visit between two submissions."""
    old = {mark.id: mark for mark in before.marks}
    new = {mark.id for mark in after.marks}
    pairs: list[tuple[Mark | None, Mark | None]] = [(old.get(m.id), m) for m in after.marks]
    pairs += [(mark, None) for mark in before.marks if mark.id not in new]
    marks = _in_order(_different(pairs, frozenset()))
    return Differences(marks, tuple(visit_words(before, after)))


def between_visits(before: Visit, after: Visit) -> Differences:
    """What is another at a later visit, as far as findings go."""
    pairs = ((pair.before, pair.after) for pair in compared(before, after))
    marks = _in_order(_different(pairs, OF_ONE_VISIT))
    return Differences(marks, tuple(visit_words(before, after)))


def _different(
    pairs: Iterable[tuple[Mark | None, Mark | None]], passing: frozenset[str]
) -> Iterator[MarkDifference]:
    for before, after in pairs:
        if before is None or after is None:
            yield MarkDifference(before, after)
            continue
        moved = _moved_mm(before, after)
        words = tuple(mark_words(before, after, passing))
        if words or moved != 0:
            yield MarkDifference(before, after, moved, words)


def _moved_mm(before: Mark, after: Mark) -> float | None:
    was, now = before.place, after.place
    if was.view != now.view:
        return None
    shifted = hypot(now.u_mm - was.u_mm, now.v_mm - was.v_mm)
    return shifted if shifted >= _STILL_MM else 0.0


def _in_order(found: Iterable[MarkDifference]) -> tuple[MarkDifference, ...]:
    order = list(Became)
    return tuple(sorted(found, key=lambda one: order.index(one.became)))
