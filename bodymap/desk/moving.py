"""Marks set on other places: what they lie in and are linked to is asked anew."""

import math
from dataclasses import replace

from shapely import affinity

from bodymap.atlas.areas import on_skin
from bodymap.atlas.hit import Atlas, Hit
from bodymap.atlas.ids import StructureId, ViewId
from bodymap.atlas.views import mirror
from bodymap.chart.marks import Mark, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit
from bodymap.desk.placing import OffTheBodyError, first_muscle, hit_at, place_of
from bodymap.desk.zones import area_of, drawn_area

LINK_MM = 10.0
"""A needle within this of a trigger point, on the same view, is taken to be meant for it."""


def moved(atlas: Atlas, mark: Mark, du_mm: float, dv_mm: float) -> Mark:
    """The mark shifted on its view.

    Raises:
        OffTheBodyError: It would no longer lie on the body.
    """
    place = mark.place
    if isinstance(mark, PainZone):
        shifted = affinity.translate(area_of(mark), du_mm, dv_mm)
        area = on_skin(atlas.view(place.view).drawing, shifted)
        if area.is_empty:
            raise OffTheBodyError("That would move the pain zone off the body.")
        return drawn_area(atlas, place.view, area).given_to(mark)
    return set_at(atlas, mark, place.view, place.u_mm + du_mm, place.v_mm + dv_mm)


def mirrored(atlas: Atlas, mark: Mark) -> Mark:
    """The mark at the same place on the other side of the body."""
    place = mark.place
    other, u_mm, v_mm = mirror(place.view, place.u_mm, place.v_mm)
    if isinstance(mark, PainZone):
        flipped = affinity.scale(area_of(mark), xfact=-1.0, origin=(0.0, 0.0))
        return drawn_area(atlas, other, on_skin(atlas.view(other).drawing, flipped)).given_to(mark)
    return set_at(atlas, mark, other, u_mm, v_mm)


def set_at(
    atlas: Atlas, mark: TriggerPoint | NeedleSite | Note, view: ViewId, u_mm: float, v_mm: float
) -> Mark:
    """The mark at another point; its muscle stays while it still lies under the point.

    Raises:
        OffTheBodyError: The point lies off the body.
    """
    hit = hit_at(atlas, view, u_mm, v_mm)
    if isinstance(mark, Note):
        return replace(mark, place=place_of(hit))
    return replace(mark, place=place_of(hit), muscle=_muscle_at(hit, mark.muscle))


def linked(needle: NeedleSite, visit: Visit) -> NeedleSite:
    """The needle linked to the nearest trigger point within reach, or to none."""
    near = [
        (distance, point.id)
        for point in visit.trigger_points()
        if abs(point.place.v_mm - needle.place.v_mm) <= LINK_MM
        and (distance := _distance_mm(needle.place, point.place)) <= LINK_MM
    ]
    return replace(needle, trigger_point=min(near)[1] if near else None)


def _muscle_at(hit: Hit, chosen: StructureId | None) -> StructureId | None:
    under = {entry.id for entry in hit.structures}
    return chosen if chosen in under else first_muscle(hit)


def _distance_mm(one: Place, other: Place) -> float:
    if one.view != other.view:
        return math.inf
    return math.hypot(one.u_mm - other.u_mm, one.v_mm - other.v_mm)
