"""The catalogue of structures: how they are called and what they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

from bodymap.atlas.ids import Kind, Side, StructureId, ViewId

_BARRIER_MM = 10.0
"""So much bone stops a needle; less may be the edge of one, caught by a coarse column."""


@dataclass(frozen=True, slots=True)
class UsualDepth:
    """Where a structure lies under the skin of the model body, seen in one view.

    Attributes:
        p10_mm: A tenth of it lies nearer than this.
        p50_mm: Half of it does.
        p90_mm: Nine tenths do.
        thickness_mm: How thick it is, as a rule.
    """

    p10_mm: float
    p50_mm: float
    p90_mm: float
    thickness_mm: float


@dataclass(frozen=True, slots=True)
class Structure:
    """A thing with a name, on whichever side.

    Attributes:
        id: Its id in drawings and records.
        name: English name.
        latin: Latin name after Terminologia Anatomica 2; empty where we have none.
        kind: What sort of thing it is.
        parent: The whole that a head, belly or part belongs to.
        group: The part of the body a muscle is listed under, such as `forearm`.
        hides: False for thin sheets such as platysma, which are drawn but hide nothing.
        depths: Where it lies, for the views that show it.
    """

    id: StructureId
    name: str
    latin: str
    kind: Kind
    parent: StructureId | None
    group: str | None
    hides: bool
    depths: Mapping[ViewId, UsualDepth]


class StackEntry(NamedTuple):
    """One structure under a point.

    Attributes:
        id: Which structure.
        name: Its English name.
        kind: What sort of thing it is.
        side: The patient's side.
        entry_mm: Where a needle pushed straight in enters it, from the skin.
        exit_mm: Where it leaves it.
        is_measured: False where outline and usual depth stand in for a measured column.
    """

    id: StructureId
    name: str
    kind: Kind
    side: Side
    entry_mm: float
    exit_mm: float
    is_measured: bool = True


@cache
def catalogue() -> Mapping[StructureId, Structure]:
    """All structures that the atlas knows, by id."""
    file = resources.files("bodymap.assets") / "atlas" / "structures.json"
    entries = json.loads(file.read_text(encoding="utf-8"))["structures"]
    return MappingProxyType({name: _structure(name, entry) for name, entry in entries.items()})


def _structure(name: str, entry: Mapping[str, Any]) -> Structure:
    return Structure(
        id=StructureId(name),
        name=entry["name"],
        latin=entry["latin"],
        kind=Kind(entry["kind"]),
        parent=entry.get("parent"),
        group=entry.get("group"),
        hides=entry.get("occludes", True),
        depths={
            ViewId(view): UsualDepth(p10, p50, p90, thickness or 0.0)
            for view, (p10, p50, p90, thickness) in entry.get("depths", {}).items()
        },
    )


def suitable_muscles(stack: Iterable[StackEntry]) -> tuple[StackEntry, ...]:
    """The muscles a needle at this place may be meant for, the most superficial first.

    Each muscle comes once. Those behind an organ, or behind a centimetre of bone, are not meant.
    Sheets that hide nothing, such as platysma, are left out unless nothing else is there.
    """
    muscles: dict[tuple[StructureId, Side], StackEntry] = {}
    bone_mm = 0.0
    for entry in stack:
        if entry.kind is Kind.MUSCLE:
            muscles.setdefault((entry.id, entry.side), entry)
        elif entry.kind is Kind.BONE:
            bone_mm += entry.exit_mm - entry.entry_mm
        if entry.kind is Kind.ORGAN or bone_mm >= _BARRIER_MM:
            break
    hiding = tuple(entry for entry in muscles.values() if catalogue()[entry.id].hides)
    return hiding or tuple(muscles.values())
