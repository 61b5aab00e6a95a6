"""Where the marks of several visits lie, as a map of heat over one view of the body."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark, MarkKind, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit

CELL_MM = 4.0
SPREAD_MM = 16.0
"""How far the heat of a point reaches: the standard deviation of its bell."""

_REACH = 3.0
"""Beyond so many standard deviations there is none."""

Cells = npt.NDArray[np.float32]
Counts = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_CLASSES: Mapping[MarkKind, type[Mark]] = {
    MarkKind.TRIGGER_POINT: TriggerPoint,
    MarkKind.NEEDLE_SITE: NeedleSite,
    MarkKind.PAIN_ZONE: PainZone,
    MarkKind.NOTE: Note,
}


@dataclass(frozen=True)
class Heat:
    """A grid over a view.

    Attributes:
        u_mm: The left edge of the grid in the view's millimetres.
        v_mm: Its upper edge.
        cells: Row by row from above. A point counts 1 where it lies and less around it; a zone
            counts 1 all over.
    """

    u_mm: float
    v_mm: float
    cells: Cells

    @property
    def highest(self) -> float:
        """The hottest cell."""
        return float(self.cells.max(initial=0.0))


def heat(
    visits: Iterable[Visit],
    kind: MarkKind,
    view: ViewId,
    frame: tuple[float, float, float, float],
) -> Heat:
    """The heat of all marks of one kind.

    Args:
        visits: What to count.
        kind: Which marks.
        view: Where they lie.
        frame: Left, top, width and height of the view in millimetres.
    """
    left, top, width, height = frame
    grid = _Grid(left, top, int(np.ceil(height / CELL_MM)), int(np.ceil(width / CELL_MM)))
    kind_class = _CLASSES[kind]
    marks = [
        mark
        for visit in visits
        for mark in visit.marks
        if isinstance(mark, kind_class) and mark.place.view == view
    ]
    zones = [mark for mark in marks if isinstance(mark, PainZone)]
    cells = _areas(grid, zones) if zones else _points(grid, [mark.place for mark in marks])
    return Heat(left, top, cells.astype(np.float32))


class _Grid(NamedTuple):
    """Where the cells lie: the left and upper edge in millimetres, and how many there are."""

    left: float
    top: float
    rows: int
    columns: int


def _points(grid: _Grid, places: Sequence[Place]) -> Counts:
    """A bell around each place.

    Each point is shared out among the four cells around it, and the grid is then blurred as a
    whole (linear binning: M. P. Wand, J. Comput. Graph. Stat. 3 (1994) 433).
    """
    if not places:
        return np.zeros((grid.rows, grid.columns))
    shape = grid.rows + 2, grid.columns + 2  # with a margin of one cell all round
    u = np.fromiter((place.u_mm for place in places), np.float64, len(places))
    v = np.fromiter((place.v_mm for place in places), np.float64, len(places))
    column, row = (u - grid.left) / CELL_MM + 0.5, (v - grid.top) / CELL_MM + 0.5
    counts = np.zeros(shape[0] * shape[1])
    for rows, down in _shared(row):
        for columns, across in _shared(column):
            inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
            flat = (rows * shape[1] + columns)[inside]
            counts += np.bincount(flat, (down * across)[inside], counts.size)
    blurred = _bell(grid.rows) @ counts.reshape(shape) @ _bell(grid.columns).T
    return np.asarray(blurred, np.float64)


def _shared(at: Counts) -> tuple[tuple[Indices, Counts], ...]:
    """The cell before and the cell after, and how much each gets."""
    before = np.floor(at).astype(np.int64)
    share = at - before
    return (before, 1 - share), (before + 1, share)


def _bell(count: int) -> Counts:
    """What each of so many cells in a row gets of each other one and of the margin."""
    apart = np.subtract.outer(np.arange(1, count + 1), np.arange(count + 2)) * CELL_MM
    bell = np.exp(-0.5 * (apart / SPREAD_MM) ** 2)
    return np.where(np.abs(apart) <= _REACH * SPREAD_MM, bell, 0.0)


def _areas(grid: _Grid, zones: Sequence[PainZone]) -> Counts:
    """How many zones cover the middle of each cell.

    Along each row of cells the winding number goes up where an outline is entered and down
    where it is left, so all outlines are added up at once.
    """
    pieces = [piece for zone in zones for piece in zone.polygons]
    rings = [(ring, at == 0) for one in pieces for at, ring in enumerate((one.outer, *one.holes))]
    lengths = np.array([len(ring) for ring, _ in rings])
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(ring for ring, _ in rings)), float)
    start = flat.reshape(-1, 2)
    firsts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    following = np.arange(1, len(start) + 1)
    following[firsts + lengths - 1] = firsts
    end = start[following]
    turn = np.add.reduceat(start[:, 0] * end[:, 1] - end[:, 0] * start[:, 1], firsts)
    is_outer = np.array([outer for _, outer in rings])
    sign = np.where(is_outer, -np.sign(turn), np.sign(turn))
    return _wound(grid, start, end, np.repeat(sign, lengths))


def _wound(grid: _Grid, start: Counts, end: Counts, sign: Counts) -> Counts:
    """The winding numbers of all outlines together, from their edges."""
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    first = np.clip(_first_after(low - grid.top), 0, grid.rows)
    crossed = np.clip(_first_after(high - grid.top), 0, grid.rows) - first
    edge = np.repeat(np.arange(len(start)), crossed)
    within = np.arange(len(edge)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
    row = first[edge] + within
    (u0, v0), (u1, v1) = start[edge].T, end[edge].T
    middle = grid.top + (row + 0.5) * CELL_MM
    u = u0 + (middle - v0) * (u1 - u0) / (v1 - v0)
    column = np.clip(_first_after(u - grid.left), 0, grid.columns)
    wide = grid.columns + 1
    steps = np.bincount(row * wide + column, np.sign(v1 - v0) * sign[edge], grid.rows * wide)
    return np.asarray(np.cumsum(steps.reshape(grid.rows, wide), axis=1)[:, :-1], np.float64)


def _first_after(distance_mm: Counts) -> Indices:
    """The first cell whose middle does not lie before this distance from the edge."""
    return np.ceil(distance_mm / CELL_MM - 0.5).astype(np.int64)
