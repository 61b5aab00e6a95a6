"""How much of the body pain zones cover, and how strongly; worked out, never stored.

Pain drawings are told in numbers by three simple measures: the area that is coloured, its share
of the whole outline ("coverage"), and the sum of the intensity over the area ("sum intensity").
Definitions after "Quantifying Pain Location and Intensity with Multimodal Pain Body Diagrams",
Journal of Visualized Experiments 2023, doi:10.3791/65334, which counts pixels; here the model
body's millimetres take their place. Zones that overlap count twice, as they do there.
"""

from collections.abc import Iterable

from bodymap.chart.marks import PainZone
from bodymap.chart.place import Ring

_MM2_PER_CM2 = 100.0

_LEAST_SHARE = 0.1
"""Per cent."""


def area_cm2(zone: PainZone) -> float:
    """The zone's area on the model body, in square centimetres of its flat drawing."""
    area_mm2 = sum(
        _area_mm2(piece.outer) - sum(_area_mm2(hole) for hole in piece.holes)
        for piece in zone.polygons
    )
    return area_mm2 / _MM2_PER_CM2


def percent_of_body(zones: Iterable[PainZone], body_cm2: float) -> float:
    """The share of the body's outlines that the zones cover, in percent.

    Args:
        zones: Any zones.
        body_cm2: The area of the outlines that stand for the whole body.
    """
    return 100.0 * sum(map(area_cm2, zones)) / body_cm2


def share_of_body(zones: Iterable[PainZone], body_cm2: float) -> str:
    """The same in words, to a tenth of a percent; what is charted is never told as nothing."""
    return f"{max(percent_of_body(zones, body_cm2), _LEAST_SHARE):.1f} %"


def pain_index(zones: Iterable[PainZone]) -> float | None:
    """The sum of area times intensity, in cm² × NPRS; None while no zone has been rated."""
    rated = [area_cm2(zone) * zone.intensity for zone in zones if zone.intensity is not None]
    return sum(rated) if rated else None


def _area_mm2(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
