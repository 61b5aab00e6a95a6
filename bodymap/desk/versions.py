"""One record changed at two seats: what goes together by itself, and what does not."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from bodymap.chart.day_words import day
from bodymap.desk.difference_words import told_shortly
from bodymap.errors import ConflictError

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Both:
    """One field that two have changed, each in another way.

    Attributes:
        name: The field, as a person calls it.
        mine: What was entered here.
        theirs: What is stored.
    """

    name: str
    mine: str
    theirs: str


class AlsoChangedError(ConflictError):
    """Somebody else changed the same field first; nothing was written.

    Attributes:
        both: Both versions of each such field.
    """

    def __init__(self, both: tuple[Both, ...]) -> None:
        self.both = both
        told = " ".join(
            f"{one.name} is {one.theirs} there by now; you entered {one.mine}." for one in both
        )
        super().__init__(
            f"This was changed in another window meanwhile. {told} "
            "Nothing was written; enter yours again if it is to count."
        )


def brought_together(known: R, mine: R, theirs: R) -> R:
    """What is stored, with what was changed here.

    Args:
        known: The record as it was known here.
        mine: The record as it is wanted here.
        theirs: The record as it is stored now.

    Raises:
        AlsoChangedError: A field was changed on both sides, each in another way.
    """
    both = tuple(_both(known, mine, theirs))
    if both:
        raise AlsoChangedError(both)
    return _joined(known, mine, theirs)


def _both(known: object, mine: object, theirs: object, name: str = "") -> Iterator[Both]:
    if mine == known or theirs in (known, mine):
        return
    if not _has_parts(known):
        texts = told_shortly(_text(mine), _text(theirs))
        yield Both(_called(name), *map(_said, texts))
        return
    for part in _parts(known):
        yield from _both(getattr(known, part), getattr(mine, part), getattr(theirs, part), part)


def _joined(known: R, mine: R, theirs: R) -> R:
    if mine == known:
        return theirs
    if theirs == known or not _has_parts(known):
        return mine
    taken: dict[str, Any] = {
        part: _joined(*(getattr(one, part) for one in (known, mine, theirs)))
        for part in _parts(known)
    }
    return replace(theirs, **taken)  # type: ignore[type-var]  # it has parts


def _has_parts(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)


def _parts(record: object) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))  # type: ignore[arg-type]  # as above


def _called(name: str) -> str:
    return f"“{name.replace('_', ' ').capitalize()}”"


def _said(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _text(value: object) -> str:
    """A value as a person reads it."""
    if _has_parts(value):
        return " ".join(filter(None, (_text(getattr(value, one)) for one in _parts(value))))
    match value:
        case None | bool():
            text = {None: "", True: "yes", False: "no"}[value]
        case date():
            text = day(value)
        case Enum():
            text = str(value.value).replace("-", " ")
        case tuple() | frozenset():
            text = ", ".join(filter(None, map(_text, value)))
        case _:
            text = " ".join(str(value).split())
    return text
