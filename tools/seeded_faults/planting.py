"""Plants a fault in a copy of the repository and runs the tests that should notice.

The libraries are loaded once; for each fault a child is forked that loads the program with the
fault in it and runs pytest.
"""

import importlib
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import NoReturn

import pytest

from tools.seeded_faults.catalogue import Fault, StaleFaultError

ROOT = Path(__file__).parents[2]
LONGEST_S = 600
_NOTICED_BY = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?)(?:\[| |$)", re.MULTILINE)
_QUIETLY = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=no")
_NOT_RUN = (3, 4, 5)
_LIBRARIES = (
    "alembic.command",
    "cryptography.x509",
    "psycopg",
    "PySide6.QtWidgets",
    "reportlab.pdfgen.canvas",
    "shapely",
    "sqlalchemy.orm",
    "sqlcipher3.dbapi2",
)
"""What takes long to load and is never changed."""


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
        for library in _LIBRARIES:
            importlib.import_module(library)
        return cls(folder)

    def tried(self, fault: Fault) -> Seen:
        """Plant a fault, run the tests, take it out again."""
        try:
            with self._with(fault):
                code, told = self._tests(fault.tests)
        except (StaleFaultError, OSError) as problem:
            return Seen(fault, Outcome.STALE, str(problem))
        if code in _NOT_RUN:
            return Seen(fault, Outcome.STALE, f"{' '.join(fault.tests)} could not be run")
        if code == 0:
            return Seen(fault, Outcome.UNNOTICED)
        named = _NOTICED_BY.search(told)
        return Seen(
            fault, Outcome.NOTICED, named[1] if named else "the tests did not come to their end"
        )

    def baseline(self, faults: Sequence[Fault]) -> str:
        """What the tests say without any fault; empty when they are green."""
        code, told = self._tests(sorted({test for fault in faults for test in fault.tests}))
        return told[-2000:] if code else ""

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
        stamp = 1_700_000_000 + self._planted
        os.utime(path, (stamp, stamp))

    def _tests(self, tests: Sequence[str]) -> tuple[int, str]:
        """Run tests in the copy; give pytest's exit code and what it said."""
        said = self._folder.with_suffix(".said")
        child = os.fork()
        if child == 0:
            self._run(tests, said)
        code = _ended(child)
        return code, said.read_text("utf-8", "replace")

    def _run(self, tests: Sequence[str], said: Path) -> NoReturn:
        """In a child: run pytest and never come back."""
        code = 3
        try:
            os.setpgid(0, 0)
            with said.open("wb") as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            os.chdir(self._folder)
            sys.path.insert(0, str(self._folder))
            os.environ |= {
                "PYTHONPATH": str(self._folder),  # for the programs that the tests start
                "QT_QPA_PLATFORM": "offscreen",
                "CI": "true",  # generated examples are the same each time
            }
            code = int(pytest.main([*_QUIETLY, *tests]))
            sys.stdout.flush()
        except BaseException:  # noqa: BLE001 - nothing may come back into the parent
            traceback.print_exc()
        finally:
            os._exit(code)


def _ended(child: int) -> int:
    """Wait for a child; one that goes on for too long is ended with all it started."""
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL
