"""Refusing what cannot be right, in words that say what is wrong."""

import math
from collections.abc import Iterable

LONGEST_LINE = 200
"""Characters of a name or a few words."""

LONGEST_TEXT = 20_000
"""Characters of a running text; a page holds some 4,000."""


def check_text(what: str, text: object, most: int = LONGEST_TEXT) -> None:
    """Let pass only text of a sensible length, in any script.

    Raises:
        ValueError: It is no text or too long.
    """
    if not (isinstance(text, str) and len(text) <= most):
        raise ValueError(f"{what} is a text of at most {most:,} characters")


def check_lines(what: str, lines: Iterable[object]) -> None:
    """Let pass only lines of text that say something, each once.

    Raises:
        ValueError: One is no text, too long or empty, or stands twice.
    """
    seen = set()
    for line in lines:
        check_text(what, line, LONGEST_LINE)
        if not str(line).strip():
            raise ValueError(f"{what} needs words")
        if line in seen:
            raise ValueError(f"{what} stands once: “{line}”")
        seen.add(line)


def check_number(what: str, number: object, low: float, high: float, *, whole: bool) -> None:
    """Let pass only a number between two others, or None.

    Raises:
        ValueError: It is no number, out of range, or broken where whole ones count.
    """
    if number is None:
        return
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    fits = is_number and math.isfinite(number) and low <= number <= high  # type: ignore[arg-type, operator]
    if not fits or (whole and number != int(number)):  # type: ignore[call-overload]
        kind = "a whole number" if whole else "a number"
        raise ValueError(f"{what} is {kind} from {low:g} to {high:g}")
