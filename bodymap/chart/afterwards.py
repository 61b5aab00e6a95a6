"""What becomes known after a visit is closed: adverse events, follow-ups, the patient's journal.

Each is an entry of its own under the visit, with who put it down and when. Entries are only ever
added; one that is wrong is corrected by another that stands in its place. They are no part of
what was signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.checks import check_text
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.people import UserId
from bodymap.chart.visit import VisitId

AfterwardId = NewType("AfterwardId", str)


@dataclass(frozen=True, slots=True)
class Retraction:
    """An earlier entry was put down in error, as with the wrong patient."""

    reason: str

    def __post_init__(self) -> None:
        check_text("the reason", self.reason)
        if not self.reason.strip():
            raise ValueError("say why the entry does not count")


Told = AdverseEvent | FollowUp | Retraction
"""What an entry says."""


@dataclass(frozen=True, slots=True)
class Afterward:
    """One entry under a closed visit.

    Attributes:
        by: Who put it down.
        at: When, with the local offset.
        corrects: The entry that this one stands in the place of.
    """

    id: AfterwardId
    visit: VisitId
    by: UserId
    at: datetime
    told: Told
    corrects: AfterwardId | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an entry's time needs its offset from UTC")
        if isinstance(self.told, Retraction) and self.corrects is None:
            raise ValueError("only an earlier entry can be put down in error")
        if self.corrects == self.id:
            raise ValueError("an entry does not correct itself")


def standing(entries: Iterable[Afterward]) -> tuple[Afterward, ...]:
    """The entries that count: those that no later one stands in the place of."""
    listed = tuple(entries)
    corrected = {entry.corrects for entry in listed}
    return tuple(
        entry
        for entry in listed
        if entry.id not in corrected and not isinstance(entry.told, Retraction)
    )


def events_of(entries: Iterable[Afterward]) -> tuple[AdverseEvent, ...]:
    """The adverse events among the entries that count."""
    return tuple(entry.told for entry in standing(entries) if isinstance(entry.told, AdverseEvent))
