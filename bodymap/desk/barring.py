"""Areas of the body that an item of the screening bars from needling, and needles within them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shapely.geometry import MultiPolygon, Point
from shapely.geometry import Polygon as Area
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.areas import XY, enclosed, region_area, tidy
from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import NeedleSite
from bodymap.chart.screening import BarredArea, Screening
from bodymap.chart.visit import Visit
from bodymap.desk.charting import Charting
from bodymap.desk.placing import hit_at
from bodymap.desk.steps import Step
from bodymap.desk.zones import NoAreaError, drawn_area

_ON_THE_EDGE_MM = 2.0
"""A needle this near to an area is taken as within it."""

_COVERED = 0.9
"""A region of which so much is in the area already is meant to be taken away."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A needle within an area that is barred."""

    site: NeedleSite
    area: BarredArea


def bar_inside(charting: Charting, item: str, view: ViewId, points: Sequence[XY]) -> Step:
    """What lies inside a freehand line is barred by an item, beside what was before.

    Raises:
        NoAreaError: The line encloses nothing on the body.
    """
    drawn = enclosed(charting.atlas.view(view).drawing, points)
    if drawn.is_empty:
        raise NoAreaError("Nothing on the body was enclosed. Draw around the area.")
    return _step(charting, item, view, _known(charting.visit, item, view).union(drawn))


def bar_region(charting: Charting, item: str, view: ViewId, u_mm: float, v_mm: float) -> Step:
    """A whole surface region is barred by an item; once more, and it is not.

    Raises:
        OffTheBodyError: There is no region at the point.
    """
    hit = hit_at(charting.atlas, view, u_mm, v_mm)
    region = region_area(charting.atlas.view(view).drawing, hit.region, hit.region_side)
    known = _known(charting.visit, item, view)
    is_covered = known.intersection(region).area > _COVERED * region.area
    return _step(
        charting, item, view, known.difference(region) if is_covered else known.union(region)
    )


def unbar(charting: Charting, item: str) -> Step:
    """Nothing is barred by an item any more."""
    screening = charting.visit.record.screening.without_areas(item)
    return _recorded(charting, screening, "clear the barred area")


def crossings(visit: Visit, sites: Iterable[NeedleSite]) -> tuple[Crossing, ...]:
    """Which of these needles lie within a barred area of the view they were placed on."""
    areas = visit.record.screening.areas
    reach = [(area, area_of(area).buffer(_ON_THE_EDGE_MM)) for area in areas]
    return tuple(
        Crossing(site, area)
        for site in sites
        for area, wide in reach
        if area.view is site.place.view and wide.contains(Point(site.place.u_mm, site.place.v_mm))
    )


def area_of(area: BarredArea) -> MultiPolygon:
    """The pieces of an area as one geometry, in millimetres of its view."""
    return MultiPolygon([Area(piece.outer, piece.holes) for piece in area.polygons])


def _known(visit: Visit, item: str, view: ViewId) -> MultiPolygon:
    drawn = (area for area in visit.record.screening.areas_of(item) if area.view is view)
    return next(map(area_of, drawn), MultiPolygon())


def _step(charting: Charting, item: str, view: ViewId, area: BaseGeometry) -> Step:
    whole = tidy(area)
    screening = charting.visit.record.screening
    if whole.is_empty:
        others = [one for one in screening.areas if (one.item, one.view) != (item, view)]
        screening = replace(screening, areas=tuple(others))
    else:
        drawn = drawn_area(charting.atlas, view, whole)
        place = replace(drawn.place, structures=())
        screening = screening.with_area(BarredArea(item, place, drawn.polygons))
    return _recorded(charting, screening, "bar an area")


def _recorded(charting: Charting, screening: Screening, label: str) -> Step:
    return charting.record(replace(charting.visit.record, screening=screening), label)
