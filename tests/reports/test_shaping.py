"""Text becomes glyphs without a gap: nothing missing, nothing parsed, nothing turned round."""

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from bodymap.reports.fonts import Weight
from bodymap.reports.shaping import clean, is_rtl, shape_line
from tests.reports.names import HOSTILE, NAMES

ANYTHING = st.text(st.characters(codec=None), max_size=60)


def glyphs_of(text, weight=Weight.REGULAR):
    lines = [shape_line(line, weight, rtl=is_rtl(line)) for line in clean(text).split("\n")]
    return [glyph for line in lines for run in line.runs for glyph in run.glyphs]


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("language", NAMES)
def test_a_name_shapes_without_a_missing_glyph(language, weight):
    glyphs = glyphs_of(NAMES[language], weight)
    assert glyphs
    assert all(glyph.id for glyph in glyphs)


@given(ANYTHING)
def test_no_text_at_all_has_a_missing_glyph(text):
    assert all(glyph.id for glyph in glyphs_of(text))


@given(ANYTHING)
def test_the_glyphs_of_a_run_tell_all_of_its_characters(text):
    line = clean(text).split("\n")[0]
    for run in shape_line(line, Weight.REGULAR, rtl=is_rtl(line)).runs:
        assert sorted("".join(glyph.text for glyph in run.glyphs)) == sorted(run.text)


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_keeps_what_can_be_read(text):
    readable = [letter for letter in text if letter.isalpha() and letter.isascii()]
    printed = iter(clean(text))
    assert all(letter in printed for letter in readable)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\x00\x1b", "\u2400\u241b"),
        ("\U00012000", "[U+12000]"),
        ("\ud800", "\ufffd"),
        ("a\u202eb\u2067c", "abc"),
        ("soft\u00adhyphen", "softhyphen"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_cannot_be_shown_is_spelt_out(text, printed):
    assert clean(text) == printed


def test_arabic_letters_join():
    alone = glyphs_of("ح")[0].id
    joined = {glyph.id for glyph in glyphs_of("محمد")}
    assert alone not in joined


def test_a_ligature_says_both_its_letters():
    assert "".join(sorted(glyph.text for glyph in glyphs_of("لا"))) in {"لا", "ال"}


def test_a_mark_stands_on_its_letter():
    mark = glyphs_of("ก็")[1]
    assert mark.natural - mark.before - mark.after == 0


@given(st.text(st.sampled_from("abc אבג 123 ,."), max_size=20))
def test_the_order_of_writing_is_that_of_the_standard(text):
    line = clean(text)
    shaped = shape_line(line, Weight.REGULAR, rtl=is_rtl(line))
    drawn = "".join(glyph.text for run in shaped.runs for glyph in run.glyphs)
    assert drawn == get_display(line, base_dir="R" if is_rtl(line) else "L")


def test_a_wider_text_is_wider():
    assert shape_line("mm", Weight.REGULAR).width > shape_line("m", Weight.REGULAR).width


def test_figures_all_have_the_same_width():
    widths = {round(shape_line(figure, Weight.REGULAR).width, 3) for figure in "0123456789"}
    assert len(widths) == 1
