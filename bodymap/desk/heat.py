"""Where the marks of several visits lie, as a map of heat over one view of the body."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon as Area

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark, MarkKind, PainZone, kind_of
from bodymap.chart.visit import Visit

CELL_MM = 4.0
SPREAD_MM = 16.0
"""How far the heat of a point reaches: the standard deviation of its bell."""

_REACH = 3.0
"""Beyond so many standard deviations there is none."""

Cells = npt.NDArray[np.float32]


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
    shape = (int(np.ceil(height / CELL_MM)), int(np.ceil(width / CELL_MM)))
    u = left + (np.arange(shape[1], dtype=np.float32) + 0.5) * CELL_MM
    v = top + (np.arange(shape[0], dtype=np.float32) + 0.5) * CELL_MM
    cells = np.zeros(shape, np.float32)
    for visit in visits:
        for mark in visit.marks:
            if kind_of(mark) == kind and mark.place.view == view:
                _add(cells, u, v, mark)
    return Heat(left, top, cells)


def _add(cells: Cells, u: Cells, v: Cells, mark: Mark) -> None:
    if isinstance(mark, PainZone):
        for piece in mark.polygons:
            _add_area(cells, u, v, Area(piece.outer, piece.holes))
        return
    rows = np.abs(v - mark.place.v_mm) <= _REACH * SPREAD_MM
    columns = np.abs(u - mark.place.u_mm) <= _REACH * SPREAD_MM
    across = np.exp(-0.5 * ((u[columns] - mark.place.u_mm) / SPREAD_MM) ** 2)
    down = np.exp(-0.5 * ((v[rows] - mark.place.v_mm) / SPREAD_MM) ** 2)
    cells[np.ix_(rows, columns)] += np.outer(down, across)


def _add_area(cells: Cells, u: Cells, v: Cells, area: Area) -> None:
    u0, v0, u1, v1 = area.bounds
    rows, columns = (v >= v0) & (v <= v1), (u >= u0) & (u <= u1)
    if not (rows.any() and columns.any()):
        return
    us, vs = np.meshgrid(u[columns], v[rows])
    cells[np.ix_(rows, columns)] += shapely.contains_xy(area, us, vs)
