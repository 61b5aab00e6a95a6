"""The quick answer for a point of one view: region, side, and what lies under it."""

from bisect import bisect_left
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import NamedTuple

import shapely

from bodymap.atlas.columns import Columns
from bodymap.atlas.drawing import Shape
from bodymap.atlas.ids import Dissection, Kind, LayerId, RegionId, Side, StructureId, ViewId
from bodymap.atlas.partition import Grid, Partition, Shore
from bodymap.atlas.structures import StackEntry, catalogue, suitable_muscles
from bodymap.atlas.views import View

SNAP_MM = 6.0
"""How far off the body a point may lie and still be meant for it."""

RIM_MM = 15.0
"""How far off a muscle may be drawn and still be meant, where none lies under the point."""

MIDLINE_MM = 5.0
"""In a region that has no side, points this near to the midline lie on it."""

_INWARDS_MM = 0.05
"""Snapped points are set this far inside the outline, so that they surely lie on the body."""

_HAIR_MM = 1e-9
"""Less than this is nothing."""

_DEFAULT_ENTRY_MM, _DEFAULT_THICKNESS_MM = 3.0, 5.0
"""For a drawn structure whose depth nobody measured in this view."""

_ON_BODY = False
"""What `snapped` says of a point that is where it was pointed at."""

_LAYERS = {
    Dissection.SKIN: LayerId.SURFACE_REGIONS,
    Dissection.SUPERFICIAL: LayerId.MUSCLES_SUPERFICIAL,
    Dissection.INTERMEDIATE: LayerId.MUSCLES_INTERMEDIATE,
    Dissection.DEEP: LayerId.MUSCLES_DEEP,
}

Stack = tuple[StackEntry, ...]


class Spot(NamedTuple):
    """A point on the body.

    Attributes:
        view: The view it was pointed at in.
        u: Towards the viewer's right, in millimetres; on the body, if it was snapped.
        v: Downwards.
        snapped: Whether it lay off the body.
        region: The surface region it lies in.
        region_side: The side of that region, `midline` for one that spans both.
        side: The patient's side that the point itself lies on.
        stack: What lies under it, in the order in which a needle meets it.
    """

    view: ViewId
    u: float
    v: float
    snapped: bool
    region: RegionId
    region_side: Side
    side: Side
    stack: Stack


class _Cell(NamedTuple):
    """What is known of all points of a cell.

    Attributes:
        region: The region all of it lies in; `None` if that has to be asked for each point.
        region_side: The side of that region.
        stack: What lies under its points.
        is_certain: False if a structure may be drawn here that the stack lacks.
    """

    region: RegionId | None
    region_side: Side
    stack: Stack
    is_certain: bool


class ViewLookup:
    """Answers for the points of one view. Cells are learned when they are first asked for."""

    def __init__(self, view: View, columns: Columns) -> None:
        self.view = view
        self.columns = columns
        self.grid = Grid(columns.u0, columns.v0, columns.cell_mm, columns.width, columns.height)
        self._id = view.id
        self._u1 = columns.u0 + columns.width * columns.cell_mm
        self._v1 = columns.v0 + columns.height * columns.cell_mm
        self._cells: list[_Cell | None] = [None] * (columns.width * columns.height)
        self._partitions: dict[Dissection, Partition] = {}
        self._dividing = Lock()

    def partition(self, dissection: Dissection) -> Partition:
        """The shapes that are drawn at a dissection, to be asked for points."""
        known = self._partitions.get(dissection)
        if known is None:
            with self._dividing:
                if dissection not in self._partitions:
                    shapes = self.view.drawing.in_layer(_LAYERS[dissection])
                    self._partitions[dissection] = Partition(shapes, self.grid)
                known = self._partitions[dissection]
        return known

    @cached_property
    def regions(self) -> Partition:
        """The surface regions."""
        return self.partition(Dissection.SKIN)

    @cached_property
    def _body(self) -> shapely.Geometry:
        skins = self.view.drawing.in_layer(LayerId.SKIN)
        body = shapely.union_all([skin.polygon() for skin in skins])
        shapely.prepare(body)
        return body

    @cached_property
    def _shore(self) -> Shore:
        return Shore(self._body, SNAP_MM)

    def spot(self, u: float, v: float) -> Spot | None:
        """Say where on the body a point lies, and what lies under it.

        Points up to `SNAP_MM` off the body count as on its outline; further off, or not
        a place at all, is `None`.
        """
        columns = self.columns
        if not (columns.u0 <= u < self._u1 and columns.v0 <= v < self._v1):
            return None
        number = int((v - columns.v0) / columns.cell_mm) * columns.width + int(
            (u - columns.u0) / columns.cell_mm
        )
        cell = self._cells[number] or self._learn(number)
        region, side, stack, is_certain = cell
        if region is None:
            owner = self.regions.owner(number, u, v)
            if owner is None:
                return self._spot_off_regions(u, v)
            region, side = self._region(owner)
        if not is_certain:
            stack = self._completed(number, u, v, stack)
        own = side if side is not Side.MIDLINE else self._side_at(u)
        return Spot(self._id, u, v, _ON_BODY, region, side, own, stack)

    def muscles(self, spot: Spot) -> Stack:
        """The muscles one may mean by a point, the likeliest first.

        Those of the stack that suit; where there is none, at the rim of the figure or over
        bone, the muscle drawn nearest to the point.
        """
        suitable = suitable_muscles(spot.stack)
        if suitable:
            return suitable
        for number in self._top.near(spot.u, spot.v, RIM_MM):
            structure = catalogue().get(self._top.owners[number][0])
            if structure and structure.kind is Kind.MUSCLE and structure.hides:
                return self._with_drawn(self._top.owners[number], ())
        return ()

    def drawn_at(self, u: float, v: float, dissection: Dissection) -> Shape | None:
        """What is drawn at a point of a dissection; `None` where nothing is."""
        cell = self.columns.cell_at(u, v)
        if cell is None:
            return None
        partition = self.partition(dissection)
        owner = partition.owner(cell, u, v)
        return None if owner is None else partition.shapes[owner]

    def _side_at(self, u: float) -> Side:
        if abs(u) <= MIDLINE_MM and self._id not in _SIDE_VIEWS:
            return Side.MIDLINE
        return self.view.side_at(u)

    def _region(self, number: int) -> tuple[RegionId, Side]:
        region, side = self.regions.owners[number]
        return RegionId(region), side

    def _spot_off_regions(self, u: float, v: float) -> Spot | None:
        """Answer for a point in no region: across a hair's gap, or back onto the body."""
        if shapely.intersects_xy(self._body, u, v):
            return self._spot_near_region(u, v, snapped=False)
        found = self._shore.nearest(u, v)
        if found is None:
            return None
        u1, v1, off_mm = found
        inwards = 1 + _INWARDS_MM / max(off_mm, _HAIR_MM)
        inner = (u + (u1 - u) * inwards, v + (v1 - v) * inwards)
        if shapely.intersects_xy(self._body, *inner):
            u1, v1 = inner
        return self._spot_near_region(u1, v1, snapped=True)

    def _spot_near_region(self, u: float, v: float, *, snapped: bool) -> Spot | None:
        """Answer for a point of the body whose region may have to be the nearest one."""
        number = self.columns.cell_at(u, v)
        if number is None:
            return None
        owner = self.regions.owner(number, u, v)
        region, side = self._region(self.regions.nearest(u, v) if owner is None else owner)
        cell = self._cells[number] or self._learn(number)
        stack = cell.stack if cell.is_certain else self._completed(number, u, v, cell.stack)
        own = side if side is not Side.MIDLINE else self._side_at(u)
        return Spot(self._id, u, v, snapped, region, side, own, stack)

    def _learn(self, number: int) -> _Cell:
        """Find out what all points of a cell have in common."""
        region: RegionId | None = None
        side = Side.MIDLINE
        if self.regions.is_settled(number) and (owners := self.regions.candidates(number)):
            region, side = self._region(owners[0])
        stack = self._stack(number)
        top = self._top
        missing = [n for n in top.candidates(number) if _is_missing(top.owners[n], stack)]
        if missing and top.is_settled(number):
            stack, missing = self._with_drawn(top.owners[missing[0]], stack), []
        cell = _Cell(region, side, stack, is_certain=not missing)
        self._cells[number] = cell
        return cell

    @cached_property
    def _top(self) -> Partition:
        """What is seen when only the skin is taken away."""
        return self.partition(Dissection.SUPERFICIAL)

    def _stack(self, number: int) -> Stack:
        names = self._names
        is_measured = not self.columns.is_estimated[number]
        return tuple(
            [
                StackEntry(*names[structure], entry / 10, end / 10, is_measured)
                for structure, entry, end in self.columns.tenths(number)
            ]
        )

    @cached_property
    def _names(self) -> list[tuple[StructureId, str, Kind, Side]]:
        known = catalogue()
        return [
            (name, known[name].name, known[name].kind, side)
            for name, side in self.columns.structures
        ]

    def _completed(self, number: int, u: float, v: float, stack: Stack) -> Stack:
        """Put the structure that is drawn at a point into the stack if it is not there."""
        owner = self._top.owner(number, u, v)
        if owner is None or not _is_missing(self._top.owners[owner], stack):
            return stack
        return self._with_drawn(self._top.owners[owner], stack)

    def _with_drawn(self, drawn: tuple[StructureId, Side], stack: Stack) -> Stack:
        """Add a structure that is seen here although the columns missed it.

        As nothing hides it, it cannot begin below the first thing that would.
        """
        structure = catalogue()[drawn[0]]
        usual = structure.depths.get(self._id)
        entry = usual.p50_mm if usual else _DEFAULT_ENTRY_MM
        thickness = (usual.thickness_mm if usual else 0.0) or _DEFAULT_THICKNESS_MM
        hiding = (other.entry_mm for other in stack if catalogue()[other.id].hides)
        entry = min(chain((entry,), hiding))
        added = StackEntry(
            *(structure.id, structure.name, structure.kind, drawn[1]),
            *(entry, round(entry + thickness, 1), False),
        )
        at = bisect_left([other.entry_mm for other in stack], entry)
        return (*stack[:at], added, *stack[at:])


_SIDE_VIEWS = frozenset({ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT})


def _is_missing(drawn: tuple[StructureId, Side], stack: Stack) -> bool:
    structure, side = drawn
    for entry in stack:
        if entry.id == structure and entry.side is side:
            return False
    return structure in catalogue()
