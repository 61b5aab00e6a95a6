"""What must not be hit and lies near a needle's way."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.columns import REACH_MM, Columns
from bodymap.atlas.drawing import Shape
from bodymap.atlas.ids import Kind, Side, StructureId
from bodymap.atlas.structures import StackEntry, catalogue

NEAR_MM = 10.0
"""A hazard this near to the needle's way is named."""

_STANDS_FOR = {StructureId("lung"): StructureId("pleura")}
"""The model's lungs are too small for its chest: we warn of the pleura, never of the lung alone."""

_COURSES = frozenset({Kind.NERVE, Kind.VESSEL})


_Entries = dict[tuple[StructureId, Side], float]


class HazardSource(StrEnum):
    """How we know where a hazard lies."""

    COLUMN = "measured column of the model body"
    OUTLINE = "outline on the model body"
    COURSE = "course constructed from landmarks"


@dataclass(frozen=True, slots=True)
class HazardNear:
    """A hazard close to the straight way in, or on it.

    Attributes:
        id: Which structure.
        name: Its English name.
        side: The patient's side.
        kind: Organ, nerve or vessel.
        distance_mm: From the needle's way to the hazard; 0 if it lies on the way.
        depth_mm: How deep it lies: where it begins for organs, the usual depth for courses.
        shallowest_mm: The least depth at which it is found anywhere.
        source: How we know.
    """

    id: StructureId
    name: str
    side: Side
    kind: Kind
    distance_mm: float
    depth_mm: float
    shallowest_mm: float
    source: HazardSource


@dataclass(frozen=True, slots=True)
class _Hazard:
    """A hazard of one view, ready to be measured against."""

    key: tuple[StructureId, Side]
    kind: Kind
    form: BaseGeometry
    margin_mm: float
    shallowest_mm: float
    usual_mm: float


class Hazards:
    """The hazards of one view."""

    def __init__(self, shapes: Sequence[Shape], columns: Columns) -> None:
        self._hazards = [_hazard(s) for s in shapes if s.structure not in _STANDS_FOR]
        self._widest_mm = max((h.margin_mm for h in self._hazards), default=0.0)
        self._tree = shapely.STRtree([h.form for h in self._hazards])
        self._columns = columns

    def near(self, u: float, v: float, stack: Iterable[StackEntry]) -> tuple[HazardNear, ...]:
        """Name what lies within `NEAR_MM` of a needle pushed straight in, nearest first.

        The needle's way is the line from the skin to the depth the columns reach. How far
        off a hazard is, is measured from that line: beside it in the plane of the view,
        and beyond its end for what lies deeper. What is in the stack lies on the way in.

        Args:
            u: Where the needle enters, towards the viewer's right.
            v: The same, downwards.
            stack: What lies under that point.
        """
        point = shapely.Point(u, v)
        on_the_way = _first_entries(stack)
        around = self._least_entries(u, v)
        close = self._tree.query(point, predicate="dwithin", distance=NEAR_MM + self._widest_mm)
        met = [n for n, hazard in enumerate(self._hazards) if hazard.key in on_the_way]
        found = [
            self._measured(self._hazards[number], point, around, on_the_way)
            for number in {*close.tolist(), *met}
        ]
        return tuple(
            sorted(
                (near for near in found if near and near.distance_mm <= NEAR_MM),
                key=lambda near: (near.distance_mm, near.depth_mm, near.id, near.side),
            )
        )

    def _measured(
        self, hazard: _Hazard, point: shapely.Point, around: _Entries | None, on_the_way: _Entries
    ) -> HazardNear | None:
        """Say how near a hazard comes; `None` if the model was looked into and lacks it here."""
        beside = max(0.0, shapely.distance(hazard.form, point) - hazard.margin_mm)
        depth, source = hazard.usual_mm, HazardSource.COURSE
        if hazard.kind not in _COURSES:
            depth, source = hazard.shallowest_mm, HazardSource.OUTLINE
            if around is not None:
                if hazard.key not in around:
                    return None
                depth, source = around[hazard.key], HazardSource.COLUMN
        if hazard.key in on_the_way:
            beside, depth = 0.0, on_the_way[hazard.key]
        return HazardNear(
            id=hazard.key[0],
            name=catalogue()[hazard.key[0]].name,
            side=hazard.key[1],
            kind=hazard.kind,
            distance_mm=round(math.hypot(beside, max(0.0, depth - REACH_MM)), 1),
            depth_mm=depth,
            shallowest_mm=hazard.shallowest_mm,
            source=source,
        )

    def _least_entries(self, u: float, v: float) -> _Entries | None:
        """Where each structure begins within `NEAR_MM`; `None` where no column is known."""
        columns = self._columns
        reach = int(NEAR_MM / columns.cell_mm)
        steps = [step * columns.cell_mm for step in range(-reach, reach + 1)]
        cells = (columns.cell_at(u + du, v + dv) for dv in steps for du in steps)
        passages = [p for cell in cells if cell is not None for p in columns.passages(cell)]
        least: _Entries = {}
        for number, entry_mm, _ in passages:
            _keep_least(least, columns.structures[number], entry_mm)
        return least if passages else None


def _first_entries(stack: Iterable[StackEntry]) -> _Entries:
    entries: _Entries = {}
    for entry in stack:
        _keep_least(entries, (entry.id, entry.side), entry.entry_mm)
    return entries


def _keep_least(entries: _Entries, structure: tuple[StructureId, Side], entry_mm: float) -> None:
    """Note where a structure begins; the pleura begins no deeper than the lung in it."""
    if structure[0] in _STANDS_FOR:
        structure = (_STANDS_FOR[structure[0]], structure[1])
    entries[structure] = min(entry_mm, entries.get(structure, entry_mm))


def _hazard(shape: Shape) -> _Hazard:
    kind = catalogue()[shape.structure].kind
    about = shape.attributes
    key = (shape.structure, shape.side)
    if kind in _COURSES:
        return _Hazard(
            *(key, kind, shape.line()),
            margin_mm=float(about["data-buffer-mm"]),
            shallowest_mm=float(about["data-depth-min"]),
            usual_mm=float(about["data-depth-p50"]),
        )
    return _Hazard(
        *(key, kind, shape.polygon()),
        margin_mm=0.0,
        shallowest_mm=float(about["data-depth-p10"]),
        usual_mm=float(about["data-depth-p50"]),
    )
