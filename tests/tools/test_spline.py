import numpy as np
import pytest

from tools.draw_atlas.spline import cubics_through, sampled

ZIGZAG = [(0.0, 0.0), (10.0, 5.0), (20.0, 0.0), (30.0, 8.0)]


def test_a_curve_passes_through_its_knots() -> None:
    cubics = cubics_through(ZIGZAG)
    np.testing.assert_allclose([piece[0] for piece in cubics], ZIGZAG[:-1])
    assert cubics[-1][3] == pytest.approx(ZIGZAG[-1])


def test_pieces_follow_one_another() -> None:
    cubics = cubics_through(ZIGZAG, closed=True)
    ends = [piece[3] for piece in cubics]
    np.testing.assert_allclose(ends, [piece[0] for piece in [*cubics[1:], cubics[0]]], atol=1e-9)


def test_a_knot_without_a_corner_is_smooth() -> None:
    before, after = cubics_through(ZIGZAG)[:2]
    into = (before[3][0] - before[2][0], before[3][1] - before[2][1])
    out = (after[1][0] - after[0][0], after[1][1] - after[0][1])
    assert into[0] * out[1] - into[1] * out[0] == pytest.approx(0, abs=1e-9)


def test_a_corner_lets_the_curve_turn() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    points = sampled(cubics_through(square, closed=True, corners={0, 1, 2, 3}))
    assert all(min(u, 10 - u, v, 10 - v) == pytest.approx(0, abs=1e-9) for u, v in points)


def test_a_mirrored_curve_is_the_mirror_of_the_curve() -> None:
    there = sampled(cubics_through(ZIGZAG))
    back = sampled(cubics_through([(-u, v) for u, v in ZIGZAG]))
    np.testing.assert_allclose([(-u, v) for u, v in back], there)
