"""Says fast which shape of a layer lies under a point.

A grid of square cells stands before the polygons. Cells that no border crosses answer at
once; where one may be crossed, Shapely settles it. Among shapes that lie on one another, and
on a border, the one that is painted last has the point: every point has one owner.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.drawing import Shape, polygons_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_STEP_MM = 1.0
"""Borders are walked along in steps of at most this length."""

_NOBODY = -1
_FIRST_CONTEST = -2


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells over a view, numbered row by row from the upper left corner."""

    u0: float
    v0: float
    cell_mm: float
    width: int
    height: int

    def cells(self, u: Floats, v: Floats) -> Ints:
        """The cells of many points; -1 for those beside the grid."""
        column = np.floor((u - self.u0) / self.cell_mm).astype(np.int64)
        row = np.floor((v - self.v0) / self.cell_mm).astype(np.int64)
        inside = (column >= 0) & (column < self.width) & (row >= 0) & (row < self.height)
        return np.where(inside, row * self.width + column, -1)

    def centres(self, cells: Ints) -> tuple[Floats, Floats]:
        """The middles of cells."""
        rows, columns = np.divmod(cells, self.width)
        u = self.u0 + (columns.astype(np.float64) + 0.5) * self.cell_mm
        v = self.v0 + (rows.astype(np.float64) + 0.5) * self.cell_mm
        return u, v


class Partition:
    """The shapes of one layer, to be asked for points.

    Attributes:
        shapes: The shapes, in painting order.
        owners: The structure and side of each.
        polygons: What they enclose.
    """

    def __init__(self, shapes: Sequence[Shape], grid: Grid) -> None:
        self.shapes = tuple(shapes)
        self.owners = [(shape.structure, shape.side) for shape in self.shapes]
        self.polygons = np.array(polygons_of(self.shapes), object)
        self._tree = shapely.STRtree(self.polygons)
        shapely.prepare(self.polygons)
        self._rivals: dict[int, tuple[list[int], npt.NDArray[np.object_]]] = {}
        owners, contenders, starts = self._claimed(grid)
        self._owners: list[int] = owners.tolist()
        self._contenders: list[int] = contenders.tolist()
        self._contender_starts: list[int] = starts.tolist()

    def candidates(self, cell: int) -> list[int]:
        """Who may own points of a cell, the one painted last first; nobody off the shapes."""
        owner = self._owners[cell]
        if owner >= 0:
            return [owner]
        return [] if owner == _NOBODY else self._contenders_for(owner)

    def is_settled(self, cell: int) -> bool:
        """Tell whether all points of a cell have the same owner, or all have none."""
        return self._owners[cell] >= _NOBODY

    def owner(self, cell: int, u: float, v: float) -> int | None:
        """Which shape owns a point that lies in a cell; `None` if none does."""
        owner = self._owners[cell]
        if owner >= 0:
            return owner
        if owner == _NOBODY:
            return None
        numbers, polygons = self._rivals.get(owner) or self._rivals_for(owner)
        for number, is_hit in zip(numbers, shapely.intersects_xy(polygons, u, v), strict=True):
            if is_hit:
                return number
        return None

    def nearest(self, u: float, v: float) -> int:
        """The shape nearest to a point, for points in no shape."""
        return int(self._tree.nearest(shapely.Point(u, v)))

    def near(self, u: float, v: float, reach_mm: float) -> list[int]:
        """The shapes within reach of a point, the nearest first."""
        point = shapely.Point(u, v)
        close = self._tree.query(point, predicate="dwithin", distance=reach_mm)
        distances = shapely.distance(self.polygons[close], point)
        return [
            number for _, number in sorted(zip(distances.tolist(), close.tolist(), strict=True))
        ]

    def _contenders_for(self, contest: int) -> list[int]:
        number = _FIRST_CONTEST - contest
        first, last = self._contender_starts[number : number + 2]
        return self._contenders[first:last]

    def _rivals_for(self, contest: int) -> tuple[list[int], npt.NDArray[np.object_]]:
        numbers = self._contenders_for(contest)
        rivals = self._rivals[contest] = (numbers, self.polygons[numbers])
        return rivals

    def _claimed(self, grid: Grid) -> tuple[Ints, Ints, Ints]:
        """Find out whose each cell is.

        Returns:
            For each cell its owner, `_NOBODY`, or `_FIRST_CONTEST` less the number of its
            contest; the contenders of all contests in a row, each contest's highest first;
            and where the contenders of each contest begin.
        """
        size = grid.width * grid.height
        numbers, crossed = _crossings(self.polygons, grid)
        contested = np.unique(crossed)
        is_contested = np.zeros(size, np.bool_)
        is_contested[contested] = True
        runs = _first_of_runs(is_contested, grid.width)
        asked, covering = self._covering(np.concatenate((runs, contested)), grid)
        top = np.full(size, _NOBODY)
        np.maximum.at(top, asked, covering)
        owners = _carried_on(top, runs)
        within = is_contested[asked]
        cells, contenders = _highest_first(
            np.concatenate((crossed, asked[within])),
            np.concatenate((numbers, covering[within])),
            len(self.shapes),
        )
        owners[contested] = _FIRST_CONTEST - np.arange(len(contested))
        return owners, contenders, np.searchsorted(cells, [*contested, size])

    def _covering(self, cells: Ints, grid: Grid) -> tuple[Ints, Ints]:
        """Pairs of cell and polygon where the polygon covers the middle of the cell."""
        u, v = grid.centres(cells)
        nth, number = self._tree.query(shapely.points(u, v))
        order = np.argsort(number, kind="stable")
        nth, number = nth[order], number[order]
        bounds = np.searchsorted(number, np.arange(len(self.shapes) + 1))
        is_hit = np.zeros(len(nth), np.bool_)
        for polygon, (first, last) in zip(self.polygons, pairwise(bounds.tolist()), strict=True):
            here = nth[first:last]
            is_hit[first:last] = shapely.intersects_xy(polygon, u[here], v[here])
        return cells[nth[is_hit]], number[is_hit]


def _crossings(polygons: npt.NDArray[np.object_], grid: Grid) -> tuple[Ints, Ints]:
    """Pairs of polygon and cell where the polygon's border may cross the cell.

    None is missed: each border is walked in short steps, and all cells within half a step
    of the middle of a step are named.
    """
    parts, owner_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    owner = owner_of_part[part]
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[1:] == ring[:-1]
    starts, legs = corners[:-1][inner], np.diff(corners, axis=0)[inner]
    steps = np.maximum(np.ceil(np.hypot(*legs.T) / _STEP_MM), 1).astype(np.int64)
    nth = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    share = ((nth + 0.5) / np.repeat(steps, steps))[:, None]
    u, v = (np.repeat(starts, steps, axis=0) + share * np.repeat(legs, steps, axis=0)).T
    number = np.repeat(owner[ring[:-1][inner]], steps)
    half = _STEP_MM / 2
    size = grid.width * grid.height
    found = []
    for du, dv in ((-half, -half), (-half, half), (half, -half), (half, half)):
        cells = grid.cells(u + du, v + dv)
        pairs = (number * size + cells)[cells >= 0]
        found.append(pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))[: len(pairs)]])
    return np.divmod(np.unique(np.concatenate(found)), size)


def _first_of_runs(is_contested: npt.NDArray[np.bool_], width: int) -> Ints:
    """In each row the first cell of each run that no border crosses."""
    follows = np.concatenate(([False], ~is_contested[:-1]))
    follows[::width] = False
    return np.flatnonzero(~is_contested & ~follows)


def _carried_on(top: Ints, runs: Ints) -> Ints:
    """Give each cell what was found for the first one of its run."""
    firsts = np.zeros(len(top), np.int64)
    firsts[runs] = runs
    carried: Ints = top[np.maximum.accumulate(firsts)]
    return carried


def _highest_first(cells: Ints, numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """Sort pairs by cell, the highest number of each cell first, and drop repeated ones."""
    cells, rest = np.divmod(np.unique(cells * count + (count - 1 - numbers)), count)
    return cells, count - 1 - rest


class Shore:
    """The outline of the body, to find the way back onto it."""

    def __init__(self, body: BaseGeometry, reach_mm: float) -> None:
        self._reach_mm = reach_mm
        rings = shapely.get_rings(shapely.get_parts(body))
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        legs = np.stack((corners[:-1], corners[1:]), axis=1)[ring[1:] == ring[:-1]]
        self._legs = legs.reshape(-1, 4).tolist()
        self._tree = shapely.STRtree(shapely.linestrings(legs))

    def nearest(self, u: float, v: float) -> tuple[float, float, float] | None:
        """The point of the outline nearest to a point, and how far off that is.

        Returns:
            `None` if it is further off than the outline's reach.
        """
        found = self._tree.query_nearest(shapely.Point(u, v), max_distance=self._reach_mm)
        if not len(found):
            return None
        u0, v0, u1, v1 = self._legs[found[0]]
        du, dv = u1 - u0, v1 - v0
        length2 = du * du + dv * dv
        along = ((u - u0) * du + (v - v0) * dv) / length2 if length2 else 0.0
        along = min(1.0, max(0.0, along))
        nearest_u, nearest_v = u0 + along * du, v0 + along * dv
        return nearest_u, nearest_v, math.hypot(u - nearest_u, v - nearest_v)
