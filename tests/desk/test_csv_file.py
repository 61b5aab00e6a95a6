"""Whatever a cell begins with, no spreadsheet works it out."""

import csv
import io

import pytest

from bodymap.desk.csv_file import csv_text, harmless

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1"]


@pytest.mark.parametrize("words", FORMULAS)
def test_words_are_never_worked_out(words: str) -> None:
    assert harmless(words) == f"'{words}"
    (row,) = csv.reader(io.StringIO(csv_text([[words]]), newline=""))
    assert row == [f"'{words}"]


@pytest.mark.parametrize("words", ["Neck", "", " =1", "1-2", "’=1", "田中"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


def test_numbers_stay_numbers() -> None:
    assert csv_text([[-1, 2.5, None]]) == "-1,2.5,\r\n"
