"""What the panel of visits over time shows."""

from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.marks import MarkKind
from bodymap.widgets.inspector.model import Choice, Listed


class Mode(StrEnum):
    """What is looked at."""

    COMPARE = "compare"
    HEAT = "heat"
    MUSCLE = "muscle"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two visits.

    Attributes:
        here: Which visit is open, such as "Visit 3 of 4, 19 Oct 2026".
        others: The visits it can be compared with, the newest first.
        other: The one it is compared with.
        lines: A caption and words for each number that is compared.
        findings: The marks of both.
        can_go: Whether there is an earlier and a later visit.
        is_read: Whether the other visits have been read.
    """

    here: str = ""
    others: tuple[Choice, ...] = ()
    other: object = None
    lines: tuple[tuple[str, str], ...] = ()
    findings: tuple[Listed, ...] = ()
    can_go: tuple[bool, bool] = (False, False)
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class HeatChoice:
    """Which marks of which visits are shown as heat."""

    kind: MarkKind
    visits: tuple[Choice, ...]
    chosen: frozenset[object]
    words: str


@dataclass(frozen=True, slots=True)
class MuscleCourse:
    """One muscle through the visits, the newest first."""

    muscles: tuple[Choice, ...] = ()
    muscle: object = None
    rows: tuple[Listed, ...] = ()
