"""Pain zones from what was drawn: lassos, strokes of the brush, whole regions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shapely.geometry import MultiPolygon
from shapely.geometry import Polygon as Area

from bodymap.atlas.areas import inside_point, polygons, regions_touched, side_of
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import RegionId, ViewId
from bodymap.chart.marks import MarkId, PainZone
from bodymap.chart.place import Place, Polygon, Ring
from bodymap.desk.placing import hit_at, place_of
from bodymap.errors import BodymapError


class NoAreaError(BodymapError):
    """What was drawn encloses nothing on the body."""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area as a pain zone keeps it.

    Attributes:
        place: A point well inside it, on the side of the whole.
        polygons: Its pieces.
        regions: The surface regions it lies on, the most covered first.
    """

    place: Place
    polygons: tuple[Polygon, ...]
    regions: tuple[RegionId, ...]

    def as_zone(self, mark_id: MarkId, number: int) -> PainZone:
        """A new pain zone on this area."""
        return PainZone(mark_id, number, self.place, self.polygons, self.regions)

    def given_to(self, zone: PainZone) -> PainZone:
        """The zone, drawn anew."""
        return replace(zone, place=self.place, polygons=self.polygons, regions=self.regions)


def area_of(zone: PainZone) -> MultiPolygon:
    """The zone's polygons as one geometry, in millimetres of its view."""
    return MultiPolygon([Area(piece.outer, piece.holes) for piece in zone.polygons])


def drawn_area(atlas: Atlas, view: ViewId, area: MultiPolygon) -> DrawnArea:
    """An area with its words.

    Raises:
        NoAreaError: The area is empty.
    """
    if area.is_empty:
        raise NoAreaError("Nothing on the body was enclosed. Draw around the painful area.")
    place = place_of(hit_at(atlas, view, *inside_point(area)))
    return DrawnArea(
        place=replace(place, side=side_of(view, area)),
        polygons=tuple(_piece(view, part) for part in polygons(area)),
        regions=regions_touched(atlas.view(view).drawing, area),
    )


def _piece(view: ViewId, part: Area) -> Polygon:
    holes = tuple(_ring(hole.coords) for hole in part.interiors)
    return Polygon(view, _ring(part.exterior.coords), holes)


def _ring(coords: Iterable[tuple[float, ...]]) -> Ring:
    points = [(round(point[0], 2), round(point[1], 2)) for point in coords]
    return tuple(points[:-1])
