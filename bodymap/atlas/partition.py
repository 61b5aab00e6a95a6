"""Says fast which shape of a layer lies under a point.

A grid of square cells stands before the polygons. Cells that no border crosses answer at
once; where one may be crossed, Shapely settles it. Among shapes that lie on one another, and
on a border, the one that is painted last has the point: every point has one owner.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.drawing import Shape

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_STEP_MM = 1.0
"""Borders are walked along in steps of at most this length."""

_NOBODY = -1
_CONTESTED = -2


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
        self.polygons = np.array([shape.polygon() for shape in self.shapes], object)
        self._tree = shapely.STRtree(self.polygons)
        shapely.prepare(self.polygons)
        self._rivals: dict[int, list[int]] = {}
        self._arrays: dict[int, tuple[list[int], npt.NDArray[np.object_]]] = {}
        self._owners: list[int] = self._claimed(grid).tolist()

    def candidates(self, cell: int) -> list[int]:
        """Who may own points of a cell, the one painted last first; nobody off the shapes."""
        owner = self._owners[cell]
        if owner == _CONTESTED:
            return self._rivals[cell]
        return [] if owner == _NOBODY else [owner]

    def is_settled(self, cell: int) -> bool:
        """Tell whether all points of a cell have the same owner, or all have none."""
        return self._owners[cell] != _CONTESTED

    def owner(self, cell: int, u: float, v: float) -> int | None:
        """Which shape owns a point that lies in a cell; `None` if none does."""
        owner = self._owners[cell]
        if owner >= 0:
            return owner
        if owner == _NOBODY:
            return None
        numbers, polygons = self._rivals_of(cell)
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

    def _rivals_of(self, cell: int) -> tuple[list[int], npt.NDArray[np.object_]]:
        known = self._arrays.get(cell)
        if known is None:
            numbers = self._rivals[cell]
            known = self._arrays[cell] = (numbers, self.polygons[numbers])
        return known

    def _claimed(self, grid: Grid) -> Ints:
        """Find the owner of each cell, and the rivals of each contested one."""
        size = grid.width * grid.height
        numbers, contested = _crossings(self.polygons, grid)
        owners = np.full(size, _NOBODY)
        owners[contested] = _CONTESTED
        asked = np.concatenate((_first_of_runs(owners, grid.width), np.unique(contested)))
        points, covering = self._tree.query(
            shapely.points(*grid.centres(asked)), predicate="intersects"
        )
        top = np.full(size, _NOBODY)
        np.maximum.at(top, asked[points], covering)
        owners = np.where(owners == _CONTESTED, _CONTESTED, _carried_on(top, owners, grid.width))
        covered = np.where(owners[asked[points]] == _CONTESTED)[0]
        self._rivals = _by_cell(
            np.concatenate((contested, asked[points[covered]])),
            np.concatenate((numbers, covering[covered])),
        )
        return owners


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


def _first_of_runs(owners: Ints, width: int) -> Ints:
    """In each row the first cell of each run that no border crosses."""
    free = owners != _CONTESTED
    follows = np.concatenate(([False], free[:-1]))
    follows[::width] = False
    return np.flatnonzero(free & ~follows)


def _carried_on(top: Ints, owners: Ints, width: int) -> Ints:
    """Give each cell of a run what was found for its first one."""
    firsts = np.zeros(len(owners), np.int64)
    begins = _first_of_runs(owners, width)
    firsts[begins] = begins
    return top[np.maximum.accumulate(firsts)]


def _by_cell(cells: Ints, numbers: Ints) -> dict[int, list[int]]:
    """Gather numbers by cell, each once, the highest first."""
    found: dict[int, set[int]] = {}
    for cell, number in zip(cells.tolist(), numbers.tolist(), strict=True):
        found.setdefault(cell, set()).add(number)
    return {cell: sorted(owners, reverse=True) for cell, owners in found.items()}


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
