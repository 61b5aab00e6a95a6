"""`python -m tools.seeded_faults [WORD ...]`: plant the faults that name a word, or all of them."""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.seeded_faults.catalogue import known_faults
from tools.seeded_faults.planting import Ground, Outcome, Seen

_MARKS = {Outcome.NOTICED: "noticed", Outcome.UNNOTICED: "NOT NOTICED", Outcome.STALE: "STALE"}


def main() -> int:
    """Plant each fault and say which test turned red; 1 where none did."""
    parser = argparse.ArgumentParser(prog="python -m tools.seeded_faults", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="only faults that name it")
    parser.add_argument("--write", type=Path, help="a table (CSV) of what noticed each fault")
    parser.add_argument("--unsure", action="store_true", help="skip the run without any fault")
    asked = parser.parse_args()
    faults = known_faults(asked.words)
    seen: list[Seen] = []
    with tempfile.TemporaryDirectory(prefix="bodymap-faults-") as folder:
        ground = Ground.in_folder(Path(folder) / "copy")
        if not asked.unsure and (problem := ground.baseline(faults)):
            print(f"The tests are red without any fault:\n{problem}")
            return 1
        for fault in faults:
            seen.append(ground.tried(fault))
            print(_line(seen[-1]), flush=True)
    if asked.write:
        _write(seen, asked.write)
    return _summed_up(seen)


def _line(one: Seen) -> str:
    return f"{_MARKS[one.outcome]:<12}{one.fault.subject}: {one.fault.what}  <- {one.by or '-'}"


def _summed_up(seen: Sequence[Seen]) -> int:
    bad = [one for one in seen if one.outcome is not Outcome.NOTICED]
    print(f"{len(seen)} faults planted, {len(seen) - len(bad)} noticed.")
    return 1 if bad else 0


def _write(seen: Sequence[Seen], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("subject", "fault", "file", "noticed by"))
        for one in seen:
            by = one.by or _MARKS[one.outcome]
            table.writerow((one.fault.subject, one.fault.what, one.fault.file, by))


if __name__ == "__main__":
    sys.exit(main())
