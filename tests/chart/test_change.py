"""A change turns one state of a visit into another, and its inverse turns it back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bodymap.chart.change import Change, between, changed
from bodymap.chart.visit import Visit
from tests.builders import a_needle_site, a_note, a_pain_zone, a_trigger_point, a_visit

marks = st.one_of(
    st.builds(a_trigger_point, number=st.integers(1, 6), intensity=st.integers(0, 10)),
    st.builds(a_needle_site, number=st.integers(1, 6), twitches=st.integers(0, 5)),
    st.builds(a_pain_zone, number=st.integers(1, 4)),
    st.builds(a_note, number=st.integers(1, 4), text=st.text(max_size=5)),
)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    visit = a_visit(needles=0, trigger_points=0, zones=0)
    for mark in draw(st.lists(marks, max_size=8)):
        visit = visit.with_mark(mark)
    pain = st.none() | st.integers(0, 10)
    return replace(visit, pain_before=draw(pain), pain_after=draw(pain))


@given(visits(), visits())
def test_the_change_between_two_states_leads_from_one_to_the_other(before, after):
    assert changed(before, between(before, after)) == after


@given(visits(), visits())
def test_swapped_it_takes_the_change_back(before, after):
    there = changed(before, between(before, after))
    assert changed(there, between(after, before)) == before


@given(visits())
def test_nothing_changes_between_a_state_and_itself(visit):
    assert between(visit, visit) == Change()
    assert between(visit, visit).is_empty


def test_removing_a_trigger_point_unlinks_its_needle_and_undo_links_it_again():
    before = a_visit(needles=1, trigger_points=1)
    point = next(before.trigger_points())
    after = before.without_mark(point.id)

    assert next(after.needle_sites()).trigger_point is None
    assert changed(after, between(after, before)) == before
