"""Days read the same everywhere: in each list, on each page, on every computer."""

import re
from datetime import date
from pathlib import Path

import bodymap
from bodymap.chart.day_words import day, day_and_month, day_in_full

FIFTH = date(2026, 10, 5)


def test_a_day_has_no_nought_before_it():
    assert day(FIFTH) == "5 Oct 2026"
    assert day_and_month(FIFTH) == "5 Oct"
    assert day_in_full(FIFTH) == "5 October 2026"


def test_each_month_has_its_name():
    for month in range(1, 13):
        first = date(2026, month, 1)
        assert day(first) == f"1 {first:%b} 2026"
        assert day_in_full(first) == f"1 {first:%B} 2026"


def test_nothing_else_puts_months_into_words():
    """What strftime writes is in the language of the computer."""
    sources = Path(bodymap.__file__).parent.rglob("*.py")
    found = [path.name for path in sources if re.search(r"%-?d? ?%[bB]", path.read_text("utf-8"))]
    assert found == []
