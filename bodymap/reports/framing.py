"""Which parts of a view are shown enlarged: where marks crowd, with enough body around them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bodymap.atlas.sheet import Frame
from bodymap.chart.marks import Mark, PainZone
from bodymap.reports.outlines import Box

MOST_PARTS = 6
"""Enlarged parts of one view; more would be a puzzle."""

WIDEST_PART_MM = 380.0
"""Of the body, that one part shows before it is better split."""

_EDGE_MM = 2.6
"""Of paper: nearer to the edge a symbol would be cut."""

_MARGIN_MM = 32.0
_SMALLEST_WINDOW_MM = 140.0
_READABLE_GAP_MM = 3.4
_COARSE_CELL_MM = 50.0
_MANY = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a view and the rectangle of the page that shows it.

    Attributes:
        box: The part, in millimetres of the view.
        corner: The rectangle's upper left corner on the page.
        size: The rectangle's width and height; of the same shape as the part.
    """

    box: Box
    corner: tuple[float, float]
    size: tuple[float, float]

    @property
    def scale(self) -> float:
        """Millimetres of paper for one millimetre of the body."""
        return self.size[0] / (self.box[2] - self.box[0])

    @property
    def origin(self) -> tuple[float, float]:
        """Where the view's (0, 0) falls on the page."""
        return self.corner[0] - self.box[0] * self.scale, self.corner[1] - self.box[1] * self.scale

    def on_page(self, u: float, v: float) -> tuple[float, float]:
        """Where a point of the view falls on the page."""
        x, y = self.origin
        return x + u * self.scale, y + v * self.scale

    def shows(self, mark: Mark) -> bool:
        """Whether the mark's place lies in the part, not just at its edge."""
        left, top, right, bottom = self.box
        edge = _EDGE_MM / self.scale
        u, v = mark.place.u_mm, mark.place.v_mm
        return left + edge <= u <= right - edge and top + edge <= v <= bottom - edge


def extent(mark: Mark) -> Box:
    """What a mark covers, in millimetres of its view."""
    if isinstance(mark, PainZone):
        points = [point for piece in mark.polygons for point in piece.outer]
    else:
        points = [(mark.place.u_mm, mark.place.v_mm)]
    us, vs = [u for u, _ in points], [v for _, v in points]
    return min(us), min(vs), max(us), max(vs)


def parts(marks: Sequence[Mark]) -> list[Box]:
    """Gather the marks of one view into few parts, each small enough to be shown large.

    Nearest neighbours join first. From top to bottom, then from left to right.
    """
    boxes = _coarse(map(extent, marks)) if len(marks) > _MANY else [extent(mark) for mark in marks]
    while len(boxes) > 1:
        joined, i, j = min(
            (_cost(_join(boxes[i], boxes[j])), i, j)
            for i in range(len(boxes))
            for j in range(i + 1, len(boxes))
        )
        if joined > WIDEST_PART_MM and len(boxes) <= MOST_PARTS:
            break
        boxes[i] = _join(boxes[i], boxes.pop(j))
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def crowding(marks: Sequence[Mark]) -> float:
    """The scale at which most marks stand far enough apart to be told from each other."""
    points = [(m.place.u_mm, m.place.v_mm) for m in marks if not isinstance(m, PainZone)][:_MANY]
    if len(points) < 2:
        return 0.0
    gaps = sorted(
        min(math.dist(point, other) for other in points[:i] + points[i + 1 :])
        for i, point in enumerate(points)
    )
    usual = gaps[len(gaps) // 3]
    return min(0.6, _READABLE_GAP_MM / max(usual, 1.0))


def least_window(usual: float, crowded: float, height: float) -> float:
    """How much of the body a part shows at least, in millimetres: less where marks crowd.

    Args:
        usual: What gives enough body around the marks.
        crowded: The scale the marks ask for.
        height: Of the place on the page, in millimetres.
    """
    if not crowded:
        return usual
    return min(usual, max(_SMALLEST_WINDOW_MM, height / crowded))


def window(part: Box, frame: Frame, shape: float, least: float) -> Box:
    """Widen a part to the shape of the place it is shown in.

    Args:
        part: What the marks cover.
        frame: What is drawn; a window leaves it only when it is larger than it.
        shape: Width by height of the place on the page.
        least: The shortest side of the window, in millimetres.
    """
    tall = max(part[3] - part[1] + 2 * _MARGIN_MM, least)
    wide = max(part[2] - part[0] + 2 * _MARGIN_MM, least)
    wide, tall = max(wide, tall * shape), max(tall, wide / shape)
    left = _shifted((part[0] + part[2]) / 2 - wide / 2, wide, frame.u0, frame.width)
    top = _shifted((part[1] + part[3]) / 2 - tall / 2, tall, frame.v0, frame.height)
    return left, top, left + wide, top + tall


def _shifted(start: float, length: float, frame_start: float, frame_length: float) -> float:
    if length >= frame_length:
        return frame_start + (frame_length - length) / 2
    return min(max(start, frame_start), frame_start + frame_length - length)


def _join(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _cost(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _coarse(boxes: Iterable[Box]) -> list[Box]:
    """Many marks are gathered by where they lie first."""
    cells: dict[tuple[int, int], Box] = {}
    for box in boxes:
        cell = (int(box[0] // _COARSE_CELL_MM), int(box[1] // _COARSE_CELL_MM))
        cells[cell] = _join(cells.get(cell, box), box)
    return list(cells.values())
