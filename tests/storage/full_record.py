"""A visit with something in every table that a visit can have rows in."""

from dataclasses import replace
from datetime import date

from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.consent import Consent, ConsentForm, Told
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.hygiene import Hygiene, Position
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.needling import Manipulation, Sensation
from bodymap.chart.photo import Photo
from bodymap.chart.screening import Answer, BarredArea, Screening, ScreeningAnswer
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from tests.builders import a_note, a_place, a_polygon, a_visit

PHOTO = Photo(b"\xff\xd8\xff" + bytes(9), 4, 3)
FULL = VisitRecord(
    screening=Screening((ScreeningAnswer("blood-thinners", Answer.YES, "Apixaban"),)).with_area(
        BarredArea("local-infection", a_place(), (a_polygon(),))
    ),
    consent=Consent(ConsentForm.WRITTEN, told=frozenset(Told), signature=(((1.0, 2.5),),)),
    hygiene=Hygiene(positions=frozenset({Position.PRONE}), note="Table lowered"),
    needles=NeedleCount(6, 5, "One fell to the floor"),
    measures=(Measure(MeasureKind.ROM, "Neck rotation", None, 40, 55),),
    narrative=Narrative(
        ((Chapter.PLAN, "Wieder in 7 Tagen 田中"),), ("Drink water",), ("Tension headache",)
    ),
    adverse_events=(AdverseEvent(EventKind.BRUISING, text="2 cm"),),
    follow_ups=(FollowUp(FollowUpKind.JOURNAL, date(2026, 3, 4), 3),),
)


def full_visit(number: int = 1) -> Visit:
    """A visit with a row in every table that hangs on visits."""
    visit = a_visit(3, 2, 2, 1, number=number, record=FULL, pain_after=2)
    visit = visit.with_mark(a_note(9, number, photo=PHOTO))
    point, zone = next(visit.trigger_points()), next(visit.pain_zones())
    visit = visit.with_mark(replace(point, refers_to=frozenset({zone.id})))
    site = next(visit.needle_sites())
    done, felt = frozenset({Manipulation.WINDING}), frozenset({Sensation.CRAMP})
    return visit.with_mark(replace(site, manipulations=done, sensations=felt))
