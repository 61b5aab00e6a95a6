"""Where the numbers of needles stand, so that none hides another."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

XY = tuple[float, float]

BADGE_PX = 10.5
"""Radius of a badge."""

_CELL_PX = 48.0
_CLEAR_PX = 3.0
_SHAFT_PX = 2.0
_ALONG = (0.4, 0.62)
"""Where along the shaft it is looked whether something is in its way."""
_REACHES = (46.0, 66.0, 88.0)
_TURNS = (0, -26, 26, -52, 50, 96, -90, 128, -132, 180)
"""Degrees from the usual direction, up and to the right, in the order they are tried."""


def _directions() -> tuple[XY, ...]:
    usual = math.radians(-51.0)
    return tuple(
        (reach * math.cos(usual + math.radians(turn)), reach * math.sin(usual + math.radians(turn)))
        for reach in _REACHES
        for turn in _TURNS
    )


DIRECTIONS = _directions()
"""Every way from a needle's tip to its badge, the best first, in pixels."""

USUAL = DIRECTIONS[0]


@dataclass(frozen=True, slots=True)
class _Disc:
    x: float
    y: float
    radius: float


class Crowd:
    """What already takes up room on the map."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Disc]] = {}

    def add(self, at: XY, radius: float) -> None:
        """Something round stands here."""
        disc = _Disc(*at, radius)
        cell = (int(at[0] // _CELL_PX), int(at[1] // _CELL_PX))
        self._cells.setdefault(cell, []).append(disc)

    def overlap(self, at: XY, radius: float) -> float:
        """How far a disc would reach into what is there, in pixels, summed."""
        column, row = int(at[0] // _CELL_PX), int(at[1] // _CELL_PX)
        total = 0.0
        for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for disc in self._cells.get(cell, ()):
                apart = math.hypot(disc.x - at[0], disc.y - at[1])
                total += max(0.0, disc.radius + radius - apart)
        return total


def placed(tips: Mapping[str, XY], others: Iterable[XY], others_px: float) -> dict[str, XY]:
    """Choose for each needle where its badge stands from its tip.

    Args:
        tips: Where the needles are, in pixels, in the order in which they choose.
        others: Other marks that a badge should leave free.
        others_px: The radius of those.
    """
    crowd = Crowd()
    for at in others:
        crowd.add(at, others_px)
    for at in tips.values():
        crowd.add(at, 5.0)
    return {key: _placed(crowd, at) for key, at in tips.items()}


def _placed(crowd: Crowd, tip: XY) -> XY:
    best, least = USUAL, math.inf
    for way in DIRECTIONS:
        at = (tip[0] + way[0], tip[1] + way[1])
        overlap = crowd.overlap(at, BADGE_PX + _CLEAR_PX)
        overlap += sum(crowd.overlap(_between(tip, at, part), _SHAFT_PX) for part in _ALONG)
        if overlap < least:
            best, least = way, overlap
        if not overlap:
            break
    badge = (tip[0] + best[0], tip[1] + best[1])
    crowd.add(badge, BADGE_PX + _CLEAR_PX)
    for part in _ALONG:
        crowd.add(_between(tip, badge, part), _SHAFT_PX)
    return best


def _between(tip: XY, badge: XY, part: float) -> XY:
    return tip[0] + part * (badge[0] - tip[0]), tip[1] + part * (badge[1] - tip[1])
