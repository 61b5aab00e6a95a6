"""The regions as the shipped drawings show them: every zone where the list says, without gap."""

import json
from importlib import resources

import numpy as np
import pytest
import shapely
from shapely import affinity

from bodymap.atlas.drawing import load_drawing
from bodymap.atlas.ids import LayerId, Side, ViewId

LIES_IN = [
    (ViewId.ANTERIOR, "patella", "anterior-knee"),
    (ViewId.ANTERIOR, "nipple", "breast"),
    (ViewId.ANTERIOR, "coracoid-process", "anterior-shoulder"),
    (ViewId.ANTERIOR, "medial-epicondyle", "medial-elbow"),
    (ViewId.ANTERIOR, "lateral-epicondyle", "lateral-elbow"),
    (ViewId.ANTERIOR, "radial-styloid", "radial-wrist"),
    (ViewId.ANTERIOR, "pisiform", "volar-wrist-ulnar"),
    (ViewId.ANTERIOR, "umbilicus", "umbilical-region"),
    (ViewId.ANTERIOR, "anterior-superior-iliac-spine", "anterior-hip"),
    (ViewId.ANTERIOR, "medial-malleolus", "medial-ankle"),
    (ViewId.POSTERIOR, "mastoid-process", "mastoid"),
    (ViewId.POSTERIOR, "inferior-angle-of-scapula", "inferior-scapular-angle"),
    (ViewId.POSTERIOR, "root-of-scapular-spine", "medial-scapular-border"),
    (ViewId.POSTERIOR, "olecranon", "olecranon"),
    (ViewId.POSTERIOR, "ulnar-styloid", "ulnar-wrist-dorsal"),
    (ViewId.POSTERIOR, "posterior-superior-iliac-spine", "sacroiliac"),
    (ViewId.POSTERIOR, "tip-of-coccyx", "coccyx"),
    (ViewId.POSTERIOR, "ischial-tuberosity", "lower-buttock"),
    (ViewId.POSTERIOR, "greater-trochanter", "greater-trochanter"),
    (ViewId.LATERAL_LEFT, "angle-of-mandible", "jaw"),
    (ViewId.LATERAL_LEFT, "mastoid-process", "mastoid"),
    (ViewId.LATERAL_LEFT, "greater-trochanter", "greater-trochanter"),
    (ViewId.LATERAL_LEFT, "fibular-head", "lateral-leg-upper"),
    (ViewId.LATERAL_LEFT, "lateral-malleolus", "lateral-ankle"),
    (ViewId.ANTERIOR, "acromion", "acromion"),
    (ViewId.POSTERIOR, "acromial-angle", "acromion"),
    (ViewId.POSTERIOR, "calcaneal-tuberosity", "heel"),
    (ViewId.SOLES, "calcaneal-tuberosity", "heel"),
    (ViewId.SOLES, "metatarsal-head-1", "ball-of-foot-medial"),
    (ViewId.SOLES, "metatarsal-head-3", "ball-of-foot-central"),
    (ViewId.SOLES, "metatarsal-head-5", "ball-of-foot-lateral"),
    (ViewId.SOLES, "base-of-fifth-metatarsal", "lateral-sole"),
    (ViewId.FEET_DORSAL, "lateral-malleolus", "lateral-ankle"),
]
"""Left and midline landmarks, and the zone each should be found in."""

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


@pytest.fixture(scope="module")
def landmarks():
    """The landmarks of the package by id."""
    text = (resources.files("bodymap.assets") / "atlas" / "landmarks.json").read_text("utf-8")
    return {mark["id"]: mark for mark in json.loads(text)["landmarks"]}


@pytest.mark.parametrize(("view", "landmark", "zone"), LIES_IN)
def test_a_landmark_lies_in_the_zone_named_for_it(view, landmark, zone, drawn, landmarks):
    place = shapely.Point(landmarks[landmark]["views"][view])
    regions, _ = drawn[view]
    found = [region for region, shape in regions.items() if shape.contains(place)]
    side = found[0][1] if found else None
    assert found == [(zone, side)]
    assert side in {Side.LEFT, Side.MIDLINE}


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
