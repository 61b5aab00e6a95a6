"""H01 on paper: which side is which, by where the words stand and not merely that they do."""

import pytest

from bodymap.atlas.ids import Side, ViewId
from bodymap.atlas.views import side_at
from bodymap.reports import wording
from bodymap.reports.figure import _side_words
from tests.builders import a_needle_site, a_place, a_visit

FEET = [ViewId.SOLES, ViewId.FEET_DORSAL]
FIRST_ON_THE_LEFT = {
    ViewId.ANTERIOR: "R",
    ViewId.POSTERIOR: "L",
    ViewId.LATERAL_LEFT: "F",
    ViewId.LATERAL_RIGHT: "B",
    ViewId.SOLES: "R",
    ViewId.FEET_DORSAL: "R",
}
"""What stands at the viewer's left of the whole figure, written out by hand."""
OPPOSITE = {"L": "R", "R": "L", "F": "B", "B": "F"}
HEADINGS = {
    ViewId.LATERAL_LEFT: "Left side of the body",
    ViewId.LATERAL_RIGHT: "Right side of the body",
}


def printed(printer, read_back, a_record, view: ViewId, u_mm: float = 60.0):
    v_mm = 30.0 if view in FEET else 400.0
    place = a_place(u_mm, v_mm, view=view, side=side_at(view, u_mm))
    visit = a_visit(0, 0, 0, marks=(a_needle_site(1, place=place),))
    return read_back(printer.summary(a_record(visit)))


@pytest.mark.parametrize("view", [view for view in ViewId if view not in FEET])
def test_the_letters_of_the_whole_figure_stand_on_their_sides(printer, read_back, a_record, view):
    at_left = FIRST_ON_THE_LEFT[view]
    runs = printed(printer, read_back, a_record, view).runs
    letters = {text: x for text, x, _ in runs if text in {at_left, OPPOSITE[at_left]}}
    assert letters[at_left] < letters[OPPOSITE[at_left]]


@pytest.mark.parametrize("view", FEET)
def test_the_words_by_the_feet_stand_on_their_sides(printer, read_back, a_record, view):
    runs = printed(printer, read_back, a_record, view).runs  # the mark is on the left
    (right,) = [x for text, x, _ in runs if text == "Right"]
    assert max(x for text, x, _ in runs if text == "Left") > right  # the table says it too


@pytest.mark.parametrize("view", ViewId)
def test_the_words_of_a_part_are_those_of_the_whole(view):
    at_left = FIRST_ON_THE_LEFT[view]
    assert [word[0] for word in _side_words(view)] == [at_left, OPPOSITE[at_left]]


@pytest.mark.parametrize("view", HEADINGS)
def test_a_side_view_is_called_by_its_own_side(printer, read_back, a_record, view):
    page = printed(printer, read_back, a_record, view)
    other = next(words for one, words in HEADINGS.items() if one is not view)
    assert page.says(HEADINGS[view])
    assert not page.says(other)


def test_sides_are_called_what_they_are() -> None:
    assert wording.SIDES == {Side.LEFT: "Left", Side.RIGHT: "Right", Side.MIDLINE: "Midline"}
