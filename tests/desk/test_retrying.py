"""What could not be stored is made once more, and never over what somebody else made meanwhile."""

from dataclasses import replace

from bodymap.atlas.ids import ViewId
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.desk.retrying import clash_over, renewed

BACK = ViewId.POSTERIOR
AT = (60.0, 500.0)


def written(charting, text):
    return charting.edit(replace(charting.visit.marks[0], text=text))


def told(charting, text):
    record = replace(charting.visit.record, narrative=Narrative(((Chapter.PLAN, text),)))
    return charting.record(record, "text")


def measured(charting):
    measure = Measure(MeasureKind.NDI, before=20)
    return charting.record(replace(charting.visit.record, measures=(measure,)), "measure")


def store_again(charting, *steps):
    assert not clash_over(steps, charting.visit).disputes
    for step in steps:
        charting.do(renewed(step, charting.visit))


def test_what_somebody_else_changed_too_is_in_dispute(charting, other):
    failed = written(charting, "here")
    other.do(written(other, "there"))
    charting.catch_up(charting.look())
    (dispute,) = clash_over([failed], charting.visit).disputes
    assert "here" in dispute.mine
    assert "there" in dispute.theirs


def test_what_somebody_else_deleted_is_in_dispute(charting, other):
    failed = written(charting, "here")
    other.do(other.remove([other.visit.marks[0].id]))
    charting.catch_up(charting.look())
    assert clash_over([failed], charting.visit).disputes


def test_the_rest_of_what_a_visit_holds_stays_as_somebody_else_made_it(charting, other):
    failed = told(charting, "needle the upper trapezius next time")
    other.do(measured(other))
    charting.catch_up(charting.look())
    store_again(charting, failed)
    assert charting.visit.record.measures == other.visit.record.measures
    assert charting.visit.record.narrative.chapters


def test_one_who_goes_on_typing_is_not_in_dispute_with_themselves(charting, other):
    failed = written(charting, "he"), written(charting, "here")
    store_again(charting, *failed)
    assert charting.visit.marks[0].text == "here"


def test_what_was_stored_after_all_is_not_stored_twice(charting, other):
    failed = written(charting, "here")
    charting.do(failed)  # the answer was lost on the way
    version = charting.visit.version
    store_again(charting, failed)
    assert charting.visit.version == version


def test_a_new_mark_takes_a_number_that_is_still_free(charting, other):
    failed = charting.note(BACK, *AT, "here")
    other.do(other.note(BACK, *AT, "there"))
    charting.catch_up(charting.look())
    store_again(charting, failed)
    assert [(mark.number, mark.text) for mark in charting.visit.marks[1:]] == [
        (2, "there"),
        (3, "here"),
    ]
