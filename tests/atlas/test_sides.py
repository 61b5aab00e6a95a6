"""Left and right never swap: every structure, every view, and mirrored."""

from collections import Counter

import pytest

from bodymap.atlas.ids import Dissection, LayerId, Side, ViewId
from bodymap.atlas.views import mirror, side_at

BOTH_SIDES = [ViewId.ANTERIOR, ViewId.POSTERIOR, ViewId.SOLES, ViewId.FEET_DORSAL]
SIDED_LAYERS = [layer for layer in LayerId if layer not in {LayerId.SKIN, LayerId.DETAIL}]
MUSCLE_LAYERS = {
    Dissection.SUPERFICIAL: LayerId.MUSCLES_SUPERFICIAL,
    Dissection.INTERMEDIATE: LayerId.MUSCLES_INTERMEDIATE,
    Dissection.DEEP: LayerId.MUSCLES_DEEP,
}


def middle(shape):
    polygon = shape.polygon()
    return (shape.line() if polygon.is_empty else polygon).centroid


def inside(shape):
    """A point that lies well within a shape: the middle of its largest piece."""
    polygon = shape.polygon()
    pieces = getattr(polygon, "geoms", [polygon])
    return max(pieces, key=lambda piece: piece.area).representative_point()


@pytest.mark.parametrize("view", BOTH_SIDES)
@pytest.mark.parametrize("layer", SIDED_LAYERS)
def test_every_shape_lies_on_the_side_it_says(atlas, view, layer):
    for shape in atlas.view(view).drawing.in_layer(layer):
        if shape.side is Side.MIDLINE:
            assert "organ" in shape.classes or abs(middle(shape).x) < 5, shape.id
        else:
            assert side_at(view, middle(shape).x) is shape.side, shape.id


@pytest.mark.parametrize("view", [ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT])
@pytest.mark.parametrize("layer", SIDED_LAYERS)
def test_side_views_show_one_side(atlas, view, layer):
    sides = {shape.side for shape in atlas.view(view).drawing.in_layer(layer)}
    assert sides <= {Side.MIDLINE, side_at(view, 0)}


@pytest.mark.parametrize("view", ViewId)
@pytest.mark.parametrize("layer", SIDED_LAYERS)
def test_left_and_right_come_in_pairs(atlas, view, layer):
    other, _, _ = mirror(view, 0, 0)
    here = Counter((s.structure, s.side) for s in atlas.view(view).drawing.in_layer(layer))
    there = Counter(
        (s.structure, s.side.mirrored) for s in atlas.view(other).drawing.in_layer(layer)
    )
    unpaired = {structure for structure, _ in (here - there) | (there - here)}
    assert unpaired <= {"spleen"}


@pytest.mark.parametrize("view", ViewId)
@pytest.mark.parametrize("dissection", MUSCLE_LAYERS)
def test_what_is_drawn_at_a_point_is_mirrored_on_the_other_side(atlas, view, dissection):
    shapes = atlas.view(view).drawing.in_layer(MUSCLE_LAYERS[dissection])
    found = 0
    for shape in shapes:
        point = inside(shape)
        here = atlas.drawn_at(view, point.x, point.y, dissection)
        other, u, v = mirror(view, point.x, point.y)
        there = atlas.drawn_at(other, u, v, dissection)
        assert here is not None, shape.id
        assert there is not None, shape.id
        assert (there.structure, there.side) == (here.structure, here.side.mirrored)
        found += here is shape
    assert found > 0.9 * len(shapes)


@pytest.mark.parametrize("view", ViewId)
def test_the_whole_answer_is_mirrored(atlas, view):
    for shape in atlas.view(view).drawing.in_layer(LayerId.SURFACE_REGIONS):
        point = inside(shape)
        here = atlas.hit(view, point.x, point.y)
        there = atlas.hit(*mirror(view, point.x, point.y))
        assert (there.region, there.region_side) == (here.region, here.region_side.mirrored)
        assert (here.region, here.region_side) == (shape.structure, shape.side)
        assert there.side is here.side.mirrored
        assert there.landmark == here.landmark.removesuffix(here.side) + there.side
        if shape.side is not Side.MIDLINE:
            assert here.side is shape.side


@pytest.mark.parametrize("view", ViewId)
def test_no_stack_names_the_other_side_away_from_the_midline(atlas, points_in, view):
    for u, v in points_in(view, 4000):
        spot = atlas.lookup(view, u, v)
        if spot is None or (abs(u) < 40 and view in BOTH_SIDES):
            continue
        if view in BOTH_SIDES:
            sides = {entry.side for entry in spot.stack}
            assert spot.side.mirrored not in sides


@pytest.mark.parametrize("view", ViewId)
def test_stacks_are_mirrored(atlas, points_in, view):
    """The model's halves differ by hairs, so that a few cells at borders may differ too."""
    same = asked = 0
    for u, v in points_in(view, 3000):
        here, there = atlas.lookup(view, u, v), atlas.lookup(*mirror(view, u, v))
        assert (here is None) == (there is None)
        if here is None or there is None or not here.stack:
            continue
        asked += 1
        same += Counter((e.id, e.side.mirrored) for e in here.stack) == Counter(
            (e.id, e.side) for e in there.stack
        )
    assert same > 0.8 * asked > 100


@pytest.mark.parametrize("view", ViewId)
def test_hazards_are_mirrored(atlas, points_in, view):
    for u, v in points_in(view, 400):
        here, there = atlas.hit(view, u, v), atlas.hit(*mirror(view, u, v))
        if here is None or there is None:
            continue
        courses = {(h.id, h.side.mirrored, h.distance_mm) for h in here.hazards if is_course(h)}
        others = {(h.id, h.side, h.distance_mm) for h in there.hazards if is_course(h)}
        assert {c[:2] for c in courses} ^ {o[:2] for o in others} <= {
            c[:2] for c in courses | others if c[2] > 9.8
        }


def is_course(hazard):
    return hazard.kind in {"nerve", "vessel"}
