"""A shape of very many outlines taken apart into clusters that lie together.

One path with a thousand outlines is slow to fill, and has to be filled even where a single one of
them shows. A few neighbours at a time are the quickest.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bodymap.widgets.map.body.paths import MOVE, Elements

AT_ONCE = 4
_CELL_MM = 50.0
_BEYOND_MM = 3.0  # boxes hold the control points too, which may lie beyond the curve

Boxes = npt.NDArray[np.float64]


def clusters(rows: Elements, *, may_be_pierced: bool) -> Iterator[Elements]:
    """The outlines of a shape, a handful of neighbours at a time.

    Args:
        rows: All elements of the shape.
        may_be_pierced: Whether an outline within another is a hole, to be filled with it.
    """
    starts = np.flatnonzero(rows["kind"] == MOVE)
    if len(starts) <= AT_ONCE:
        yield rows
        return
    outlines = np.split(rows, starts[1:])
    boxes = _boxes(rows, starts)
    wholes = _wholes(boxes) if may_be_pierced else [[i] for i in range(len(outlines))]
    cells = (boxes[[whole[0] for whole in wholes], :2] // _CELL_MM).astype(int)
    batch: list[Elements] = []
    for index in np.lexsort(cells.T).tolist():
        batch += [outlines[member] for member in wholes[index]]
        if len(batch) >= AT_ONCE:
            yield np.concatenate(batch)
            batch = []
    if batch:
        yield np.concatenate(batch)


def _boxes(rows: Elements, starts: npt.NDArray[np.intp]) -> Boxes:
    x, y = rows["x"].astype(np.float64), rows["y"].astype(np.float64)
    least = (np.minimum.reduceat(axis, starts) for axis in (x, y))
    most = (np.maximum.reduceat(axis, starts) for axis in (x, y))
    return np.stack([*least, *most], axis=1)


def _wholes(boxes: Boxes) -> list[list[int]]:
    """Outlines that lie within another's box go with it; the others stand alone."""
    sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    taken = np.zeros(len(boxes), bool)
    wholes: list[list[int]] = []
    for outer in np.argsort(-sizes, kind="stable").tolist():
        if taken[outer]:
            continue
        inside = _within(boxes, outer) & ~taken
        inside[outer] = False
        taken |= inside
        taken[outer] = True
        wholes.append([outer, *np.flatnonzero(inside).tolist()])
    return wholes


def _within(boxes: Boxes, outer: int) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = boxes[outer] + (-_BEYOND_MM, -_BEYOND_MM, _BEYOND_MM, _BEYOND_MM)
    inside: npt.NDArray[np.bool_] = (
        (boxes[:, 0] >= left)
        & (boxes[:, 1] >= top)
        & (boxes[:, 2] <= right)
        & (boxes[:, 3] <= bottom)
    )
    return inside
