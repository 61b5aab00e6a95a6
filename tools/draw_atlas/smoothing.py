"""Turns a measured, slightly angular line into a calm one before a curve is fitted to it."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from tools.draw_atlas.bezier import Points, without_repeats

STEP_MM = 0.5
"""How densely lines are sampled while they are smoothed."""


def resampled(points: Points, step_mm: float = STEP_MM) -> Points:
    """Place points evenly along a polyline, its ends kept."""
    points = without_repeats(points)
    along = _along(points)
    count = max(round(along[-1] / step_mm), 2)
    places = np.linspace(0, along[-1], count + 1)
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1)


def calmed(points: Points, sigma_mm: float, *, closed: bool = False) -> Points:
    """Smooth a line with a Gaussian along its length; the ends of an open line stay put.

    Args:
        points: The line; of a closed one the last point repeats the first.
        sigma_mm: Width of the Gaussian; short lines are smoothed less.
        closed: Whether the line runs round.
    """
    even = resampled(points)
    length = float(_along(even)[-1])
    step = length / (len(even) - 1)
    sigma = min(sigma_mm, length / (24 if closed else 10)) / step
    if closed:
        ring = gaussian_filter1d(even[:-1], sigma, axis=0, mode="wrap")
        return np.vstack([ring, ring[:1]])
    return _open_calmed(even, sigma)


def corners(points: Points, angle_deg: float, reach_mm: float) -> list[int]:
    """Find the inner points where a line turns sharply, measured over `reach_mm` to each side."""
    along = _along(points)
    before = _at(points, along, along - reach_mm)
    after = _at(points, along, along + reach_mm)
    inward, outward = points - before, after - points
    cross = inward[:, 0] * outward[:, 1] - inward[:, 1] * outward[:, 0]
    turn = np.abs(np.degrees(np.arctan2(cross, (inward * outward).sum(1))))
    turn[(along < reach_mm / 2) | (along > along[-1] - reach_mm / 2)] = 0
    return _peaks(turn, along, angle_deg, reach_mm)


def _peaks(
    turn: NDArray[np.float64], along: NDArray[np.float64], angle_deg: float, reach_mm: float
) -> list[int]:
    chosen: list[int] = []
    for index in np.argsort(-turn, kind="stable"):
        if turn[index] < angle_deg:
            break
        if all(abs(along[index] - along[other]) > reach_mm for other in chosen):
            chosen.append(int(index))
    return sorted(chosen)


def _open_calmed(even: Points, sigma: float) -> Points:
    pad = min(int(4 * sigma) + 1, len(even) - 1)
    head = 2 * even[0] - even[pad:0:-1]
    tail = 2 * even[-1] - even[-2 : -pad - 2 : -1]
    smooth = gaussian_filter1d(np.vstack([head, even, tail]), sigma, axis=0)[pad : pad + len(even)]
    smooth[0], smooth[-1] = even[0], even[-1]
    return smooth


def _along(points: Points) -> NDArray[np.float64]:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _at(points: Points, along: NDArray[np.float64], places: NDArray[np.float64]) -> Points:
    places = np.clip(places, 0, along[-1])
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1)
