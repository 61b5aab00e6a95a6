"""Smooth curves through a few hand-placed knots, as a draughtsman's spline would lie."""

import itertools
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]
Points = NDArray[np.float64]


def cubics_through(
    knots: Sequence[Point], *, closed: bool = False, corners: Collection[int] = ()
) -> list[Cubic]:
    """Lay a curvature-continuous spline through knots and give it as Bézier pieces.

    Args:
        knots: At least two points, in millimetres; a closed curve does not repeat the first.
        closed: Whether the curve returns to its first knot.
        corners: Indices of knots where the curve may turn sharply.
    """
    pieces: list[Cubic] = []
    for run, is_loop in _runs(list(knots), closed=closed, corners=corners):
        pieces.extend(_cubics_of_run(run, is_loop=is_loop))
    return pieces


def sampled(cubics: Sequence[Cubic], step_mm: float = 0.5) -> list[Point]:
    """Walk along Bézier pieces at about even steps; the last point is the curve's end."""
    points: list[Point] = []
    for piece in cubics:
        corners = np.asarray(piece)
        length = float(np.linalg.norm(np.diff(corners, axis=0), axis=1).sum())
        count = max(2, int(np.ceil(length / step_mm)))
        t = np.arange(count)[:, None] / count
        where = _bezier(corners, t)
        points.extend((float(u), float(v)) for u, v in where)
    if cubics:
        points.append(cubics[-1][3])
    return points


def _bezier(corners: Points, t: Points) -> Points:
    a, b, c, d = corners
    s = 1.0 - t
    return np.asarray(s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d)


def _runs(
    knots: list[Point], *, closed: bool, corners: Collection[int]
) -> list[tuple[list[Point], bool]]:
    """Cut the knots at their corners; say of each run whether it is a smooth loop."""
    if not closed:
        cuts = sorted({0, len(knots) - 1, *corners})
    elif not corners:
        return [(knots, True)]
    else:
        first = min(corners)
        knots = [*knots[first:], *knots[: first + 1]]
        cuts = sorted({0, len(knots) - 1, *(index - first for index in corners)})
    return [(knots[a : b + 1], False) for a, b in itertools.pairwise(cuts)]


def _cubics_of_run(run: list[Point], *, is_loop: bool) -> list[Cubic]:
    points = np.asarray([*run, run[0]] if is_loop else run, dtype=float)
    chords = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    t = np.concatenate([[0.0], np.cumsum(np.maximum(chords, 1e-6))])
    curve = CubicSpline(t, points, bc_type="periodic" if is_loop else "natural")
    slopes = curve(t, 1)
    thirds = np.diff(t)[:, None] / 3.0
    inner_a = points[:-1] + slopes[:-1] * thirds
    inner_b = points[1:] - slopes[1:] * thirds
    rows = zip(points[:-1], inner_a, inner_b, points[1:], strict=True)
    return [(_point(a), _point(b), _point(c), _point(d)) for a, b, c, d in rows]


def _point(pair: Points) -> Point:
    return float(pair[0]), float(pair[1])
