"""Templates: what they keep, whose they are, and how they are charted."""

from dataclasses import replace

import pytest

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.marks import NeedleSize
from bodymap.chart.needling import Direction, Handle, Technique
from bodymap.chart.people import UserId
from bodymap.chart.template import MOST_MARKS, PlannedNeedle, PlannedPoint, Template, template_of
from bodymap.desk.clinic_choices import Choosing
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.placing import OffTheBodyError
from bodymap.desk.templates import Templates, template_marks, template_step
from tests.builders import a_needle_site, a_note, a_pain_zone, a_trigger_point, a_user

MINE = a_user(1).id
YOURS = UserId("somebody-else")
BACK = ViewId.POSTERIOR


@pytest.fixture
def templates(open_work):
    return Templates(Choosing(open_work))


@pytest.fixture
def charted(charting):
    """A trigger point with its needle, and a needle by itself."""
    for step in (charting.trigger_point, charting.needle_site):
        charting.do(step(BACK, 90, 400))
    charting.do(charting.needle_site(BACK, 25, 560))
    first = next(charting.visit.needle_sites())
    charting.do(
        charting.edit(
            replace(
                first,
                needle=NeedleSize(0.25, 50),
                technique=Technique.SUPERFICIAL,
                direction=Direction.OBLIQUE,
                clock=3,
                handle=Handle.COPPER,
                brand="Testneedle",
                lot="A1",
                depth_mm=20.0,
                twitches=2,
                text="slow",
            )
        )
    )
    return charting


def test_a_template_keeps_where_and_how_and_nothing_that_was_found(charted):
    template = template_of("Shoulder", MINE, charted.visit.marks)
    (point,) = template.points
    first, second = template.needles
    assert (point.view, point.u_mm, point.v_mm) == (BACK, 90, 400)
    assert (first.needle, first.clock, first.handle, first.brand, first.point) == (
        NeedleSize(0.25, 50),
        3,
        Handle.COPPER,
        "Testneedle",
        0,
    )
    assert second.point is None


def test_it_is_charted_with_the_words_of_the_atlas(charted, atlas):
    template = template_of("Shoulder", MINE, charted.visit.marks)
    marks = template_marks(template, atlas)
    assert [mark.place for mark in marks] == [mark.place for mark in charted.visit.marks]
    point, needle, other = marks
    assert (needle.trigger_point, other.trigger_point) == (point.id, None)
    assert (needle.depth_mm, needle.twitches, needle.text, needle.lot) == (None, None, "", "")
    assert needle.place.side is Side.RIGHT


def test_using_it_is_one_step_that_can_be_taken_back(charted, atlas):
    template = template_of("Shoulder", MINE, charted.visit.marks)
    marks = template_marks(template, atlas)
    before = charted.visit.marks
    step = template_step(charted.visit, marks, [mark.id for mark in marks], template.name)
    charted.do(step)
    assert step.label == "template “Shoulder”"
    assert len(charted.visit.marks) == 6
    assert [point.number for point in charted.visit.trigger_points()] == [1, 2]
    charted.undo(step)
    assert charted.visit.marks == before


def test_only_the_chosen_marks_are_charted(charted, atlas):
    marks = template_marks(template_of("Shoulder", None, charted.visit.marks), atlas)
    step = template_step(charted.visit, marks, [marks[1].id], "Shoulder")
    charted.do(step)
    assert len(charted.visit.marks) == 4
    assert charted.visit.mark(step.select).trigger_point is None


def test_a_place_that_the_body_no_longer_has_is_told(atlas):
    template = Template("Far off", None, (PlannedPoint(BACK, 5000, 5000),))
    with pytest.raises(OffTheBodyError):
        template_marks(template, atlas)


def test_it_is_stored_and_comes_back_whole(templates, charted):
    made = templates.keep("  Shoulder  ", MINE, charted.visit.marks)
    assert made.name == "Shoulder"
    assert templates.of(MINE) == [made]


def test_one_sees_ones_own_and_the_clinics(templates, charted):
    marks = charted.visit.marks
    own = templates.keep("b mine", MINE, marks)
    shared = templates.keep("A clinic", None, marks)
    templates.keep("c theirs", YOURS, marks)
    assert templates.of(MINE) == [shared, own]


def test_a_name_is_taken_once_by_each(templates, charted):
    marks = charted.visit.marks
    templates.keep("Neck", MINE, marks)
    templates.keep("Neck", None, marks)
    with pytest.raises(InvalidEntryError, match="“neck” already"):
        templates.keep("neck", MINE, marks)


def test_one_that_is_dropped_is_gone_and_the_others_stay(templates, charted):
    marks = charted.visit.marks
    first, second = templates.keep("One", MINE, marks), templates.keep("Two", MINE, marks)
    templates.drop(first)
    assert templates.of(MINE) == [second]


@pytest.mark.parametrize(
    ("name", "marks", "words"),
    [
        ("", (a_trigger_point(),), "needs a name"),
        ("   ", (a_trigger_point(),), "needs a name"),
        ("x" * 81, (a_trigger_point(),), "at most 80"),
        ("Neck", (), "between 1 and 100"),
        ("Neck", (a_pain_zone(), a_note()), "between 1 and 100"),
        ("Neck", [a_needle_site(n) for n in range(1, MOST_MARKS + 2)], "between 1 and 100"),
    ],
)
def test_what_makes_no_template_is_refused_in_words(templates, name, marks, words):
    with pytest.raises(InvalidEntryError, match=words):
        templates.keep(name, MINE, marks)
    assert templates.of(MINE) == []


def test_a_needle_is_for_a_point_of_its_own_template():
    needle = PlannedNeedle(BACK, 0, 0, NeedleSize(0.3, 40), point=1)
    with pytest.raises(ValueError, match="own trigger points"):
        Template("Neck", None, (PlannedPoint(BACK, 0, 0),), (needle,))


@pytest.mark.parametrize("name", ["Nacken", "шея", "首の後ろ", "رقبة", "Neck / shoulder №2"])
def test_names_of_every_script_are_kept(templates, charted, name):
    templates.keep(name, None, charted.visit.marks)
    assert templates.of(MINE)[0].name == name
