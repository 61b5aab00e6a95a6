"""Runs every benchmark, prints its results and writes them to RESULTS.md: `make bench`."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Result, machine

MODULES = (
    "p1_start",
    "p2_click",
    "p3_hit",
    "p4_pan_zoom",
    "p5_autosave",
    "p6_open",
    "p7_search",
    "p8_pdf",
    "p9_load",
    "p10_verify",
    "p11_backup",
    "p13_memory",
    "p14_over_time",
    "p15_standard_session",
    "p_seats",
)
RESULTS = Path(__file__).with_name("RESULTS.md")
TORTURE_TITLE = "# What was endured\n"

_HEAD = """# What was measured

Written by `make bench`. Every figure stands beside a peer measured in the same run, turn by
turn; ratios hold, while the figures themselves drift with the machine. The names stand for the
workloads: P1 the start, P2 click to pixels, P3 hit-testing, P4 pan and zoom, P5 a gesture stored,
P6 a visit opened, P7 a patient looked for, P8 the printed page, P9 loading the drawings, P10 the
proof of the record, P11 backup and restore, P13 memory, P14 visits over time, P15 clicks and keys,
P-seats ten seats on one server.
Peers that are faster are shown, and so are targets that were missed.
"""


def run_all(names: Sequence[str]) -> list[Result]:
    """Run the named benchmarks one after the other, printing as they end."""
    results: list[Result] = []
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        for result in module.run():
            print(result.line(), flush=True)
            results.append(result)
    return results


def as_table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    rows = ["| | what | ours | peer | ratio | at most | |", "|---|---|---|---|---|---|---|"]
    for result in results:
        peer = "" if result.peer is None else f"{result.peer:.3g}"
        verdict = "kept" if result.passed else "**missed**"
        rows.append(
            f"| {result.id} | {result.what} | {result.ours:.3g} | {peer} | "
            f"{result.ratio:.2f} | {result.target:g} | {verdict} |"
        )
    return "\n".join(rows)


def torture_part() -> str:
    """What `make torture` found last; it stays when speed is measured anew."""
    known = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, title, found = known.partition(TORTURE_TITLE)
    return f"\n{title}{found}" if title else ""


def main() -> int:
    """Measure, write, and say whether every target was kept."""
    results = run_all(sys.argv[1:] or MODULES)
    if not sys.argv[1:]:
        measured = f"{_HEAD}\n{machine()}\n\n{as_table(results)}\n"
        RESULTS.write_text(measured + torture_part(), encoding="utf-8")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
