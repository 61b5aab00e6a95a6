"""Notices that the computer's clock was set: it disagrees with the clock that nobody can set."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(minutes=2)
"""So much is put right by the network's time, or by another seat's clock, without a word."""


def steady_seconds() -> float:
    """Seconds of a clock that nobody can set and that goes on while the computer sleeps."""
    clock: int | None = getattr(time, _AWAKE_OR_NOT.get(sys.platform, ""), None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


_AWAKE_OR_NOT = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""Where `time.monotonic` stands still in sleep, the clock that does not."""


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Jump:
    """The clock was set.

    Attributes:
        expected: What it would have shown; at the first look the time of the last entry, which
            is the least it could show.
        shown: What it shows.
    """

    expected: datetime
    shown: datetime

    @property
    def by(self) -> timedelta:
        """How far it went; below zero when it went back."""
        return self.shown.astimezone(UTC) - self.expected.astimezone(UTC)


class ClockWatch:
    """Looks at both clocks with each entry of the trail, for as long as the data is open.

    Args:
        now: The time with the local offset.
        steady: Seconds of the clock that nobody can set.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = _now,
        steady: Callable[[], float] = steady_seconds,
    ) -> None:
        self._now = now
        self._steady = steady
        self._settled: tuple[datetime, float] | None = None

    def look(self, last_entry: Callable[[], datetime | None]) -> Jump | None:
        """Whether the clock was set since it was last settled.

        Args:
            last_entry: The time of the trail's last entry; asked at the first look alone.
        """
        now, steady = self._now(), self._steady()
        if self._settled is None:
            last = last_entry()
            jump = Jump(last, now) if last is not None and last - now > TOLERATED else None
        else:
            then, steady_then = self._settled
            expected = then.astimezone(UTC) + timedelta(seconds=steady - steady_then)
            jump = Jump(expected, now) if abs(now - expected) > TOLERATED else None
        if jump is None:
            self._settled = (now, steady)
            return None
        return replace(jump, expected=jump.expected.astimezone(now.tzinfo))

    def settle(self) -> None:
        """The jump was put down for good: from now on the clock is taken as it is."""
        self._settled = (self._now(), self._steady())
