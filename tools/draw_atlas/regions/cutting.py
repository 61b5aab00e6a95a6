"""Cutting a figure along the lines of a plate, so that nothing overlaps or is left out.

The lines and the outline are noded together on one grid: fields that meet share the same
points, and the fields inside the outline are the whole figure.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, STRtree
from shapely.ops import polygonize

from tools.draw_atlas.regions.plate import Plate
from tools.draw_atlas.regions.smooth_line import Place

GRID_MM = 0.01
"""All borders lie on this grid, so that neighbours meet in exactly the same points."""

Key = TypeVar("Key")
Shares = dict[str, MultiPolygon]
_Parts = dict[str, list[Polygon]]


def cut(figure: MultiPolygon, sheet: Plate) -> Shares:
    """Share a figure out among the zones of a plate.

    A field without a name goes to the neighbour with which it has most border in common; a
    field with several names is first divided among them by nearness, so that a figure that
    differs from the one the plate was drawn on is still covered.
    """
    places = _Places(sheet.names)
    lines = list(sheet.lines.values())
    more = [ray for field in fields(figure, lines) for ray in _divisions(field, places)]
    named: _Parts = {}
    nameless: list[Polygon] = []
    for field in fields(figure, [*lines, *more]):
        found = places.within(field)
        if found:
            named.setdefault(_nearest_name(field, found), []).append(field)
        else:
            nameless.append(field)
    if nameless and not named:
        named[places.nearest(nameless[0])] = []
    _give_away(nameless, named)
    return {zone: joined(parts) for zone, parts in named.items()}


def fields(figure: MultiPolygon, lines: Iterable[LineString]) -> list[Polygon]:
    """The fields between lines, inside the figure."""
    borders = shapely.unary_union([figure.boundary, *lines], grid_size=GRID_MM)
    shapely.prepare(figure)
    return [f for f in polygonize(borders) if figure.contains(f.representative_point())]


def on_the_grid(shape: shapely.Geometry) -> MultiPolygon:
    """The same shape with every point on the common grid."""
    return MultiPolygon(polygons(shapely.set_precision(shape, GRID_MM)))


def joined(parts: Iterable[Polygon]) -> MultiPolygon:
    """Fields that do not overlap as one shape that keeps every point of its border."""
    return MultiPolygon(polygons(shapely.coverage_union_all(list(parts))))


def matched(parts: Mapping[Key, Iterable[Polygon]]) -> dict[Key, MultiPolygon]:
    """Give parts that were cut separately the same points where they meet, and join them."""
    owned = [(key, part) for key, shapes in parts.items() for part in shapes]
    tree = STRtree([part for _, part in owned])
    borders = shapely.unary_union([part.boundary for _, part in owned], grid_size=GRID_MM)
    pieces: dict[Key, list[Polygon]] = {}
    for piece in polygonize(borders):
        owners = tree.query(piece.representative_point(), predicate="intersects")
        if len(owners):
            pieces.setdefault(owned[min(owners)][0], []).append(piece)
    return {key: joined(found) for key, found in pieces.items()}


def polygons(shape: shapely.Geometry) -> list[Polygon]:
    """The polygons a shape is made of, without lines, points and empty parts."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [polygon for part in getattr(shape, "geoms", []) for polygon in polygons(part)]


class _Places:
    """The names on a plate and where they are written."""

    def __init__(self, names: Mapping[str, tuple[Place, ...]]) -> None:
        self._written = [(zone, Point(p)) for zone, places in names.items() for p in places]
        self._tree = STRtree([point for _, point in self._written])

    def within(self, field: Polygon) -> list[tuple[str, Point]]:
        found = self._tree.query(field, predicate="contains")
        return [self._written[i] for i in sorted(found)]

    def nearest(self, field: Polygon) -> str:
        return self._written[int(self._tree.nearest(field))][0]


def _divisions(field: Polygon, places: _Places) -> list[LineString]:
    """The lines half-way between the names in a field that has several."""
    found = places.within(field)
    if len({zone for zone, _ in found}) < 2:
        return []
    points = shapely.MultiPoint([point for _, point in found])
    rays = shapely.voronoi_polygons(points, extend_to=field, only_edges=True)
    return [part for part in shapely.get_parts(rays.intersection(field)) if part.length > 0]


def _nearest_name(piece: Polygon, found: list[tuple[str, Point]]) -> str:
    middle = piece.representative_point()
    return min(found, key=lambda name: name[1].distance(middle))[0]


def _give_away(nameless: list[Polygon], named: _Parts) -> None:
    """Give each nameless field to a neighbour, those that touch a named one first."""
    waiting = list(nameless)
    while waiting:
        chosen = [(field, _best_neighbour(field, named)) for field in waiting]
        if not any(zone for _, zone in chosen):
            chosen = [(field, _nearest_zone(field, named)) for field in waiting]
        for field, zone in chosen:
            if zone:
                named[zone].append(field)
        waiting = [field for field, zone in chosen if not zone]


def _best_neighbour(field: Polygon, named: _Parts) -> str:
    edge = field.boundary
    shared = {
        zone: sum(edge.intersection(part.boundary).length for part in parts if part.touches(field))
        for zone, parts in named.items()
    }
    best = max(shared, key=lambda zone: shared[zone])
    return best if shared[best] > 0 else ""


def _nearest_zone(field: Polygon, named: _Parts) -> str:
    return min(
        named, key=lambda zone: min((part.distance(field) for part in named[zone]), default=0.0)
    )
