"""From the pain drawn in a visit to muscles, and to where they are seen."""

from dataclasses import replace

import pytest

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import Dissection, LayerId, Side, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import PainKind
from bodymap.desk.reasoning import LAYERS, drawn_pain, explanations, outlines, sight_of

RIGHT = ViewId.LATERAL_RIGHT


@pytest.fixture
def temple(charting, atlas):
    """The open visit with pain over the whole right temple."""
    shapes = atlas.view(RIGHT).drawing.in_layer(LayerId.SURFACE_REGIONS)
    shape = next(s for s in shapes if (s.structure, s.side) == ("temple", Side.RIGHT))
    charting.do(charting.pain_from_region(RIGHT, *inside_point(shape.polygon())))
    return charting


def test_drawn_pain_lies_on_its_regions(temple, atlas):
    assert set(drawn_pain(temple.visit, atlas)) == {("temple", Side.RIGHT)}


@pytest.mark.parametrize(
    ("kind", "is_explained"),
    [
        (PainKind.PRESENTING, True),
        (PainKind.REFERRED, True),
        (PainKind.NUMBNESS, False),
        (PainKind.PARAESTHESIA, False),
        (PainKind.SORENESS, False),
    ],
)
def test_only_pain_is_explained(temple, atlas, kind, is_explained):
    (zone,) = temple.visit.pain_zones()
    temple.do(temple.edit(replace(zone, kind=kind)))
    assert bool(explanations(temple.visit, atlas)) is is_explained


def test_pain_on_the_temple_ranks_the_neck_among_the_first(temple, atlas):
    first = [one.muscle for one in explanations(temple.visit, atlas)[:5]]
    assert {"upper-trapezius", "sternocleidomastoid"} <= set(first)


def test_a_visit_without_pain_explains_nothing(charting, atlas):
    assert explanations(charting.visit, atlas) == ()


def muscles():
    knowledge = Knowledge.load()
    undrawn = knowledge.gaps.muscles_without_outline
    return [muscle for muscle in knowledge.muscles.values() if muscle.id not in undrawn]


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_every_muscle_that_is_drawn_is_found_inside_its_own_outline(atlas, side):
    now = (ViewId.ANTERIOR, Dissection.SKIN)
    for muscle in muscles():
        sight = sight_of(atlas, muscle.structures, side, muscle.views, now)
        assert sight is not None, muscle.id
        drawn = atlas.drawn_at(sight.view, sight.u_mm, sight.v_mm, sight.dissection)
        assert drawn.structure in muscle.structures, muscle.id
        assert drawn.side in {side, Side.MIDLINE}


def test_what_is_shown_stays_where_the_muscle_is_well_seen(atlas):
    infraspinatus = Knowledge.load().muscle("infraspinatus")
    for dissection in (Dissection.SUPERFICIAL, Dissection.INTERMEDIATE):
        now = (ViewId.POSTERIOR, dissection)
        sight = sight_of(atlas, infraspinatus.structures, Side.RIGHT, infraspinatus.views, now)
        seen = outlines(atlas, infraspinatus.structures, Side.RIGHT, now[0], LAYERS[dissection])
        if sum(shape.polygon().area for shape in seen) > 5000:
            assert (sight.view, sight.dissection) == now


def test_nothing_is_seen_of_what_is_not_drawn(atlas):
    now = (ViewId.ANTERIOR, Dissection.SKIN)
    assert sight_of(atlas, (), Side.RIGHT, (ViewId.POSTERIOR,), now) is None
