"""Where pain from a trigger point is felt: surface regions, seen from the trigger point's side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.ids import RegionId, Side
from bodymap.atlas.regions import regions

Felt = tuple[RegionId, Side]
"""A surface region and the patient's side it lies on."""


class Relation(StrEnum):
    """On which side a zone lies, seen from the trigger point."""

    IPSILATERAL = "ipsilateral"
    CONTRALATERAL = "contralateral"
    BOTH = "both"
    MIDLINE = "midline"


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the referral vocabulary and the surface regions it stands for.

    Attributes:
        id: Its id; for most zones that of the one region they are.
        name: English name.
        relation: On which side it lies, seen from the trigger point.
        core: The regions it fills.
        edge: The regions it only touches.
        why: Why it is not simply a region; empty where it is.
    """

    id: str
    name: str
    relation: Relation
    core: tuple[RegionId, ...]
    edge: tuple[RegionId, ...] = ()
    why: str = ""

    def core_on(self, side: Side) -> Iterator[Felt]:
        """The regions it fills, for a trigger point of that side."""
        return _on(self.core, self.relation, side)

    def edge_on(self, side: Side) -> Iterator[Felt]:
        """The regions it touches, for a trigger point of that side."""
        return _on(self.edge, self.relation, side)


@dataclass(frozen=True, slots=True)
class Referral:
    """Where the pain of one trigger point is felt.

    Attributes:
        primary: Where most people feel it.
        spillover: Where some do.
    """

    primary: tuple[Zone, ...]
    spillover: tuple[Zone, ...]

    def primary_on(self, side: Side) -> frozenset[Felt]:
        """The primary regions of a trigger point on that side of the body."""
        return frozenset(felt for zone in self.primary for felt in zone.core_on(side))

    def spillover_on(self, side: Side) -> frozenset[Felt]:
        """The other regions; what a primary zone only touches is among them."""
        cores = (zone.core_on(side) for zone in self.spillover)
        edges = (zone.edge_on(side) for zone in (*self.primary, *self.spillover))
        return frozenset(chain(*cores, *edges)) - self.primary_on(side)


def read_zones(file: Entry) -> Mapping[str, Zone]:
    """All zones by id: those of `zones.json`, and every surface region as a zone of its own."""
    zones = {
        str(region.id): Zone(
            id=region.id,
            name=region.name,
            relation=Relation.MIDLINE if region.is_midline else Relation.IPSILATERAL,
            core=(region.id,),
        )
        for region in regions().values()
    }
    for entry in file.entries("zones"):
        if entry.text("id") in zones:
            raise entry.wrong("id", "a surface region has this id")
        zones[entry.text("id")] = Zone(
            id=entry.text("id"),
            name=entry.text("name"),
            relation=entry.choice("side", Relation),
            core=region_ids(entry, "core"),
            edge=region_ids(entry, "edge"),
            why=entry.text("why"),
        )
    return MappingProxyType(zones)


def region_ids(entry: Entry, name: str) -> tuple[RegionId, ...]:
    """A field that lists surface regions."""
    ids = tuple(map(RegionId, entry.texts(name)))
    for region in ids:
        if region not in regions():
            raise entry.wrong(name, f"there is no surface region {region!r}")
    return ids


def _on(ids: Iterable[RegionId], relation: Relation, side: Side) -> Iterator[Felt]:
    for region in ids:
        if relation is Relation.MIDLINE or regions()[region].is_midline:
            yield region, Side.MIDLINE
        elif relation is Relation.BOTH:
            yield from ((region, Side.LEFT), (region, Side.RIGHT))
        else:
            yield region, side.mirrored if relation is Relation.CONTRALATERAL else side
