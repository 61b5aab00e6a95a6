from itertools import pairwise

import pytest
from shapely import LineString, Point, box
from shapely.affinity import scale

from tools.draw_atlas.contours import Stroke
from tools.draw_atlas.skin_form import skin_tones

BALL = Point(0, 0).buffer(60)


def parting(name: str, *points: tuple[float, float]) -> Stroke:
    return Stroke(
        id=name,
        side="left",
        points=points,
        width_mm=1.0,
        weight=1,
        closed=False,
        filled=False,
        klass="contour contour-1",
        where=frozenset({"skin"}),
    )


def test_the_rim_of_a_ball_is_shaded_and_its_middle_is_not() -> None:
    light, *_ = skin_tones("anterior", BALL, [])
    assert light.shape.covers(Point(57, 0))
    assert not light.shape.intersects(Point(0, 0).buffer(25))


def test_each_tone_lies_within_the_one_before() -> None:
    tones = [tone.shape for tone in skin_tones("anterior", BALL, [])]
    for outer, inner in pairwise(tones):
        assert inner.difference(outer.buffer(0.3)).area < 1


def test_tones_stay_on_the_skin_and_are_symmetric() -> None:
    for tone in skin_tones("posterior", BALL, []):
        assert tone.shape.difference(BALL).area == pytest.approx(0, abs=1e-6)
        mirrored = scale(tone.shape, xfact=-1, origin=(0, 0))
        assert tone.shape.symmetric_difference(mirrored).area == pytest.approx(0, abs=0.5)


def test_a_line_between_arm_and_trunk_casts_shade() -> None:
    slab = box(-60, 0, 60, 100)
    fold = parting("axillary-fold", (30, 20), (30, 50), (30, 80))
    near = LineString([(30, 40), (30, 60)]).buffer(1)
    without, *_ = skin_tones("anterior", slab, [])
    with_fold, *_ = skin_tones("anterior", slab, [fold])
    assert not without.shape.intersects(near)
    assert with_fold.shape.covers(near)


def test_the_side_view_is_lit_from_the_face() -> None:
    _, tone, _ = skin_tones("lateral-left", BALL, [])
    assert tone.shape.centroid.x > 5
