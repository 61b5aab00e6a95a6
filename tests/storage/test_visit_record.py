"""What a visit holds besides its marks comes back as it was, and the file limits it too."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.change import Change
from bodymap.chart.consent import Consent, ConsentForm, Told
from bodymap.chart.follow_up import FollowUp, FollowUpKind, Relief
from bodymap.chart.hygiene import Hygiene, Position
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Answer, BarredArea, Screening, ScreeningAnswer
from bodymap.chart.visit import VisitId
from bodymap.chart.visit_record import VisitRecord
from bodymap.errors import BodymapError
from bodymap.storage.datafile import DataFile
from tests.builders import a_place, a_polygon, a_visit, an_id
from tests.storage.conftest import reopened
from tests.storage.record_strategies import visit_records

BOTH_DATABASES = True

WOUND = BarredArea("open-wound", a_place(structures=()), (a_polygon(),))
FULL = VisitRecord(
    screening=Screening((ScreeningAnswer("open-wound", Answer.YES, "Graze"),), (WOUND,)),
    consent=Consent(ConsentForm.WRITTEN, told=frozenset(Told), signature=(((1.0, 2.5),),)),
    hygiene=Hygiene(positions=frozenset({Position.PRONE}), note="Table lowered"),
    needles=NeedleCount(6, 6),
    measures=(Measure(MeasureKind.ROM, "Neck rotation", None, 40, 55),),
    narrative=Narrative(
        ((Chapter.PLAN, "Wieder in 7 Tagen 田中"),), ("Drink water",), ("Neck pain",)
    ),
    adverse_events=(AdverseEvent(EventKind.BRUISING, text="2 cm"),),
    follow_ups=(FollowUp(FollowUpKind.JOURNAL, date(2026, 3, 4), 2, 1, Relief.BETTER),),
)


@settings(max_examples=60, deadline=None)
@given(record=visit_records, other=visit_records)
def test_every_field_comes_back_and_can_be_replaced(
    shared_clinic: DataFile, record: VisitRecord, other: VisitRecord
) -> None:
    visit = a_visit(id=VisitId(an_id("any")), record=record)
    with shared_clinic.open_work() as work:
        work.visits.add(visit)
        assert work.visits.get(visit.id).record == record
        work.visits.apply(visit.id, 1, Change(record=other))
        assert work.visits.get(visit.id).record == other


def test_it_is_there_after_reopening_and_empty_where_nothing_was_said(clinic: DataFile) -> None:
    full, empty = a_visit(record=FULL), a_visit(number=2)
    with clinic.open_work() as work:
        work.visits.add(full)
        work.visits.add(empty)
        work.commit()
    clinic.close()
    again = reopened(clinic)
    with again.open_work() as work:
        assert work.visits.get(full.id) == full
        assert work.visits.get(empty.id).record == VisitRecord()
    again.close()


def test_a_change_of_marks_leaves_it_alone(clinic: DataFile) -> None:
    visit = a_visit(record=FULL)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.visits.apply(visit.id, 1, Change(pain=(3, 1)))
        assert work.visits.get(visit.id) == replace(visit, version=2, pain_before=3, pain_after=1)


WRONG = [
    "UPDATE visit_screening SET answer = 'perhaps'",
    "UPDATE visit_consent SET form = 'shouted'",
    "UPDATE visit_consent SET given_by = 'neighbour'",
    "UPDATE visit_consent SET withdrawn = 2",
    "UPDATE visit_consent SET signature = 'a cross'",
    "UPDATE visit_consent SET scope = 'life'",
    "UPDATE visit_barred_area SET polygons = '[]'",
    "UPDATE visit_barred_area SET polygons = 'round'",
    "UPDATE visit_barred_area SET side = 'both'",
    "UPDATE visit_barred_area SET \"view\" = 'above'",
    "UPDATE visit_follow_up SET kind = 'gossip'",
    "UPDATE visit_follow_up SET pain = 11",
    "UPDATE visit_follow_up SET soreness = -1",
    "UPDATE visit_follow_up SET relief = 'total'",
    "INSERT INTO clinic_choice VALUES ('advice', 'none')",
    "UPDATE visit_told SET told = 'everything'",
    "UPDATE visit_hygiene SET hands = 'dirty'",
    "UPDATE visit_hygiene SET gloves = 'three'",
    "UPDATE visit_hygiene SET skin = 'water'",
    "UPDATE visit_position SET position = 'upside-down'",
    "UPDATE visit_needle_count SET opened = -1",
    "UPDATE visit_needle_count SET in_sharps = 1000",
    "UPDATE visit_measure SET kind = 'mood'",
    "UPDATE visit_measure SET value_before = 271",
    "UPDATE visit_measure SET value_after = -91",
    "UPDATE visit_measure SET kind = 'lefs', value_after = 81",
    "UPDATE visit_measure SET side = 'both'",
    "UPDATE visit_text SET chapter = 'epilogue'",
    "UPDATE visit_adverse_event SET kind = 'miracle'",
    "UPDATE visit_adverse_event SET severity = 'bad'",
    "UPDATE visit_adverse_event SET onset = 'never'",
    "UPDATE visit_adverse_event SET outcome = 'fine'",
    "INSERT INTO visit_text VALUES ('nobody', 'plan', 'x')",
]


@pytest.mark.parametrize("statement", WRONG)
def test_the_file_refuses_what_the_record_does_not_know(clinic: DataFile, statement: str) -> None:
    with clinic.open_work() as work:
        work.visits.add(a_visit(record=FULL))
        work.commit()

    def carry_out() -> None:
        with clinic.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    with pytest.raises(BodymapError):
        carry_out()


def test_it_stays_as_its_visit_does(clinic: DataFile) -> None:
    with clinic.open_work() as work:
        work.visits.add(a_visit(record=FULL))
        work.commit()

    def delete() -> None:
        with clinic.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM visit")

    with pytest.raises(BodymapError):
        delete()
    with clinic.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit_measure").scalar_one() == 1
