"""Fitted curves stay near their points, keep their ends and join smoothly."""

import numpy as np
import pytest
import shapely

from tools.draw_atlas.bezier import Fit, fit_cubics, flatten, reverse, straight
from tools.draw_atlas.smoothing import calmed, corners, resampled


def a_wave(count: int = 400) -> np.ndarray:
    u = np.linspace(0, 120, count)
    return np.stack([u, 15 * np.sin(u / 9)], axis=1)


@pytest.mark.parametrize("error_mm", [0.05, 0.2, 1.0])
def test_a_fit_stays_within_its_error_bound(error_mm):
    points = a_wave()
    line = shapely.LineString(flatten(fit_cubics(points, Fit(error_mm)), steps=60))
    assert shapely.distance(line, shapely.points(points)).max() <= error_mm + 0.02


def test_a_looser_bound_needs_fewer_segments():
    assert len(fit_cubics(a_wave(), Fit(1.0))) < len(fit_cubics(a_wave(), Fit(0.02)))


def test_a_fit_keeps_the_ends_exactly():
    points = a_wave()
    curve = fit_cubics(points, Fit(0.3))
    assert np.array_equal(curve[0, 0], points[0])
    assert np.array_equal(curve[-1, 3], points[-1])


def test_segments_join_with_one_tangent():
    curve = fit_cubics(a_wave(), Fit(0.05))
    before = curve[:-1, 3] - curve[:-1, 2]
    after = curve[1:, 1] - curve[1:, 0]
    cosine = (before * after).sum(1) / np.linalg.norm(before, axis=1)
    assert np.allclose(cosine / np.linalg.norm(after, axis=1), 1.0, atol=1e-6)


def test_given_end_tangents_are_kept():
    tangent = np.array([0.0, 1.0])
    curve = fit_cubics(a_wave(), Fit(0.3, start=tangent))
    handle = curve[0, 1] - curve[0, 0]
    assert np.allclose(handle / np.linalg.norm(handle), tangent)


def test_a_reversed_curve_is_the_same_curve():
    curve = fit_cubics(a_wave(), Fit(0.3))
    assert np.array_equal(reverse(reverse(curve)), curve)
    assert np.array_equal(reverse(curve)[0, 0], curve[-1, 3])


def test_a_straight_polyline_stays_straight():
    points = np.array([[0.0, 0.0], [9.0, 0.0], [9.0, 3.0]])
    assert np.allclose(straight(points)[:, :, 1].max(axis=0), [3.0, 1.0, 2.0, 3.0], atol=3.0)
    assert np.array_equal(straight(points)[1, 3], points[-1])


def test_smoothing_keeps_the_ends_of_a_line_and_flattens_its_steps():
    steps = np.repeat(np.arange(0, 40.0), 2)
    stairs = np.stack([steps[1:], steps[:-1]], axis=1)
    calm = calmed(stairs, 3.0)
    assert np.array_equal(calm[[0, -1]], stairs[[0, -1]])
    assert np.abs(calm[8:-8, 0] - calm[8:-8, 1]).max() < 0.2 + 0.5


def test_a_smoothed_loop_closes():
    angle = np.linspace(0, 2 * np.pi, 90)
    loop = 10 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    loop[-1] = loop[0]
    calm = calmed(loop, 2.0, closed=True)
    assert np.array_equal(calm[0], calm[-1])


def test_a_corner_is_found_and_a_bow_is_not():
    corner = resampled(np.array([[0.0, 0.0], [20.0, 0.0], [20.0, 20.0]]))
    angle = np.linspace(0, np.pi / 2, 60)
    bow = resampled(20 * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    assert [round(float(v)) for v in corner[corners(corner, 60, 3.0)][0]] == [20, 0]
    assert corners(bow, 60, 3.0) == []
