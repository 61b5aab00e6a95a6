"""Counts failed tries to sign in, and makes whoever guesses wait; a restart forgets nothing.

Limits after NIST SP 800-63B, 5.2.2: at most 100 failures in a row.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bodymap.errors import TooManyTriesError
from bodymap.storage.problems import translated
from bodymap.storage.vault.file import replace_file

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
    """How often somebody failed in a row, and when last by both clocks."""

    times: int = 0
    wall: float = 0.0
    steady: float = 0.0


class Tries:
    """The failures of each login name, in a small file beside the key file.

    Names that nobody has share one count, so that the file never holds what was typed.
    """

    def __init__(self, folder: Path, clocks: Times | None = None) -> None:
        self._path = folder / TRIES_FILE
        self._clocks = clocks or Times()

    def begin(self, who: str) -> None:
        """Count a try before it is made, so that a kill cannot hide it.

        Raises:
            TooManyTriesError: It comes too soon, or there were too many.
        """
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
        known[who] = Failed(failed.times + 1, self._clocks.wall(), self._clocks.steady())
        self._write(known)

    def forget(self, who: str) -> int:
        """The try went well: the count begins anew.

        Returns:
            How many tries had failed before.
        """
        known = self._read()
        failed = known.pop(who, None)
        if failed is None:
            return 0
        self._write(known)
        return failed.times - 1  # the last one went well

    def _wait(self, failed: Failed) -> float:
        if failed.times < FREE_TRIES:
            return 0.0
        asked: float = min(FIRST_WAIT_S * 2 ** (failed.times - FREE_TRIES), LONGEST_WAIT_S)
        # The steady clock begins anew with the computer; until then it is the better witness.
        passed = max(self._clocks.wall() - failed.wall, 0.0)
        if (steady := self._clocks.steady()) >= failed.steady:
            passed = min(passed, steady - failed.steady)
        return asked - passed

    def _read(self) -> dict[str, Failed]:
        try:
            told = json.loads(self._path.read_bytes())
            return {str(who): Failed(**failed) for who, failed in told.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, known: dict[str, Failed]) -> None:
        with translated():
            told = {who: asdict(failed) for who, failed in known.items()}
            replace_file(self._path, json.dumps(told).encode())


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} seconds"
    return f"{round(seconds / 60)} minutes"
