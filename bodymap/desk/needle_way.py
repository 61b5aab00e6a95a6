"""Where a needle goes: what it meets, what its tip lies in, and what it comes too near.

Everything is told for the model body, an adult of average build; it is reference and decides
nothing. A slanting needle goes less deep than it is long: by the cosine of its tilt. When the
record says where it points, it is followed that way; else only its depth is corrected.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bodymap.atlas.clinical.hazards import Level
from bodymap.atlas.clinical.muscles import DepthGuide, Muscle
from bodymap.atlas.hazards import HazardNear
from bodymap.atlas.hit import Atlas, Hit, StackEntry
from bodymap.atlas.knowledge import Knowledge
from bodymap.atlas.structures import suitable_muscles
from bodymap.chart.marks import NeedleSite, TriggerPoint
from bodymap.chart.needling import Direction

TILT_DEG: Mapping[Direction, float] = {
    Direction.PERPENDICULAR: 0.0,
    Direction.OBLIQUE: 45.0,
    Direction.TANGENTIAL: 75.0,
}
"""How far a needle leans from the perpendicular; what is charted in words has these angles."""

USUAL_MM = 50.0
"""The longest of the usual needles; taken where no needle is charted yet."""

SPARE_MM = 20.0
"""What begins no deeper than this beyond the tip is minded: 10 mm to keep clear of it, and 10
because tissue gives way under the hand and patients are leaner than the model body."""

GRAVE_SPARE_MM = 30.0
"""The same for what is life-threatening. Over the ribs the model's pleura lies more than 40 mm
deep, where studies of healthy adults advise no more than 19 to 30."""

_MUSCLE_SPARE_MM = 10.0
"""A muscle that begins this much beyond the tip may be reached in a leaner patient."""

_LEVELS = tuple(Level)

_STEP_MM = 1.0
_LOOKS = 8
"""So many times along a slanting needle it is asked what is near."""


@dataclass(frozen=True, slots=True)
class Near:
    """A hazard and how near the needle comes to it.

    Attributes:
        hazard: Which one.
        beyond_mm: How much further in than the needle's tip it begins; 0 if the tip is there.
    """

    hazard: HazardNear
    beyond_mm: float

    @property
    def level(self) -> Level:
        """How bad a hit would be; serious where the reference says nothing."""
        known = Knowledge.load().hazards_of(self.hazard.id)
        return known[0].level if known else Level.SERIOUS

    @property
    def is_minded(self) -> bool:
        """Whether the needle comes so near that one is cautioned."""
        is_grave = self.level is Level.LIFE_THREATENING
        return self.beyond_mm <= (GRAVE_SPARE_MM if is_grave else SPARE_MM)

    @property
    def gap_mm(self) -> float:
        """From the needle to the hazard, in whichever direction; 0 if the needle reaches it."""
        return math.hypot(self.hazard.distance_mm, self.beyond_mm)


@dataclass(frozen=True, slots=True)
class Guide:
    """The depth that a source advises not to pass in a muscle."""

    muscle: Muscle
    depth: DepthGuide


@dataclass(frozen=True, slots=True)
class NeedleWay:
    """The way in of one needle; depths are below the skin, at right angles to it.

    Attributes:
        length_mm: How long the needle is.
        tilt_deg: How far it leans.
        clock: Where it points, if that is known.
        met: What lies on the way, in the order in which the needle meets it.
        near: The hazards about the way, the nearest first, for the needle as it is charted.
        guide: The guide value that applies here, if there is one.
    """

    length_mm: float
    tilt_deg: float
    clock: int | None
    met: tuple[StackEntry, ...]
    near: tuple[Near, ...]
    guide: Guide | None

    @property
    def reach_mm(self) -> float:
        """How deep the needle comes when it is pushed in to its handle."""
        return self.depth_of(self.length_mm)

    @property
    def is_followed(self) -> bool:
        """Whether a slanting needle is followed to where it points."""
        return self.tilt_deg > 0 and self.clock is not None

    def depth_of(self, along_mm: float) -> float:
        """How deep under the skin a tip is that was pushed in so far."""
        return along_mm * math.cos(math.radians(self.tilt_deg))

    def tip_in(self, along_mm: float) -> StackEntry | None:
        """What the tip lies in, the smallest if there are several; None between structures."""
        depth_mm = self.depth_of(along_mm)
        around = [entry for entry in self.met if entry.entry_mm <= depth_mm <= entry.exit_mm]
        return min(around, key=lambda entry: entry.exit_mm - entry.entry_mm, default=None)

    @property
    def cautioned(self) -> tuple[Near, ...]:
        """What the needle comes too near: the worst first, then the nearest."""
        minded = [near for near in self.near if near.is_minded]
        return tuple(sorted(minded, key=lambda near: (_LEVELS.index(near.level), near.gap_mm)))


def needle_way(atlas: Atlas, mark: TriggerPoint | NeedleSite, hit: Hit) -> NeedleWay:
    """Follow the needle of a mark into the model body.

    Args:
        atlas: The body.
        mark: A needle, or a trigger point that one might go to.
        hit: What lies under its place.
    """
    if isinstance(mark, TriggerPoint):
        near = tuple(_nearest([(hit, USUAL_MM)]))
        return NeedleWay(USUAL_MM, 0.0, None, hit.structures, near, _guide(mark, hit, USUAL_MM))
    tilt_deg = TILT_DEG[mark.direction]
    way = NeedleWay(mark.needle.length_mm, tilt_deg, mark.clock, hit.structures, (), None)
    along_mm = way.length_mm if mark.depth_mm is None else mark.depth_mm
    tip_mm = way.depth_of(along_mm)
    near = tuple(_nearest(_looks(atlas, hit, way, tip_mm)))
    met = tuple(_followed(atlas, hit, way)) if way.is_followed else hit.structures
    guide = _guide(mark, hit, tip_mm)
    return NeedleWay(way.length_mm, tilt_deg, mark.clock, met, near, guide)


def _looks(atlas: Atlas, hit: Hit, way: NeedleWay, tip_mm: float) -> Iterator[tuple[Hit, float]]:
    """Points under which to look for hazards, with the needle's depth there."""
    if not way.is_followed:
        yield hit, tip_mm
        return
    for number in range(_LOOKS + 1):
        depth_mm = tip_mm * number / _LOOKS
        below = atlas.hit(hit.view, *_shifted(hit, way, depth_mm))
        if below is not None:
            yield below, depth_mm


def _nearest(looks: Iterable[tuple[Hit, float]]) -> list[Near]:
    """Each hazard once, as near as the needle comes to it."""
    nearest: dict[tuple[str, str], Near] = {}
    for hit, depth_mm in looks:
        for hazard in hit.hazards:
            found = Near(hazard, max(0.0, hazard.depth_mm - depth_mm))
            key = (hazard.id, hazard.side)
            if key not in nearest or found.gap_mm < nearest[key].gap_mm:
                nearest[key] = found
    return sorted(nearest.values(), key=lambda near: (near.gap_mm, near.hazard.id))


def _followed(atlas: Atlas, hit: Hit, way: NeedleWay) -> Iterator[StackEntry]:
    """What a slanting needle meets, each from where it enters to where it leaves."""
    met: dict[tuple[str, str], StackEntry] = {}
    steps = math.floor(way.reach_mm * 1.1 / _STEP_MM)
    for depth_mm in (number * _STEP_MM for number in range(steps + 1)):
        spot = atlas.lookup(hit.view, *_shifted(hit, way, depth_mm))
        for entry in spot.stack if spot else ():
            if entry.entry_mm <= depth_mm <= entry.exit_mm:
                key = (entry.id, entry.side)
                first = met.get(key, entry._replace(entry_mm=depth_mm)).entry_mm
                met[key] = entry._replace(entry_mm=first, exit_mm=depth_mm + _STEP_MM)
    yield from sorted(met.values(), key=lambda entry: entry.entry_mm)


def _shifted(hit: Hit, way: NeedleWay, depth_mm: float) -> tuple[float, float]:
    """The point of the view under which a slanting needle has come to a depth."""
    aside_mm = depth_mm * math.tan(math.radians(way.tilt_deg))
    turn = math.radians(30.0 * (way.clock or 0))
    return hit.u + aside_mm * math.sin(turn), hit.v - aside_mm * math.cos(turn)


def _guide(mark: TriggerPoint | NeedleSite, hit: Hit, tip_mm: float) -> Guide | None:
    """The least guide value of the muscle that is meant and of those the needle may come to."""
    may_reach = [
        entry.id
        for entry in suitable_muscles(hit.structures)
        if entry.entry_mm <= tip_mm + _MUSCLE_SPARE_MM
    ]
    meant = [] if mark.muscle is None else [mark.muscle]
    muscles = map(Knowledge.load().muscle_of, dict.fromkeys((*meant, *may_reach)))
    guides = [Guide(m, m.depth_guide) for m in muscles if m is not None and m.depth_guide]
    return min(guides, key=lambda guide: guide.depth.mm, default=None)
