"""What went wrong during or after needling."""

from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.checks import LONGEST_LINE, check_text


class EventKind(StrEnum):
    """What happened."""

    BRUISING = "bruising"
    BLEEDING = "bleeding"
    PAIN = "pain"
    FAINTING = "fainting"
    DIZZINESS = "dizziness"
    NAUSEA = "nausea"
    HEADACHE = "headache"
    DROWSINESS = "drowsiness"
    AGGRAVATION = "aggravation"
    NERVE = "nerve"
    INFECTION = "infection"
    PNEUMOTHORAX = "pneumothorax"
    ALLERGY = "allergy"
    STUCK_NEEDLE = "stuck-needle"
    BROKEN_NEEDLE = "broken-needle"
    LEFT_NEEDLE = "left-needle"
    NEEDLESTICK = "needlestick"
    OTHER = "other"


class Severity(StrEnum):
    """Mild passes by itself, significant needs care, serious a hospital or harms lastingly."""

    MILD = "mild"
    SIGNIFICANT = "significant"
    SERIOUS = "serious"


class Onset(StrEnum):
    """When it began."""

    DURING = "during"
    STRAIGHT_AFTER = "straight-after"
    SAME_DAY = "same-day"
    WITHIN_48_H = "within-48-h"
    LATER = "later"


class Outcome(StrEnum):
    """How it ended, in the words of FHIR's AdverseEvent."""

    RESOLVED = "resolved"
    RECOVERING = "recovering"
    ONGOING = "ongoing"
    SEQUELAE = "sequelae"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """One thing that went wrong.

    Attributes:
        action: What was done about it.
        reported_to: Who was told.
        text: What happened, in words.
    """

    kind: EventKind
    severity: Severity = Severity.MILD
    onset: Onset = Onset.DURING
    outcome: Outcome = Outcome.UNKNOWN
    action: str = ""
    reported_to: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        check_text("what was done", self.action)
        check_text("who was told", self.reported_to, LONGEST_LINE)
        check_text("what happened", self.text)
