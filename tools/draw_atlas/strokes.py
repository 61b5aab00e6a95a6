"""Strokes of a pen: lines that swell in the middle and run out to a point at both ends."""

import numpy as np
from numpy.typing import NDArray

from tools.draw_atlas.bezier import Cubics, Fit, Points, fit_cubics

_RAMP_MM = 45.0
_INNER = 2 / 3
"""A lone cubic bulges three quarters of what its handles are moved, so they move a bit more."""


def tapered_stroke(points: Points, width_mm: float, error_mm: float) -> Cubics:
    """Draw a filled stroke along a polyline.

    Args:
        points: Where the pen goes.
        width_mm: Its width in the middle.
        error_mm: How far the stroke's middle may lie from the polyline.

    Returns:
        A closed curve, there on one side and back on the other.
    """
    return swelled(fit_cubics(points, Fit(error_mm)), width_mm)


def swelled(line: Cubics, width_mm: float) -> Cubics:
    """Give an open curve a width that is greatest in the middle and nothing at the ends."""
    offsets = _offsets(line, width_mm)
    return np.concatenate([line + offsets, (line - offsets)[::-1, ::-1]])


def _offsets(line: Cubics, width_mm: float) -> Cubics:
    """How far each control point moves to one side."""
    count = len(line)
    if count == 1:
        normal = _normal(line[0, 3] - line[0, 0])
        share = np.array([0, _INNER, _INNER, 0])
        shift: Cubics = (share[:, None] * normal * width_mm)[None]
        return shift
    half = width_mm / 2
    shifts = np.zeros_like(line)
    knots = _knot_shares(line) * half
    for i, cubic in enumerate(line):
        start, end = _normal(cubic[1] - cubic[0]), _normal(cubic[3] - cubic[2])
        a, b = knots[i], knots[i + 1]
        inner_a = a if a > 0 else 0.6 * b
        inner_b = b if b > 0 else 0.6 * a
        shifts[i] = np.stack([a * start, inner_a * start, inner_b * end, b * end])
    return shifts


def _knot_shares(line: Cubics) -> NDArray[np.float64]:
    lengths = np.linalg.norm(line[:, 3] - line[:, 0], axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    ramp = max(min(along[-1] / 2.2, _RAMP_MM), 1e-9)
    to_end = np.minimum(along, along[-1] - along)
    shares: NDArray[np.float64] = np.minimum(1.0, to_end / ramp) ** 0.7
    shares[0] = shares[-1] = 0.0
    return shares


def _normal(direction: Points) -> Points:
    length = float(np.linalg.norm(direction))
    if length < 1e-12:
        return np.zeros(2)
    return np.array([-direction[1], direction[0]]) / length
