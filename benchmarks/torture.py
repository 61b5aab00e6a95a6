"""Runs the tests of endurance for long and keeps what they found: `make torture`.

Each such test says how often it did what it does, and how often something was wrong afterwards.
They run file by file, and what a file found is put down as soon as it has ended: whoever stops
half way loses one file's work. `python -m benchmarks.torture tests/...` tries some anew.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from benchmarks.__main__ import RESULTS, TORTURE_TITLE
from benchmarks.measure import machine

TESTS = Path("tests")
"""Where the tests are."""

HOW = ("-q", "-n", "2", "--dist", "worksteal", "-o", "faulthandler_timeout=0")
"""On two cores: one waits for disks and children most of the time."""

COLUMNS = "| | what | times | bad | tried by | on |\n|---|---|---|---|---|---|"


class Found(NamedTuple):
    """What one kind of torture came to.

    Attributes:
        test: Its number in the plan of tests, such as `R1`.
        what: What was done.
        times: How often.
        bad: How often something was wrong afterwards.
        file: The file of tests that did it.
        on: The day, such as `2026-03-04`.
    """

    test: str
    what: str
    times: int
    bad: int
    file: str
    on: str

    def line(self) -> str:
        """Its row of the table."""
        cells = (self.test, self.what, f"{self.times:,}", f"{self.bad:,}", self.file, self.on)
        return f"| {' | '.join(cells)} |"


def enduring() -> list[str]:
    """The files of tests that ask `tests.torture` how long they go on."""
    asks = "from tests.torture import"
    return [str(f) for f in sorted(TESTS.rglob("test_*.py")) if asks in f.read_text("utf-8")]


def endure(files: Sequence[str]) -> int:
    """Run files of tests for long, one after the other; whether all of them passed."""
    known = read(RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "")
    worst = 0
    for file in files:
        code, found = _endured(file)
        worst = max(worst, code)
        known = [*(row for row in known if row.file != file), *found]
        _write(known)
    return worst


def _endured(file: str) -> tuple[int, list[Found]]:
    print(f"{datetime.now(UTC):%H:%M} {file}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        put_down, outcome = Path(folder) / "found.jsonl", Path(folder) / "outcome.xml"
        put_down.touch()
        more = {"BODYMAP_TORTURE": "1", "BODYMAP_TORTURE_RESULTS": str(put_down)}
        command = [sys.executable, "-m", "pytest", *HOW, f"--junitxml={outcome}", file]
        code = subprocess.run(command, env={**os.environ, **more}, check=False).returncode  # noqa: S603
        lines = [json.loads(line) for line in put_down.read_text(encoding="utf-8").splitlines()]
        lines.append(_outcome(outcome))
    return code, summed(lines, file, f"{datetime.now(UTC):%Y-%m-%d}")


def _outcome(report: Path) -> dict[str, str]:
    """How many tests the file holds, and how many of them failed."""
    suite = next(ET.parse(report).iter("testsuite"))  # noqa: S314 - pytest wrote it
    bad = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
    return {
        "id": "",
        "what": "tests, all of the file",
        "count": suite.get("tests", ""),
        "bad": f"{bad}",
    }


def summed(lines: Iterable[Mapping[str, str]], file: str, on: str) -> list[Found]:
    """What the tests of a file put down, added up by what they did."""
    counts: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        both = counts.setdefault((line["id"], line["what"]), [0, 0])
        both[0] += int(line["count"])
        both[1] += int(line["bad"])
    return [
        Found(test, what, times, bad, file, on) for (test, what), (times, bad) in counts.items()
    ]


def read(results: str) -> list[Found]:
    """The rows of a table written before."""
    _, _, table = results.partition(COLUMNS)
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if line
    ]
    return [
        Found(test, what, int(times.replace(",", "")), int(bad.replace(",", "")), file, on)
        for test, what, times, bad, file, on in rows
    ]


def _write(found: Iterable[Found]) -> None:
    results = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    measured = results.partition(TORTURE_TITLE)[0].rstrip()
    head = f"{TORTURE_TITLE}\nWritten by `make torture`; each row says when it was tried last."
    rows = "\n".join(row.line() for row in sorted(found, key=_by_number))
    RESULTS.write_text(
        f"{measured}\n\n{head}\n\n{machine()}\n\n{COLUMNS}\n{rows}\n".lstrip(), encoding="utf-8"
    )


def _by_number(row: Found) -> tuple[str, int, str, str]:
    return row.test[:1], int(row.test[1:] or 0), row.what, row.file


if __name__ == "__main__":
    sys.exit(endure(sys.argv[1:] or enduring()))
