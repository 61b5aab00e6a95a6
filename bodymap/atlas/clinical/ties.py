"""What ties the reference to other things: its gaps towards the drawings, and codes elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.muscles import MuscleId
from bodymap.atlas.ids import StructureId


@dataclass(frozen=True, slots=True)
class Gaps:
    """What lacks its counterpart, each with the reason.

    Attributes:
        muscles_without_outline: Muscles that no dissection of the drawings shows.
        structures_without_muscle: Drawn muscles the reference has no entry for.
        structures_without_hazard: Drawn organs, nerves and vessels it has no entry for.
    """

    muscles_without_outline: Mapping[MuscleId, str]
    structures_without_muscle: Mapping[StructureId, str]
    structures_without_hazard: Mapping[StructureId, str]


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a muscle in other vocabularies.

    Attributes:
        fma: In the Foundational Model of Anatomy.
        fma_broader: There, of the whole it is part of, where it has no code of its own.
        snomed_ct: In SNOMED CT, whose use needs a licence in many countries.
        snomed_ct_broader: There, of the whole it is part of.
        snomed_ct_source: Where the SNOMED CT code was found.
    """

    fma: str | None
    fma_broader: str | None
    snomed_ct: str | None
    snomed_ct_broader: str | None
    snomed_ct_source: str | None


def read_gaps(file: Entry) -> Gaps:
    """The contents of `outlines.json`."""
    return Gaps(
        {
            MuscleId(entry.text("muscle")): entry.text("why")
            for entry in file.entries("muscles_without_outline", key="muscle")
        },
        _reasons(file, "structures_without_muscle"),
        _reasons(file, "structures_without_hazard"),
    )


def read_codes(file: Entry) -> Mapping[MuscleId, Codes]:
    """The codes of `codes.json`, by muscle."""
    return {
        MuscleId(entry.text("muscle")): Codes(
            fma=entry.text_or_none("fma"),
            fma_broader=entry.text_or_none("fma_broader"),
            snomed_ct=entry.text_or_none("snomed_ct"),
            snomed_ct_broader=entry.text_or_none("snomed_ct_broader"),
            snomed_ct_source=entry.text_or_none("snomed_ct_source"),
        )
        for entry in file.entries("muscles", key="muscle")
    }


def _reasons(file: Entry, name: str) -> Mapping[StructureId, str]:
    return {
        StructureId(entry.text("structure")): entry.text("why")
        for entry in file.entries(name, key="structure")
    }
