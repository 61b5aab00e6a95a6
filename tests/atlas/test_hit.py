"""What lies under a point, on the shipped drawings."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
import shapely

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, Kind, LayerId, Side, ViewId
from bodymap.atlas.lookup import RIM_MM, SNAP_MM
from bodymap.atlas.regions import regions
from bodymap.atlas.structures import catalogue, suitable_muscles

BACK = ViewId.POSTERIOR


@pytest.fixture(scope="module")
def bodies(atlas):
    return {
        view: shapely.union_all(
            [s.polygon() for s in atlas.view(view).drawing.in_layer(LayerId.SKIN)]
        )
        for view in ViewId
    }


def test_between_the_shoulder_blades(atlas):
    hit = atlas.hit(BACK, -60.0, 420.0)
    assert (hit.view, hit.u, hit.v, hit.snapped) == (BACK, -60.0, 420.0, False)
    assert hit.side is Side.LEFT
    assert hit.region_name
    names = [entry.id for entry in hit.structures]
    assert names[:2] == ["trapezius-ascending", "rhomboid-major"]
    assert {entry.side for entry in hit.structures if entry.kind is Kind.MUSCLE} == {Side.LEFT}
    assert hit.landmark.endswith(", left")
    assert [hazard.id for hazard in hit.hazards if hazard.distance_mm == 0] == ["pleura"]


@pytest.mark.parametrize("view", ViewId)
def test_the_muscle_drawn_under_the_pointer_is_in_the_stack(atlas, points_in, view):
    seen = 0
    for u, v in points_in(view, 8000):
        drawn = atlas.drawn_at(view, u, v, Dissection.SUPERFICIAL)
        if drawn is None or drawn.structure not in catalogue():
            continue
        spot = atlas.lookup(view, u, v)
        if spot is not None:
            assert (drawn.structure, drawn.side) in [(e.id, e.side) for e in spot.stack]
            seen += 1
    assert seen > 1000


@pytest.mark.parametrize("view", ViewId)
def test_stacks_go_from_the_skin_inwards(atlas, points_in, view):
    for u, v in points_in(view, 3000):
        spot = atlas.lookup(view, u, v)
        if spot is not None:
            entries = [entry.entry_mm for entry in spot.stack]
            assert entries == sorted(entries)


@pytest.mark.parametrize("view", ViewId)
def test_every_point_of_the_body_lies_in_the_region_drawn_there(atlas, points_in, bodies, view):
    shapely.prepare(bodies[view])
    for u, v in points_in(view, 3000):
        spot = atlas.lookup(view, u, v)
        if shapely.intersects_xy(bodies[view], u, v):
            assert spot is not None
            assert not spot.snapped
            drawn = atlas.drawn_at(view, u, v, Dissection.SKIN)
            if drawn is not None:
                assert (drawn.structure, drawn.side) == (spot.region, spot.region_side)


@pytest.mark.parametrize("view", ViewId)
def test_points_just_off_the_body_snap_to_it_and_others_do_not(atlas, bodies, view):
    for distance, is_near in ((2.0, True), (5.5, True), (6.5, False), (60.0, False)):
        line = bodies[view].buffer(distance).boundary
        for share in range(60):
            point = line.interpolate(share / 60, normalized=True)
            spot = atlas.lookup(view, point.x, point.y)
            assert (spot is not None) == is_near
            if spot is not None:
                assert spot.snapped
                moved = math.hypot(spot.u - point.x, spot.v - point.y)
                assert moved == pytest.approx(distance, abs=0.2)
                assert bodies[view].distance(shapely.Point(spot.u, spot.v)) < 1e-6
                again = atlas.lookup(view, spot.u, spot.v)
                assert again is not None
                assert (again.region, again.side) == (spot.region, spot.side)
                assert math.hypot(again.u - spot.u, again.v - spot.v) < 1e-6
    assert SNAP_MM == 6.0


@pytest.mark.parametrize("place", [(1e9, 0), (0, -1e9), (math.nan, 3), (3, math.inf)])
def test_what_is_no_place_on_the_page_is_none(atlas, place):
    assert atlas.hit(ViewId.ANTERIOR, *place) is None
    assert atlas.lookup(ViewId.ANTERIOR, *place) is None
    assert atlas.drawn_at(ViewId.ANTERIOR, *place, Dissection.DEEP) is None


def test_deeper_dissections_show_what_lies_deeper(atlas):
    drawn = [
        shape.structure
        for level in (Dissection.SUPERFICIAL, Dissection.INTERMEDIATE)
        if (shape := atlas.drawn_at(BACK, -60.0, 420.0, level))
    ]
    assert drawn == ["trapezius-ascending", "rhomboid-major"]


def test_on_the_midline_the_side_is_midline_and_beside_it_is_not(atlas):
    middle, beside = (atlas.hit(ViewId.ANTERIOR, u, 420.0) for u in (1.0, 9.0))
    assert middle.region_side is Side.MIDLINE
    assert (middle.side, beside.side) == (Side.MIDLINE, Side.LEFT)
    assert middle.landmark.endswith("midline")


def test_regions_are_named_as_in_their_list(atlas, points_in):
    for view in ViewId:
        for u, v in points_in(view, 200):
            hit = atlas.hit(view, u, v)
            if hit is not None:
                assert hit.region_name == regions()[hit.region].name


def test_the_muscles_one_may_mean_are_those_of_the_stack(atlas):
    hit = atlas.hit(BACK, -60.0, 420.0)
    assert hit.muscles == suitable_muscles(hit.structures)
    assert hit.muscles[0].id == "trapezius-ascending"


def test_at_the_rim_of_the_figure_the_nearest_muscle_is_meant(atlas, bodies):
    rim = bodies[ViewId.ANTERIOR].buffer(-1.0).boundary
    met = 0
    for share in range(200):
        point = rim.interpolate(share / 200, normalized=True)
        hit = atlas.hit(ViewId.ANTERIOR, point.x, point.y)
        if hit.structures or not hit.muscles:
            continue
        (muscle,) = hit.muscles
        assert (muscle.kind, muscle.is_measured) == (Kind.MUSCLE, False)
        assert muscle.side in {hit.side, Side.MIDLINE}
        drawn = next(
            shape.polygon()
            for shape in atlas.view(hit.view).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
            if (shape.structure, shape.side) == (muscle.id, muscle.side)
        )
        assert drawn.distance(shapely.Point(hit.u, hit.v)) <= RIM_MM
        met += 1
    assert met > 100


def test_views_are_read_once():
    atlas = Atlas.load()
    assert atlas.view(ViewId.SOLES) is atlas.view(ViewId.SOLES)


def test_a_view_may_be_warmed_up_while_it_is_asked():
    atlas = Atlas.load()
    with ThreadPoolExecutor(4) as threads:
        warming = [threads.submit(atlas.warm, ViewId.SOLES) for _ in range(2)]
        asking = [threads.submit(atlas.hit, ViewId.SOLES, 80.0, y / 7) for y in range(40)]
        answers = [answer.result() for answer in asking]
        assert [job.result() for job in warming] == [None, None]
    assert answers == [atlas.hit(ViewId.SOLES, 80.0, y / 7) for y in range(40)]
