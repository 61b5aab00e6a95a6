"""Enlarged parts hold their marks and keep to the body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas.sheet import Frame
from bodymap.reports import framing
from bodymap.reports.framing import Window
from tests.builders import a_needle_site, a_pain_zone, a_place

FRAME = Frame(-351, -14, 702, 1736)


def needles(points):
    return [a_needle_site(i + 1, place=a_place(u, v)) for i, (u, v) in enumerate(points)]


POINTS = st.lists(st.tuples(st.floats(-300, 300), st.floats(0, 1700)), min_size=1, max_size=70)


@settings(max_examples=40, deadline=None)
@given(POINTS)
def test_every_mark_lies_in_a_part(points):
    parts = framing.parts(needles(points))
    assert len(parts) <= framing.MOST_PARTS
    assert all(
        any(left <= u <= right and top <= v <= bottom for left, top, right, bottom in parts)
        for u, v in points
    )


def test_marks_that_lie_together_share_a_part():
    assert len(framing.parts(needles([(90, 300), (120, 350), (-80, 420)]))) == 1


def test_marks_far_apart_get_parts_of_their_own_from_top_to_bottom():
    parts = framing.parts(needles([(90, 1400), (90, 300)]))
    assert [part[1] for part in parts] == [300, 1400]


def test_a_part_holds_the_whole_of_a_zone():
    zone = a_pain_zone()
    (part,) = framing.parts([zone])
    assert part == framing.extent(zone)


@settings(max_examples=60, deadline=None)
@given(st.floats(-300, 300), st.floats(0, 1700), st.floats(0.4, 2.5))
def test_a_window_has_the_shape_of_its_place_and_stays_on_the_drawing(u, v, shape):
    left, top, right, bottom = framing.window((u, v, u, v), FRAME, shape, 280)
    assert (right - left) / (bottom - top) == pytest.approx(shape)
    assert left <= u <= right
    assert top <= v <= bottom
    assert top >= FRAME.v0 - 0.01
    assert bottom <= FRAME.v0 + FRAME.height + 0.01


def test_crowded_marks_are_shown_larger():
    loose = framing.crowding(needles([(0, 300), (60, 300), (120, 300)]))
    tight = framing.crowding(needles([(0, 300), (8, 300), (16, 300)]))
    assert framing.least_window(280, tight, 90) < framing.least_window(280, loose, 90)


def test_a_window_maps_its_corners_to_the_page():
    window = Window((-50, 100, 150, 200), (20, 30), (100, 50))
    assert window.on_page(-50, 100) == pytest.approx((20, 30))
    assert window.on_page(150, 200) == pytest.approx((120, 80))
