"""Areas on the skin: lassos, brush strokes and whole regions as polygons in view millimetres."""

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.drawing import Drawing, Shape
from bodymap.atlas.ids import LayerId, RegionId, Side, ViewId
from bodymap.atlas.views import side_at

_DECIMALS = 3
"""Of a millimetre, in the steps of a brush."""

SMALLEST_MM2 = 4.0
"""Pieces under this are slips of the hand, not areas."""

_DETAIL_MM = 0.3
"""How far a stored outline may leave the drawn one: finer than a hand draws."""

_TOUCHED_SHARE = 0.02
"""A region counts as touched from this share of the area on."""

XY = tuple[float, float]


def enclosed(drawing: Drawing, points: Sequence[XY]) -> MultiPolygon:
    """What a freehand line encloses on the skin, its ends joined.

    A line that crosses itself encloses all its loops. The result may be empty.
    """
    if len(points) < 3:
        return MultiPolygon()
    ring = shapely.union_all(LineString([*points, points[0]]))
    loops = shapely.get_parts(shapely.polygonize([ring]))
    filled = [Polygon(loop.exterior) for loop in loops]
    return on_skin(drawing, shapely.union_all(filled))


def painted(drawing: Drawing, points: Sequence[XY], radius_mm: float) -> MultiPolygon:
    """What a round brush of that radius covers on the skin along a stroke; may be empty."""
    # Steps far below what a hand can do make the buffer lose parts of the stroke.
    steps = [(round(u, _DECIMALS), round(v, _DECIMALS)) for u, v in points]
    stroke = LineString(steps) if len(steps) > 1 else Point(steps[0])
    return on_skin(drawing, stroke.buffer(radius_mm))


def region_area(drawing: Drawing, region: RegionId, side: Side) -> MultiPolygon:
    """The whole of one surface region in a view; empty where the view does not show it."""
    shapes = (s for s in _regions(drawing) if s.structure == str(region) and s.side is side)
    return tidy(shapely.union_all([shape.polygon() for shape in shapes]))


def regions_touched(drawing: Drawing, area: BaseGeometry) -> tuple[RegionId, ...]:
    """The surface regions an area lies on, the most covered first, each named once."""
    shares: dict[RegionId, float] = {}
    for shape in _regions(drawing):
        polygon = shape.polygon()
        if polygon.intersects(area):
            region = RegionId(shape.structure)
            shares[region] = shares.get(region, 0.0) + polygon.intersection(area).area
    enough = area.area * _TOUCHED_SHARE
    return tuple(sorted((r for r in shares if shares[r] >= enough), key=lambda r: -shares[r]))


def side_of(view: ViewId, area: MultiPolygon) -> Side:
    """The side an area lies on; midline where a tenth or more lies on either side."""
    sizes = dict.fromkeys(Side, 0.0)
    for piece in halves(area):
        sizes[side_at(view, piece.representative_point().x)] += piece.area
    share = min(sizes[Side.LEFT], sizes[Side.RIGHT]) / max(area.area, SMALLEST_MM2)
    if share >= 0.1:
        return Side.MIDLINE
    return max(sizes, key=lambda side: sizes[side])


def halves(area: MultiPolygon) -> Iterator[Polygon]:
    """The pieces of an area on either side of u = 0."""
    left, top, right, bottom = area.bounds
    for u0, u1 in ((min(left, -1.0), 0.0), (0.0, max(right, 1.0))):
        yield from polygons(area.intersection(box(u0, top, u1, bottom)))


def on_skin(drawing: Drawing, area: BaseGeometry) -> MultiPolygon:
    """The part of an area that lies on the body."""
    skin = shapely.union_all([shape.polygon() for shape in drawing.in_layer(LayerId.SKIN)])
    return tidy(area.intersection(skin))


def tidy(area: BaseGeometry) -> MultiPolygon:
    """An area fit to be kept: valid polygons without specks, no finer than a hand draws."""
    simple = area.simplify(_DETAIL_MM).buffer(0)
    return MultiPolygon([piece for piece in polygons(simple) if piece.area >= SMALLEST_MM2])


def polygons(area: BaseGeometry) -> Iterator[Polygon]:
    """The polygons of any geometry, lines and points left out."""
    return (part for part in shapely.get_parts(area) if isinstance(part, Polygon) and part.area > 0)


def inside_point(area: MultiPolygon) -> XY:
    """A point well inside the largest piece."""
    largest = max(polygons(area), key=lambda piece: piece.area)
    point = shapely.maximum_inscribed_circle(largest, tolerance=1.0).coords[0]
    return float(point[0]), float(point[1])


def _regions(drawing: Drawing) -> Sequence[Shape]:
    return drawing.in_layer(LayerId.SURFACE_REGIONS)
