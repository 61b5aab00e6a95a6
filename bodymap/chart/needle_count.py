"""Needles opened, put in, taken out and thrown away: they must be the same in the end."""

from dataclasses import dataclass

from bodymap.chart.checks import LONGEST_LINE, check_number, check_text

MOST_NEEDLES = 999
"""More than anybody uses in a session."""


@dataclass(frozen=True, slots=True)
class NeedleCount:
    """What was counted; how many went in and came out is told by the marks.

    Attributes:
        opened: Needles taken out of their packs.
        in_sharps: Needles put into the sharps container, unused ones too.
        difference: Why the numbers differ, where they do and it is known.
    """

    opened: int | None = None
    in_sharps: int | None = None
    difference: str = ""

    def __post_init__(self) -> None:
        check_number("the number of needles opened", self.opened, 0, MOST_NEEDLES, whole=True)
        check_number("the number in the sharps", self.in_sharps, 0, MOST_NEEDLES, whole=True)
        check_text("the reason why needles differ", self.difference, LONGEST_LINE)
