"""How hands and skin were prepared, and how the patient lay."""

from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.checks import check_text


class HandHygiene(StrEnum):
    """What was done to the hands before the first needle."""

    ALCOHOL_RUB = "alcohol-rub"
    SOAP_WATER = "soap-water"
    NONE = "none"


class Gloves(StrEnum):
    """Whether gloves were worn."""

    BOTH_HANDS = "both-hands"
    ONE_HAND = "one-hand"
    NONE = "none"


class SkinPreparation(StrEnum):
    """What the skin was cleaned with."""

    ALCOHOL = "alcohol"
    CHLORHEXIDINE = "chlorhexidine"
    IODINE = "iodine"
    SOAP_WATER = "soap-water"
    NONE = "none"


class Position(StrEnum):
    """How the patient lay or sat; sides are the patient's own."""

    PRONE = "prone"
    SUPINE = "supine"
    LEFT_SIDE = "left-side"
    RIGHT_SIDE = "right-side"
    SITTING = "sitting"


@dataclass(frozen=True, slots=True)
class Hygiene:
    """What was done before the first needle; None where nobody said."""

    hands: HandHygiene | None = None
    gloves: Gloves | None = None
    skin: SkinPreparation | None = None
    positions: frozenset[Position] = frozenset()
    note: str = ""

    def __post_init__(self) -> None:
        check_text("a note on hygiene", self.note)

    @property
    def recorded(self) -> int:
        """How many of the four have been recorded."""
        said = (self.hands, self.gloves, self.skin)
        return sum(one is not None for one in said) + bool(self.positions)
