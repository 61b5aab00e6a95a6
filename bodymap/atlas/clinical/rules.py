"""Rules over facts of a visit, such as `patient.age_years < 12`: true, false, or not known yet.

Facts are named by dotted words: `screening.<item>` is the yes or no to an item, `patient.…` and
`visit.…` come from the record. A fact that is missing is not known. A fact that is there and is
none is known to be empty.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bodymap.atlas.clinical.entry import Entry

Facts = Mapping[str, object]


class Rule(Protocol):
    """Something facts may fulfil."""

    def holds(self, facts: Facts) -> bool | None:
        """Whether they do; none while they do not decide it."""

    def fields(self) -> frozenset[str]:
        """The facts it asks for."""


class Comparison(StrEnum):
    """How a fact is compared with a value."""

    IS = "is"
    EQUALS = "=="
    LESS = "<"
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"


_COMPARE: Mapping[Comparison, Callable[[float, float], bool]] = {
    Comparison.LESS: operator.lt,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact compared with one value."""

    field: str
    comparison: Comparison
    value: object

    def holds(self, facts: Facts) -> bool | None:
        """Whether the fact compares so; a number that is missing decides nothing."""
        if self.field not in facts:
            return None
        fact = facts[self.field]
        if self.comparison in _COMPARE:
            if not isinstance(fact, int | float) or not isinstance(self.value, int | float):
                return None
            return _COMPARE[self.comparison](fact, self.value)
        if self.comparison is Comparison.IN:
            return isinstance(self.value, tuple) and fact in self.value
        return fact == self.value

    def fields(self) -> frozenset[str]:
        """The one fact it asks for."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when all its rules do."""

    rules: tuple[Rule, ...]

    def holds(self, facts: Facts) -> bool | None:
        """False as soon as one rule is; none while one is open."""
        answers = [rule.holds(facts) for rule in self.rules]
        return False if False in answers else None if None in answers else True

    def fields(self) -> frozenset[str]:
        """All facts its rules ask for."""
        return frozenset[str]().union(*(rule.fields() for rule in self.rules))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one of its rules does."""

    rules: tuple[Rule, ...]

    def holds(self, facts: Facts) -> bool | None:
        """True as soon as one rule is; none while one is open."""
        answers = [rule.holds(facts) for rule in self.rules]
        return True if True in answers else None if None in answers else False

    def fields(self) -> frozenset[str]:
        """All facts its rules ask for."""
        return frozenset[str]().union(*(rule.fields() for rule in self.rules))


def read_rule(entry: Entry) -> Rule:
    """A rule from `{field, op, value}`, `{all: [...]}` or `{any: [...]}`."""
    if entry.has("all"):
        return AllOf(tuple(read_rule(part) for part in entry.entries("all", key="field")))
    if entry.has("any"):
        return AnyOf(tuple(read_rule(part) for part in entry.entries("any", key="field")))
    value = entry.value("value")
    return Condition(
        field=entry.text("field"),
        comparison=entry.choice("op", Comparison),
        value=tuple(value) if isinstance(value, list) else value,
    )
