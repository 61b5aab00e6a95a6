"""Areas on the skin: what a lasso, a brush and a region cover."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon

from bodymap.atlas.areas import (
    SMALLEST_MM2,
    enclosed,
    inside_point,
    painted,
    region_area,
    regions_touched,
    side_of,
)
from bodymap.atlas.ids import LayerId, RegionId, Side, ViewId

XY = st.tuples(st.floats(-150.0, 150.0), st.floats(250.0, 700.0))


@pytest.fixture(scope="module")
def back(atlas):
    return atlas.view(ViewId.POSTERIOR).drawing


@pytest.fixture(scope="module")
def skin(back):
    return MultiPolygon([shape.polygon() for shape in back.in_layer(LayerId.SKIN)])


@settings(deadline=None, max_examples=60)
@given(points=st.lists(XY, min_size=3, max_size=30))
def test_any_scribble_gives_a_valid_area_on_the_skin(back, skin, points):
    area = enclosed(back, points)
    assert area.is_valid
    assert all(piece.area >= SMALLEST_MM2 for piece in area.geoms)
    assert area.difference(skin.buffer(1.0)).area < 1.0


@settings(deadline=None, max_examples=40)
@given(points=st.lists(XY, min_size=1, max_size=12), radius_mm=st.floats(2.0, 30.0))
def test_the_brush_covers_the_points_it_passed_over(back, skin, points, radius_mm):
    area = painted(back, points, radius_mm)
    assert area.is_valid
    inner = skin.buffer(-2.0)
    assert all(area.buffer(0.5).contains(Point(p)) for p in points if inner.contains(Point(p)))


def test_a_step_too_small_to_see_takes_nothing_from_the_brush(back):
    stroke = [(0.0, 250.0), (3.3e-289, 251.0), (0.0, 250.0), (0.0, 251.0)]
    assert painted(back, stroke, 2.0).buffer(0.5).contains(Point(0.0, 250.5))


def test_a_figure_of_eight_encloses_both_loops(back):
    eight = [(40.0, 400.0), (80.0, 440.0), (80.0, 400.0), (40.0, 440.0)]
    area = enclosed(back, eight)
    assert area.area == pytest.approx(800.0, rel=0.02)


def test_two_points_enclose_nothing(back):
    assert enclosed(back, [(40.0, 400.0), (80.0, 400.0)]).is_empty


@settings(deadline=None, max_examples=30)
@given(point=XY)
def test_the_region_of_a_point_touches_itself_first(atlas, back, point):
    hit = atlas.hit(ViewId.POSTERIOR, *point)
    if hit is None:
        return
    area = region_area(back, hit.region, hit.region_side)
    assert area.buffer(0.5).contains(Point(hit.u, hit.v))
    assert regions_touched(back, area)[0] == hit.region


def test_a_region_that_is_not_seen_in_a_view_has_no_area(back):
    assert region_area(back, RegionId("sternum"), Side.MIDLINE).is_empty


def test_an_area_lies_on_the_side_that_holds_nine_tenths_of_it():
    def across(left: float, right: float) -> MultiPolygon:
        return MultiPolygon([Polygon([(-left, 0), (right, 0), (right, 10), (-left, 10)])])

    assert side_of(ViewId.POSTERIOR, across(0, 50)) is Side.RIGHT
    assert side_of(ViewId.ANTERIOR, across(0, 50)) is Side.LEFT
    assert side_of(ViewId.ANTERIOR, across(4, 50)) is Side.LEFT
    assert side_of(ViewId.ANTERIOR, across(20, 50)) is Side.MIDLINE
    assert side_of(ViewId.LATERAL_RIGHT, across(20, 50)) is Side.RIGHT


def test_the_point_that_stands_for_an_area_lies_well_inside_it():
    ring = Point(0, 0).buffer(50).difference(Point(0, 0).buffer(40))
    point = Point(inside_point(MultiPolygon([ring])))
    assert ring.contains(point)
    assert ring.exterior.distance(point) > 3.0
