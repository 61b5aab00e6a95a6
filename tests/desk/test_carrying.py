"""Marks of an earlier visit charted again: what is kept, and what has to be found anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import (
    MarkId,
    NeedleSite,
    NeedleSize,
    PainPattern,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.chart.needling import (
    Direction,
    Handle,
    Manipulation,
    Sensation,
    Stimulation,
    Technique,
)
from bodymap.chart.palpation import PressureThreshold
from bodymap.chart.visit import VisitState
from bodymap.desk.carrying import carried_forward
from tests.builders import (
    BEGAN,
    a_needle_site,
    a_note,
    a_pain_zone,
    a_trigger_point,
    a_user,
    a_visit,
)

ZONE = a_pain_zone(1, pattern=PainPattern.CONSTANT, aggravated_by="sitting", eased_by="warmth")
POINT = a_trigger_point(
    1,
    part="upper fibres",
    status=TriggerPointStatus.LATENT,
    intensity_after=2,
    threshold=PressureThreshold(200.0),
    threshold_after=PressureThreshold(300.0),
    taut_band=True,
    nodule=False,
    jump_sign=True,
    twitch=True,
    familiar_pain=True,
    refers_to=frozenset({ZONE.id}),
)
SITE = a_needle_site(
    1,
    trigger_point=POINT.id,
    count=2,
    brand="Testneedle",
    lot="A17",
    handle=Handle.STEEL,
    technique=Technique.SUPERFICIAL,
    direction=Direction.OBLIQUE,
    clock=2,
    manipulations=frozenset({Manipulation.PISTONING}),
    pistoning=8,
    sensations=frozenset({Sensation.CRAMP}),
    bleeding=True,
    haematoma=False,
    stimulation=Stimulation(hz=2.0),
    time_in=BEGAN,
    time_out=BEGAN + timedelta(minutes=10),
    placed_by=a_user().id,
    removed_by=a_user().id,
    text="slow",
)
EARLIER = a_visit(0, 0, 0, marks=(POINT, SITE, ZONE, a_note(1)))


@pytest.fixture
def here():
    return a_visit(1, 1, 0, number=2)


@pytest.fixture
def fresh_id():
    numbers = iter(range(1, 100))
    return lambda: MarkId(f"fresh-{next(numbers)}")


def carried(here, fresh_id, *marks):
    after, new = carried_forward(here, EARLIER.marks, [mark.id for mark in marks], fresh_id)
    return [after.mark(one) for one in new]


def test_a_needle_is_planned_as_it_was_used(here, fresh_id):
    (site,) = carried(here, fresh_id, SITE)
    assert site == NeedleSite(
        MarkId("fresh-1"),
        2,
        SITE.place,
        muscle=SITE.muscle,
        needle=SITE.needle,
        count=2,
        brand="Testneedle",
        handle=Handle.STEEL,
        technique=Technique.SUPERFICIAL,
        direction=Direction.OBLIQUE,
        clock=2,
    )


def test_a_trigger_point_is_to_be_palpated_again(here, fresh_id):
    (point,) = carried(here, fresh_id, POINT)
    assert point == TriggerPoint(
        MarkId("fresh-1"),
        2,
        POINT.place,
        POINT.muscle,
        part="upper fibres",
        status=TriggerPointStatus.LATENT,
    )


def test_a_zone_keeps_its_area_and_kind_and_is_to_be_rated_again(here, fresh_id):
    (zone,) = carried(here, fresh_id, ZONE)
    assert (zone.polygons, zone.kind, zone.qualities) == (ZONE.polygons, ZONE.kind, ZONE.qualities)
    assert (zone.intensity, zone.pattern, zone.aggravated_by, zone.eased_by) == (None, None, "", "")


def test_links_among_the_chosen_marks_are_kept(here, fresh_id):
    point, site, zone = carried(here, fresh_id, POINT, SITE, ZONE)
    assert site.trigger_point == point.id
    assert point.refers_to == {zone.id}


def test_links_to_marks_that_stay_behind_are_cut(here, fresh_id):
    (site,) = carried(here, fresh_id, SITE)
    (point,) = carried(here, fresh_id, POINT)
    assert site.trigger_point is None
    assert point.refers_to == frozenset()


def test_a_note_comes_with_its_words(here, fresh_id):
    (note,) = carried(here, fresh_id, a_note(1))
    assert note.text == "Old scar, avoid"


def test_what_is_here_already_stays(here, fresh_id):
    after, _ = carried_forward(here, EARLIER.marks, [m.id for m in EARLIER.marks], fresh_id)
    assert set(here.marks) <= set(after.marks)
    assert len(after.marks) == len(here.marks) + len(EARLIER.marks)


def test_copying_is_one_step_and_can_be_taken_back(charting):
    step = charting.carry_forward(EARLIER.marks, [POINT.id, SITE.id])
    before = charting.visit
    charting.do(step)
    assert step.label == "copy 2 marks forward"
    assert len(charting.visit.marks) == len(before.marks) + 2
    charting.undo(step)
    assert charting.visit == replace(before, version=charting.visit.version)


# --- the first needle of a visit


@pytest.fixture
def before(open_work, charting):
    """Stores a visit of the same patient a week before, with one needle."""

    def store(**fields):
        used = a_needle_site(
            1,
            7,
            needle=NeedleSize(0.25, 60),
            brand="Testneedle",
            lot="A17",
            handle=Handle.COPPER,
            technique=Technique.TENDON,
            direction=Direction.OBLIQUE,
            clock=4,
            depth_mm=50.0,
        )
        with open_work() as work:
            for number in (1, 2):
                work.people.put_user(a_user(number))
            began = BEGAN - timedelta(weeks=1)
            work.visits.add(a_visit(0, 0, 0, number=7, began=began, marks=(used,), **fields))
            work.commit()
        return used

    return store


def first_needle(charting):
    step = charting.needle_site(ViewId.POSTERIOR, 90, 400)
    charting.do(step)
    return charting.visit.mark(step.select)


def test_the_first_needle_is_like_the_last_one_of_the_visit_before(charting, before):
    used = before()
    first = first_needle(charting)
    assert (first.needle, first.brand, first.handle, first.technique) == (
        used.needle,
        used.brand,
        used.handle,
        used.technique,
    )
    assert (first.lot, first.direction, first.clock) == ("", Direction.PERPENDICULAR, None)
    assert (first.depth_mm, first.twitches) == (None, None)


def test_needles_of_a_visit_that_is_void_are_no_model(charting, before):
    before(state=VisitState.VOID)
    assert first_needle(charting).needle == NeedleSize(0.30, 40)


def test_another_therapists_needles_are_no_model(charting, before):
    before(therapist=a_user(2).id)
    assert first_needle(charting).needle == NeedleSize(0.30, 40)


def test_without_an_earlier_needle_the_usual_one_is_taken(charting):
    assert first_needle(charting).needle == NeedleSize(0.30, 40)
