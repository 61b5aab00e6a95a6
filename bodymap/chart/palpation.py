"""What the hand and the algometer find at a trigger point."""

from dataclasses import dataclass
from enum import StrEnum

KPA_PER_KGF_CM2 = 98.0665
"""One kilogram-force on a square centimetre, from the standard gravity of 9.80665 m/s²."""

MOST_KPA = 2000.0
"""Hand-held algometers end at 20 kgf/cm², which is 1961 kPa."""


class PressureUnit(StrEnum):
    """What an algometer's scale shows."""

    KPA = "kPa"
    KGF_CM2 = "kgf/cm2"


@dataclass(frozen=True, slots=True)
class PressureThreshold:
    """The pressure at which pressing begins to hurt.

    Attributes:
        kpa: The pressure in kilopascals, whatever the scale showed.
        unit: The unit it was read in, and in which it is shown again.
    """

    kpa: float
    unit: PressureUnit = PressureUnit.KPA

    def __post_init__(self) -> None:
        if not 0 < self.kpa <= MOST_KPA:
            raise ValueError(
                "a pressure threshold lies above 0 and at most at 2000 kPa (20.4 kg/cm²)"
            )

    @classmethod
    def read_as(cls, value: float, unit: PressureUnit) -> "PressureThreshold":
        """The threshold of what the scale showed."""
        return cls(value * _kpa_per(unit), unit)

    @property
    def value(self) -> float:
        """What the scale showed, in its unit, to two decimals."""
        return round(self.kpa / _kpa_per(self.unit), 2)


def _kpa_per(unit: PressureUnit) -> float:
    return 1.0 if unit is PressureUnit.KPA else KPA_PER_KGF_CM2
