"""What must not be hit: from the pleura, within 10 mm of the way in, as deep as it was measured."""

import pytest
import shapely

from bodymap.atlas.hazards import NEAR_MM, HazardSource
from bodymap.atlas.ids import Kind, LayerId, Side, StructureId, ViewId

FRONT, BACK = ViewId.ANTERIOR, ViewId.POSTERIOR


def named(hit, name):
    return next((hazard for hazard in hit.hazards if hazard.id == name), None)


@pytest.mark.parametrize("view", [FRONT, BACK, ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT])
def test_where_the_lung_lies_the_pleura_is_named_and_the_lung_never(atlas, points_in, view):
    met = 0
    for u, v in points_in(view, 3000):
        hit = atlas.hit(view, u, v)
        if hit is None:
            continue
        assert named(hit, "lung") is None
        if any(entry.id == "lung" for entry in hit.structures):
            assert named(hit, "pleura").distance_mm == 0
            met += 1
    assert met > 20


@pytest.mark.parametrize("view", ViewId)
def test_hazards_are_near_and_come_nearest_first(atlas, points_in, view):
    for u, v in points_in(view, 1000):
        hit = atlas.hit(view, u, v)
        if hit is not None:
            distances = [hazard.distance_mm for hazard in hit.hazards]
            assert distances == sorted(distances)
            assert all(0 <= distance <= NEAR_MM for distance in distances)
            assert len({(h.id, h.side) for h in hit.hazards}) == len(hit.hazards)


def test_on_a_nerves_course_it_lies_on_the_way_in(atlas):
    nerve = next(
        shape
        for shape in atlas.view(BACK).drawing.in_layer(LayerId.HAZARDS)
        if shape.id == "hazard-sciatic-nerve-left"
    )
    place = nerve.line().interpolate(0.5, normalized=True)
    near = named(atlas.hit(BACK, place.x, place.y), "sciatic-nerve")
    assert (near.side, near.kind, near.distance_mm) == (Side.LEFT, Kind.NERVE, 0)
    assert near.depth_mm == float(nerve.attributes["data-depth-p50"])
    assert near.shallowest_mm == float(nerve.attributes["data-depth-min"])
    assert near.source is HazardSource.COURSE


def test_a_courses_margin_is_taken_off_the_distance(atlas):
    nerve = next(
        shape
        for shape in atlas.view(BACK).drawing.in_layer(LayerId.HAZARDS)
        if shape.id == "hazard-sciatic-nerve-left"
    )
    margin = float(nerve.attributes["data-buffer-mm"])
    for beside, is_near in ((margin + 8, True), (margin + 12, False)):
        rim = nerve.line().buffer(beside).boundary
        place = min(
            (rim.interpolate(share / 50, normalized=True) for share in range(50)),
            key=lambda point: abs(point.y - 1000),
        )
        near = named(atlas.hit(BACK, place.x, place.y), "sciatic-nerve")
        assert (near is not None) == is_near
        if near is not None:
            assert near.distance_mm == pytest.approx(8, abs=0.3)


def test_an_organ_is_as_deep_as_the_columns_say(atlas):
    hit = atlas.hit(BACK, -60.0, 420.0)
    pleura = named(hit, "pleura")
    here = next(e for e in hit.structures if e.id == "pleura")
    assert pleura.source is HazardSource.COLUMN
    assert pleura.depth_mm <= here.entry_mm
    assert pleura.kind is Kind.ORGAN


@pytest.mark.parametrize("view", ViewId)
def test_an_organ_on_the_way_in_is_always_named(atlas, points_in, view):
    drawn = {
        (shape.structure, shape.side): shape.polygon()
        for shape in atlas.view(view).drawing.in_layer(LayerId.HAZARDS)
        if not shape.polygon().is_empty
    }
    for u, v in points_in(view, 1500):
        hit = atlas.hit(view, u, v)
        for entry in hit.structures if hit is not None else ():
            outline = drawn.get((entry.id, entry.side))
            if outline is None or entry.id == StructureId("lung"):
                continue
            if outline.distance(shapely.Point(hit.u, hit.v)) < NEAR_MM:
                assert named(hit, entry.id) is not None
