"""Areas that an item bars, and the needles within them."""

import pytest

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.desk.barring import area_of, bar_inside, bar_region, crossings, unbar
from bodymap.desk.placing import OffTheBodyError
from bodymap.desk.zones import NoAreaError

BACK = ViewId.POSTERIOR


@pytest.fixture
def blade(atlas):
    """A point in the right infraspinatus, seen from behind."""
    shapes = atlas.view(BACK).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
    shape = next(s for s in shapes if (s.structure, s.side) == ("infraspinatus", Side.RIGHT))
    return inside_point(shape.polygon())


def square(u, v, half):
    return [(u - half, v - half), (u + half, v - half), (u + half, v + half), (u - half, v + half)]


def areas(charting):
    return charting.visit.record.screening.areas


def test_a_region_is_barred_by_a_tap_and_freed_by_another(charting, blade):
    charting.do(bar_region(charting, "open-wound", BACK, *blade))
    (area,) = areas(charting)
    assert (area.item, area.view, area.place.side) == ("open-wound", BACK, Side.RIGHT)
    assert area.place.structures == ()
    charting.do(bar_region(charting, "open-wound", BACK, *blade))
    assert areas(charting) == ()


def test_pieces_of_one_view_are_one_area(charting, blade):
    charting.do(bar_inside(charting, "open-wound", BACK, square(*blade, 10)))
    charting.do(bar_inside(charting, "open-wound", BACK, square(-blade[0], blade[1], 10)))
    charting.do(bar_inside(charting, "lymphoedema", BACK, square(*blade, 8)))
    assert [(area.item, len(area.polygons)) for area in areas(charting)] == [
        ("lymphoedema", 1),
        ("open-wound", 2),
    ]
    charting.do(unbar(charting, "open-wound"))
    assert [area.item for area in areas(charting)] == ["lymphoedema"]


def test_it_is_one_step_that_is_taken_back(charting, blade):
    step = bar_inside(charting, "open-wound", BACK, square(*blade, 10))
    charting.do(step)
    charting.undo(step)
    assert areas(charting) == ()


def test_what_is_off_the_body_is_refused(charting):
    with pytest.raises(NoAreaError):
        bar_inside(charting, "open-wound", BACK, square(-800, 20, 5))
    with pytest.raises(OffTheBodyError):
        bar_region(charting, "open-wound", BACK, -800, 20)


@pytest.mark.parametrize(
    ("off_mm", "is_within"), [(0, True), (9, True), (11, True), (14, False), (60, False)]
)
def test_a_needle_within_or_at_the_edge_is_told_of(charting, blade, off_mm, is_within):
    u, v = blade
    charting.do(bar_inside(charting, "open-wound", BACK, square(u, v, 10)))
    charting.do(charting.needle_site(BACK, u, v - off_mm))
    found = crossings(charting.visit, charting.visit.needle_sites())
    assert [one.area.item for one in found] == (["open-wound"] if is_within else [])


def test_a_needle_on_another_view_is_not(charting, blade):
    u, v = blade
    charting.do(bar_inside(charting, "open-wound", BACK, square(u, v, 10)))
    charting.do(charting.needle_site(ViewId.ANTERIOR, u, v))
    assert crossings(charting.visit, charting.visit.needle_sites()) == ()


def test_the_area_is_that_of_its_pieces(charting, blade):
    charting.do(bar_inside(charting, "open-wound", BACK, square(*blade, 10)))
    assert area_of(areas(charting)[0]).area == pytest.approx(400, rel=0.02)
