"""Where the numbers of needles stand, so that none hides another, nor is hidden itself."""

import math
from collections.abc import Iterable, Mapping

XY = tuple[float, float]

BADGE_PX = 10.5
"""Radius of a badge."""

_CELL_PX = 40.0
_BADGE_ROOM_PX = BADGE_PX + 3.0
_TIP_ROOM_PX = 5.0
_SHAFT_ROOM_PX = 2.0
_ALONG = (0.4, 0.62)
"""Where along a shaft it is looked whether something is in its way."""

_REACHES = (46.0, 68.0)
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


class Crowd:
    """What already takes up room on the map: discs, by the cell their middle lies in.

    Args:
        ceiling: Everything above is taken up too.
    """

    def __init__(self, ceiling: float = -math.inf) -> None:
        self._ceiling = ceiling
        self._cells: dict[tuple[int, int], list[tuple[float, float, float]]] = {}

    def add(self, at: XY, radius: float) -> None:
        """Something round stands here."""
        cell = (int(at[0] // _CELL_PX), int(at[1] // _CELL_PX))
        self._cells.setdefault(cell, []).append((at[0], at[1], radius))

    def add_needle(self, tip: XY, way: XY) -> None:
        """A shaft and a badge stand here."""
        self.add((tip[0] + way[0], tip[1] + way[1]), _BADGE_ROOM_PX)
        for part in _ALONG:
            self.add((tip[0] + part * way[0], tip[1] + part * way[1]), _SHAFT_ROOM_PX)

    def overlap(self, at: XY, radius: float, enough: float) -> float:
        """How far a disc would reach into what is there, in pixels, summed up to `enough`."""
        x, y = at
        column, row = int(x // _CELL_PX), int(y // _CELL_PX)
        total = max(0.0, self._ceiling - (y - radius))
        for i in (column - 1, column, column + 1):
            for j in (row - 1, row, row + 1):
                for other_x, other_y, other in self._cells.get((i, j), ()):
                    into = other + radius - math.hypot(other_x - x, other_y - y)
                    if into > 0:
                        total += into
            if total >= enough:
                break
        return total


def placed(
    tips: Mapping[str, XY],
    others: Iterable[XY] = (),
    others_px: float = 0.0,
    kept: Mapping[str, XY] | None = None,
    ceiling: float = -math.inf,
) -> dict[str, XY]:
    """Choose for each needle where its badge stands from its tip.

    Args:
        tips: Where the needles are, in pixels, in the order in which they choose.
        others: Other marks that a badge should leave free.
        others_px: The radius of those.
        kept: Needles whose badge stays where it is; the others make room.
        ceiling: No badge reaches higher than this, as far as there is another place.
    """
    stay = dict(kept or {})
    crowd = Crowd(ceiling)
    for at in others:
        crowd.add(at, others_px)
    for key, at in tips.items():
        crowd.add(at, _TIP_ROOM_PX)
        if key in stay:
            crowd.add_needle(at, stay[key])
    return {key: stay[key] if key in stay else _placed(crowd, at) for key, at in tips.items()}


def _placed(crowd: Crowd, tip: XY) -> XY:
    best, least = USUAL, math.inf
    for way in DIRECTIONS:
        overlap = _in_the_way(crowd, tip, way, least)
        if overlap < least:
            best, least = way, overlap
        if not overlap:
            break
    crowd.add_needle(tip, best)
    return best


def _in_the_way(crowd: Crowd, tip: XY, way: XY, enough: float) -> float:
    badge = (tip[0] + way[0], tip[1] + way[1])
    overlap = crowd.overlap(badge, _BADGE_ROOM_PX, enough)
    for part in _ALONG:
        if overlap >= enough:
            break
        at = (tip[0] + part * way[0], tip[1] + part * way[1])
        overlap += crowd.overlap(at, _SHAFT_ROOM_PX, enough - overlap)
    return overlap
