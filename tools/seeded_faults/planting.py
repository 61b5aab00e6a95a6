"""Plants a fault in a copy of the repository and runs the tests that should notice."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from tools.seeded_faults.catalogue import Fault, StaleFaultError

ROOT = Path(__file__).parents[2]
LONGEST_S = 600
_NOTICED_BY = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?)(?:\[| |$)", re.MULTILINE)
_FAILED, _NONE_THERE = 1, (4, 5)


class Outcome(Enum):
    """What became of a fault."""

    NOTICED = auto()
    UNNOTICED = auto()
    STALE = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of planting a fault.

    Attributes:
        by: The test that noticed, or why nothing could be planted.
    """

    fault: Fault
    outcome: Outcome
    by: str = ""


class Ground:
    """A copy of the last commit that faults are planted in, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._planted = 0

    @classmethod
    def in_folder(cls, folder: Path) -> "Ground":
        """Copy the last commit."""
        clone = ["git", "clone", "--quiet", "--shared", str(ROOT), str(folder)]
        subprocess.run(clone, check=True)  # noqa: S603 - fixed words and our own folders
        return cls(folder)

    def tried(self, fault: Fault) -> Seen:
        """Plant a fault, run the tests, take it out again."""
        try:
            with self._with(fault):
                ended = self._tests(fault.tests)
        except (StaleFaultError, OSError) as problem:
            return Seen(fault, Outcome.STALE, str(problem))
        except subprocess.TimeoutExpired:
            return Seen(fault, Outcome.NOTICED, "the tests never ended")
        if ended.returncode in _NONE_THERE:
            return Seen(fault, Outcome.STALE, f"no such tests: {' '.join(fault.tests)}")
        if ended.returncode == 0:
            return Seen(fault, Outcome.UNNOTICED)
        named = _NOTICED_BY.search(ended.stdout)
        return Seen(fault, Outcome.NOTICED, named[1] if named else "the tests could not start")

    def baseline(self, faults: Sequence[Fault]) -> str:
        """What the tests say without any fault; empty when they are green."""
        ended = self._tests(sorted({test for fault in faults for test in fault.tests}))
        return "" if ended.returncode == 0 else ended.stdout[-2000:]

    @contextmanager
    def _with(self, fault: Fault) -> Iterator[None]:
        path = self._folder / fault.file
        sound = path.read_text("utf-8")
        self._write(path, fault.planted_in(sound))
        try:
            yield
        finally:
            self._write(path, sound)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        self._planted += 1
        # Compiled files are known by whole seconds and size: each version gets a time of its own.
        time = 1_700_000_000 + self._planted
        os.utime(path, (time, time))

    def _tests(self, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
        quietly = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=no"]
        environment = os.environ | {
            "PYTHONPATH": str(self._folder),
            "QT_QPA_PLATFORM": "offscreen",
            "CI": "true",  # generated examples are the same each time
        }
        return subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", *quietly, *tests],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
