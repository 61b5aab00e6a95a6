"""Graded lines along the borders of a dissection: its silhouette heavier than its inner borders.

Borders that run on into each other become one stroke that swells and runs out to a point. Where
nothing is said the thin line that every structure has is enough: between the heads of one muscle,
and along short borders.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.draw_atlas.bezier import Cubics, Fit, Points, fit_cubics, flatten
from tools.draw_atlas.partition import Partition
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.strokes import swelled
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.topology import Arc

_THROUGH_COSINE = 0.75


@dataclass(frozen=True)
class LineGrades:
    """Which borders get a line of their own.

    Attributes:
        silhouette_mm: Lines against the skin from this length on, drawn heavily.
        inner_mm: Lines between different muscles from this length on, drawn less so.
        heavy_mm: Width of a heavy line in its middle.
        light_mm: Width of the others.
        error_mm: How far a line may lie from its border.
    """

    silhouette_mm: float
    inner_mm: float
    heavy_mm: float = 0.95
    light_mm: float = 0.75
    error_mm: float = 0.3


def border_lines(
    partition: Partition, muscles: Mapping[str, str], grades: LineGrades
) -> list[DrawnPath]:
    """Draw the graded lines of a partition.

    Args:
        partition: The level as drawn.
        muscles: For each muscle's id the muscle it is a part of, or itself.
        grades: Which borders count.
    """
    inner = [arc for arc in partition.arcs if _parts_muscles(arc, muscles)]
    outer = [arc for arc in partition.arcs if _bounds_muscle(arc, muscles)]
    drawn = (
        (inner, grades.inner_mm, grades.light_mm, "contour contour-2 filled"),
        (outer, grades.silhouette_mm, grades.heavy_mm, "contour contour-1 filled"),
    )
    return [
        DrawnPath(closed_paths(strokes, digits=1), classes)
        for arcs, least_mm, width_mm, classes in drawn
        if (strokes := _strokes(arcs, least_mm, width_mm, grades.error_mm))
    ]


def _strokes(arcs: list[Arc], least_mm: float, width_mm: float, error_mm: float) -> list[Cubics]:
    lines = [line for line in _run_together(arcs) if _length(line) >= least_mm]
    return [swelled(fit_cubics(line, Fit(error_mm)), width_mm) for line in lines]


def _run_together(arcs: list[Arc]) -> list[Points]:
    """Join arcs end to end where one runs on into the next."""
    lines = [flatten(arc.curve, 10) for arc in arcs if arc.curve is not None]
    while True:
        ends: dict[tuple[float, float], list[tuple[int, bool]]] = defaultdict(list)
        for index, line in enumerate(lines):
            ends[_key(line[0])].append((index, True))
            ends[_key(line[-1])].append((index, False))
        pair = next((p for meeting in ends.values() if (p := _best_pair(meeting, lines))), None)
        if pair is None:
            return lines
        (a, a_starts), (b, b_starts) = pair
        first = lines[a][::-1] if a_starts else lines[a]
        second = lines[b] if b_starts else lines[b][::-1]
        joined = np.vstack([first, second[1:]])
        lines = [line for i, line in enumerate(lines) if i not in {a, b}] + [joined]


def _best_pair(
    meeting: list[tuple[int, bool]], lines: list[Points]
) -> tuple[tuple[int, bool], tuple[int, bool]] | None:
    """The two lines at a node that most nearly continue each other."""
    best, found = _THROUGH_COSINE, None
    for i, one in enumerate(meeting):
        for other in meeting[i + 1 :]:
            if one[0] != other[0]:
                straightness = -float(_leaving(one, lines) @ _leaving(other, lines))
                if straightness > best:
                    best, found = straightness, (one, other)
    return found


def _leaving(end: tuple[int, bool], lines: list[Points]) -> Points:
    """Unit direction from an end of a line into it."""
    line = lines[end[0]] if end[1] else lines[end[0]][::-1]
    step = line[min(3, len(line) - 1)] - line[0]
    unit: Points = step / max(float(np.linalg.norm(step)), 1e-9)
    return unit


def _bounds_muscle(arc: Arc, muscles: Mapping[str, str]) -> bool:
    inside = [face for face in (arc.left, arc.right) if face is not None]
    return not arc.is_on_axis and len(inside) == 1 and inside[0][0] in muscles


def _parts_muscles(arc: Arc, muscles: Mapping[str, str]) -> bool:
    if arc.is_on_axis or arc.left is None or arc.right is None:
        return False
    one, other = muscles.get(arc.left[0]), muscles.get(arc.right[0])
    return one is not None and other is not None and one != other


def _length(line: Points) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _key(point: Points) -> tuple[float, float]:
    return round(float(point[0]), 2), round(float(point[1]), 2)
