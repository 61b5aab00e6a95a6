"""Counts failed tries to sign in, and makes whoever guesses wait; a restart forgets nothing.

Limits after NIST SP 800-63B, 5.2.2: at most 100 failures in a row.

The count is kept twice, in a small file and in the key file, and of each name the later count is
believed: to put back an older copy of one of them resets nothing. Neither copy can be sealed, for
a guess is counted before anybody has a key.

Where the folder may only be read, the program counts in its memory: whoever takes away the right to
write there could copy the folder and guess elsewhere.
"""

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from bodymap.errors import TooManyTriesError
from bodymap.storage.datafolder import may_write
from bodymap.storage.problems import translated
from bodymap.storage.vault.file import replace_file
from bodymap.storage.vault.turn import one_at_a_time

FREE_TRIES = 5
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 15 * 60.0
MOST_TRIES = 100

TRIES_FILE = "bodymap.tries.json"


@dataclass(frozen=True, slots=True)
class Times:
    """The two clocks of a computer.

    Attributes:
        wall: Seconds of the clock that people set.
        steady: Seconds since the computer was started; nobody can set it.
    """

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Failed:
    """How often somebody failed in a row, and when last by both clocks.

    Attributes:
        serial: Grows with each try, failed or not: of two counts the later is known by it.
    """

    times: int = 0
    wall: float = 0.0
    steady: float = 0.0
    serial: int = 0

    def __post_init__(self) -> None:
        if self.times < 0 or self.serial < 0:
            raise ValueError("a count is not below nothing")
        if not all(math.isfinite(number) for number in (self.times, self.wall, self.steady)):
            raise ValueError("a clock shows a number")


Counts = Mapping[str, Failed]
"""The failures of each login name."""


class SecondCopy(Protocol):
    """Where the counts are kept besides their own file."""

    def tries(self) -> Counts:
        """The counts as they were kept last."""
        ...

    def keep_tries(self, counts: Counts) -> None:
        """Keep other counts."""
        ...


class Tries:
    """The failures of each login name, in a small file beside the key file and in a second copy."""

    def __init__(
        self, folder: Path, clocks: Times | None = None, second: SecondCopy | None = None
    ) -> None:
        self._path = folder / TRIES_FILE
        self._clocks = clocks or Times()
        self._second = second
        self._unwritten: Counts = {}

    def begin(self, who: str) -> None:
        """Count a try before it is made, so that a kill cannot hide it.

        Raises:
            TooManyTriesError: It comes too soon, or there were too many.
        """
        with one_at_a_time(self._path.parent), translated():
            self._begin(who)

    def _begin(self, who: str) -> None:
        known = self._read()
        failed = known.get(who, Failed())
        if failed.times >= MOST_TRIES:
            raise TooManyTriesError(
                "There were too many failed tries. An administrator has to set a new password, "
                "or the recovery key opens the clinic.",
                None,
            )
        wait = self._wait(failed)
        if wait > 0:
            raise TooManyTriesError(
                f"There were {failed.times} failed tries. Wait {_in_words(wait)}, then try again.",
                wait,
            )
        wall, steady = self._clocks.wall(), self._clocks.steady()
        self._write({**known, who: Failed(failed.times + 1, wall, steady, failed.serial + 1)})

    def forget(self, who: str) -> int:
        """The try went well: the count begins anew.

        Returns:
            How many tries had failed before.
        """
        with one_at_a_time(self._path.parent), translated():
            return self._forget(who)

    def _forget(self, who: str) -> int:
        known = self._read()
        failed = known.get(who, Failed())
        if not failed.times:
            return 0
        # The entry stays, so that an older copy with failures is known to be older.
        self._write({**known, who: Failed(serial=failed.serial + 1)})
        return failed.times - 1  # the last one went well

    def _wait(self, failed: Failed) -> float:
        if failed.times < FREE_TRIES:
            return 0.0
        asked: float = min(FIRST_WAIT_S * 2 ** (failed.times - FREE_TRIES), LONGEST_WAIT_S)
        steady = self._clocks.steady()
        if steady >= failed.steady:
            return asked - (steady - failed.steady)  # so long ago it was at least
        # The computer was started anew since, as long ago as the steady clock shows at least. The
        # other clock may have been ahead then: it must not keep anybody waiting for years.
        return asked - max(self._clocks.wall() - failed.wall, steady)

    def _read(self) -> Counts:
        own = later(_read_file(self._path), self._unwritten)
        if self._second is None:
            return own
        other = self._second.tries()
        known = later(own, other)
        if known != own or known != other:
            self._write(known)  # one was put back: as long as it is old, the other alone counts
        return known

    def _write(self, known: Counts) -> None:
        if not may_write(self._path.parent):
            self._unwritten = known
            return
        replace_file(self._path, json.dumps(told_of(known)).encode())
        if self._second is not None:
            self._second.keep_tries(known)


def later(one: Counts, other: Counts) -> Counts:
    """Of each name the later count of two copies; the greater where they are of one age."""

    def age(failed: Failed) -> tuple[int, int]:
        return (failed.serial, failed.times)

    merged = dict(one)
    for who, failed in other.items():
        merged[who] = max(failed, merged.get(who, Failed()), key=age)
    return merged


def told_of(counts: Counts) -> dict[str, Any]:
    """The counts as they are stored."""
    return {who: asdict(failed) for who, failed in counts.items()}


def counts_of(told: object) -> Counts:
    """Read them back; what makes no sense counts as nothing."""
    try:
        items = told.items() if isinstance(told, dict) else ()
        return {str(who): Failed(**failed) for who, failed in items}
    except (ValueError, TypeError):
        return {}


def _read_file(path: Path) -> Counts:
    try:
        return counts_of(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return {}


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} seconds"
    return f"{round(seconds / 60)} minutes"
