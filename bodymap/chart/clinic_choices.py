"""What a clinic has chosen for all its visits: lists, reminders, severities, billing codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bodymap.chart.checks import LONGEST_LINE, check_lines, check_number, check_text
from bodymap.chart.template import Template

ADVICE = (
    "Soreness for a day or two is usual",
    "Move gently, no heavy load today",
    "Warmth and easy stretching help",
    "Press on a bruise, then leave it",
    "Call us if pain or swelling grows",
    "Short of breath: emergency call",
)
"""What patients are usually told to do afterwards, until a clinic has a list of its own."""

CONDITIONS = (
    "Myofascial pain",
    "Neck pain",
    "Tension-type headache",
    "Cervicogenic headache",
    "Jaw pain (temporomandibular)",
    "Shoulder pain, rotator cuff related",
    "Lateral elbow tendinopathy",
    "Thoracic spine pain",
    "Low back pain",
    "Gluteal tendinopathy",
    "Hip osteoarthritis",
    "Knee osteoarthritis",
    "Patellofemoral pain",
    "Hamstring strain",
    "Calf strain",
    "Achilles tendinopathy",
    "Plantar heel pain",
)
"""Names of conditions in usual terms, until a clinic has a list of its own."""

REMINDERS_MIN = (10, 30)
"""A reminder of needles that are in comes between so many minutes."""


@dataclass(frozen=True, slots=True)
class BillingCode:
    """A code that a session is billed by, with the number of muscles it stands for.

    Attributes:
        least: The fewest muscles.
        most: The most; None where there is no limit.
    """

    code: str
    text: str
    least: int = 1
    most: int | None = None

    def __post_init__(self) -> None:
        check_text("a billing code", self.code, LONGEST_LINE)
        check_text("the text of a billing code", self.text, LONGEST_LINE)
        check_number("the fewest muscles", self.least, 0, 999, whole=True)
        check_number("the most muscles", self.most, 0, 999, whole=True)
        if not self.code.strip():
            raise ValueError("a billing code needs a code")
        if self.most is not None and self.most < self.least:
            raise ValueError("the most muscles are not fewer than the fewest")


US_CODES = (
    BillingCode("20560", "Needle insertion(s) without injection(s), 1 or 2 muscles", 1, 2),
    BillingCode("20561", "Needle insertion(s) without injection(s), 3 or more muscles", 3, None),
)
"""Those of the United States, as an example that any country can replace."""


@dataclass(frozen=True, slots=True)
class ClinicChoices:
    """What holds for all visits of a clinic.

    Attributes:
        advice: Aftercare to choose from.
        conditions: Conditions to choose from.
        reminder_min: After how many minutes one is reminded of needles that are in.
        severities: Screening items that this clinic takes as ruling needling out (True) or as
            asking for care (False), where it differs from the reference.
        has_billing: Whether codes are shown.
        codes: The codes.
        templates: Sets of marks that are charted again and again.
    """

    advice: tuple[str, ...] = ADVICE
    conditions: tuple[str, ...] = CONDITIONS
    reminder_min: int = 20
    severities: tuple[tuple[str, bool], ...] = ()
    has_billing: bool = False
    codes: tuple[BillingCode, ...] = US_CODES
    templates: tuple[Template, ...] = ()

    def __post_init__(self) -> None:
        check_lines("a piece of advice", self.advice)
        check_lines("a condition", self.conditions)
        check_number("the reminder", self.reminder_min, *REMINDERS_MIN, whole=True)
        if self.reminder_min is None:
            raise ValueError("the reminder needs a number of minutes")
        items = [item for item, _ in self.severities]
        if items != sorted(set(items)):
            raise ValueError("each screening item has one severity, in order of their ids")

    @property
    def absolute(self) -> Mapping[str, bool]:
        """Whether an item rules needling out, for those the clinic has its own mind on."""
        return dict(self.severities)

    def with_severity(self, item: str, *, is_absolute: bool | None) -> "ClinicChoices":
        """The choices with another severity of an item; None goes back to the reference."""
        kept = {one: ruled for one, ruled in self.severities if one != item}
        if is_absolute is not None:
            kept[item] = is_absolute
        return replace(self, severities=tuple(sorted(kept.items())))

    def codes_for(self, muscles: int) -> tuple[BillingCode, ...]:
        """The codes for so many muscles."""
        return tuple(
            code
            for code in self.codes
            if code.least <= muscles and (code.most is None or muscles <= code.most)
        )
