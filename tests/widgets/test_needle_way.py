"""Where a needle goes in the model body, and what it comes too near."""

import math

import pytest

from bodymap.atlas.areas import inside_point
from bodymap.atlas.clinical.hazards import Level
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.chart.marks import NeedleSize
from bodymap.chart.needling import Direction
from bodymap.desk.needle_way import NeedleWay, needle_way
from bodymap.widgets.inspector import way_words
from tests.builders import a_needle_site, a_trigger_point

BEHIND = ViewId.POSTERIOR
BESIDE_THE_SCAPULA = (35.4, 359.7)
"""Between the spine and the right shoulder blade: trapezius, rhomboid major, ribs and pleura."""


def needle(length_mm=40, **fields):
    return a_needle_site(**{"needle": NeedleSize(0.3, length_mm), "depth_mm": None, **fields})


def the_way(atlas, mark, at=BESIDE_THE_SCAPULA):
    return needle_way(atlas, mark, atlas.hit(BEHIND, *at))


def in_muscle(atlas, muscle, layer=LayerId.MUSCLES_SUPERFICIAL):
    shapes = atlas.view(BEHIND).drawing.in_layer(layer)
    shape = next(s for s in shapes if (s.structure, s.side) == (muscle, Side.RIGHT))
    return inside_point(shape.polygon())


@pytest.mark.parametrize(
    ("direction", "depth_mm"),
    [("perpendicular", 40), ("oblique", 40 * math.cos(math.pi / 4)), ("tangential", 10.35)],
)
def test_a_slanting_needle_goes_less_deep_than_it_is_long(atlas, direction, depth_mm):
    way = the_way(atlas, needle(direction=Direction(direction)))
    assert way.reach_mm == pytest.approx(depth_mm, abs=0.01)


def test_a_straight_needle_meets_what_lies_under_the_point(atlas):
    hit = atlas.hit(BEHIND, *BESIDE_THE_SCAPULA)
    way = needle_way(atlas, needle(), hit)
    assert way.met == hit.structures
    trapezius = next(e for e in hit.structures if e.id == "trapezius-ascending")
    assert way.tip_in((trapezius.entry_mm + trapezius.exit_mm) / 2).id == "trapezius-ascending"
    assert way.tip_in(1.0) is None


def test_an_oblique_needle_is_followed_only_where_it_is_known_to_point(atlas):
    hit = atlas.hit(BEHIND, *BESIDE_THE_SCAPULA)
    unknown = needle_way(atlas, needle(60, direction=Direction.OBLIQUE), hit)
    outwards = needle_way(atlas, needle(60, direction=Direction.OBLIQUE, clock=3), hit)
    inwards = needle_way(atlas, needle(60, direction=Direction.OBLIQUE, clock=9), hit)
    assert unknown.met == hit.structures
    names = [{entry.id for entry in way.met} for way in (outwards, inwards)]
    assert names[0] != names[1]
    for way in (outwards, inwards):
        assert all(0 <= e.entry_mm < e.exit_mm <= way.reach_mm * 1.1 + 1 for e in way.met)
        assert list(way.met) == sorted(way.met, key=lambda entry: entry.entry_mm)


def test_a_needle_off_towards_the_air_meets_nothing_there(atlas):
    drawing = atlas.view(BEHIND).drawing
    (skin,) = drawing.in_layer(LayerId.SKIN)
    right = skin.polygon().bounds[2]
    arm = next(
        (u, v)
        for v in range(300, 700, 20)
        for u in range(int(right), 0, -2)
        if atlas.hit(BEHIND, u, v) is not None
    )
    way = the_way(atlas, needle(60, direction=Direction.TANGENTIAL, clock=3), arm)
    assert isinstance(way, NeedleWay)
    assert all(entry.exit_mm <= 20 for entry in way.met)


def test_over_the_lung_the_worst_is_minded_first(atlas):
    way = the_way(atlas, needle(50))
    levels = [list(Level).index(near.level) for near in way.cautioned]
    assert levels == sorted(levels)
    assert way.cautioned[0].hazard.id == "pleura"
    assert way.cautioned[0].level is Level.LIFE_THREATENING


def test_a_shallow_needle_is_not_cautioned_of_what_lies_far_beneath(atlas):
    way = the_way(atlas, needle(depth_mm=10.0))
    assert "pleura" in {near.hazard.id for near in way.near}
    assert "pleura" not in {near.hazard.id for near in way.cautioned}


def test_what_the_tip_has_reached_is_no_distance_away(atlas):
    hit = atlas.hit(BEHIND, *BESIDE_THE_SCAPULA)
    pleura = next(near for near in hit.hazards if near.id == "pleura")
    way = needle_way(atlas, needle(75, depth_mm=float(math.ceil(pleura.depth_mm))), hit)
    assert way.cautioned[0].gap_mm == 0
    _, text, _ = way_words.caution(needle(75, depth_mm=70.0), way)
    assert "reaches it" in text


def test_the_guide_value_of_a_muscle_that_may_be_reached_counts(atlas):
    way = the_way(atlas, needle(muscle="trapezius-ascending"))
    assert way.guide.muscle.id == "rhomboid-major"
    _, text, reference = way_words.caution(needle(), way)
    assert "19 mm" in text
    assert "ultrasound" in reference
    assert "Source:" in reference


def test_a_needle_within_the_guide_value_is_not_held_against_it(atlas):
    mark = needle(depth_mm=18.0)
    way = the_way(atlas, mark)
    assert way.guide.depth.mm == 19
    said = way_words.caution(mark, way)
    assert said is None or "Guide value" not in said[1]


def test_only_the_guide_value_is_told_where_nothing_is_near(atlas):
    at = in_muscle(atlas, "latissimus-dorsi")
    mark = needle(muscle="latissimus-dorsi", depth_mm=30.0)
    hit = atlas.hit(BEHIND, *at)
    way = needle_way(atlas, mark, hit)
    title, _, reference = way_words.caution(mark, NeedleWay(40, 0, None, way.met, (), way.guide))
    assert title == "Caution: deeper than the guide value"
    assert "Board Notice" in reference


def test_a_trigger_point_is_looked_at_as_deep_as_usual_needles_go(atlas):
    way = the_way(atlas, a_trigger_point())
    assert way.reach_mm == 50
    assert any(near.hazard.id == "pleura" for near in way.cautioned)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"depth_mm": 12.0}, "The tip is 12 mm deep, in trapezius, ascending part."),
        ({"depth_mm": 2.0}, "under the skin over trapezius"),
        ({"depth_mm": 20.0}, "between trapezius, ascending part and rhomboid major"),
        ({}, "Pushed in to the handle, the tip would be 40 mm deep"),
        ({"direction": Direction.OBLIQUE}, "Leaning 45°, 40 mm of needle come 28 mm deep"),
        ({"direction": Direction.OBLIQUE, "clock": 2}, "followed towards 2 o’clock"),
    ],
)
def test_the_tip_is_told_in_words(atlas, fields, words):
    mark = needle(**fields)
    assert words in way_words.tip(the_way(atlas, mark), mark.depth_mm)


def test_what_lies_further_in_is_told(atlas):
    said = way_words.tip(the_way(atlas, needle(depth_mm=40.0)), 40.0)
    assert "pleural space begins at 64 mm, 24 mm further in" in said
