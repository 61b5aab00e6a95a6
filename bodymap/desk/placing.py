"""From a point on a view to a place with its words, and marks set on places."""

from collections.abc import Collection

from bodymap.atlas.hit import Atlas, Hit
from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.place import Place
from bodymap.errors import BodymapError


class OffTheBodyError(BodymapError):
    """The point lies too far off the body to be charted."""


def hit_at(atlas: Atlas, view: ViewId, u_mm: float, v_mm: float) -> Hit:
    """What the atlas says of a point, snapped to the body when just off it.

    Raises:
        OffTheBodyError: The point lies more than a few millimetres off the body.
    """
    hit = atlas.hit(view, u_mm, v_mm)
    if hit is None:
        raise OffTheBodyError("That point is off the body. Click on the figure to chart there.")
    return hit


def place_of(hit: Hit) -> Place:
    """The place to keep with a mark, to a hundredth of a millimetre."""
    return Place(
        view=hit.view,
        u_mm=round(hit.u, 2) + 0.0,  # the midline is at 0, never at -0
        v_mm=round(hit.v, 2) + 0.0,
        side=hit.side,
        region=hit.region,
        landmark=hit.landmark,
        structures=tuple(entry.id for entry in hit.structures),
    )


def first_muscle(hit: Hit, meant: Collection[StructureId] = ()) -> StructureId | None:
    """The muscle that one would most likely mean by this point, if there is one.

    Args:
        hit: The point.
        meant: Outlines of a muscle that was named beforehand; it is taken if it lies there.
    """
    named = (entry.id for entry in hit.structures if entry.id in meant)
    if (first := next(named, None)) is not None:
        return first
    return hit.muscles[0].id if hit.muscles else None
