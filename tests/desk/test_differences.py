"""What is another between two rounds or two visits, in words."""

from dataclasses import replace
from datetime import timedelta
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.marks import NeedleSize
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.photo import Photo
from bodymap.chart.place import Polygon
from bodymap.chart.screening import BarredArea
from bodymap.desk.differences import Became, between_rounds, between_visits
from tests.builders import a_needle_site, a_note, a_place, a_visit
from tests.storage.full_record import FULL
from tests.storage.strategies import visits


def an_area(edge_mm):
    ring = ((0.0, 0.0), (edge_mm, 0.0), (100.0, 100.0))
    return BarredArea("open-wound", a_place(), (Polygon(ViewId.POSTERIOR, ring),))


SHIFTS = st.floats(min_value=-400, max_value=400)


@given(visits())
def test_a_visit_does_not_differ_from_itself(visit):
    assert between_rounds(visit, visit).is_empty


@given(visits(), visits())
def test_what_one_way_adds_the_other_way_removes(one, other):
    there, back = between_rounds(one, other), between_rounds(other, one)

    def ids(found, became):
        return {d.mark.id for d in found.marks if d.became is became}

    assert ids(there, Became.ADDED) == ids(back, Became.REMOVED)
    assert ids(there, Became.REMOVED) == ids(back, Became.ADDED)
    assert ids(there, Became.MOVED) == ids(back, Became.MOVED)
    assert ids(there, Became.CHANGED) == ids(back, Became.CHANGED)


@given(SHIFTS, SHIFTS)
def test_a_mark_moved_by_as_much_as_it_was_shifted(du_mm, dv_mm):
    before = a_visit(1, 0, 0)
    (site,) = before.marks
    place = site.place.moved(site.place.u_mm + du_mm, site.place.v_mm + dv_mm)
    found = between_rounds(before, before.with_mark(replace(site, place=place))).marks
    if hypot(du_mm, dv_mm) < 0.5:
        assert not found
    else:
        assert found[0].became is Became.MOVED
        assert found[0].moved_mm == pytest.approx(hypot(du_mm, dv_mm))


@given(visits())
def test_every_difference_has_words(visit):
    for one in between_rounds(a_visit(), visit).marks:
        assert one.summary
        assert "None" not in one.summary


def changed(**fields):
    before = a_visit(1, 0, 0)
    (site,) = before.marks
    (found,) = between_rounds(before, before.with_mark(replace(site, **fields))).marks
    return found.summary


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"depth_mm": 22.0}, "depth 18 → 22 mm"),
        ({"depth_mm": None}, "depth 18 → nothing mm"),
        ({"twitches": 0}, "twitches 2 → 0"),
        ({"needle": NeedleSize(0.25, 60)}, "needle 0.30 × 40 mm → 0.25 × 60 mm"),
        ({"muscle": StructureId("teres-minor")}, "muscle Infraspinatus → Teres minor"),
        ({"bleeding": True}, "bleeding nothing → yes"),
        ({"place": a_place(view=ViewId.ANTERIOR)}, "moved to another view"),
        ({"place": a_place(110.0, 421.0)}, "moved by 10 mm"),
        ({"text": "x" * 200}, f"text nothing → {'x' * 59}…"),
    ],
)
def test_a_changed_field_is_told_in_words(fields, words):
    assert changed(**fields) == words


def test_marks_come_added_first_and_then_removed_moved_changed():
    before = a_visit(3, 0, 0)
    one, two, three = before.marks
    after = before.without_mark(one.id).with_mark(a_note())
    after = after.with_mark(replace(two, depth_mm=2.0))
    after = after.with_mark(replace(three, place=a_place(200.0, 300.0)))
    assert [found.became for found in between_rounds(before, after).marks] == list(Became)


def test_a_redrawn_zone_is_told_by_its_area():
    before = a_visit(0, 0, 1)
    (zone,) = before.marks
    square = Polygon(ViewId.POSTERIOR, ((0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0)))
    (found,) = between_rounds(before, before.with_mark(replace(zone, polygons=(square,)))).marks
    assert found.summary.startswith("area 3")
    assert found.summary.endswith(" → 400 cm²")


def test_what_else_a_visit_holds_is_told_in_words():
    before = a_visit()
    measures = (Measure(next(iter(MeasureKind)), "knee", before=6, after=2),)
    record = replace(before.record, needles=NeedleCount(2, 2), measures=measures)
    after = replace(before, pain_after=2, record=record)
    assert between_rounds(before, after).fields[:3] == (
        "pain after nothing → 2",
        "needles: opened nothing → 2",
        "needles: in sharps nothing → 2",
    )


def test_a_full_record_is_told_without_a_stumble():
    before = a_visit()
    assert between_rounds(before, replace(before, record=FULL)).fields


PICTURES = [Photo(b"\xff\xd8\xff" + bytes([number]), 4, 3) for number in (1, 2)]
SIGNED = [replace(FULL.consent, signature=(((x, 1.0), (2.0, 2.0)),)) for x in (1.0, 3.0)]
BARRED = [replace(FULL.screening, areas=(an_area(at),)) for at in (100.0, 101.0)]
EVENTS = [AdverseEvent(EventKind.BRUISING, text=text) for text in ("left", "right")]


def test_a_picture_in_place_of_another_is_told():
    note = a_note()
    before = replace(a_visit(0, 0, 0), marks=(replace(note, photo=PICTURES[0]),))
    after = before.with_mark(replace(note, photo=PICTURES[1]))
    (found,) = between_rounds(before, after).marks
    assert found.summary == "photo another"


def test_needles_put_in_at_the_same_time_of_another_day_are_told():
    assert changed(time_in=a_visit().began) == "time in nothing → 09:15"
    before = a_visit(1, 0, 0)
    timed = before.with_mark(replace(before.marks[0], time_in=before.began))
    later = replace(before.marks[0], time_in=before.began + timedelta(days=1))
    (found,) = between_rounds(timed, timed.with_mark(later)).marks
    assert found.summary == "time in another"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"consent": SIGNED[0]}, {"consent": SIGNED[1]}, "consent: signature another"),
        (
            {"screening": BARRED[0]},
            {"screening": BARRED[1]},
            "screening: areas: open wound posterior another",
        ),
        (
            {"adverse_events": (EVENTS[0], EVENTS[0])},
            {"adverse_events": (EVENTS[1], EVENTS[0])},
            "adverse events: bruising: text left → right",
        ),
        (
            {"adverse_events": (EVENTS[0], EVENTS[0])},
            {"adverse_events": (EVENTS[0], EVENTS[1])},
            "adverse events: bruising 2: text left → right",
        ),
    ],
)
def test_nothing_that_was_changed_is_left_out(before, after, words):
    visit = a_visit()
    one, two = (replace(visit, record=replace(FULL, **parts)) for parts in (before, after))
    assert between_rounds(one, two).fields == (words,)


def test_marks_of_another_visit_are_the_same_finding_when_they_lie_near():
    before, after = a_visit(1, 1, 0, number=1), a_visit(1, 1, 0, number=2)
    assert not between_visits(before, after).marks
    deeper = after.with_mark(replace(a_needle_site(1, 2), depth_mm=25.0))
    (found,) = between_visits(before, deeper).marks
    assert found.summary == "depth 18 → 25 mm"
    assert between_visits(before, deeper).of(found.mark.id) == found
