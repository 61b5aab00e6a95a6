"""What the patient was told and agreed to."""

import math
from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.checks import LONGEST_LINE, check_text


class ConsentForm(StrEnum):
    """How consent was given."""

    VERBAL = "verbal"
    WRITTEN = "written"


class ConsentGiver(StrEnum):
    """Who gave it."""

    PATIENT = "patient"
    GUARDIAN = "guardian"


class ConsentScope(StrEnum):
    """How far it reaches."""

    VISIT = "visit"
    EPISODE = "episode"


class Told(StrEnum):
    """What was explained beforehand."""

    PROCEDURE = "procedure"
    ALTERNATIVES = "alternatives"
    PAIN = "pain"
    BRUISING = "bruising"
    BLEEDING = "bleeding"
    FAINTING = "fainting"
    INFECTION = "infection"
    PNEUMOTHORAX = "pneumothorax"
    NERVE_INJURY = "nerve-injury"


SIGNATURE_SIZE = (300.0, 100.0)
"""Width and height of the box that signatures are kept in; strokes have no other unit."""

MOST_SIGNATURE_POINTS = 20_000
"""Far more than a hand draws; anything beyond is a slip of a program."""

Stroke = tuple[tuple[float, float], ...]
"""One line of the pen, x to the right and y down, within `SIGNATURE_SIZE`."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to this visit's treatment, or to all treatment of the complaint.

    Attributes:
        form: How it was given; None while it has not been.
        given_by: Who gave it.
        guardian: The guardian's name, where one gave it.
        scope: Whether it is for this visit or for the whole episode.
        told: What was explained.
        withdrawn: The patient took it back.
        signature: What was signed on the screen, as lines of the pen.
    """

    form: ConsentForm | None = None
    given_by: ConsentGiver = ConsentGiver.PATIENT
    guardian: str = ""
    scope: ConsentScope = ConsentScope.VISIT
    told: frozenset[Told] = frozenset()
    withdrawn: bool = False
    signature: tuple[Stroke, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        check_text("a guardian's name", self.guardian, LONGEST_LINE)
        check_text("a note on consent", self.note)
        if sum(map(len, self.signature)) > MOST_SIGNATURE_POINTS:
            raise ValueError("a signature has fewer points than that")
        width, height = SIGNATURE_SIZE
        for stroke in self.signature:
            if not stroke or not all(_is_in(x, width) and _is_in(y, height) for x, y in stroke):
                raise ValueError("a signature lies inside its box")

    @property
    def is_given(self) -> bool:
        """Whether it stands, by somebody who can be named."""
        is_named = self.given_by is ConsentGiver.PATIENT or bool(self.guardian.strip())
        return self.form is not None and is_named and not self.withdrawn


def _is_in(value: float, most: float) -> bool:
    return math.isfinite(value) and 0 <= value <= most
