"""How the treatment of a complaint came about and what is planned for it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bodymap.chart.checks import LONGEST_LINE, check_number, check_text

LONGEST_STORY = 4000
"""Characters of how it came about, or of the goals."""

MOST_DAYS_BETWEEN = 365
MOST_VISITS = 200

_ICD_10 = re.compile(r"[A-Z]\d[\dAB](\.[\dA-Z]{1,4})?")


class EpisodeStatus(StrEnum):
    """FHIR's status of an episode of care."""

    PLANNED = "planned"
    WAITLIST = "waitlist"
    ACTIVE = "active"
    ON_HOLD = "onhold"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


@dataclass(frozen=True, slots=True)
class Course:
    """What is known and planned of one episode besides its complaint; all of it may be empty.

    Attributes:
        mechanism: How it came about.
        referral_source: Who sent the patient.
        days_between: The planned frequency: a visit every so many days.
        planned_visits: How many visits are planned.
        reassess_on: The day when it is looked at anew.
        icd_10: A code of ICD-10, such as M75.1; checked by its form only, for every country
            has a list of its own.
    """

    mechanism: str = ""
    referral_source: str = ""
    goals: str = ""
    days_between: int | None = None
    planned_visits: int | None = None
    reassess_on: date | None = None
    status: EpisodeStatus = EpisodeStatus.ACTIVE
    icd_10: str = ""

    def __post_init__(self) -> None:
        check_text("how it came about", self.mechanism, LONGEST_STORY)
        check_text("who referred", self.referral_source, LONGEST_LINE)
        check_text("the goals", self.goals, LONGEST_STORY)
        check_number("the days between visits", self.days_between, 1, MOST_DAYS_BETWEEN, whole=True)
        check_number("the planned visits", self.planned_visits, 1, MOST_VISITS, whole=True)
        if not isinstance(self.reassess_on, date | None):
            raise ValueError("the re-assessment is planned for a day")  # noqa: TRY004
        if not isinstance(self.status, EpisodeStatus):
            raise ValueError("a complaint has one of the states offered")  # noqa: TRY004
        check_text("the ICD-10 code", self.icd_10, 8)
        if self.icd_10 and not _ICD_10.fullmatch(self.icd_10):
            raise ValueError("an ICD-10 code looks like M75.1")
