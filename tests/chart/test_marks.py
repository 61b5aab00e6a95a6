"""What a mark refuses to hold."""

import math
from dataclasses import replace

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind, NeedleSize, kind_of
from tests.builders import (
    a_needle_site,
    a_note,
    a_pain_zone,
    a_place,
    a_polygon,
    a_trigger_point,
    a_visit,
)


def test_a_needle_cannot_go_deeper_than_it_is_long():
    site = a_needle_site(needle=NeedleSize(0.30, 40), depth_mm=40.0)
    with pytest.raises(ValueError, match="deeper than it is long"):
        replace(site, depth_mm=40.5)


@pytest.mark.parametrize(
    ("diameter_mm", "length_mm"), [(0.03, 40), (3.0, 40), (0.3, 4), (0.3, 200)]
)
def test_a_needle_of_no_usual_size_is_a_slip_of_the_pen(diameter_mm, length_mm):
    with pytest.raises(ValueError, match="needle's"):
        NeedleSize(diameter_mm, length_mm)


@pytest.mark.parametrize("intensity", [-1, 11])
def test_pain_is_told_from_0_to_10(intensity):
    with pytest.raises(ValueError, match="0 to 10"):
        a_trigger_point(intensity=intensity)


def test_a_pain_zone_lies_on_one_view():
    with pytest.raises(ValueError, match="one view"):
        a_pain_zone(polygons=(a_polygon(view=ViewId.ANTERIOR),))


def test_a_pain_zone_needs_an_area():
    with pytest.raises(ValueError, match="area"):
        a_pain_zone(polygons=())


@pytest.mark.parametrize("u_mm", [math.nan, math.inf])
def test_a_place_is_somewhere(u_mm):
    with pytest.raises(ValueError, match="finite"):
        a_place(u_mm=u_mm)


def test_marks_stand_by_kind_then_number():
    visit = a_visit(needles=0, trigger_points=0, zones=0)
    for mark in (a_note(1), a_needle_site(2), a_pain_zone(1), a_needle_site(1), a_trigger_point(1)):
        visit = visit.with_mark(mark)
    assert [(kind_of(mark), mark.number) for mark in visit.marks] == [
        (MarkKind.TRIGGER_POINT, 1),
        (MarkKind.NEEDLE_SITE, 1),
        (MarkKind.NEEDLE_SITE, 2),
        (MarkKind.PAIN_ZONE, 1),
        (MarkKind.NOTE, 1),
    ]


def test_each_kind_counts_for_itself():
    visit = a_visit(needles=3, trigger_points=1, zones=0)
    assert visit.next_number(MarkKind.NEEDLE_SITE) == 4
    assert visit.next_number(MarkKind.TRIGGER_POINT) == 2
    assert visit.next_number(MarkKind.PAIN_ZONE) == 1
