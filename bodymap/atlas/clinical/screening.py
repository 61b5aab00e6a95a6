"""What is asked before needling, and when an answer stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.hazards import HazardId
from bodymap.atlas.clinical.rules import Facts, Rule, read_rule
from bodymap.atlas.clinical.sources import SourceId

ScreeningId = NewType("ScreeningId", str)


class Severity(StrEnum):
    """Whether needling is ruled out or needs care; a clinic can change it."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


class Scope(StrEnum):
    """What an item bears on."""

    VISIT = "visit"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class ScreeningItem:
    """One contraindication or precaution.

    Attributes:
        id: Its id.
        label: Its short name.
        severity: As the reference has it.
        scope: The whole visit, or a region of the body.
        question: What the patient is asked.
        applies: When it applies, in words.
        rule: The same, to be worked out.
        guidance: What follows.
        hazards: The hazards it has to do with.
        note: Doubts about the entry.
        sources: Where all this comes from.
    """

    id: ScreeningId
    label: str
    severity: Severity
    scope: Scope
    question: str
    applies: str
    rule: Rule
    guidance: str
    hazards: tuple[HazardId, ...]
    note: str | None
    sources: tuple[SourceId, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Whether the item applies; none while the facts do not decide it."""
        return self.rule.holds(facts)


def read_screening(file: Entry) -> Mapping[ScreeningId, ScreeningItem]:
    """The items of `screening.json`, by id, in the order they are asked."""
    return {
        ScreeningId(entry.text("id")): ScreeningItem(
            id=ScreeningId(entry.text("id")),
            label=entry.text("label"),
            severity=entry.choice("severity", Severity),
            scope=entry.choice("scope", Scope),
            question=entry.text("question"),
            applies=entry.text("applies"),
            rule=read_rule(entry.entry("rule")),
            guidance=entry.text("guidance"),
            hazards=tuple(map(HazardId, entry.texts("hazards"))),
            note=entry.text_or_none("note"),
            sources=tuple(map(SourceId, entry.texts("sources"))),
        )
        for entry in file.entries("items")
    }
