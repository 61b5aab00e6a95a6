"""The table of the zones of the skin: what each is called and how far it reaches."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "zones.tsv"


@dataclass(frozen=True)
class Zone:
    """A place on the skin with a name of its own.

    Attributes:
        zone_id: The id that marks, drawings and referral patterns share.
        group: The part of the body it belongs to, such as `forearm`.
        name: Its name in plain English.
        latin: Its name in Terminologia Anatomica 2, or of what lies there; empty if none.
        is_midline: It straddles the midline and has no side.
        description: Its borders in words.
    """

    zone_id: str
    group: str
    name: str
    latin: str
    is_midline: bool
    description: str


@cache
def zones() -> dict[str, Zone]:
    """All zones by their id, from head to toe."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return {row["id"]: _zone(row) for row in rows}


def _zone(row: dict[str, str]) -> Zone:
    return Zone(
        zone_id=row["id"],
        group=row["group"],
        name=row["name"],
        latin=row["latin"],
        is_midline=row["midline"] == "midline",
        description=row["description"],
    )


def zone_names() -> dict[str, str]:
    """The plain English name of each zone, for titles."""
    return {zone.zone_id: zone.name for zone in zones().values()}
