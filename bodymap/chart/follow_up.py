"""What is heard of the patient after the session: a call after a day or two, a pain journal."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bodymap.chart.checks import check_number, check_text

MOST = 10
"""Pain and soreness are told from 0 (none) to 10."""


class FollowUpKind(StrEnum):
    """Who brought it up."""

    FOLLOW_UP = "follow-up"
    JOURNAL = "journal"


class Relief(StrEnum):
    """How the complaint is, compared with before the session."""

    MUCH_BETTER = "much-better"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One entry: asked by the clinic, or from the patient's own pain journal.

    Attributes:
        on: The day it speaks of.
        pain: The complaint's pain, 0-10.
        soreness: Soreness from the needles, 0-10.
        relief: Compared with before the session.
        text: In words.
    """

    kind: FollowUpKind
    on: date
    pain: int | None = None
    soreness: int | None = None
    relief: Relief | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.on, date):
            raise ValueError("an entry is of a day")  # noqa: TRY004 - told like the others
        check_number("pain", self.pain, 0, MOST, whole=True)
        check_number("soreness", self.soreness, 0, MOST, whole=True)
        check_text("what was told", self.text)
