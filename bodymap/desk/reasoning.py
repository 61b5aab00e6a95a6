"""From the pain drawn in a visit to the muscles that may explain it, and where to find them.

Suggestions of where to look, from typical patterns of referral; never a finding.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bodymap.atlas.areas import inside_point, polygons, tidy
from bodymap.atlas.clinical.referral import Felt
from bodymap.atlas.drawing import Shape
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, LayerId, Side, StructureId, ViewId
from bodymap.atlas.reasoning import Explanation, explain, zones_of
from bodymap.chart.marks import PainKind
from bodymap.chart.visit import Visit
from bodymap.desk.zones import area_of

PAINFUL = frozenset({PainKind.PRESENTING, PainKind.REFERRED})
"""Numbness and tingling point to nerves, soreness to the session itself: neither is explained."""

LAYERS: Mapping[Dissection, LayerId] = {
    Dissection.SUPERFICIAL: LayerId.MUSCLES_SUPERFICIAL,
    Dissection.INTERMEDIATE: LayerId.MUSCLES_INTERMEDIATE,
    Dissection.DEEP: LayerId.MUSCLES_DEEP,
}
"""Where the muscles of each dissection are drawn, the outermost first."""

_WELL_SEEN = 0.4
"""Of the largest outline of a muscle, so much is enough to point it out."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a muscle is well seen.

    Attributes:
        view: The drawing.
        dissection: What has to be taken away for it.
        u_mm: A point well inside what is seen of it.
        v_mm: The same, downwards.
    """

    view: ViewId
    dissection: Dissection
    u_mm: float
    v_mm: float


@dataclass(frozen=True, slots=True)
class _Seen:
    view: ViewId
    dissection: Dissection
    shapes: tuple[Shape, ...]
    size_mm2: float


def drawn_pain(visit: Visit, atlas: Atlas) -> Mapping[Felt, float]:
    """The surface regions the visit's pain lies on, weighed by how much of them it covers."""
    return zones_of(
        (atlas.view(zone.place.view).drawing, area_of(zone))
        for zone in visit.pain_zones()
        if zone.kind in PAINFUL
    )


def explanations(visit: Visit, atlas: Atlas) -> tuple[Explanation, ...]:
    """The muscles whose known referral explains the drawn pain, best first."""
    pain = drawn_pain(visit, atlas)
    return explain(pain) if pain else ()


def sight_of(
    atlas: Atlas,
    structures: Collection[StructureId],
    side: Side,
    views: Collection[ViewId],
    now: tuple[ViewId, Dissection],
) -> Sight | None:
    """Where to look at a muscle: as it is shown now if that will do, else where it is largest.

    Args:
        atlas: The body.
        structures: The muscle's outlines.
        side: Which of the two.
        views: Where to look besides the view that is shown.
        now: The view and the dissection that are shown.
    """
    found = [
        seen
        for view in dict.fromkeys((now[0], *views))
        for dissection in LAYERS
        if (seen := _seen(atlas, structures, side, view, dissection))
    ]
    enough = _WELL_SEEN * max((seen.size_mm2 for seen in found), default=0.0)
    well = [seen for seen in found if seen.size_mm2 >= enough]
    if not well:
        return None
    best = min(well, key=lambda seen: (seen.view != now[0], seen.dissection != now[1]))
    areas = [piece for shape in best.shapes for piece in polygons(shape.polygon())]
    u_mm, v_mm = inside_point(tidy(max(areas, key=lambda piece: piece.area)))
    return Sight(best.view, best.dissection, u_mm, v_mm)


def outlines(
    atlas: Atlas, structures: Collection[StructureId], side: Side, view: ViewId, layer: LayerId
) -> Iterator[Shape]:
    """What a view shows of a muscle in one layer; muscles in the midline are of either side."""
    sides = {side, Side.MIDLINE}
    return (
        shape
        for shape in atlas.view(view).drawing.in_layer(layer)
        if shape.structure in structures and shape.side in sides
    )


def _seen(
    atlas: Atlas,
    structures: Collection[StructureId],
    side: Side,
    view: ViewId,
    dissection: Dissection,
) -> _Seen | None:
    shapes = tuple(outlines(atlas, structures, side, view, LAYERS[dissection]))
    size_mm2 = sum(shape.polygon().area for shape in shapes)
    return _Seen(view, dissection, shapes, size_mm2) if size_mm2 > 0 else None
