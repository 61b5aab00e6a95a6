"""What was typed, held against what the record allows."""

from collections.abc import Callable
from typing import TypeVar

from bodymap.errors import BodymapError

T = TypeVar("T")


class InvalidEntryError(BodymapError):
    """Something typed can't be right; nothing was stored."""


def entered(make: Callable[[], T]) -> T:
    """Make a part of the record of what was typed.

    Raises:
        InvalidEntryError: The record does not allow it; its own words say why.
    """
    try:
        return make()
    except ValueError as problem:
        words = str(problem)
        raise InvalidEntryError(f"{words[:1].upper()}{words[1:]}.") from problem
    except (TypeError, AttributeError) as problem:
        raise InvalidEntryError("This can't be kept as it was entered.") from problem
