"""A shape of very many outlines taken apart into clusters that lie together.

One path with a thousand outlines is slow to fill, and has to be filled even where a single one of
them shows. A few neighbours at a time are the quickest.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bodymap.widgets.map.body.paths import Points, pieces

AT_ONCE = 4
_CELL_MM = 50.0

Outline = tuple[bytes, Points]
Box = tuple[float, float, float, float]


def clusters(codes: bytes, points: Points) -> Iterator[list[Outline]]:
    """The outlines of a shape, a handful of neighbours at a time; holes stay with what they pierce.

    Yields:
        Outlines to be filled together, even-odd.
    """
    apart = pieces(codes, points)
    if len(apart) <= AT_ONCE:
        yield apart
        return
    boxes = [_box(outline[1]) for outline in apart]
    wholes = _wholes(boxes)
    batch: list[Outline] = []
    for whole in sorted(wholes, key=lambda members: _cell(boxes[members[0]])):
        batch += [apart[member] for member in whole]
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _wholes(boxes: list[Box]) -> list[list[int]]:
    """Outlines that lie within another's box go with it; the others stand alone."""
    table = np.array(boxes)
    order = np.argsort(-(table[:, 2] - table[:, 0]) * (table[:, 3] - table[:, 1]), kind="stable")
    taken = np.zeros(len(boxes), bool)
    wholes: list[list[int]] = []
    for outer in order.tolist():
        if taken[outer]:
            continue
        inside = _within(table, outer) & ~taken
        inside[outer] = False
        taken |= inside
        taken[outer] = True
        wholes.append([outer, *np.flatnonzero(inside).tolist()])
    return wholes


def _within(table: npt.NDArray[np.float64], outer: int) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = table[outer]
    inside: npt.NDArray[np.bool_] = (
        (table[:, 0] >= left)
        & (table[:, 1] >= top)
        & (table[:, 2] <= right)
        & (table[:, 3] <= bottom)
    )
    return inside


def _box(points: Points) -> Box:
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return left, top, right, bottom


def _cell(box: Box) -> tuple[int, int]:
    return int(box[1] // _CELL_MM), int(box[0] // _CELL_MM)
