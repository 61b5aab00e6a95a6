"""What the parts of a visit's record refuse, field by field, in words."""

from datetime import date

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.consent import Consent, ConsentForm, ConsentGiver
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.hygiene import Hygiene, Position
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Answer, BarredArea, Screening, ScreeningAnswer
from tests.builders import a_place, a_polygon

LONG = "x" * 20_001
LINE = "x" * 201

TODAY = date(2026, 3, 4)


def area(item):
    return BarredArea(item, a_place(), (a_polygon(),))


REFUSED = [
    (lambda: ScreeningAnswer("  "), "belongs to an item"),
    (lambda: ScreeningAnswer(LINE), "at most 200"),
    (lambda: ScreeningAnswer("a", note=LONG), "at most 20,000"),
    (lambda: ScreeningAnswer("a", note=7), "a note on screening is a text"),
    (lambda: ScreeningAnswer("a", override=LONG), "needling all the same"),
    (lambda: Screening((ScreeningAnswer("b"), ScreeningAnswer("a"))), "once, in order"),
    (lambda: Screening((ScreeningAnswer("a"), ScreeningAnswer("a"))), "once, in order"),
    (lambda: Consent(guardian=LINE), "guardian's name"),
    (lambda: Consent(note=LONG), "note on consent"),
    (lambda: Consent(signature=((),)), "inside its box"),
    (lambda: Consent(signature=(((301.0, 5.0),),)), "inside its box"),
    (lambda: Consent(signature=(((float("nan"), 5.0),),)), "inside its box"),
    (lambda: Consent(signature=(((1.0, 1.0),) * 20_001,)), "fewer points"),
    (lambda: Hygiene(note=LONG), "note on hygiene"),
    (lambda: NeedleCount(opened=-1), "from 0 to 999"),
    (lambda: NeedleCount(opened=2.5), "whole number"),
    (lambda: NeedleCount(opened="six"), "whole number"),
    (lambda: NeedleCount(opened=True), "whole number"),
    (lambda: NeedleCount(in_sharps=1000), "number in the sharps"),
    (lambda: Measure(MeasureKind.ROM), "word on what was measured"),
    (lambda: Measure(MeasureKind.ROM, "Knee flexion", None, 271), "from -90 to 270"),
    (lambda: Measure(MeasureKind.STRENGTH, "Biceps", None, 6), "Strength is a whole number"),
    (lambda: Measure(MeasureKind.STRENGTH, "Biceps", None, None, 3.5), "whole number"),
    (lambda: Measure(MeasureKind.NPRS_WORST, before=11), "from 0 to 10"),
    (lambda: Measure(MeasureKind.NPRS_REST, after=-1), "from 0 to 10"),
    (lambda: Measure(MeasureKind.NPRS_MOVEMENT, after=10.5), "from 0 to 10"),
    (lambda: Measure(MeasureKind.PRESSURE_THRESHOLD, "Point 1", None, 2001), "from 0 to 2000"),
    (lambda: Measure(MeasureKind.PSFS, before=10.1), "from 0 to 10"),
    (lambda: Measure(MeasureKind.NDI, before=51), "from 0 to 50"),
    (lambda: Measure(MeasureKind.ODI, before=100.5), "from 0 to 100"),
    (lambda: Measure(MeasureKind.DASH, before=101), "from 0 to 100"),
    (lambda: Measure(MeasureKind.QUICKDASH, before=float("nan")), "from 0 to 100"),
    (lambda: Measure(MeasureKind.LEFS, before=81), "from 0 to 80"),
    (lambda: Measure(MeasureKind.SPECIAL_TEST, "Spurling", None, 2), "from 0 to 1"),
    (lambda: Measure(MeasureKind.SPECIAL_TEST, " "), "word on what was measured"),
    (lambda: Measure(MeasureKind.NDI, LINE), "at most 200"),
    (lambda: Measure(MeasureKind.NDI, note=LONG), "note on a measure"),
    (lambda: Narrative(((Chapter.PLAN, LONG),)), "under “plan”"),
    (lambda: Narrative(((Chapter.PLAN, "a"), (Chapter.OBJECTIVE, "b"))), "in order"),
    (lambda: Narrative(aftercare=(" ",)), "needs words"),
    (lambda: Narrative(aftercare=(LINE,)), "at most 200"),
    (lambda: Measure(MeasureKind.ACTIVATION, "Infraspinatus", None, 3), "from 0 to 2"),
    (lambda: Measure(MeasureKind.ACTIVATION), "word on what was measured"),
    (lambda: Narrative(conditions=("",)), "a condition needs words"),
    (lambda: Narrative(conditions=(LINE,)), "at most 200"),
    (lambda: Narrative(conditions=("Neck pain", "Neck pain")), "stands once"),
    (lambda: Narrative(conditions=(5,)), "a condition is a text"),
    (lambda: BarredArea(" ", a_place(), (a_polygon(),)), "belongs to an item"),
    (lambda: BarredArea("a", a_place(), ()), "has an outline"),
    (lambda: BarredArea("a", a_place(), (a_polygon(view=ViewId.SOLES),)), "on one view"),
    (lambda: Screening(areas=(area("b"), area("a"))), "one area a view"),
    (lambda: FollowUp(FollowUpKind.JOURNAL, "yesterday"), "of a day"),
    (lambda: FollowUp(FollowUpKind.JOURNAL, TODAY, pain=11), "pain is a whole number"),
    (lambda: FollowUp(FollowUpKind.JOURNAL, TODAY, pain="2"), "pain is a whole number"),
    (lambda: FollowUp(FollowUpKind.FOLLOW_UP, TODAY, soreness=-1), "soreness is a whole number"),
    (lambda: FollowUp(FollowUpKind.FOLLOW_UP, TODAY, text=LONG), "what was told"),
    (lambda: AdverseEvent(EventKind.OTHER, action=LONG), "what was done"),
    (lambda: AdverseEvent(EventKind.OTHER, reported_to=LINE), "who was told"),
    (lambda: AdverseEvent(EventKind.OTHER, text=LONG), "what happened"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_makes_no_sense_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize("text", ["", "Größe", "田中さん", "مرحبا", "e\u0301", "🩹", "a\nb"])
def test_any_script_is_taken(text):
    assert ScreeningAnswer("a", note=text).note == text
    assert AdverseEvent(EventKind.PAIN, text=text).text == text
    assert Consent(guardian=text).guardian == text


def test_an_answer_taken_back_leaves_nothing_behind():
    yes = Screening().with_answers([ScreeningAnswer("a", Answer.YES)])
    assert yes.to("a").answer is Answer.YES
    assert yes.with_answers([ScreeningAnswer("a")]) == Screening()


def test_a_text_taken_back_leaves_nothing_behind():
    written = Narrative().with_text(Chapter.PLAN, "Again").with_text(Chapter.SUBJECTIVE, "Better")
    assert [chapter for chapter, _ in written.chapters] == [Chapter.SUBJECTIVE, Chapter.PLAN]
    assert written.with_text(Chapter.PLAN, " ").with_text(Chapter.SUBJECTIVE, "") == Narrative()


@pytest.mark.parametrize(
    ("consent", "given"),
    [
        (Consent(), False),
        (Consent(ConsentForm.VERBAL), True),
        (Consent(ConsentForm.VERBAL, withdrawn=True), False),
        (Consent(ConsentForm.WRITTEN, ConsentGiver.GUARDIAN), False),
        (Consent(ConsentForm.WRITTEN, ConsentGiver.GUARDIAN, "Kim Sample"), True),
    ],
)
def test_consent_stands_when_given_by_somebody_who_can_be_named(consent, given):
    assert consent.is_given is given


def test_hygiene_tells_how_much_of_it_was_recorded():
    assert Hygiene().recorded == 0
    assert Hygiene(positions=frozenset({Position.PRONE, Position.SITTING})).recorded == 1


def test_a_movement_that_is_known_has_a_usual_range():
    assert Measure(MeasureKind.ROM, "Shoulder abduction").normal == 180
    assert Measure(MeasureKind.ROM, "Wiggling the ears").normal is None
    assert Measure(MeasureKind.ROM, "Wiggling the ears").scale.unit == "°"


def test_an_area_goes_when_its_item_does_not_apply():
    drawn = Screening().with_answers([ScreeningAnswer("a", Answer.YES)]).with_area(area("a"))
    assert drawn.with_answers([ScreeningAnswer("a", Answer.YES, "Graze")]).areas == drawn.areas
    assert drawn.with_answers([ScreeningAnswer("a", Answer.NO)]).areas == ()
    assert drawn.without_areas("a").areas == ()


def test_there_is_one_area_of_an_item_on_a_view():
    once = Screening().with_area(area("b")).with_area(area("a"))
    assert [one.item for one in once.with_area(area("b")).areas] == ["a", "b"]
