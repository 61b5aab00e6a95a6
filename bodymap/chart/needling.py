"""How a needle was used and what came of it, as values of a needle site."""

from dataclasses import dataclass
from enum import StrEnum

_LIMITS = {
    "hz": (0.1, 250.0, "a frequency lies between 0.1 and 250 Hz"),
    "pulse_ms": (0.01, 10.0, "a pulse lasts between 0.01 and 10 ms"),
    "milliamperes": (0.01, 100.0, "a current lies between 0.01 and 100 mA"),
    "minutes": (0.5, 120.0, "electrical stimulation lasts between half a minute and two hours"),
}


class Technique(StrEnum):
    """How the needle is used."""

    DEEP = "deep"
    SUPERFICIAL = "superficial"
    IMS = "ims"
    TENDON = "tendon"
    PERINEURAL = "perineural"


class Direction(StrEnum):
    """How the needle stands to the skin."""

    PERPENDICULAR = "perpendicular"
    OBLIQUE = "oblique"
    TANGENTIAL = "tangential"


class Handle(StrEnum):
    """What the needle is held by."""

    PLASTIC = "plastic"
    STEEL = "steel"
    COPPER = "copper"
    SILVER = "silver"


class Manipulation(StrEnum):
    """What was done with the needle once it was in."""

    PISTONING = "pistoning"
    WINDING = "winding"
    IN_PLACE = "in-place"


class Sensation(StrEnum):
    """What the patient felt; `NONE` is an answer too, and stands alone."""

    DULL_ACHE = "dull-ache"
    CRAMP = "cramp"
    SHARP = "sharp"
    ELECTRIC = "electric"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stimulation:
    """Current through the needle; settings that were not noted are None, but not all of them.

    Attributes:
        hz: Pulses a second.
        pulse_ms: How long one pulse lasts.
        milliamperes: The current at its peak.
        minutes: For how long.
    """

    hz: float | None = None
    pulse_ms: float | None = None
    milliamperes: float | None = None
    minutes: float | None = None

    def __post_init__(self) -> None:
        settings = {name: getattr(self, name) for name in _LIMITS}
        if all(value is None for value in settings.values()):
            raise ValueError("electrical stimulation needs at least one of its settings")
        for name, value in settings.items():
            least, most, words = _LIMITS[name]
            if value is not None and not least <= value <= most:
                raise ValueError(words)
