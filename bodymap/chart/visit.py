"""One session with one patient: its marks and its state."""

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import NewType

from typing_extensions import override

from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    Note,
    PainZone,
    TriggerPoint,
)
from bodymap.chart.people import EpisodeId, PatientId, UserId
from bodymap.chart.visit_record import VisitRecord

VisitId = NewType("VisitId", str)
_id = attrgetter("id")


class VisitState(StrEnum):
    """Where a visit stands; only a draft or a returned visit may be changed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED = "signed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Visit:
    """One session; its marks stand by kind, then by number, however they came to be there.

    Attributes:
        began: When it began, with the local offset (never naive).
        version: Counts every change; a writer holding an older one is refused.
        pain_before: Numeric pain rating 0-10 on arrival.
        pain_after: The same at the end.
        record: What it holds besides: screening, consent, measures, text.
    """

    id: VisitId
    patient: PatientId
    episode: EpisodeId
    therapist: UserId
    began: datetime
    state: VisitState = VisitState.DRAFT
    version: int = 1
    pain_before: int | None = None
    pain_after: int | None = None
    marks: tuple[Mark, ...] = ()
    record: VisitRecord = field(default_factory=VisitRecord)

    def __post_init__(self) -> None:
        if self.began.tzinfo is None:
            raise ValueError("a visit's time needs its offset from UTC")

    @property
    def is_open(self) -> bool:
        """Whether marks may still be changed."""
        return self.state in {VisitState.DRAFT, VisitState.RETURNED}

    def mark(self, mark_id: MarkId) -> Mark:
        """The mark of that id.

        Raises:
            KeyError: The visit has no such mark.
        """
        for mark in self.marks:
            if mark.id == mark_id:
                return mark
        raise KeyError(mark_id)

    def has(self, mark_id: MarkId) -> bool:
        """Whether a mark of that id is on the map."""
        return mark_id in map(_id, self.marks)

    def with_mark(self, mark: Mark) -> "Visit":
        """The visit with the mark added, or put in place of the one with its id."""
        marks = list(self.marks)
        if self.has(mark.id):
            marks = [other for other in marks if other.id != mark.id]
        insort(marks, mark, key=_order)
        return replace(self, marks=tuple(marks))

    def without_mark(self, mark_id: MarkId) -> "Visit":
        """The visit without the mark; marks linked to it keep their place, unlinked."""
        left = (mark for mark in self.marks if mark.id != mark_id)
        return replace(self, marks=tuple(_unlinked(mark, mark_id) for mark in left))

    def next_number(self, kind: MarkKind) -> int:
        """The number the next mark of that kind gets; numbers are never used twice at once."""
        class_ = _CLASSES[kind]
        numbers = (mark.number for mark in self.marks if isinstance(mark, class_))
        return 1 + max(numbers, default=0)

    def trigger_points(self) -> Iterator[TriggerPoint]:
        """The trigger points, in order."""
        return (mark for mark in self.marks if isinstance(mark, TriggerPoint))

    def needle_sites(self) -> Iterator[NeedleSite]:
        """The needle sites, in order."""
        return (mark for mark in self.marks if isinstance(mark, NeedleSite))

    def pain_zones(self) -> Iterator[PainZone]:
        """The pain zones, in order."""
        return (mark for mark in self.marks if isinstance(mark, PainZone))


@dataclass(frozen=True, slots=True)
class VisitForReading(Visit):
    """A visit as it lies before somebody who did not chart it: it is read, never changed."""

    @property
    @override
    def is_open(self) -> bool:
        """Never."""
        return False

    @classmethod
    def of(cls, visit: Visit) -> "VisitForReading":
        """The same visit, for reading."""
        return cls(**{part.name: getattr(visit, part.name) for part in fields(visit)})


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What a list of visits shows without loading the marks.

    Attributes:
        counts: How many marks of each kind the visit holds; every kind is named.
        events: Adverse events that count, of the visit itself and known since.
        heard: Entries of how the patient was afterwards, likewise.
    """

    id: VisitId
    patient: PatientId
    patient_name: str
    therapist: UserId
    therapist_name: str
    complaint: str
    began: datetime
    state: VisitState
    pain_before: int | None
    pain_after: int | None
    counts: dict[MarkKind, int]
    events: int = 0
    heard: int = 0


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """Where a visit stands, and no more; what is asked every half minute."""

    id: VisitId
    version: int
    state: VisitState
    therapist: UserId


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by kind, then by number, as a visit keeps them."""
    return tuple(sorted(marks, key=_order))


_CLASSES: dict[MarkKind, type[Mark]] = {
    MarkKind.TRIGGER_POINT: TriggerPoint,
    MarkKind.NEEDLE_SITE: NeedleSite,
    MarkKind.PAIN_ZONE: PainZone,
    MarkKind.NOTE: Note,
}
_RANKS: dict[type[Mark], int] = {TriggerPoint: 0, NeedleSite: 1, PainZone: 2, Note: 3}


def _order(mark: Mark) -> tuple[int, int, str]:
    return _RANKS[type(mark)], mark.number, mark.id


def _unlinked(mark: Mark, gone: MarkId) -> Mark:
    if isinstance(mark, NeedleSite) and mark.trigger_point == gone:
        return replace(mark, trigger_point=None)
    if isinstance(mark, TriggerPoint) and gone in mark.refers_to:
        return replace(mark, refers_to=mark.refers_to - {gone})
    return mark
