"""Colours and line weights of printed pages; they hold up on a grey printer too."""

from dataclasses import dataclass
from functools import cache

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour as a printer gets it: red, green, blue from 0 to 1."""

    red: float
    green: float
    blue: float

    @classmethod
    def of(cls, code: str) -> "Ink":
        """From the usual notation, such as `#1F6F6B`."""
        return cls(*(int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)))

    @property
    def fill(self) -> str:
        """The PDF operator that fills with it."""
        return f"{self} rg"

    @property
    def stroke(self) -> str:
        """The PDF operator that draws lines with it."""
        return f"{self} RG"

    @override
    def __str__(self) -> str:
        return _operands(self)

    @property
    def parts(self) -> tuple[float, float, float]:
        """Red, green, blue."""
        return self.red, self.green, self.blue


@cache
def _operands(ink: Ink) -> str:
    return " ".join(f"{part:.3f}".rstrip("0").rstrip(".") for part in ink.parts)


PAPER = Ink.of("#FFFFFF")
TEXT = Ink.of("#1F2928")
MUTED = Ink.of("#5F6E6B")
RULE = Ink.of("#CFC8BE")
STRONG_RULE = Ink.of("#6F7B78")
BAND = Ink.of("#F6F3EE")
ACCENT = Ink.of("#1F6F6B")
CAUTION = Ink.of("#8A4B08")
CAUTION_GROUND = Ink.of("#FDF3E3")

TRIGGER_POINT = Ink.of("#B3262F")
NEEDLE = Ink.of("#174F7C")
PAIN = Ink.of("#A85B07")
NOTE = Ink.of("#5C4192")

HAIRLINE = 0.35
"""In points: the thinnest line that every office printer shows."""
