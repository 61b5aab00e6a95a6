"""Smooth lines through hand-placed points: centripetal Catmull-Rom curves, finely sampled."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Place = tuple[float, float]
_Vectors = npt.NDArray[np.float64]

STEP_MM = 2.0
"""Distance between the points of a sampled line."""


def smooth_line(places: Sequence[Place]) -> list[Place]:
    """Run a curve through the places, from the first to the last."""
    if len(places) == 2:
        return list(places)
    p = np.asarray(places, dtype=float)
    return _through(np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]]))


def smooth_ring(places: Sequence[Place]) -> list[Place]:
    """Run a closed curve through the places; its last point is its first."""
    p = np.asarray(places, dtype=float)
    points = _through(np.vstack([p[-1:], p, p[:2]]))
    return [*points[:-1], points[0]]


def lengthened(points: Sequence[Place], reach_mm: float) -> list[Place]:
    """Draw a line straight on beyond both ends."""
    first, last = _beyond(points[1], points[0], reach_mm), _beyond(points[-2], points[-1], reach_mm)
    return [first, *points, last]


def _through(padded: _Vectors) -> list[Place]:
    points: list[Place] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        points.extend(_span(a, b, c, d))
    u, v = padded[-2]
    return [*points, (float(u), float(v))]


def _span(a: _Vectors, b: _Vectors, c: _Vectors, d: _Vectors) -> list[Place]:
    """The curve from b, included, to c, left out."""
    t1 = _knot(a, b)
    t2 = t1 + _knot(b, c)
    t3 = t2 + _knot(c, d)
    count = max(2, round(math.dist(b, c) / STEP_MM))
    t = np.linspace(t1, t2, count, endpoint=False)[:, None]
    ab, bc, cd = _mix(a, b, 0.0, t1, t), _mix(b, c, t1, t2, t), _mix(c, d, t2, t3, t)
    curve = _mix(_mix(ab, bc, 0.0, t2, t), _mix(bc, cd, t1, t3, t), t1, t2, t)
    return [(float(u), float(v)) for u, v in curve]


def _knot(p: _Vectors, q: _Vectors) -> float:
    return max(math.sqrt(math.dist(p, q)), 1e-6)


def _mix(p: _Vectors, q: _Vectors, start: float, end: float, t: _Vectors) -> _Vectors:
    weight = (t - start) / (end - start)
    return p * (1 - weight) + q * weight


def _beyond(inner: Place, end: Place, reach_mm: float) -> Place:
    du, dv = end[0] - inner[0], end[1] - inner[1]
    length = max(math.hypot(du, dv), 1e-9)
    return end[0] + du / length * reach_mm, end[1] + dv / length * reach_mm
