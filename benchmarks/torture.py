"""Runs the tests of endurance for long and keeps what they found: `make torture`.

Each such test says how often it did what it does, and how often something was wrong afterwards.
One that fails stands here too, with what it did until then.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.__main__ import RESULTS, TORTURE_TITLE
from benchmarks.measure import machine

TESTS = Path("tests")
"""Where the tests are."""

HOW = ("-q", "-n", "2", "--dist", "worksteal", "-o", "faulthandler_timeout=0")

VERDICTS = {
    int(pytest.ExitCode.OK): "Every test passed.",
    int(pytest.ExitCode.INTERRUPTED): "Stopped before its end: what is not listed was not run.",
}


def enduring() -> list[str]:
    """The files of tests that ask `tests.torture` how long they go on."""
    asks = "from tests.torture import"
    return [str(f) for f in sorted(TESTS.rglob("test_*.py")) if asks in f.read_text("utf-8")]


def endure() -> int:
    """Run the tests on two cores: one waits for disks and children most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        found.touch()
        more = {"BODYMAP_TORTURE": "1", "BODYMAP_TORTURE_RESULTS": str(found)}
        command = [sys.executable, "-m", "pytest", *HOW, *enduring()]
        code = subprocess.run(command, env={**os.environ, **more}, check=False).returncode  # noqa: S603
        lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    _write(lines, VERDICTS.get(code, "**A test failed.**"))
    return code


def _write(lines: list[dict[str, str]], verdict: str) -> None:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        both = counts[line["id"], line["what"]]
        both[0] += int(line["count"])
        both[1] += int(line["bad"])
    rows = ["| | what | times | bad |", "|---|---|---|---|"]
    rows += [
        f"| {of} | {what} | {n:,} | {bad} |" for (of, what), (n, bad) in sorted(counts.items())
    ]
    known = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    measured = known.partition(TORTURE_TITLE)[0].rstrip()
    head = f"{TORTURE_TITLE}\nWritten by `make torture`, {datetime.now(UTC):%d %B %Y}. {verdict}"
    table = "\n".join(rows)
    RESULTS.write_text(
        f"{measured}\n\n{head}\n\n{machine()}\n\n{table}\n".lstrip(), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(endure())
