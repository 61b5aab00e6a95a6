"""The regions as the shipped drawings show them: every zone where the list says, without gap."""

import json
from importlib import resources

import numpy as np
import pytest
import shapely
from shapely import affinity

from bodymap.atlas.drawing import load_drawing
from bodymap.atlas.ids import LayerId, Side, ViewId

HALVED = [view for view in ViewId if not view.startswith("lateral")]


@pytest.fixture(scope="module")
def listed():
    """The zones by id, as the list in the package describes them."""
    text = (resources.files("bodymap.assets") / "atlas" / "regions.json").read_text("utf-8")
    return {zone["id"]: zone for zone in json.loads(text)["zones"]}


@pytest.fixture(scope="module")
def drawn():
    """For each view its regions by zone and side, and its skin."""
    found = {}
    for view in ViewId:
        drawing = load_drawing(view)
        shapes = drawing.in_layer(LayerId.SURFACE_REGIONS)
        regions = {(shape.structure, shape.side): shape.polygon() for shape in shapes}
        assert len(regions) == len(shapes), "a zone is one path on each side"
        (skin,) = drawing.in_layer(LayerId.SKIN)
        found[view] = (regions, skin.polygon())
    return found


@pytest.mark.parametrize("view", ViewId)
def test_a_view_shows_the_zones_that_are_listed_for_it_and_no_other(view, drawn, listed):
    regions, _ = drawn[view]
    wanted = {zone["id"] for zone in listed.values() if view in zone["views"]}
    assert {zone for zone, _ in regions} == wanted


@pytest.mark.parametrize("view", ViewId)
def test_paired_zones_are_there_on_both_sides(view, drawn, listed):
    regions, _ = drawn[view]
    here = {"lateral-left": {Side.LEFT}, "lateral-right": {Side.RIGHT}}
    for zone in {zone for zone, _ in regions}:
        sides = {side for other, side in regions if other == zone}
        pair = here.get(view, {Side.LEFT, Side.RIGHT})
        assert sides == ({Side.MIDLINE} if listed[zone]["midline"] else pair), zone


@pytest.mark.parametrize("view", ViewId)
def test_regions_cover_the_skin_and_do_not_overlap(view, drawn):
    regions, skin = drawn[view]
    shapes = list(regions.values())
    together = shapely.union_all(shapes)
    assert together.symmetric_difference(skin).area < 2e-4 * skin.area
    assert sum(shape.area for shape in shapes) - together.area < 1e-4 * skin.area


@pytest.mark.parametrize("view", ViewId)
def test_a_point_of_the_skin_lies_in_one_region(view, drawn):
    regions, skin = drawn[view]
    dice = np.random.default_rng(7)
    u0, v0, u1, v1 = skin.bounds
    points = shapely.points(dice.uniform((u0, v0), (u1, v1), (2000, 2)))
    inner = points[shapely.contains(skin.buffer(-0.5), points)]
    tree = shapely.STRtree(list(regions.values()))
    point_of_hit, _ = tree.query(inner, predicate="intersects")
    owners = np.bincount(point_of_hit, minlength=len(inner))
    assert (owners > 0).all()
    assert (owners > 1).mean() < 0.005


@pytest.mark.parametrize("view", HALVED)
def test_right_mirrors_left(view, drawn):
    regions, _ = drawn[view]
    for (zone, side), region in regions.items():
        mirrored = affinity.scale(region, -1, origin=(0, 0))
        twin = regions[zone, side.mirrored]
        assert mirrored.symmetric_difference(twin).area < 0.01 * region.area + 0.1, zone


def test_the_view_from_the_right_mirrors_the_one_from_the_left(drawn):
    (left, _), (right, _) = drawn[ViewId.LATERAL_LEFT], drawn[ViewId.LATERAL_RIGHT]
    for (zone, side), region in left.items():
        mirrored = affinity.scale(region, -1, origin=(0, 0))
        twin = right[zone, side.mirrored]
        assert mirrored.symmetric_difference(twin).area < 0.01 * region.area + 0.1, zone


@pytest.mark.parametrize("view", HALVED)
def test_sides_are_the_patients(view, drawn):
    regions, _ = drawn[view]
    left_of_page = Side.LEFT if view == ViewId.POSTERIOR else Side.RIGHT
    for (zone, side), region in regions.items():
        if side == Side.MIDLINE:
            assert region.bounds[0] < -1 < 1 < region.bounds[2], zone
        else:
            assert (region.centroid.x < 0) == (side == left_of_page), zone


def test_a_region_is_titled_with_the_name_in_the_list(listed):
    for shape in load_drawing(ViewId.ANTERIOR).in_layer(LayerId.SURFACE_REGIONS):
        assert shape.title.startswith(listed[shape.structure]["name"])
