"""How visits compare over time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.marks import PainKind
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.pain_area import area_cm2
from bodymap.chart.visit import VisitState
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.trends import Trends, important_change, measure_courses, reading
from tests.builders import BEGAN, a_patient, a_user, a_visit, an_episode


@pytest.mark.parametrize(
    ("ratings", "change"),
    [
        ([7, 5], 2),
        ([7, 6], None),
        ([3, 6], -3),
        ([7, 2, 6], None),
        ([None, 8, None, 3], 5),
        ([7], None),
        ([], None),
    ],
)
def test_two_points_of_pain_are_a_change_that_matters(ratings, change):
    assert important_change(ratings) == change


def test_a_reading_counts_what_the_visit_holds():
    visit = a_visit()
    read = reading(visit)
    assert read.needles == sum(site.count for site in visit.needle_sites())
    assert read.trigger_points == len(list(visit.trigger_points()))
    assert read.area_cm2 == pytest.approx(sum(map(area_cm2, visit.pain_zones())))
    assert (read.pain_before, read.pain_after) == (visit.pain_before, visit.pain_after)


def test_soreness_from_the_needles_is_no_pain_the_patient_came_with():
    visit = a_visit()
    sore = visit
    for zone in visit.pain_zones():
        sore = sore.with_mark(replace(zone, kind=PainKind.SORENESS))
    read = reading(sore)
    assert (read.area_cm2, read.index) == (None, None)


def test_all_visits_that_count_are_read_oldest_first(open_work):
    first, second, void = (
        a_visit(number=number, began=BEGAN + timedelta(weeks=number)) for number in (1, 2, 3)
    )
    with open_work() as work:
        work.people.put_user(a_user())
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        for visit in (first, second, replace(void, state=VisitState.VOID)):
            work.visits.add(visit)
        work.commit()
    readings = Trends(open_work).of(first.patient)
    assert [read.visit for read in readings] == [first.id, second.id]


def measured(*values, kind=MeasureKind.NDI, **fields):
    visits = (
        a_visit(
            number=number, record=VisitRecord(measures=(Measure(kind, before=value, **fields),))
        )
        for number, value in enumerate(values, start=1)
    )
    return measure_courses(map(reading, visits))


@pytest.mark.parametrize(
    ("values", "matters"), [((24, 20), False), ((24, 19, 16), True), ((10, 18), True)]
)
def test_a_measure_of_two_visits_tells_whether_its_change_matters(values, matters):
    (course,) = measured(*values)
    assert (course.first, course.last, course.matters) == (values[0], values[-1], matters)


def test_a_measure_without_a_known_change_does_not_say():
    (course,) = measured(40, 60, kind=MeasureKind.ROM, subject="Neck rotation")
    assert course.matters is None


def test_what_was_measured_once_or_only_found_has_no_course():
    assert measured(24) == ()
    assert measured(None, 24) == ()
    assert measured(0, 1, kind=MeasureKind.SPECIAL_TEST, subject="Spurling") == ()
