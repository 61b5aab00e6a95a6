"""Lines fit their measure and lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.reports.page import POINTS_PER_MM
from bodymap.reports.shaping import clean
from bodymap.reports.typesetting import Style, set_line, set_lines
from tests.reports.names import HOSTILE, NAMES

STYLE = Style(8)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=120),
    st.text(st.sampled_from("ab -/漢字かな、。กขค\n"), max_size=120),
)


def said(lines):
    return ["".join(run.text for run in line.runs) for line in lines]


def millimetres(line):
    return line.width * STYLE.size / 1000 / POINTS_PER_MM


@given(TEXTS, st.floats(12, 120))
def test_no_line_is_wider_than_its_measure(text, measure):
    assert all(millimetres(line) <= measure + 0.6 for line in set_lines(text, STYLE, measure))


@given(TEXTS, st.floats(12, 120))
def test_breaking_loses_nothing_but_blanks(text, measure):
    kept = "".join("".join(runs) for runs in said(set_lines(text, STYLE, measure)))
    assert sorted("".join(kept.split())) == sorted("".join(clean(text).split()))


@pytest.mark.parametrize("text", [*NAMES.values(), *HOSTILE])
def test_names_and_hostile_text_can_be_set_narrowly(text):
    assert all(millimetres(line) <= 20.6 for line in set_lines(text, STYLE, 20))


def test_words_stay_whole_where_they_can():
    assert said(set_lines("upper trapezius", STYLE, 15)) == ["upper", "trapezius"]


def test_a_line_may_break_after_a_hyphen():
    assert said(set_lines("semi-membranosus", STYLE, 20)) == ["semi-", "membranosus"]


def test_a_word_that_is_too_long_is_cut():
    assert len(set_lines("x" * 100, STYLE, 20)) > 1


def test_blank_lines_stay():
    assert said(set_lines("one\n\ntwo", STYLE, 50)) == ["one", "", "two"]


def test_chinese_breaks_anywhere_but_before_a_comma():
    lines = said(set_lines("右肩の痛み、腕を上げると悪化する", STYLE, 17))
    assert not any(line.startswith("、") for line in lines)


def test_a_single_line_is_cut_short_with_an_ellipsis():
    line = set_line("A name that goes on and on and on", STYLE, 20)
    assert said([line])[0].endswith("…")
    assert millimetres(line) <= 20


def test_a_line_that_fits_is_left_alone():
    assert said([set_line("Short", STYLE, 20)]) == ["Short"]
