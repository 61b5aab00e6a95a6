"""The surface regions: one vocabulary for where a mark lies and where pain is drawn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from bodymap.atlas.ids import RegionId, ViewId


@dataclass(frozen=True, slots=True)
class Region:
    """A zone of the skin, on whichever side.

    Attributes:
        id: Its id in drawings and records.
        name: English name.
        latin: Latin name after Terminologia Anatomica 2, where one fits.
        part: The part of the body it belongs to, such as `forearm`.
        is_midline: Whether it spans both sides instead of coming in a pair.
        views: Where it is drawn.
        description: Its bounds, in words.
    """

    id: RegionId
    name: str
    latin: str | None
    part: str
    is_midline: bool
    views: frozenset[ViewId]
    description: str


@cache
def regions() -> Mapping[RegionId, Region]:
    """All surface regions, by id, from head to toes."""
    file = resources.files("bodymap.assets") / "atlas" / "regions.json"
    zones = json.loads(file.read_text(encoding="utf-8"))["zones"]
    return MappingProxyType(
        {
            RegionId(zone["id"]): Region(
                id=RegionId(zone["id"]),
                name=zone["name"],
                latin=zone["latin"],
                part=zone["group"],
                is_midline=zone["midline"],
                views=frozenset(map(ViewId, zone["views"])),
                description=zone["description"],
            )
            for zone in zones
        }
    )
