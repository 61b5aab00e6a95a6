"""Needles in and out: the tally, what does not fit, and the two ways to put them away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.needle_counting import NotInTimeError, all_put_away, put_in, taken_out, tally
from tests.builders import BEGAN, a_needle_site, a_visit

LATER = BEGAN + timedelta(minutes=12)


def a_count(opened=None, in_sharps=None, *, out=0, needles=3):
    """A visit with so many needles, so many of them out, and what was counted."""
    visit = a_visit(needles, record=VisitRecord(needles=NeedleCount(opened, in_sharps)))
    sites = [site.id for site in visit.needle_sites()]
    return taken_out(visit, sites[:out], LATER)


@pytest.mark.parametrize(
    ("visit", "mismatches"),
    [
        (a_count(), ()),
        (a_count(3), ()),
        (a_count(2), ("3 went in, but only 2 were opened.",)),
        (a_count(3, 3, out=3), ()),
        (a_count(3, 3, out=2), ("Still in: needle 3.",)),
        (a_count(4, 3, out=3), ("4 opened, 3 in the sharps.",)),
        (
            a_count(None, 3, out=1),
            ("Still in: needle 2, needle 3.", "0 opened, 3 in the sharps."),
        ),
    ],
)
def test_what_does_not_fit_is_named(visit, mismatches):
    assert tally(visit).mismatches == mismatches


def test_it_is_reconciled_when_all_is_counted_and_nothing_is_left_in():
    assert tally(a_count(3, 3, out=3)).is_reconciled
    assert tally(a_count(4, 4, out=3)).is_reconciled
    assert not tally(a_count(3, 3, out=2)).is_reconciled
    assert not tally(a_count(out=3)).is_reconciled
    assert not tally(a_count(2, 2, out=3)).is_reconciled


def test_several_needles_at_one_site_are_all_counted():
    visit = a_visit(1).with_mark(a_needle_site(1, count=4))
    assert tally(visit).inserted == 4
    assert tally(all_put_away(visit, LATER)).removed == 4
    assert all_put_away(visit, LATER).record.needles == NeedleCount(4, 4)


def test_what_was_opened_and_not_used_goes_into_the_sharps_too():
    assert all_put_away(a_count(5), LATER).record.needles == NeedleCount(5, 5)


def test_the_first_one_still_in_starts_the_clock():
    visit = a_visit(2)
    first, second = visit.needle_sites()
    visit = visit.with_mark(replace(first, time_in=BEGAN))
    visit = visit.with_mark(replace(second, time_in=BEGAN + timedelta(minutes=3)))
    assert tally(visit).first_in == BEGAN
    assert tally(taken_out(visit, {first.id}, LATER)).first_in == BEGAN + timedelta(minutes=3)


def test_hands_are_those_of_the_therapist_unless_somebody_was_named():
    visit = a_visit(1)
    (site,) = visit.needle_sites()
    (there,) = put_in(visit, {site.id}, BEGAN).needle_sites()
    assert put_in(visit, (), BEGAN) == visit
    assert (there.time_in, there.time_out, there.placed_by) == (BEGAN, None, visit.therapist)
    (gone,) = taken_out(visit.with_mark(there), {site.id}, LATER).needle_sites()
    assert (gone.time_out, gone.removed_by) == (LATER, visit.therapist)


def test_one_that_went_in_later_cannot_come_out_now():
    visit = a_visit(1)
    (site,) = visit.needle_sites()
    visit = visit.with_mark(replace(site, time_in=LATER))
    with pytest.raises(NotInTimeError, match="Needle 1 was not put down as out"):
        taken_out(visit, {site.id}, BEGAN)
