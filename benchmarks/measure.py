"""Measures ours and a peer in the same run, turn by turn, and reports the ratio.

Numbers of different runs cannot be compared on a shared machine, ratios of one run can.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeVar

Argument = TypeVar("Argument")

ROUNDS = 9
"""Turns each side gets; odd, so that the median is one of them."""


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison.

    Attributes:
        id: The benchmark, such as `P3`.
        what: What was measured, in words, with its unit.
        ours: Our figure.
        peer: The peer's figure; `None` where the target is absolute.
        ratio: Ours by the peer's, or by the target where there is no peer.
        target: The ratio that must not be exceeded, or the absolute figure without a peer.
        passed: Whether it was kept.
    """

    id: str
    what: str
    ours: float
    peer: float | None
    ratio: float
    target: float
    passed: bool

    def line(self) -> str:
        """The result as one line of text."""
        verdict = "ok" if self.passed else "MISSED"
        if self.peer is None:
            return f"{self.id}  {self.what}: {self.ours:.3g}, at most {self.target:g}: {verdict}"
        return (
            f"{self.id}  {self.what}: ours {self.ours:.3g}, peer {self.peer:.3g}, "
            f"ratio {self.ratio:.2f}, at most {self.target:g}: {verdict}"
        )


def compared(name: str, what: str, ours: float, peer: float, target: float) -> Result:
    """Judge a figure against a peer's."""
    ratio = ours / peer
    return Result(name, what, ours, peer, ratio, target, ratio <= target)


def limited(name: str, what: str, ours: float, target: float) -> Result:
    """Judge a figure against a fixed limit."""
    return Result(name, what, ours, None, ours / target if target else ours, target, ours <= target)


def in_turns(*jobs: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Time jobs in turns, A B A B, and return the median seconds of each."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            began = time.perf_counter()
            job()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def each_call(job: Callable[[Argument], object], arguments: Sequence[Argument]) -> list[int]:
    """Time every call by itself and return the nanoseconds, in order."""
    clock = time.perf_counter_ns
    taken = []
    for argument in arguments:
        began = clock()
        job(argument)
        taken.append(clock() - began)
    return taken


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of all values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def machine() -> str:
    """One line about where the figures come from."""
    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("PySide6_Essentials", "shapely", "numpy")
    )
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    processor = f"{os.cpu_count()} x {_processor()}{load}"
    return f"{processor}, Python {platform.python_version()}, {versions}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), "CPU")


def report(results: Sequence[Result]) -> int:
    """Print the results; 1 if one missed its target."""
    print(machine())
    for result in results:
        print(result.line())
    return 0 if all(result.passed for result in results) else 1
