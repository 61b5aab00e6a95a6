"""Dermatomes: the skin one spinal nerve serves, as surface regions."""

from collections.abc import Mapping
from dataclasses import dataclass

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.referral import region_ids
from bodymap.atlas.clinical.sources import SourceId
from bodymap.atlas.ids import RegionId


@dataclass(frozen=True, slots=True)
class Dermatome:
    """One dermatome; maps differ between authors, and neighbours overlap.

    Attributes:
        id: Such as `C6`; `CN-V1` to `CN-V3` are the divisions of the trigeminal nerve.
        key_point: Where its feeling is tested.
        regions: The surface regions it lies on, of either side.
        sources: Where this comes from.
    """

    id: str
    key_point: str
    regions: tuple[RegionId, ...]
    sources: tuple[SourceId, ...]


def read_dermatomes(file: Entry) -> Mapping[str, Dermatome]:
    """The dermatomes of `dermatomes.json`, by id, from head to foot."""
    return {
        entry.text("id"): Dermatome(
            id=entry.text("id"),
            key_point=entry.text("key_point"),
            regions=region_ids(entry, "regions"),
            sources=tuple(map(SourceId, entry.texts("sources"))),
        )
        for entry in file.entries("dermatomes")
    }
