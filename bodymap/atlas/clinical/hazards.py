"""What a needle must not hit, as words: where it lies, how it is avoided, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.sources import SourceId
from bodymap.atlas.ids import StructureId

HazardId = NewType("HazardId", str)
"""A hazard of the clinical reference; it may stand for several drawn structures."""


class Level(StrEnum):
    """How bad a hit would be, worst first."""

    LIFE_THREATENING = "life-threatening"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something a needle must not hit.

    Attributes:
        id: Its id.
        name: English name.
        level: How bad a hit would be.
        anatomy: What is meant, in words.
        where: Where it lies under the skin, in words.
        guidance: How it is avoided.
        warning_signs: What one sees or hears when it was hit.
        response: What to do then.
        structures: What of it is drawn; may be empty.
        sources: Where all this comes from.
    """

    id: HazardId
    name: str
    level: Level
    anatomy: tuple[str, ...]
    where: str
    guidance: str
    warning_signs: tuple[str, ...]
    response: str
    structures: tuple[StructureId, ...]
    sources: tuple[SourceId, ...]


def read_hazards(file: Entry) -> Mapping[HazardId, Hazard]:
    """The hazards of `hazards.json`, by id."""
    return {
        HazardId(entry.text("id")): Hazard(
            id=HazardId(entry.text("id")),
            name=entry.text("name"),
            level=entry.choice("level", Level),
            anatomy=entry.texts("anatomy"),
            where=entry.text("where"),
            guidance=entry.text("guidance"),
            warning_signs=entry.texts("warning_signs"),
            response=entry.text("response"),
            structures=tuple(map(StructureId, entry.texts("structures"))),
            sources=tuple(map(SourceId, entry.texts("sources"))),
        )
        for entry in file.entries("hazards")
    }
