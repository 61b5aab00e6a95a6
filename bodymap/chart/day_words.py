"""Days in words, the same on every computer: whatever its language, no 05/10 that may be May."""

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = 3


def day(when: date) -> str:
    """A day as the window shows it, such as 5 Oct 2026."""
    return f"{day_and_month(when)} {when.year}"


def day_and_month(when: date) -> str:
    """A day where the year is plain, such as 5 Oct."""
    return f"{when.day} {_MONTHS[when.month - 1][:_SHORT]}"


def day_in_full(when: date) -> str:
    """A day as a printed page shows it, such as 5 October 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
