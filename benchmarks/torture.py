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

from benchmarks.__main__ import RESULTS, TORTURE_TITLE
from benchmarks.measure import machine

TESTS = (
    "tests/journeys/test_kill.py",
    "tests/storage/test_power_loss.py",
    "tests/storage/test_damage.py",
    "tests/storage/test_restoring.py",
    "tests/storage/test_full_disk.py",
    "tests/storage/test_disk_faults.py",
    "tests/storage/test_read_only.py",
    "tests/widgets/test_monkey.py",
    "tests/journeys/test_day.py",
    "tests/storage/test_processes.py",
    "tests/storage/test_clock.py",
)
"""Where `tests.torture` is used."""


def endure() -> int:
    """Run the tests, one after the other: they measure time and fill disks."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        found.touch()
        more = {"BODYMAP_TORTURE": "1", "BODYMAP_TORTURE_RESULTS": str(found)}
        command = [sys.executable, "-m", "pytest", "-q", "-o", "faulthandler_timeout=0", *TESTS]
        code = subprocess.run(command, env={**os.environ, **more}, check=False).returncode  # noqa: S603
        lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    _write(lines, is_sound=code == 0)
    return code


def _write(lines: list[dict[str, str]], *, is_sound: bool) -> None:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        both = counts[line["id"], line["what"]]
        both[0] += int(line["count"])
        both[1] += int(line["bad"])
    rows = ["| | what | times | bad |", "|---|---|---|---|"]
    rows += [
        f"| {of} | {what} | {n:,} | {bad} |" for (of, what), (n, bad) in sorted(counts.items())
    ]
    verdict = "Every test passed." if is_sound else "**A test failed.**"
    known = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    measured = known.partition(TORTURE_TITLE)[0].rstrip()
    head = f"{TORTURE_TITLE}\nWritten by `make torture`, {datetime.now(UTC):%d %B %Y}. {verdict}"
    table = "\n".join(rows)
    RESULTS.write_text(
        f"{measured}\n\n{head}\n\n{machine()}\n\n{table}\n".lstrip(), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(endure())
