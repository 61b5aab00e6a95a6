"""Gestures at the table: what they make, that they are stored, and that they can be taken back."""

from dataclasses import replace

import pytest

from bodymap.atlas.ids import Kind, Side, ViewId
from bodymap.chart.marks import NeedleSize
from bodymap.chart.needling import Technique
from bodymap.chart.visit import VisitForReading, VisitState
from bodymap.desk.charting import VisitClosedError
from bodymap.desk.placing import OffTheBodyError
from bodymap.desk.zones import NoAreaError, area_of

BACK = ViewId.POSTERIOR
RIGHT_SHOULDER_BLADE = (90.0, 400.0)
"""In the view from behind the patient's right is the viewer's right."""


def stored(charting, open_work):
    with open_work() as work:
        return work.visits.get(charting.visit.id)


def placed(charting, step):
    charting.do(step)
    return charting.visit.mark(step.select)


def test_a_trigger_point_knows_its_muscle_side_and_place_in_words(charting, atlas):
    mark = placed(charting, charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))

    kinds = {entry.id: entry.kind for entry in atlas.hit(BACK, *RIGHT_SHOULDER_BLADE).structures}
    assert kinds[mark.muscle] is Kind.MUSCLE
    assert mark.place.side is Side.RIGHT
    assert mark.place.landmark.endswith("right")
    assert mark.place.structures == tuple(kinds)


def test_what_was_done_is_stored_before_do_returns(charting, open_work):
    charting.do(charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))
    charting.do(charting.needle_site(BACK, 60.0, 500.0))
    assert stored(charting, open_work) == charting.visit


def test_undo_and_redo_are_stored_too(charting, open_work):
    empty = charting.visit
    step = charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE)
    charting.do(step)
    full = charting.visit

    charting.undo(step)
    assert stored(charting, open_work).marks == empty.marks
    charting.do(step)
    assert stored(charting, open_work).marks == full.marks
    assert charting.visit.version == 4


def test_a_point_off_the_body_is_refused_in_words(charting):
    with pytest.raises(OffTheBodyError, match="off the body"):
        charting.trigger_point(BACK, 340.0, 100.0)


def test_a_needle_near_a_trigger_point_is_linked_to_it(charting):
    u, v = RIGHT_SHOULDER_BLADE
    point = placed(charting, charting.trigger_point(BACK, u, v))
    near = placed(charting, charting.needle_site(BACK, u + 6.0, v + 6.0))
    far = placed(charting, charting.needle_site(BACK, u + 11.0, v))
    assert near.trigger_point == point.id
    assert far.trigger_point is None


def test_the_next_needle_is_like_the_last_one(charting):
    first = placed(charting, charting.needle_site(BACK, *RIGHT_SHOULDER_BLADE))
    changed = replace(first, needle=NeedleSize(0.25, 30), technique=Technique.SUPERFICIAL)
    charting.do(charting.edit(changed))
    second = placed(charting, charting.needle_site(BACK, 60.0, 500.0))
    assert second.needle == NeedleSize(0.25, 30)
    assert second.technique is Technique.SUPERFICIAL
    assert second.number == 2


def test_moving_a_needle_away_unlinks_it_and_back_links_it(charting):
    u, v = RIGHT_SHOULDER_BLADE
    point = placed(charting, charting.trigger_point(BACK, u, v))
    needle = placed(charting, charting.needle_site(BACK, u, v))
    charting.do(charting.move([needle.id], 30.0, 0.0))
    assert charting.visit.mark(needle.id).trigger_point is None
    charting.do(charting.move([needle.id], -28.0, 0.0))
    assert charting.visit.mark(needle.id).trigger_point == point.id


def test_deleting_a_trigger_point_keeps_its_needle(charting, open_work):
    point = placed(charting, charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))
    needle = placed(charting, charting.needle_site(BACK, *RIGHT_SHOULDER_BLADE))
    step = charting.remove([point.id])
    charting.do(step)
    assert stored(charting, open_work).mark(needle.id).trigger_point is None
    charting.undo(step)
    assert stored(charting, open_work).mark(needle.id).trigger_point == point.id


@pytest.mark.parametrize("view", list(ViewId))
def test_mirror_puts_a_copy_on_the_other_side(charting, atlas, view):
    frame = atlas.view(view).frame
    points = [
        (frame.u0 + frame.width * i / 23, frame.v0 + frame.height * j / 47)
        for i in range(1, 23)
        for j in range(1, 47)
    ]
    sided = [(u, v) for u, v in points if (hit := atlas.hit(view, u, v)) and abs(hit.u) > 8.0]
    for u, v in sided[:: max(1, len(sided) // 12)]:
        original = placed(charting, charting.trigger_point(view, u, v))
        copy = placed(charting, charting.mirror([original.id]))
        assert copy.place.side is original.place.side.mirrored
        assert copy.place.region == original.place.region
        assert copy.place.u_mm == pytest.approx(-original.place.u_mm, abs=0.2)


def test_mirrored_together_a_needle_stays_with_its_trigger_point(charting):
    point = placed(charting, charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))
    needle = placed(charting, charting.needle_site(BACK, *RIGHT_SHOULDER_BLADE))
    charting.do(charting.mirror([point.id, needle.id]))
    copies = [mark for mark in charting.visit.needle_sites() if mark.id != needle.id]
    points = [mark for mark in charting.visit.trigger_points() if mark.id != point.id]
    assert [copy.trigger_point for copy in copies] == [points[0].id]


def test_a_duplicate_lies_beside_the_original_with_the_next_number(charting):
    point = placed(charting, charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))
    copy = placed(charting, charting.duplicate([point.id]))
    assert copy.number == point.number + 1
    assert copy.place != point.place


LASSO = [(60.0, 380.0), (120.0, 380.0), (120.0, 440.0), (60.0, 440.0)]


def test_a_lasso_becomes_a_zone_with_its_regions(charting):
    zone = placed(charting, charting.pain_from_lasso(BACK, LASSO))
    assert area_of(zone).area == pytest.approx(3600.0, rel=0.01)
    assert zone.place.side is Side.RIGHT
    assert zone.regions


def test_a_second_lasso_adds_a_piece_to_the_zone(charting):
    zone = placed(charting, charting.pain_from_lasso(BACK, LASSO))
    below = [(u, v + 120.0) for u, v in LASSO]
    charting.do(charting.pain_from_lasso(BACK, below, zone.id))
    assert len(charting.visit.mark(zone.id).polygons) == 2


def test_the_brush_adds_and_the_eraser_takes_away_until_nothing_is_left(charting, open_work):
    zone = placed(
        charting, charting.pain_from_brush(BACK, [(90.0, 400.0)], 10.0, None, erase=False)
    )
    before = area_of(zone).area
    charting.do(charting.pain_from_brush(BACK, [(90.0, 400.0)], 4.0, zone.id, erase=True))
    holed = charting.visit.mark(zone.id)
    assert holed.polygons[0].holes
    assert area_of(holed).area == pytest.approx(before - 50.0, rel=0.03)
    charting.do(charting.pain_from_brush(BACK, [(90.0, 400.0)], 30.0, zone.id, erase=True))
    assert not charting.visit.has(zone.id)
    assert stored(charting, open_work).marks == ()


def test_a_region_is_taken_whole_and_given_back(charting):
    zone = placed(charting, charting.pain_from_region(BACK, *RIGHT_SHOULDER_BLADE))
    assert zone.regions[0] == zone.place.region
    charting.do(charting.pain_from_region(BACK, *RIGHT_SHOULDER_BLADE, zone.id))
    assert not charting.visit.has(zone.id)


def test_a_zone_across_the_spine_has_no_side(charting):
    across = [(-60.0, 400.0), (60.0, 400.0), (60.0, 460.0), (-60.0, 460.0)]
    zone = placed(charting, charting.pain_from_lasso(BACK, across))
    assert zone.place.side is Side.MIDLINE


def test_a_lasso_round_nothing_is_refused_in_words(charting):
    with pytest.raises(NoAreaError, match="Draw around"):
        charting.pain_from_lasso(BACK, [(330.0, 100.0), (340.0, 100.0), (340.0, 110.0)])


def test_a_second_window_on_the_same_visit_goes_on_from_the_first(
    charting, open_work, atlas, clock
):
    other = type(charting)(open_work, atlas, clock, charting.visit)
    charting.do(charting.trigger_point(BACK, *RIGHT_SHOULDER_BLADE))
    other.do(other.note(BACK, 60.0, 500.0, "late"))
    assert stored(charting, open_work) == other.visit
    assert len(other.visit.marks) == 2
    charting.catch_up(charting.look())
    assert charting.visit == other.visit
    assert charting.look() is None


def test_a_signed_visit_cannot_be_charted(open_work, atlas, clock, charting):
    signed = replace(charting.visit, state=VisitState.SIGNED)
    closed = type(charting)(open_work, atlas, clock, signed)
    with pytest.raises(VisitClosedError, match="signed"):
        closed.do(closed.note(BACK, *RIGHT_SHOULDER_BLADE, "too late"))


def test_a_visit_that_is_only_read_says_so_when_it_is_charted(open_work, atlas, clock, charting):
    read = type(charting)(open_work, atlas, clock, VisitForReading.of(charting.visit))
    with pytest.raises(VisitClosedError, match="for reading only"):
        read.do(read.note(BACK, *RIGHT_SHOULDER_BLADE, "not mine"))


def test_listeners_hear_of_each_stored_change_once(charting):
    heard = []
    stop = charting.subscribe(heard.append)
    step = charting.note(BACK, *RIGHT_SHOULDER_BLADE, "scar")
    charting.do(step)
    stop()
    charting.undo(step)
    assert [event.change for event in heard] == [step.apply]
    assert heard[0].after.marks[0].text == "scar"
    assert charting.saved_at is not None
