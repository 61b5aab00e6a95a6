"""The clinic in figures."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.adverse_events import AdverseEvent, EventKind, Severity
from bodymap.chart.people import UserId
from bodymap.chart.visit import VisitState
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.figures import ClinicFigures, Figures, figures
from bodymap.errors import BodymapError
from tests.builders import a_patient, a_user, a_visit, an_episode, an_id


def test_nothing_comes_to_nothing():
    assert figures([]) == Figures()
    assert Figures().event_rate is None


def test_needles_twitches_muscles_and_points_are_counted():
    found = figures([a_visit(needles=3, number=1), a_visit(needles=1, number=2)])
    assert (found.visits, found.patients, found.trigger_points) == (2, 1, 2)
    assert (found.needles, found.twitches) == (4, 8)
    assert found.muscles == (("infraspinatus", 4),)


def test_adverse_events_are_told_per_thousand_needles():
    events = (
        AdverseEvent(EventKind.BRUISING),
        AdverseEvent(EventKind.FAINTING, severity=Severity.SIGNIFICANT),
    )
    visit = replace(a_visit(needles=4), record=VisitRecord(adverse_events=events))
    found = figures([visit])
    assert found.events == ((Severity.MILD, 1), (Severity.SIGNIFICANT, 1))
    assert found.event_rate == pytest.approx(500.0)
    low, high = found.event_limits
    assert (low, high) == (pytest.approx(60.6, abs=10), pytest.approx(1806, abs=10))


def test_outcomes_are_told_within_a_visit_and_over_a_complaint():
    visits = [
        a_visit(number=1, pain_before=7, pain_after=4),
        a_visit(number=2, pain_before=5, pain_after=None),
        a_visit(number=3, pain_before=4, pain_after=3),
        a_visit(number=4, patient=2, pain_before=5, pain_after=5),
        a_visit(number=5, patient=2, pain_before=7, pain_after=None),
    ]
    found = figures(visits)
    assert found.relief == pytest.approx((3 + 1 + 0) / 3)
    assert (found.courses, found.improved) == (2, 1)


def test_reading_tells_how_far_it_is_and_can_be_stopped(open_work, clock):
    with open_work() as work:
        work.people.put_user(a_user())
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        for number in (1, 2, 3):
            work.visits.add(a_visit(number=number))
        work.commit()
    heard = []
    ClinicFigures(open_work, clock).of(told=lambda *told: heard.append(told))
    assert heard == [(0, 3), (1, 3), (2, 3)]

    def stop(_done, _of):
        raise BodymapError("enough")

    with pytest.raises(BodymapError, match="enough"):
        ClinicFigures(open_work, clock).of(told=stop)


def test_no_spreadsheet_takes_a_cell_for_a_formula(open_work, clock, tmp_path):
    rows = [("=SUM(A1)", -3, "+1"), ("@cmd", 2.5, "naïve, “quoted”\nline"), ("-x", 0, "\ty")]
    target = ClinicFigures(open_work, clock).export(rows, tmp_path / "figures.csv")
    text = target.read_bytes().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [
        ["'=SUM(A1)", "-3", "'+1"],
        ["'@cmd", "2.5", "naïve, “quoted”\nline"],
        ["'-x", "0", "'\ty"],
    ]


def test_where_no_file_can_be_written_it_is_said(open_work, clock, tmp_path):
    with pytest.raises(BodymapError, match="cannot be written"):
        ClinicFigures(open_work, clock).export([], tmp_path / "nowhere" / "figures.csv")


def test_a_period_and_a_therapist_narrow_them(open_work, clock):
    today = clock.now()
    other = UserId(an_id("user/2"))
    with open_work() as work:
        for number in (1, 2):
            work.people.put_user(a_user(number))
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        for number, days in ((1, 100), (2, 20), (3, 1)):
            began = today - timedelta(days=days)
            therapist = other if number == 2 else a_visit().therapist
            work.visits.add(a_visit(number=number, began=began, therapist=therapist))
        void = a_visit(number=4, began=today, state=VisitState.VOID)
        work.visits.add(void)
        work.commit()
    clinic = ClinicFigures(open_work, clock)
    assert clinic.of().visits == 3
    assert clinic.of(30).visits == 2
    assert clinic.of(30, other).visits == 1
    assert clinic.of(None, other).needles == 2
