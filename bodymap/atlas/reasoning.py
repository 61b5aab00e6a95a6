"""From pain to muscle: whose known referral explains where it hurts.

A suggestion of where to look, from typical patterns; never a finding. How the ranking works
and how well it does is written in docs/reasoning.md.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import shapely
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.areas import regions_touched
from bodymap.atlas.clinical.muscles import Muscle, MuscleId, MuscleTriggerPoint
from bodymap.atlas.clinical.referral import Felt
from bodymap.atlas.drawing import Drawing
from bodymap.atlas.ids import LayerId, RegionId, Side
from bodymap.atlas.knowledge import Knowledge

Pattern = Mapping[Felt, float]
"""How strongly pain is felt where: 1 in primary regions, `SPILLOVER` in the others."""

SPILLOVER = 0.5
"""A region where only some people feel the pain counts half."""

_UNFELT = 0.25
"""Patterns are rarely felt whole: a primary region without pain counts a quarter of a painful
region without explanation. Spillover that is not felt counts nothing, for most do not feel it."""

_OFTEN = 0.55
"""The power a score is raised to where active trigger points are often found in the muscle."""

_SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A muscle whose known referral explains some of the pain.

    Attributes:
        muscle: Which muscle.
        name: Its English name.
        side: The patient's side.
        coverage: How much of the pain its pattern accounts for, in percent.
        excess: How much of its pattern is not painful, in percent.
        trigger_points: The ids of those of its trigger points that explain the pain best.
    """

    muscle: MuscleId
    name: str
    side: Side
    coverage: float
    excess: float
    trigger_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well the pattern of some trigger points fits the pain."""

    score: float
    coverage: float
    excess: float
    points: tuple[str, ...]
    often: bool

    @property
    def order(self) -> tuple[float, bool, float, float]:
        """What fits are sorted by, the best first; rounded, so that equals tie everywhere."""
        return (-round(self.score, 9), not self.often, self.excess, -self.coverage)


def explain(
    zones: Mapping[Felt, float], knowledge: Knowledge | None = None
) -> tuple[Explanation, ...]:
    """Rank the muscles whose known referral explains a pain, best first.

    Args:
        zones: The painful regions with their side, and how much each weighs; only the
            proportions matter. Regions that span the midline have the side `midline`.
        knowledge: The clinical reference; the program's own if not given.

    Raises:
        ValueError: A weight is negative or not finite.
    """
    if any(not math.isfinite(weight) or weight < 0 for weight in zones.values()):
        raise ValueError("weights of painful regions are finite and not negative")
    pain = _evened({felt: weight for felt, weight in zones.items() if weight > 0})
    found = [
        (fit, number, muscle, side)
        for number, (muscle, side, patterns) in enumerate(_patterns(knowledge or Knowledge.load()))
        if (fit := _best_fit(pain, patterns, often=bool(muscle.often_found_in)))
    ]
    found.sort(key=lambda found: (found[0].order, found[1]))
    return tuple(
        Explanation(muscle.id, muscle.name, side, fit.coverage, fit.excess, fit.points)
        for fit, _, muscle, side in found
    )


def zones_of(areas: Iterable[tuple[Drawing, BaseGeometry]]) -> dict[Felt, float]:
    """Weigh the regions that painful areas lie on, ready for `explain`.

    A region weighs the root of the area covered in it, so that a finger still counts beside a
    forearm. Where it is covered in several views it counts once, where it is covered most.

    Args:
        areas: Drawings, each with an area on it in millimetres of its view.
    """
    covered: dict[Felt, float] = {}
    for drawing, area in areas:
        touched = regions_touched(drawing, area)
        for felt, size in _sizes(drawing, area).items():
            if felt[0] in touched:
                covered[felt] = max(size, covered.get(felt, 0.0))
    return {felt: math.sqrt(size) for felt, size in covered.items()}


def _sizes(drawing: Drawing, area: BaseGeometry) -> dict[Felt, float]:
    """The square millimetres an area covers of each region."""
    sizes: dict[Felt, float] = {}
    for shape in drawing.in_layer(LayerId.SURFACE_REGIONS):
        common = float(shapely.intersection(shape.polygon(), area).area)
        if common > 0:
            felt = (RegionId(shape.structure), shape.side)
            sizes[felt] = sizes.get(felt, 0.0) + common
    return sizes


def _evened(pain: Mapping[Felt, float]) -> Pattern:
    """The same proportions, with a mean of 1."""
    mean = sum(pain.values()) / len(pain) if pain else 1.0
    return {felt: weight / mean for felt, weight in pain.items()}


@cache
def _patterns(
    knowledge: Knowledge,
) -> tuple[tuple[Muscle, Side, tuple[tuple[str, Pattern], ...]], ...]:
    """Each muscle on each side with the patterns of its trigger points there."""
    return tuple(
        (muscle, side, tuple((p.id, _pattern(p, side)) for p in _points(muscle, side)))
        for muscle in knowledge.muscles.values()
        for side in _SIDES
    )


def _points(muscle: Muscle, side: Side) -> Iterator[MuscleTriggerPoint]:
    return (point for point in muscle.trigger_points if point.only_side in {None, side})


def _pattern(point: MuscleTriggerPoint, side: Side) -> Pattern:
    pattern = dict.fromkeys(point.referral.spillover_on(side), SPILLOVER)
    return pattern | dict.fromkeys(point.referral.primary_on(side), 1.0)


def _best_fit(
    pain: Pattern, patterns: Sequence[tuple[str, Pattern]], *, often: bool
) -> _Fit | None:
    """The fit of those trigger points of a muscle that together explain the pain best."""
    touching = [named for named in patterns if not pain.keys().isdisjoint(named[1])]
    groups = (
        group for size in range(1, len(touching) + 1) for group in combinations(touching, size)
    )
    fits = (_fit(pain, group, often=often) for group in groups)
    return min(fits, key=lambda fit: fit.order, default=None)


def _fit(pain: Pattern, group: Sequence[tuple[str, Pattern]], *, often: bool) -> _Fit:
    """Compare a pain with the pattern several trigger points make together.

    The score is Tversky's index of likeness: what is common to both, divided by that and what
    either has alone, with different weights for the two.
    """
    felt: dict[Felt, float] = {}
    for _, pattern in group:
        felt |= {where: max(force, felt.get(where, 0.0)) for where, force in pattern.items()}
    total, whole = sum(pain.values()), sum(felt.values())
    common = sum(weight * felt.get(where, 0.0) for where, weight in pain.items())
    unfelt = [force for where, force in felt.items() if where not in pain]
    score = common / (total + _UNFELT * unfelt.count(1.0))
    return _Fit(
        score=score**_OFTEN if often else score,
        coverage=round(100 * common / total, 1),
        excess=round(100 * sum(unfelt) / whole, 1),
        points=tuple(name for name, _ in group),
        often=often,
    )
