"""Reading the clinical files: each value is checked as it is taken, and errors name the place."""

import json
from collections.abc import Mapping
from enum import StrEnum
from importlib import resources
from typing import Any, TypeVar

from bodymap.errors import BodymapError

Choice = TypeVar("Choice", bound=StrEnum)


class KnowledgeError(BodymapError):
    """A clinical file says something that cannot be; the text names file, entry and field."""


class Entry:
    """One object of a clinical file; takes its values out by name and kind.

    Args:
        values: What the file says.
        place: Where in the file, for errors, such as `muscles.json, soleus`.
    """

    def __init__(self, values: object, place: str) -> None:
        self.place = place
        if not isinstance(values, Mapping):
            raise KnowledgeError(f"{place}: an object was expected.")
        self._values: Mapping[str, Any] = values

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self._taken(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "a text was expected")
        return value

    def text_or_none(self, name: str) -> str | None:
        """A text, or none where the field is missing or null."""
        return None if self._values.get(name) is None else self.text(name)

    def text_or_empty(self, name: str) -> str:
        """A text that may be empty, but not missing."""
        value = self._taken(name)
        if not isinstance(value, str):
            raise self.wrong(name, "a text was expected")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, possibly empty."""
        value = self._taken(name)
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.wrong(name, "a list of texts was expected")
        return tuple(value)

    def number(self, name: str) -> float:
        """A number."""
        value = self._taken(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "a number was expected")
        return float(value)

    def number_or_none(self, name: str) -> float | None:
        """A number, or none where the field is missing or null."""
        return None if self._values.get(name) is None else self.number(name)

    def numbers(self, name: str) -> tuple[float, ...]:
        """A list of numbers."""
        value = self._taken(name)
        if not isinstance(value, list):
            raise self.wrong(name, "a list of numbers was expected")
        return tuple(Entry({name: part}, self.place).number(name) for part in value)

    def span(self, name: str) -> tuple[float, float]:
        """Two numbers, the smaller one first."""
        value = self.numbers(name)
        if len(value) != 2 or value[0] > value[1]:
            raise self.wrong(name, "two numbers were expected, the smaller one first")
        return value[0], value[1]

    def flag(self, name: str) -> bool:
        """True or false; false where the field is missing."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false was expected")
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of a fixed set of words."""
        word = self.text(name)
        try:
            return choices(word)
        except ValueError:
            known = ", ".join(choices)
            raise self.wrong(name, f"{word!r} is none of {known}") from None

    def choice_or_none(self, name: str, choices: type[Choice]) -> Choice | None:
        """One of a fixed set of words, or none where the field is missing or null."""
        return None if self._values.get(name) is None else self.choice(name, choices)

    def value(self, name: str) -> object:
        """Whatever the file says, unchecked; the field has to be there."""
        return self._taken(name)

    def has(self, name: str) -> bool:
        """Whether the field is there and is not null."""
        return self._values.get(name) is not None

    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(self._values)

    def entry(self, name: str) -> "Entry":
        """An object within this one."""
        return Entry(self._taken(name), f"{self.place}, {name}")

    def entries(self, name: str, key: str = "id") -> tuple["Entry", ...]:
        """The objects of a list, each known in errors by its `key` where it has one."""
        value = self._taken(name)
        if not isinstance(value, list):
            raise self.wrong(name, "a list was expected")
        return tuple(
            Entry(part, f"{self.place}, {_named(part, key) or f'{name} {number}'}")
            for number, part in enumerate(value, start=1)
        )

    def wrong(self, name: str, what: str) -> KnowledgeError:
        """The error for one field."""
        return KnowledgeError(f"{self.place}, {name}: {what}.")

    def _taken(self, name: str) -> Any:  # noqa: ANN401 - JSON
        if name not in self._values:
            raise self.wrong(name, "the field is missing")
        return self._values[name]


def clinical_file(name: str) -> Entry:
    """The whole of one clinical file, such as `muscles`.

    Raises:
        KnowledgeError: The file is missing or is not JSON.
    """
    place = f"{name}.json"
    try:
        file = resources.files("bodymap.assets") / "clinical" / place
        return Entry(json.loads(file.read_text(encoding="utf-8")), place)
    except (OSError, ValueError) as problem:
        raise KnowledgeError(f"{place} of the clinical reference cannot be read.") from problem


def _named(part: object, key: str) -> str:
    name = part.get(key) if isinstance(part, Mapping) else None
    return name if isinstance(name, str) else ""
