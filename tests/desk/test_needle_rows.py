"""A course of needles along the spine."""

from dataclasses import replace

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import NeedleSize
from bodymap.desk.needle_rows import NoRowError
from bodymap.desk.placing import OffTheBodyError

BACK = ViewId.POSTERIOR


@pytest.fixture
def ends(charting):
    """Two needles beside the lumbar spine."""
    return [put(charting, 25, v) for v in (520, 640)]


def put(charting, u, v, view=BACK):
    step = charting.needle_site(view, u, v)
    charting.do(step)
    return step.select


def test_the_needles_stand_evenly_between_the_ends(charting, ends):
    charting.do(charting.needle_row(*ends, 3))
    places = [site.place for site in charting.visit.needle_sites()]
    assert [round(place.v_mm) for place in places] == [520, 640, 550, 580, 610]
    assert {round(place.u_mm) for place in places} == {25}


def test_each_knows_what_lies_under_it(charting, ends):
    charting.do(charting.needle_row(*ends, 3))
    for site in charting.visit.needle_sites():
        assert site.muscle in site.place.structures
        assert site.place.landmark


def test_they_are_like_the_first(charting, ends):
    long = NeedleSize(0.30, 60)
    first = replace(charting.visit.mark(ends[0]), needle=long, depth_mm=50.0)
    charting.do(charting.edit(first))
    charting.do(charting.needle_row(*ends, 1))
    *_, added = charting.visit.needle_sites()
    assert (added.needle, added.depth_mm) == (long, None)


def test_a_row_is_one_step(charting, ends):
    before = charting.visit.marks
    step = charting.needle_row(*ends, 4)
    charting.do(step)
    assert step.label == "row of 4 needles"
    charting.undo(step)
    assert charting.visit.marks == before


@pytest.mark.parametrize("count", [0, -1, 21, 1000])
def test_a_row_has_a_sensible_number_of_needles(charting, ends, count):
    with pytest.raises(NoRowError, match="between 1 and 20"):
        charting.needle_row(*ends, count)


def test_a_row_lies_on_one_view(charting, ends):
    front = put(charting, 20, 500, ViewId.ANTERIOR)
    with pytest.raises(NoRowError, match="one view"):
        charting.needle_row(ends[0], front, 2)


def test_a_row_lies_between_needles(charting, ends):
    step = charting.trigger_point(BACK, 25, 560)
    charting.do(step)
    with pytest.raises(NoRowError, match="two needles"):
        charting.needle_row(ends[0], step.select, 2)


def test_a_row_that_would_leave_the_body_is_refused_whole(charting):
    calves = [put(charting, u, 1250) for u in (-90, 90)]
    before = charting.visit
    with pytest.raises(OffTheBodyError):
        charting.do(charting.needle_row(*calves, 5))
    assert charting.visit == before
