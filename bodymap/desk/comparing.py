"""Two visits side by side: which marks are new, which are gone, and what has changed in the rest.

A mark of the one visit is taken for the same finding as a mark of the other when both are of one
kind, on one view and side, in the same muscle (a zone: of the same kind), and near each other;
nearest pairs are made first, and no mark is in two pairs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from bodymap.chart.marks import Mark, MarkKind, NeedleSite, PainZone, TriggerPoint, kind_of
from bodymap.chart.pain_area import area_cm2
from bodymap.chart.visit import Visit

AREA = "area"
"""The name of the difference in size of two zones, in cm²."""

_REACH_MM: Mapping[MarkKind, float] = {
    MarkKind.TRIGGER_POINT: 30.0,
    MarkKind.NEEDLE_SITE: 30.0,
    MarkKind.PAIN_ZONE: 90.0,
    MarkKind.NOTE: 15.0,
}
"""How far apart two marks of a kind may lie and still be taken for one finding."""

_TOLD: Mapping[MarkKind, tuple[str, ...]] = {
    MarkKind.TRIGGER_POINT: ("status", "intensity", "intensity_after"),
    MarkKind.NEEDLE_SITE: ("needle", "technique", "count", "depth_mm", "twitches"),
    MarkKind.PAIN_ZONE: ("intensity",),
    MarkKind.NOTE: ("text",),
}

_SAME_AREA = 0.05
"""Two drawings of one zone never cover quite the same; up to this share they count as equal."""


class Verdict(StrEnum):
    """What became of a finding."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is another than before."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding in both visits, or in only one of them."""

    before: Mark | None
    after: Mark | None
    differences: tuple[Difference, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What became of it."""
        if self.before is None:
            return Verdict.NEW
        if self.after is None:
            return Verdict.GONE
        return Verdict.CHANGED if self.differences else Verdict.SAME

    @property
    def mark(self) -> Mark:
        """The later mark, or the one that is gone."""
        mark = self.after or self.before
        assert mark is not None  # noqa: S101 - a pair has one at least
        return mark


def compared(before: Visit, after: Visit) -> tuple[Pair, ...]:
    """Every finding of the two visits: new ones, changed ones, gone ones, then the same ones."""
    matched = dict(_matched(before.marks, after.marks))
    pairs = [_pair(matched.get(mark), mark) for mark in after.marks]
    taken = {mark.id for mark in matched.values()}
    pairs += [Pair(mark, None) for mark in before.marks if mark.id not in taken]
    order = list(Verdict)
    return tuple(sorted(pairs, key=lambda pair: order.index(pair.verdict)))


def _matched(before: Iterable[Mark], after: Iterable[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Pairs of a later mark and the earlier one it continues, nearest first."""
    earlier = list(before)
    near = sorted(
        ((_apart(old, new), new.id, old.id, new, old) for new in after for old in earlier),
        key=lambda found: found[:3],
    )
    paired: set[str] = set()
    for apart, _, _, new, old in near:
        if apart > _REACH_MM[kind_of(new)] or {new.id, old.id} & paired:
            continue
        paired |= {new.id, old.id}
        yield new, old


def _apart(one: Mark, other: Mark) -> float:
    """Millimetres between two marks; infinitely many where they can't be the same finding."""
    if kind_of(one) is not kind_of(other):
        return float("inf")
    here, there = one.place, other.place
    if (here.view, here.side) != (there.view, there.side) or _within(one) != _within(other):
        return float("inf")
    return hypot(here.u_mm - there.u_mm, here.v_mm - there.v_mm)


def _within(mark: Mark) -> object:
    if isinstance(mark, TriggerPoint | NeedleSite):
        return mark.muscle
    return mark.kind if isinstance(mark, PainZone) else None


def _pair(before: Mark | None, after: Mark) -> Pair:
    if before is None:
        return Pair(None, after)
    return Pair(before, after, tuple(_differences(before, after)))


def _differences(before: Mark, after: Mark) -> Iterator[Difference]:
    for name in _TOLD[kind_of(after)]:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Difference(name, old, new)
    if isinstance(before, PainZone) and isinstance(after, PainZone):
        was, now = area_cm2(before), area_cm2(after)
        if abs(now - was) > _SAME_AREA * max(was, now):
            yield Difference(AREA, was, now)
