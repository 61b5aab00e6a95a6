"""What was typed on the page, as the record keeps it."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum

from bodymap.chart.naming import dates_meant
from bodymap.desk.entry import InvalidEntryError


def parsed(name: str, value: object) -> object:
    """What a field is to hold, of what was entered in it.

    Raises:
        InvalidEntryError: It is no day or no number, where one is asked for.
    """
    if isinstance(value, Enum) or not isinstance(value, str):
        return value
    return _PARSERS.get(name, str.strip)(value.strip())


def day_meant(text: str) -> date | None:
    """A day in one of the usual spellings; None for nothing.

    Raises:
        InvalidEntryError: It is no day, or nobody can say which number is the month.
    """
    if not text:
        return None
    days = dates_meant(text)
    if not days:
        raise InvalidEntryError("Type the day as 2026-11-21 or 21.11.2026.")
    if len(days) > 1:
        raise InvalidEntryError(
            "Either number may be the month. Type the day as 2026-11-21 or 21.11.2026."
        )
    return days[0]


def _count(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise InvalidEntryError("A whole number is asked for here.")
    return int(text)


_PARSERS: Mapping[str, Callable[[str], object]] = {
    "birth_date": day_meant,
    "onset": day_meant,
    "reassess_on": day_meant,
    "days_between": _count,
    "planned_visits": _count,
    "icd_10": str.upper,
}
