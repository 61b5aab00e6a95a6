"""Fibre lines follow the muscle, keep their distance and come in grades."""

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from tools.draw_atlas.bezier import flatten
from tools.draw_atlas.fibre_field import fibre_field
from tools.draw_atlas.fibre_rules import FibreRule, rule_for
from tools.draw_atlas.fibres import Spacing, fibre_strokes
from tools.draw_atlas.strokes import tapered_stroke
from tools.draw_atlas.tendons import pointed_tendon

MUSCLE = box(0, 0, 30, 90)
SPACING = Spacing(6.0, 2.0)


def directions_of(strokes) -> np.ndarray:
    ends = [stroke[len(stroke) // 2 - 1, 3] - stroke[0, 0] for stroke in strokes]
    return np.degrees(np.arctan2(*np.array(ends).T[::-1])) % 180


def a_measured(angle_deg: float) -> np.ndarray:
    u, v = np.meshgrid(np.arange(4, 30, 8), np.arange(4, 90, 8))
    return np.stack(
        [u.ravel(), v.ravel(), np.full(u.size, angle_deg), np.full(u.size, 0.95)], axis=1
    )


@pytest.mark.parametrize("angle_deg", [60.0, 90.0, 130.0])
def test_strokes_follow_the_measured_directions(angle_deg):
    field = fibre_field(MUSCLE, a_measured(angle_deg), None)
    strokes = fibre_strokes(MUSCLE, field, SPACING, "made up")
    found = directions_of(strokes[1])
    assert np.median(np.abs(found - angle_deg)) < 8


def test_a_rule_may_pass_over_what_was_measured():
    field = fibre_field(MUSCLE, a_measured(90), FibreRule("angle", 20))
    du, dv = field.at(15, 45)
    assert np.degrees(np.arctan2(dv, du)) % 180 == pytest.approx(20, abs=4)


def test_without_any_knowledge_fibres_run_along_the_muscle():
    field = fibre_field(Polygon([(0, 0), (12, 2), (60, 70), (50, 74)]), None, None)
    du, dv = field.at(28, 36)
    assert np.degrees(np.arctan2(dv, du)) % 180 == pytest.approx(55, abs=10)


def test_a_ring_runs_round_its_middle():
    ring = shapely.Point(0, 0).buffer(20).difference(shapely.Point(0, 0).buffer(8))
    field = fibre_field(ring, None, FibreRule("ring"))
    for angle in np.linspace(0, 2 * np.pi, 9):
        du, dv = field.at(14 * np.cos(angle), 14 * np.sin(angle))
        assert abs(du * np.cos(angle) + dv * np.sin(angle)) < 0.35


def test_strokes_stay_within_the_muscle():
    strokes = fibre_strokes(MUSCLE, fibre_field(MUSCLE, None, None), SPACING, "made up")
    room = MUSCLE.buffer(1.0)
    for grade in strokes.values():
        assert all(room.contains(shapely.LineString(flatten(stroke))) for stroke in grade)


def test_finer_grades_add_strokes_between_the_coarse_ones():
    strokes = fibre_strokes(MUSCLE, fibre_field(MUSCLE, None, None), SPACING, "made up")
    assert set(strokes) == {1, 2, 3}
    assert all(strokes.values())


def test_the_same_muscle_is_drawn_the_same_each_time():
    field = fibre_field(MUSCLE, None, None)
    one = fibre_strokes(MUSCLE, field, SPACING, "made up")
    other = fibre_strokes(MUSCLE, field, SPACING, "made up")
    assert all(np.array_equal(a, b) for g in one for a, b in zip(one[g], other[g], strict=True))


def test_a_stroke_is_thick_in_the_middle_and_pointed_at_its_ends():
    points = np.stack([np.linspace(0, 40, 50), np.zeros(50)], axis=1)
    outline = flatten(tapered_stroke(points, 0.6, 0.2), steps=40)
    middle = outline[np.abs(outline[:, 0] - 20) < 1.0, 1]
    ends = outline[(outline[:, 0] < 0.5) | (outline[:, 0] > 39.5), 1]
    assert np.ptp(middle) == pytest.approx(0.6, abs=0.05)
    assert np.ptp(ends) < 0.15


def test_a_tendon_begins_in_a_point_inside_the_flesh_and_never_leaves_the_muscle():
    tendon = pointed_tendon(box(0, 60, 30, 90), MUSCLE)
    assert tendon.area > box(0, 60, 30, 90).area
    assert shapely.bounds(tendon)[1] < 50
    assert MUSCLE.buffer(1e-6).contains(tendon)


def test_the_straight_muscle_of_the_belly_runs_down_in_every_view():
    assert rule_for("anterior", "rectus-abdominis") == rule_for("posterior", "rectus-abdominis")
    assert rule_for("anterior", "no-such-muscle") is None
