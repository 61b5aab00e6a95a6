"""Places the labels of marks where they cover neither each other nor other marks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Rectangle = tuple[Point, Point]
"""An upper left corner, and width and height."""

Floats = npt.NDArray[np.float64]

_DIRECTIONS = 16
_REACHES = (0.0, 1.6, 3.4, 5.6, 8.4, 12.0)
_CLEAR = 0.35
_SECOND_LOOK = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that seeks its place; millimetres on the page.

    Attributes:
        anchor: The point it belongs to.
        clearance: How far the mark itself reaches from the anchor.
        size: The label's width and height.
        reach: The least distance from the mark's edge to the label.
        towards: The direction it leans if it can, in degrees; 0 is right, 90 is down.
        may_cover: The label may lie on its own anchor.
    """

    anchor: Point
    clearance: float
    size: Point
    reach: float = 0.4
    towards: float = -50.0
    may_cover: bool = False


def place_labels(
    wanted: Sequence[Wanted], space: Rectangle, taken: Sequence[Rectangle] = ()
) -> list[Point]:
    """The centre of each label, in the order wanted.

    Each takes the cheapest of some hundred places, given those that stand already; then all
    look once more, given all others.

    Args:
        wanted: The labels.
        space: What they must stay in.
        taken: What else is written there.
    """
    if not wanted:
        return []
    board = _Board(wanted, space, taken)
    for i in range(len(wanted)):
        board.settle(i, range(i))
    if len(wanted) <= _SECOND_LOOK:
        everyone = range(len(wanted))
        for i in everyone:
            board.settle(i, [j for j in everyone if j != i])
    return [(float(x), float(y)) for x, y in board.centres]


class _Board:
    """Labels with the places they have taken so far."""

    def __init__(
        self, wanted: Sequence[Wanted], space: Rectangle, taken: Sequence[Rectangle]
    ) -> None:
        self.wanted = wanted
        self.low = np.array(space[0]) + _CLEAR
        self.high = np.array(space[0]) + np.array(space[1]) - _CLEAR
        self.taken = np.array(taken, float).reshape(-1, 2, 2)
        self.anchors = np.array([one.anchor for one in wanted], float)
        self.clearances = np.array([one.clearance for one in wanted], float)
        self.halves = np.array([one.size for one in wanted], float) / 2
        self.centres = self.anchors.copy()

    def settle(self, i: int, standing: Sequence[int]) -> None:
        """Give label `i` the cheapest place beside those that stand."""
        places, cost = self._places(i)
        half = self.halves[i]
        places = np.clip(places, self.low + half, np.maximum(self.high - half, self.low + half))
        others = np.array(standing, int)
        cost = cost + self._over_marks(i, places) + self._over_taken(i, places)
        cost += 0.6 * self._strayed(i, places)
        if len(others):
            cost += self._over_labels(i, places, others) + self._crossing(i, places, others)
        self.centres[i] = places[int(cost.argmin())]

    def _places(self, i: int) -> tuple[Floats, Floats]:
        one = self.wanted[i]
        angles = np.arange(_DIRECTIONS) * (2 * math.pi / _DIRECTIONS)
        turned = np.abs((angles - math.radians(one.towards) + math.pi) % (2 * math.pi) - math.pi)
        ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        least = one.clearance + one.reach + np.abs(ways) @ self.halves[i] * 0.92
        places = [self.anchors[i] + ways * (least + reach)[:, None] for reach in _REACHES]
        costs = [turned * 0.45 + reach * 0.5 for reach in _REACHES]
        if one.may_cover:
            places.insert(0, self.anchors[i][None, :])
            costs.insert(0, np.zeros(1))
        return np.concatenate(places), np.concatenate(costs)

    def _strayed(self, i: int, places: Floats) -> Floats:
        """Clipping may push a label back onto its own mark."""
        if self.wanted[i].may_cover:
            return np.zeros(len(places))
        gap = np.abs(places - self.anchors[i]) - self.halves[i]
        inside = self.clearances[i] - np.max(gap, axis=1)
        return np.asarray(np.maximum(inside, 0) * 30)

    def _over_marks(self, i: int, places: Floats) -> Floats:
        gap = np.abs(places[:, None, :] - self.anchors[None, :, :]) - self.halves[i]
        depth = self.clearances[None, :] + _CLEAR - np.max(gap, axis=2)
        depth[:, i] = 0
        return np.asarray(np.maximum(depth, 0).sum(axis=1) * 4)

    def _over_taken(self, i: int, places: Floats) -> Floats:
        halves = self.taken[:, 1] / 2
        return self._overlaps(i, places, self.taken[:, 0] + halves, halves)

    def _over_labels(self, i: int, places: Floats, others: npt.NDArray[np.int_]) -> Floats:
        return self._overlaps(i, places, self.centres[others], self.halves[others])

    def _overlaps(self, i: int, places: Floats, centres: Floats, halves: Floats) -> Floats:
        reach = self.halves[i] + halves + _CLEAR
        overlap = reach[None, :, :] - np.abs(places[:, None, :] - centres[None, :, :])
        return np.asarray(np.maximum(overlap, 0).prod(axis=2).sum(axis=1) * 25)

    def _crossing(self, i: int, places: Floats, others: npt.NDArray[np.int_]) -> Floats:
        """Lines from marks to labels that cross."""
        start, end = self.anchors[others][None, :, :], self.centres[others][None, :, :]
        mine, place = self.anchors[i][None, None, :], places[:, None, :]
        apart = (_turn(mine, place, start) * _turn(mine, place, end) < 0) & (
            _turn(start, end, mine) * _turn(start, end, place) < 0
        )
        return np.asarray(apart.sum(axis=1) * 6.0)


def _turn(a: Floats, b: Floats, c: Floats) -> Floats:
    return np.asarray(
        (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
        - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    )
