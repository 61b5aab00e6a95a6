"""Fits smooth cubic Béziers to polylines.

The idea of the fit is Schneider's ("An algorithm for automatically fitting digitized curves",
Graphics Gems, 1990): one cubic by least squares with given end tangents, Newton steps on the
parameters, and a split at the worst point where that is not enough.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points in view millimetres, shape (n, 2)."""

Cubics = NDArray[np.float64]
"""Joined cubic Bézier segments, shape (n, 4, 2); each starts where the one before ends."""

_NEWTON_STEPS = 4


@dataclass(frozen=True)
class Fit:
    """What a fit may do.

    Attributes:
        error_mm: The furthest a point of the polyline may lie from the curve.
        start: Unit tangent at the first point into the curve; None lets the points say.
        end: Unit tangent at the last point back into the curve; None lets the points say.
    """

    error_mm: float
    start: Points | None = None
    end: Points | None = None


def fit_cubics(points: Points, fit: Fit) -> Cubics:
    """Draw a smooth curve along a polyline, ends kept exactly.

    Args:
        points: Two points at least; repeated points are passed over.
        fit: Error bound and end tangents.

    Returns:
        Segments that join with a common tangent.
    """
    points = without_repeats(points)
    if len(points) < 2:
        return np.repeat(points[:1], 4, axis=0)[None]
    start = fit.start if fit.start is not None else _unit(points[1] - points[0])
    end = fit.end if fit.end is not None else _unit(points[-2] - points[-1])
    return np.array(_fit(points, start, end, fit.error_mm))


def without_repeats(points: Points) -> Points:
    """Leave out points that repeat the one before."""
    if len(points) < 2:
        return points
    moved = np.any(np.abs(np.diff(points, axis=0)) > 1e-9, axis=1)
    kept: Points = points[np.concatenate([[True], moved])]
    return kept


def straight(points: Points) -> Cubics:
    """Write a polyline as cubics that stay straight."""
    a, b = points[:-1], points[1:]
    return np.stack([a, a + (b - a) / 3, b - (b - a) / 3, b], axis=1)


def flatten(cubics: Cubics, steps: int = 8) -> Points:
    """Sample a curve: `steps` points on each segment and the last end."""
    t = np.linspace(0, 1, steps, endpoint=False)
    inner = np.einsum("tk,nkd->ntd", bernstein(t), cubics).reshape(-1, 2)
    points: Points = np.vstack([inner, cubics[-1, 3]])
    return points


def reverse(cubics: Cubics) -> Cubics:
    """Run the same curve the other way."""
    return cubics[::-1, ::-1]


def bernstein(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """The four cubic weights at each parameter, shape (n, 4)."""
    s = 1 - t
    return np.stack([s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t], axis=1)


def _fit(points: Points, start: Points, end: Points, error_mm: float) -> list[Cubics]:
    if len(points) == 2:
        return [_two_points(points, start, end)]
    t = _chord_lengths(points)
    cubic = _least_squares(points, t, start, end)
    worst, distance = _worst(points, cubic, t)
    for _ in range(_NEWTON_STEPS):
        if distance <= error_mm:
            return [cubic]
        if distance > 16 * error_mm:
            break
        t = _reparametrised(points, cubic, t)
        cubic = _least_squares(points, t, start, end)
        worst, distance = _worst(points, cubic, t)
    if distance <= error_mm:
        return [cubic]
    return _split(points, worst, (start, end), error_mm)


def _split(
    points: Points, at: int, tangents: tuple[Points, Points], error_mm: float
) -> list[Cubics]:
    at = min(max(at, 1), len(points) - 2)
    low, high = max(at - 2, 0), min(at + 2, len(points) - 1)
    middle = _unit(points[low] - points[high])
    left = _fit(points[: at + 1], tangents[0], middle, error_mm)
    return left + _fit(points[at:], -middle, tangents[1], error_mm)


def _two_points(points: Points, start: Points, end: Points) -> Cubics:
    third = float(np.linalg.norm(points[1] - points[0])) / 3
    return np.array([points[0], points[0] + start * third, points[1] + end * third, points[1]])


def _chord_lengths(points: Points) -> NDArray[np.float64]:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    shares: NDArray[np.float64] = along / along[-1]
    return shares


def _least_squares(points: Points, t: NDArray[np.float64], start: Points, end: Points) -> Cubics:
    weights = bernstein(t)
    first, last = points[0], points[-1]
    a1, a2 = weights[:, 1:2] * start, weights[:, 2:3] * end
    fixed = (weights[:, :2].sum(1))[:, None] * first + (weights[:, 2:].sum(1))[:, None] * last
    rest = points - fixed
    c11, c12, c22 = float((a1 * a1).sum()), float((a1 * a2).sum()), float((a2 * a2).sum())
    x1, x2 = float((a1 * rest).sum()), float((a2 * rest).sum())
    determinant = c11 * c22 - c12 * c12
    chord = float(np.linalg.norm(last - first))
    length = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
    if abs(determinant) > 1e-9:
        alpha1 = (x1 * c22 - x2 * c12) / determinant
        alpha2 = (c11 * x2 - c12 * x1) / determinant
    else:
        alpha1 = alpha2 = 0.0
    if min(alpha1, alpha2) < 0.02 * length or max(alpha1, alpha2) > 1.2 * length + chord:
        alpha1 = alpha2 = length / 3
    return np.array([first, first + start * alpha1, last + end * alpha2, last])


def _worst(points: Points, cubic: Cubics, t: NDArray[np.float64]) -> tuple[int, float]:
    distances = np.linalg.norm(bernstein(t) @ cubic - points, axis=1)
    index = int(np.argmax(distances))
    return index, float(distances[index])


def _reparametrised(points: Points, cubic: Cubics, t: NDArray[np.float64]) -> NDArray[np.float64]:
    first = 3 * np.diff(cubic, axis=0)
    second = 2 * np.diff(first, axis=0)
    s = (1 - t)[:, None]
    u = t[:, None]
    d1 = s * s * first[0] + 2 * s * u * first[1] + u * u * first[2]
    d2 = s * second[0] + u * second[1]
    off = bernstein(t) @ cubic - points
    slope = (d1 * d1).sum(1) + (off * d2).sum(1)
    step = np.where(np.abs(slope) > 1e-9, (off * d1).sum(1) / np.where(slope == 0, 1, slope), 0)
    moved: NDArray[np.float64] = np.maximum.accumulate(np.clip(t - step, 0, 1))
    moved[0], moved[-1] = 0.0, 1.0
    return moved


def _unit(vector: Points) -> Points:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-12 else np.array([1.0, 0.0])
