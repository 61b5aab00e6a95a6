"""What must stay in sight whenever a patient is treated."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bodymap.chart.checks import check_number, check_text

PatientId = NewType("PatientId", str)

LONGEST_ALERT = 1000
"""Characters of an alert's own words."""


class AlertKind(StrEnum):
    """The kinds that screening asks about, and one for everything else."""

    ALLERGY = "allergy"
    METAL_ALLERGY = "metal-allergy"
    ANTICOAGULANT = "anticoagulant"
    BLEEDING_DISORDER = "bleeding"
    PREGNANCY = "pregnancy"
    PACEMAKER = "pacemaker"
    IMPLANT = "implant"
    PROSTHESIS = "prosthesis"
    NEEDLE_PHOBIA = "needle-phobia"
    IMMUNE_COMPROMISE = "immune"
    DIABETES = "diabetes"
    EPILEPSY = "epilepsy"
    LYMPHOEDEMA = "lymphoedema"
    OTHER = "other"


ALERT_NAMES = {
    AlertKind.ALLERGY: "Allergy",
    AlertKind.METAL_ALLERGY: "Metal allergy",
    AlertKind.ANTICOAGULANT: "Anticoagulant",
    AlertKind.BLEEDING_DISORDER: "Bleeding disorder",
    AlertKind.PREGNANCY: "Pregnancy",
    AlertKind.PACEMAKER: "Pacemaker",
    AlertKind.IMPLANT: "Implant",
    AlertKind.PROSTHESIS: "Prosthesis",
    AlertKind.NEEDLE_PHOBIA: "Needle phobia",
    AlertKind.IMMUNE_COMPROMISE: "Immune compromise",
    AlertKind.DIABETES: "Diabetes",
    AlertKind.EPILEPSY: "Epilepsy",
    AlertKind.LYMPHOEDEMA: "Lymphoedema",
    AlertKind.OTHER: "Other",
}
"""What each kind is called on a chip and on paper."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to mind.

    Attributes:
        words: What it is in this patient, such as "apixaban 5 mg"; an alert of no named kind
            has nothing else.
        trimester: 1 to 3, of a pregnancy only; None when not told.
        came_from: The record it was taken over from when two of one person were merged.
    """

    kind: AlertKind
    words: str = ""
    trimester: int | None = None
    came_from: PatientId | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.kind, AlertKind):
            raise ValueError("an alert is of one of the kinds offered")  # noqa: TRY004 - one error for all
        check_text("an alert's words", self.words, LONGEST_ALERT)
        check_number("a trimester", self.trimester, 1, 3, whole=True)
        if self.trimester is not None and self.kind is not AlertKind.PREGNANCY:
            raise ValueError("only a pregnancy has a trimester")
        if self.kind is AlertKind.OTHER and not self.words.strip():
            raise ValueError("say in a few words what the alert is about")

    @property
    def label(self) -> str:
        """The alert in one line, such as "Pregnancy, trimester 2: twins"."""
        if self.kind is AlertKind.OTHER:
            return self.words
        name = ALERT_NAMES[self.kind]
        if self.trimester is not None:
            name = f"{name}, trimester {self.trimester}"
        return f"{name}: {self.words}" if self.words.strip() else name

    def says_the_same(self, other: "Alert") -> bool:
        """Whether both tell the same, wherever they came from."""
        mine = (self.kind, self.words.strip().casefold(), self.trimester)
        return mine == (other.kind, other.words.strip().casefold(), other.trimester)
