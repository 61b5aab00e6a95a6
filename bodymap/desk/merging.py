"""Two people changed one visit: what each did, and one visit of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from bodymap.chart.marks import Mark, MarkId, NeedleSite, TriggerPoint, kind_of
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.difference_words import visit_words
from bodymap.desk.differences import between_rounds
from bodymap.errors import ConflictError


class Whose(StrEnum):
    """Which of two versions is to be kept."""

    MINE = "mine"
    THEIRS = "theirs"


CLASHED = (
    "Somebody else changed the same thing meanwhile. Nothing was written: "
    "compare both versions and choose."
)

PAIN = "pain"
_RECORD = "record."
_CHANGED = "changed"
"""All that is said of what no words are kept for, such as an outline drawn a little otherwise."""

Key = str
"""What is in dispute: the id of a mark, `PAIN`, or `record.` and the name of a part."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing that both have changed, each in another way.

    Attributes:
        key: Which.
        name: As a person calls it.
        mine: What was done to it here, in words.
        theirs: What was done to it at the other seat.
    """

    key: Key
    name: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A visit as it was known to both, as it is here, and as it is stored now."""

    base: Visit
    mine: Visit
    theirs: Visit

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """What somebody has to decide; all else goes together by itself."""
        return tuple(self._disputes())

    def merged(self, kept: Mapping[Key, Whose]) -> Visit:
        """One visit of both.

        Args:
            kept: Whose version of each dispute; theirs where nothing is said.
        """
        after = self.theirs
        for key in _touched(self.base, self.mine):
            if kept.get(key) is Whose.MINE or not self._is_disputed(key):
                after = _with_mine(after, self.mine, key)
        return _linked(after)

    def _disputes(self) -> Iterator[Dispute]:
        for key in _touched(self.base, self.mine):
            if self._is_disputed(key):
                part = _part(self.mine, key) or _part(self.theirs, key)
                mine, theirs = (_done(self.base, v, key) for v in (self.mine, self.theirs))
                yield Dispute(key, _name(key, part), mine, theirs)

    def _is_disputed(self, key: Key) -> bool:
        base, theirs = _part(self.base, key), _part(self.theirs, key)
        return theirs not in (base, _part(self.mine, key))


class ClashError(ConflictError):
    """Somebody else changed the same thing first; nothing was written.

    Attributes:
        clash: Both versions.
    """

    def __init__(self, clash: Clash) -> None:
        super().__init__(CLASHED)
        self.clash = clash


def _touched(base: Visit, mine: Visit) -> list[Key]:
    keys: list[Key] = [mark.id for mark in (*base.marks, *mine.marks)]
    keys += [PAIN, *(f"{_RECORD}{field.name}" for field in fields(VisitRecord))]
    return [key for key in dict.fromkeys(keys) if _part(base, key) != _part(mine, key)]


def _part(visit: Visit, key: Key) -> object:
    if key == PAIN:
        return (visit.pain_before, visit.pain_after)
    if key.startswith(_RECORD):
        return getattr(visit.record, key.removeprefix(_RECORD))
    return visit.mark(MarkId(key)) if visit.has(MarkId(key)) else None


def _with_mine(after: Visit, mine: Visit, key: Key) -> Visit:
    if key == PAIN:
        return replace(after, pain_before=mine.pain_before, pain_after=mine.pain_after)
    if key.startswith(_RECORD):
        name = key.removeprefix(_RECORD)
        taken: dict[str, Any] = {name: _part(mine, key)}
        return replace(after, record=replace(after.record, **taken))
    mark = MarkId(key)
    if not mine.has(mark):
        return after.without_mark(mark) if after.has(mark) else after
    return after.with_mark(_numbered(mine.mark(mark), after))


def _numbered(mark: Mark, visit: Visit) -> Mark:
    """The mark, with the next number where another mark has its own."""
    kind = kind_of(mark)
    taken = (o for o in visit.marks if kind_of(o) is kind and o.id != mark.id)
    if any(other.number == mark.number for other in taken):
        return replace(mark, number=visit.next_number(kind))
    return mark


def _linked(visit: Visit) -> Visit:
    """Without links to what is no longer there."""
    points = {point.id for point in visit.trigger_points()}
    zones = {zone.id for zone in visit.pain_zones()}
    for mark in visit.marks:
        match mark:
            case NeedleSite(trigger_point=point) if point is not None and point not in points:
                visit = visit.with_mark(replace(mark, trigger_point=None))
            case TriggerPoint(refers_to=referred) if not referred <= zones:
                visit = visit.with_mark(replace(mark, refers_to=referred & zones))
    return visit


def _name(key: Key, part: object) -> str:
    if key == PAIN:
        return "Pain rating"
    if key.startswith(_RECORD):
        return key.removeprefix(_RECORD).replace("_", " ").capitalize()
    mark: Mark = part  # type: ignore[assignment]  # a key of neither kind is a mark's
    return f"{kind_of(mark).value.replace('-', ' ').capitalize()} {mark.number}"


def _done(base: Visit, after: Visit, key: Key) -> str:
    """What became of it in one version, in words."""
    mark = MarkId(key)
    if key == PAIN or key.startswith(_RECORD):
        return "\n".join(visit_words(base, _with_mine(base, after, key))) or _CHANGED
    if not after.has(mark):
        return "deleted"
    became = between_rounds(base, after).of(mark)
    return "\n".join(became.lines) if became is not None else _CHANGED
