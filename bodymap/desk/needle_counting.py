"""Needles in and out: what is still in the body, since when, and whether all are accounted for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bodymap.chart.marks import MarkId, NeedleSite
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError


class NotInTimeError(BodymapError):
    """A needle cannot have come out then."""


@dataclass(frozen=True, slots=True)
class NeedleTally:
    """The count of one visit's needles.

    Attributes:
        inserted: Needles that went in, as the marks tell.
        removed: Those of them that came out.
        open_sites: Where needles are still in.
        first_in: When the first of those went in; None where no time was noted.
        opened: Needles opened, as counted; None while they have not been.
        in_sharps: Needles thrown away, as counted.
    """

    inserted: int
    removed: int
    open_sites: tuple[NeedleSite, ...]
    first_in: datetime | None
    opened: int | None
    in_sharps: int | None

    @property
    def is_reconciled(self) -> bool:
        """Whether every needle opened is known to be in the sharps."""
        counted = self.opened is not None and self.opened == self.in_sharps
        return counted and not self.open_sites and (self.opened or 0) >= self.inserted

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What does not fit, in words; nothing where all does or nobody has counted yet."""
        found = []
        if self.open_sites and self.in_sharps is not None:
            numbers = ", ".join(f"needle {site.number}" for site in self.open_sites)
            found.append(f"Still in: {numbers}.")
        if self.opened is not None and self.opened < self.inserted:
            found.append(f"{self.inserted} went in, but only {self.opened} were opened.")
        if self.in_sharps is not None and self.in_sharps != (self.opened or 0):
            opened = 0 if self.opened is None else self.opened
            found.append(f"{opened} opened, {self.in_sharps} in the sharps.")
        return tuple(found)


def tally(visit: Visit) -> NeedleTally:
    """Count a visit's needles."""
    sites = list(visit.needle_sites())
    still_in = tuple(site for site in sites if site.time_out is None)
    times = [site.time_in for site in still_in if site.time_in is not None]
    return NeedleTally(
        inserted=sum(site.count for site in sites),
        removed=sum(site.count for site in sites if site.time_out is not None),
        open_sites=still_in,
        first_in=min(times, default=None),
        opened=visit.record.needles.opened,
        in_sharps=visit.record.needles.in_sharps,
    )


def put_in(visit: Visit, sites: Collection[MarkId], now: datetime) -> Visit:
    """The visit with these needles put into the body, whatever was said of them before."""
    for site in list(visit.needle_sites()):
        if site.id in sites:
            hand = site.placed_by or visit.therapist
            visit = visit.with_mark(replace(site, time_in=now, time_out=None, placed_by=hand))
    return visit


def taken_out(visit: Visit, sites: Collection[MarkId], now: datetime) -> Visit:
    """The visit with these needles out of the body.

    Raises:
        NotInTimeError: One of them went in later than that, or more than a day before.
    """
    for site in list(visit.needle_sites()):
        if site.id in sites and site.time_out is None:
            try:
                hand = site.removed_by or visit.therapist
                visit = visit.with_mark(replace(site, time_out=now, removed_by=hand))
            except ValueError as problem:
                raise NotInTimeError(
                    f"Needle {site.number} was not put down as out: {problem}. "
                    "Enter its times by hand."
                ) from problem
    return visit


def all_put_away(visit: Visit, now: datetime) -> Visit:
    """The visit with every needle out and in the sharps; as many opened as went in, or more.

    Raises:
        NotInTimeError: A needle cannot have come out now.
    """
    visit = taken_out(visit, {site.id for site in visit.needle_sites()}, now)
    counted = visit.record.needles
    opened = max(counted.opened or 0, tally(visit).inserted)
    needles = replace(counted, opened=opened, in_sharps=opened)
    return replace(visit, record=replace(visit.record, needles=needles))
