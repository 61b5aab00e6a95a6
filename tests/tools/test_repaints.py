"""Places painted over, the order of ribs, and the tendon of quadriceps."""

import pytest
from shapely import MultiPolygon, Point, box, unary_union
from shapely.affinity import scale

from tests.tools.test_partition_mending import areas, structure
from tools.draw_atlas.measured import MeasuredView
from tools.draw_atlas.partition_mending import area_of, mended_partition, rings_of
from tools.draw_atlas.repaints import repaints
from tools.draw_atlas.skeleton_layer import skeleton_order
from tools.draw_atlas.tendon_places import tendon_place

DISSECTIONS = [(view, level) for view in ("anterior", "lateral-left") for level in (1, 3)]


def test_bone_in_the_top_of_the_iliotibial_tract_becomes_tract():
    rows = [
        structure("iliotibial-tract", (-10, 860, 30, 1200), kind="tendon-fascia"),
        structure("femur", (-7, 830, 10, 860), (20, 890, 40, 900), kind="bone"),
    ]
    mended = areas(mended_partition("lateral-left", 1, rows))
    assert mended["femur"].equals(box(20, 890, 40, 900))
    assert mended["iliotibial-tract"].contains(box(-7, 831, 10, 1199))


def mirrored(area):
    return scale(area, xfact=-1, origin=(0, 0))


def test_the_right_is_painted_as_the_mirror_image():
    left = [
        structure("iliotibial-tract", (-10, 860, 18, 1200)),
        structure("femur", (0, 830, 9, 860)),
    ]
    right = [
        {**row, "side": "right", "visible": rings_of(mirrored(area_of(row["visible"])))}
        for row in left
    ]
    one = areas(mended_partition("lateral-left", 1, left))
    other = areas(mended_partition("lateral-right", 1, right))
    for name, area in one.items():
        assert mirrored(area).equals(other[name])


@pytest.mark.parametrize(("view", "level"), DISSECTIONS)
def test_nothing_overlaps_where_places_are_painted(view, level):
    named = {name for r in repaints(view, level) for name in (r.taker, *r.givers)}
    bounds = box(-200, 300, 200, 1000)
    width = 400 / max(1, len(named))
    rows = [
        structure(name, (-200 + i * width, 300, -200 + (i + 1) * width, 1000))
        for i, name in enumerate(sorted(named))
    ]
    shapes = list(areas(mended_partition(view, level, rows)).values())
    assert sum(s.area for s in shapes) == pytest.approx(unary_union(shapes).area)
    if rows:
        assert unary_union(shapes).area == pytest.approx(bounds.area)


def view_of(name, *bones):
    structures = [
        {"id": bone, "side": "left", "kind": "bone", "order": order, "silhouette": [[[[0, 0]]]]}
        for bone, order in bones
    ]
    return MeasuredView(name, MultiPolygon(), structures, {})


@pytest.mark.parametrize(
    ("view", "nearest_first"),
    [
        ("anterior", ["rib-7", "scapula", "rib-8", "rib-10"]),
        ("posterior", ["rib-10", "scapula", "rib-8", "rib-7"]),
    ],
)
def test_crossing_ribs_lie_over_each_other_as_in_the_chest(view, nearest_first):
    source = view_of(view, ("rib-10", 142), ("rib-7", 254), ("rib-8", 167), ("scapula", 150))
    assert [s["id"] for s in skeleton_order(source)] == nearest_first


def test_from_the_side_the_spine_lies_behind_the_ribs():
    source = view_of("lateral-left", ("vertebra-l1", 100), ("rib-12", 243))
    assert [s["id"] for s in skeleton_order(source)] == ["rib-12", "vertebra-l1"]


def test_quadriceps_is_tendon_below_the_patella_and_flesh_above_it():
    place = tendon_place("anterior", "rectus-femoris", is_measured=False)
    assert place is not None
    assert place.contains(Point(85, 1300))
    assert not place.contains(Point(85, 1150))
