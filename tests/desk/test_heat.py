"""The heat of many marks, beside each of them reckoned by itself."""

import math
from random import Random

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon as Area

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind
from bodymap.chart.place import Polygon
from bodymap.desk.heat import CELL_MM, SPREAD_MM, heat
from tests.builders import a_pain_zone, a_place, a_trigger_point, a_visit

FRAME = (-100.0, 0.0, 200.0, 300.0)
U = FRAME[0] + (np.arange(50) + 0.5) * CELL_MM
V = FRAME[1] + (np.arange(75) + 0.5) * CELL_MM


def cells_of(marks, kind):
    visit = a_visit(marks=tuple(marks))
    return heat([visit], kind, ViewId.POSTERIOR, FRAME).cells


def ring(chance, *, reach, turn=1):
    u, v = chance.uniform(-120, 120), chance.uniform(-20, 320)
    angles = [turn * 2 * math.pi * corner / 24 for corner in range(24)]
    reaches = [reach * chance.uniform(0.6, 1.0) for _ in angles]
    return tuple(
        (u + r * math.cos(a), v + r * math.sin(a)) for r, a in zip(reaches, angles, strict=True)
    )


@pytest.mark.parametrize("turn", [1, -1])
def test_zones_count_where_shapely_says_they_are(turn):
    chance = Random(5)  # noqa: S311 - repeatable on purpose
    pieces = []
    for number in range(60):
        outer = ring(chance, reach=30, turn=turn)
        u, v = np.mean(outer, axis=0)
        hole = tuple((u + 6 * math.cos(a), v + 6 * math.sin(a)) for a in range(6))
        pieces.append(Polygon(ViewId.POSTERIOR, outer, (hole,) if number % 2 else ()))
    zones = [
        a_pain_zone(number, polygons=(piece,), place=a_place(0, 0))
        for number, piece in enumerate(pieces)
    ]
    us, vs = np.meshgrid(U, V)
    direct = sum(
        shapely.contains_xy(Area(piece.outer, piece.holes), us, vs).astype(int) for piece in pieces
    )
    assert np.array_equal(cells_of(zones, MarkKind.PAIN_ZONE), direct)


def test_points_spread_as_a_bell_does():
    chance = Random(6)  # noqa: S311 - repeatable on purpose
    spots = [(chance.uniform(-90, 90), chance.uniform(10, 290)) for _ in range(40)]
    points = [
        a_trigger_point(number, place=a_place(u, v)) for number, (u, v) in enumerate(spots, 1)
    ]
    us, vs = np.meshgrid(U, V)
    direct = np.zeros(us.shape)
    for u, v in spots:
        bell = np.exp(-0.5 * ((us - u) ** 2 + (vs - v) ** 2) / SPREAD_MM**2)
        near = (np.abs(us - u) <= 3 * SPREAD_MM) & (np.abs(vs - v) <= 3 * SPREAD_MM)
        direct += np.where(near, bell, 0)
    found = cells_of(points, MarkKind.TRIGGER_POINT)
    assert np.abs(found - direct).max() < 0.03 * direct.max()


def test_what_lies_outside_the_frame_does_no_harm():
    far = [a_trigger_point(1, place=a_place(900, -500)), a_trigger_point(2, place=a_place(0, 1))]
    assert cells_of(far, MarkKind.TRIGGER_POINT).max() == pytest.approx(1, abs=0.05)
    assert cells_of([], MarkKind.PAIN_ZONE).max() == 0
