"""Two windows change one visit: nothing of either is lost unless somebody chooses so."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change, between, changed
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.states import Move
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.charting import VisitClosedError
from bodymap.desk.merging import PAIN, Clash, ClashError, Whose
from tests.builders import a_needle_site, a_note, a_trigger_point, a_visit

BACK = ViewId.POSTERIOR
AT = (60.0, 500.0)
NOTES = [a_note(number) for number in range(1, 5)]


def written(charting, text):
    return charting.edit(replace(charting.visit.marks[0], text=text))


def stored(charting, open_work):
    with open_work() as work:
        return work.visits.get(charting.visit.id)


def clashed(act):
    with pytest.raises(ClashError) as caught:
        act()
    return caught.value.clash


def edit(charting):
    charting.do(written(charting, f"{id(charting)}"))


def delete(charting):
    charting.do(charting.remove([charting.visit.marks[0].id]))


def rate(charting):
    charting.do(charting.rate_pain(id(charting) % 10, 1))


@pytest.mark.parametrize(("one", "two"), [(edit, edit), (edit, delete), (delete, edit)])
@pytest.mark.parametrize("kept", list(Whose))
def test_the_second_to_change_a_mark_sees_both_and_chooses(
    charting, other, open_work, one, two, kept
):
    one(charting)
    first = stored(charting, open_work)
    clash = clashed(lambda: two(other))
    assert stored(charting, open_work) == first  # nothing is overwritten by itself
    (dispute,) = clash.disputes
    assert dispute.mine
    assert dispute.theirs
    other.settle(clash, {dispute.key: kept})
    expected = clash.mine if kept is Whose.MINE else clash.theirs
    assert stored(charting, open_work).marks == expected.marks
    assert stored(charting, open_work) == other.visit


def test_a_choice_does_not_go_over_what_was_stored_while_it_was_made(charting, other, open_work):
    edit(charting)
    clash = clashed(lambda: edit(other))
    (dispute,) = clash.disputes
    charting.do(written(charting, "once more"))
    other.catch_up(other.look())  # as a look does that was under way already
    again = clashed(lambda: other.settle(clash, {dispute.key: Whose.MINE}))
    assert stored(charting, open_work) == charting.visit
    other.settle(again, {dispute.key: Whose.MINE})
    assert stored(charting, open_work).marks == clash.mine.marks


def test_a_choice_goes_together_with_other_things_stored_while_it_was_made(
    charting, other, open_work
):
    edit(charting)
    clash = clashed(lambda: edit(other))
    rate(charting)
    other.catch_up(other.look())
    other.settle(clash, {clash.disputes[0].key: Whose.MINE})
    assert stored(charting, open_work).marks == clash.mine.marks
    assert stored(charting, open_work).pain_after == 1
    assert stored(charting, open_work) == other.visit


@pytest.mark.parametrize("kept", list(Whose))
def test_a_rating_is_in_dispute_as_a_mark_is(charting, other, open_work, kept):
    charting.do(charting.rate_pain(3, None))
    clash = clashed(lambda: other.do(other.rate_pain(7, 2)))
    assert [dispute.key for dispute in clash.disputes] == [PAIN]
    other.settle(clash, {PAIN: kept})
    assert stored(charting, open_work).pain_before == (7 if kept is Whose.MINE else 3)


def test_different_things_go_together_by_themselves(charting, other, open_work):
    edit(charting)
    rate(other)
    charting.catch_up(charting.look())
    charting.do(charting.note(BACK, *AT, "one more"))
    other.do(other.note(BACK, *AT, "and one more"))
    assert stored(charting, open_work) == other.visit
    assert [mark.number for mark in other.visit.marks] == [1, 2, 3]
    assert other.visit.pain_before == id(other) % 10


def test_the_same_change_is_no_dispute(charting, other):
    charting.do(written(charting, "alike"))
    other.do(written(other, "alike"))
    assert other.visit.marks == charting.visit.marks


@pytest.mark.parametrize("act", [edit, delete, rate])
def test_what_was_closed_meanwhile_stays_as_it_is(charting, other, open_work, act):
    with open_work() as work:
        work.visits.move(charting.visit.id, charting.visit.version, Move.SUBMIT)
        work.commit()
    with pytest.raises(VisitClosedError, match="submitted"):
        act(other)
    assert stored(charting, open_work).marks == charting.visit.marks
    assert not other.visit.is_open


def test_listeners_hear_who_it_was(charting, other):
    heard = []
    other.subscribe(heard.append)
    edit(charting)
    other.catch_up(other.look())
    rate(other)
    assert [event.by_others for event in heard] == [True, False]


def test_a_needle_of_a_point_that_is_gone_is_cut_loose():
    point = a_trigger_point(1)
    base = replace(a_visit(0, 0, 0), marks=(point,))
    needle = a_needle_site(1, trigger_point=point.id)
    clash = Clash(base, base.with_mark(needle), base.without_mark(point.id))
    assert [mark.id for mark in clash.merged({}).marks] == [needle.id]
    assert next(clash.merged({}).needle_sites()).trigger_point is None


def acts(text):
    def turned(numbers):
        return Change(
            put=tuple(replace(NOTES[n], text=text) for n, gone in numbers.items() if not gone),
            removed=tuple(NOTES[n].id for n, gone in numbers.items() if gone),
        )

    return st.dictionaries(st.integers(0, 3), st.booleans()).map(turned)


@settings(max_examples=400, deadline=None)
@given(mine=acts("mine"), theirs=acts("theirs"), whose=st.sampled_from(Whose))
def test_nothing_that_only_one_did_is_lost(mine, theirs, whose):
    base = replace(a_visit(0, 0, 0), marks=tuple(NOTES))
    clash = Clash(base, changed(base, mine), changed(base, theirs))
    disputed = {dispute.key for dispute in clash.disputes}
    after = clash.merged(dict.fromkeys(disputed, whose))
    for note in NOTES:
        versions = {Whose.MINE: clash.mine, Whose.THEIRS: clash.theirs}
        by_one = note.id in mine.mark_ids and note.id not in theirs.mark_ids
        kept = whose if note.id in disputed else Whose.MINE if by_one else Whose.THEIRS
        assert after.has(note.id) == versions[kept].has(note.id)
        if after.has(note.id):
            assert after.mark(note.id) == versions[kept].mark(note.id)
    assert between(clash.theirs, after).mark_ids <= mine.mark_ids


def test_marks_that_both_moved_are_told_by_how_far():
    base = replace(a_visit(0, 0, 0), marks=(NOTES[0],))
    place = NOTES[0].place
    mine, theirs = (
        base.with_mark(replace(NOTES[0], place=place.moved(place.u_mm + by, place.v_mm)))
        for by in (10.0, 20.0)
    )
    (dispute,) = Clash(base, mine, theirs).disputes
    assert (dispute.mine, dispute.theirs) == ("moved by 10 mm", "moved by 20 mm")


LONG = "The pain comes at night and wakes the patient once or twice, mostly on the right, "


def test_long_texts_in_dispute_are_shown_where_they_part():
    base = replace(a_visit(0, 0, 0), record=story(f"{LONG}since May"))
    clash = Clash(base, told(base, f"{LONG}since June"), told(base, f"{LONG}since July"))
    (dispute,) = clash.disputes
    assert "since June" in dispute.mine
    assert "since July" in dispute.theirs


def story(text):
    return VisitRecord(narrative=Narrative(((Chapter.HISTORY, text),)))


def told(visit, text):
    return replace(visit, record=story(text))
