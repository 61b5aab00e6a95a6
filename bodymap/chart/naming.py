"""How people are looked up: names without case and accents, dates in the usual spellings."""

import re
import unicodedata
from datetime import date
from difflib import SequenceMatcher

from bodymap.chart.people import Patient

_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
"""Letters whose stroke or ligature Unicode does not take apart."""

_APOSTROPHES = re.compile("['’`\u00b4\u02bc]")
_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")

_ALIKE = 0.8
"""How much two spellings share of each other when they may be the same name."""


def folded(text: str) -> str:
    """Text as it is searched: no case, no accents, no apostrophes, single spaces."""
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.translate(_UNMARKED).split())


def dates_meant(text: str) -> tuple[date, ...]:
    """Every day that a spelling may stand for: 1984-03-12, 12.3.1984 or 12/03/1984.

    With slashes either number may be the month, so there may be two such days.
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return _days((year, month, day))
    if found := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = found.groups()
        if sign == "/":
            return _days((year, second, first), (year, first, second))
        return _days((year, second, first))
    return ()


def may_be_the_same(one: Patient, other: Patient) -> bool:
    """Whether two records may be of one person: born on one day, with similar names.

    The names may be spelt a little differently, have changed places, or one of them may have
    been left out.
    """
    if one.id == other.id or one.birth_date != other.birth_date:
        return False
    mine, theirs = _names(one), _names(other)
    if mine <= theirs or theirs <= mine:
        return True
    my_line, their_line = " ".join(sorted(mine)), " ".join(sorted(theirs))
    alike: float = SequenceMatcher(None, my_line, their_line, autojunk=False).ratio()
    return alike >= _ALIKE


def _names(patient: Patient) -> frozenset[str]:
    return frozenset(re.split(r"[\s-]+", folded(f"{patient.family_name} {patient.given_name}")))


def _days(*spelt: tuple[str, str, str]) -> tuple[date, ...]:
    days: list[date] = []
    for year, month, day in spelt:
        try:
            meant = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if meant not in days:
            days.append(meant)
    return tuple(days)
