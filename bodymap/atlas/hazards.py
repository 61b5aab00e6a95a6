"""What must not be hit and lies near a needle's way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.columns import REACH_MM, Columns
from bodymap.atlas.drawing import Shape
from bodymap.atlas.ids import Kind, Side, StructureId
from bodymap.atlas.structures import catalogue

NEAR_MM = 10.0
"""A hazard this near to the needle's way is named."""

_NEVER_ALONE = frozenset({"lung"})
"""The model's lungs are too small for its chest; the pleura stands for them."""

_COURSES = frozenset({Kind.NERVE, Kind.VESSEL})


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

    id: StructureId
    side: Side
    kind: Kind
    form: BaseGeometry
    margin_mm: float
    shallowest_mm: float
    usual_mm: float


class Hazards:
    """The hazards of one view."""

    def __init__(self, shapes: Sequence[Shape], columns: Columns) -> None:
        self._hazards = [_hazard(s) for s in shapes if s.structure not in _NEVER_ALONE]
        self._widest_mm = max((h.margin_mm for h in self._hazards), default=0.0)
        self._tree = shapely.STRtree([h.form for h in self._hazards])
        self._columns = columns

    def near(self, u: float, v: float) -> tuple[HazardNear, ...]:
        """Name what lies within `NEAR_MM` of a needle pushed straight in, nearest first.

        The needle's way is the line from the skin to the depth the columns reach. How far
        off a hazard is, is measured from that line: beside it in the plane of the view,
        and beyond its end for what lies deeper.
        """
        point = shapely.Point(u, v)
        close = self._tree.query(point, predicate="dwithin", distance=NEAR_MM + self._widest_mm)
        local = self._least_entries(u, v)
        found = [self._measured(self._hazards[n], point, local) for n in np.sort(close)]
        return tuple(
            sorted(
                (near for near in found if near and near.distance_mm <= NEAR_MM),
                key=lambda near: (near.distance_mm, near.depth_mm, near.id),
            )
        )

    def _measured(
        self,
        hazard: _Hazard,
        point: shapely.Point,
        local: dict[tuple[StructureId, Side], float] | None,
    ) -> HazardNear | None:
        beside = max(0.0, shapely.distance(hazard.form, point) - hazard.margin_mm)
        depth, source = hazard.usual_mm, HazardSource.COURSE
        if hazard.kind not in _COURSES:
            depth, source = hazard.shallowest_mm, HazardSource.OUTLINE
            if local is not None:
                measured = local.get((hazard.id, hazard.side))
                if measured is None:
                    return None  # the model was looked into here, and it was not met
                depth, source = measured, HazardSource.COLUMN
        beyond = max(0.0, depth - REACH_MM)
        return HazardNear(
            id=hazard.id,
            name=catalogue()[hazard.id].name,
            side=hazard.side,
            kind=hazard.kind,
            distance_mm=round(float(np.hypot(beside, beyond)), 1),
            depth_mm=depth,
            shallowest_mm=hazard.shallowest_mm,
            source=source,
        )

    def _least_entries(self, u: float, v: float) -> dict[tuple[StructureId, Side], float] | None:
        """Where each structure begins within `NEAR_MM`; `None` where no column is known."""
        columns, least = self._columns, dict[tuple[StructureId, Side], float]()
        reach = int(NEAR_MM / columns.cell_mm)
        is_known = False
        for dv in range(-reach, reach + 1):
            for du in range(-reach, reach + 1):
                cell = columns.cell_at(u + du * columns.cell_mm, v + dv * columns.cell_mm)
                for passage in columns.passages(cell) if cell is not None else ():
                    is_known = True
                    key = columns.structures[passage.number]
                    least[key] = min(passage.entry_mm, least.get(key, REACH_MM))
        return least if is_known else None


def _hazard(shape: Shape) -> _Hazard:
    kind = catalogue()[shape.structure].kind
    about = shape.attributes
    if kind in _COURSES:
        return _Hazard(
            *(shape.structure, shape.side, kind, shape.line()),
            margin_mm=float(about["data-buffer-mm"]),
            shallowest_mm=float(about["data-depth-min"]),
            usual_mm=float(about["data-depth-p50"]),
        )
    return _Hazard(
        *(shape.structure, shape.side, kind, shape.polygon()),
        margin_mm=0.0,
        shallowest_mm=float(about["data-depth-p10"]),
        usual_mm=float(about["data-depth-p50"]),
    )
