"""A plate of surface regions: border lines over a figure and a name for each field between them.

A plate is drawn like one on paper: smooth lines through landmarks, then a name written into
every field. Cutting a figure along the lines gives fields whose shared borders are the same
points on both sides, so nothing overlaps and nothing is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, STRtree
from shapely.ops import polygonize

Place = tuple[float, float]

GRID_MM = 0.01
"""All borders lie on this grid, so that neighbours meet in exactly the same points."""

REACH_MM = 3.0
"""Lines are drawn this much longer at both ends, so that they surely meet what they end on."""

STEP_MM = 2.0
"""Distance between the points of a drawn line."""


@dataclass(frozen=True)
class Plate:
    """Border lines and, for each zone, the places its name is written; millimetres."""

    lines: tuple[LineString, ...]
    names: Mapping[str, tuple[Place, ...]]


def plate(
    lines: Mapping[str, str], names: Mapping[str, str], landmarks: Mapping[str, Place]
) -> Plate:
    """Read a plate from its written form.

    Args:
        lines: For each line the places it runs through, such as `"12,40 nipple nipple+8,-3"`:
            a place in millimetres, a landmark, or a landmark and an offset. The line is
            smooth; `|` between places makes a corner. `o` as the last word closes it.
        names: For each zone one or more places inside it, written alike.
        landmarks: Where the landmarks lie on this plate.
    """
    drawn = tuple(_line(words, landmarks) for words in lines.values())
    written = {
        zone: tuple(_place(word, landmarks) for word in words.split())
        for zone, words in names.items()
    }
    return Plate(drawn, written)


def cut(body: MultiPolygon, sheet: Plate) -> dict[str, MultiPolygon]:
    """Cut a figure along the lines of a plate: each zone's share, together the whole figure.

    A field without a name goes to the neighbour with which it shares most border; a field
    with several names is divided among them by nearness.
    """
    figure = shapely.set_precision(body, GRID_MM)
    borders = shapely.unary_union([figure.boundary, *sheet.lines], grid_size=GRID_MM)
    shapely.prepare(figure)
    fields = [f for f in polygonize(borders) if figure.contains(f.representative_point())]
    shares = _by_name(fields, sheet.names)
    return {zone: _whole(parts) for zone, parts in shares.items()}


def _line(words: str, landmarks: Mapping[str, Place]) -> LineString:
    tokens = words.split()
    is_closed = tokens[-1] == "o"
    legs: list[list[Place]] = [[]]
    for token in tokens[: len(tokens) - is_closed]:
        if token == "|":
            legs.append([legs[-1][-1]])
        else:
            legs[-1].append(_place(token, landmarks))
    if is_closed:
        return LineString(_smooth_ring(legs[0]))
    points = [point for leg in legs for point in _smooth(leg)]
    return LineString(_lengthened(points))


def _place(word: str, landmarks: Mapping[str, Place]) -> Place:
    name, _, offset = word.partition("+")
    if name[0].isalpha():
        u, v = landmarks[name]
        du, dv = _pair(offset) if offset else (0.0, 0.0)
        return u + du, v + dv
    return _pair(word)


def _pair(word: str) -> Place:
    u, v = word.split(",")
    return float(u), float(v)


def _smooth(places: list[Place]) -> list[Place]:
    """A centripetal Catmull-Rom curve through the places, ends included."""
    if len(places) == 2:
        return places
    p = np.asarray(places, dtype=float)
    padded = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    return _through(padded)


def _smooth_ring(places: list[Place]) -> list[Place]:
    p = np.asarray(places, dtype=float)
    points = _through(np.vstack([p[-1:], p, p[:2]]))
    return [*points[:-1], points[0]]


def _through(padded: np.ndarray) -> list[Place]:
    points: list[Place] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        points.extend(_span(a, b, c, d))
    last = padded[-2]
    return [*points, (float(last[0]), float(last[1]))]


def _span(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> list[Place]:
    """The curve from b (included) to c (left out)."""
    t1 = float(np.hypot(*(b - a))) ** 0.5
    t2 = t1 + max(float(np.hypot(*(c - b))) ** 0.5, 1e-6)
    t3 = t2 + max(float(np.hypot(*(d - c))) ** 0.5, 1e-6)
    count = max(2, round(float(np.hypot(*(c - b))) / STEP_MM))
    t = np.linspace(t1, t2, count, endpoint=False)[:, None]
    ab, bc, cd = _mix(a, b, 0.0, t1, t), _mix(b, c, t1, t2, t), _mix(c, d, t2, t3, t)
    curve = _mix(_mix(ab, bc, 0.0, t2, t), _mix(bc, cd, t1, t3, t), t1, t2, t)
    return [(float(u), float(v)) for u, v in curve]


def _mix(p: np.ndarray, q: np.ndarray, start: float, end: float, t: np.ndarray) -> np.ndarray:
    weight = (t - start) / (end - start)
    return p * (1 - weight) + q * weight


def _lengthened(points: list[Place]) -> list[Place]:
    return [_beyond(points[1], points[0]), *points, _beyond(points[-2], points[-1])]


def _beyond(inner: Place, end: Place) -> Place:
    du, dv = end[0] - inner[0], end[1] - inner[1]
    length = max(float(np.hypot(du, dv)), 1e-9)
    return end[0] + du / length * REACH_MM, end[1] + dv / length * REACH_MM


def _by_name(
    fields: list[Polygon], names: Mapping[str, tuple[Place, ...]]
) -> dict[str, list[Polygon]]:
    written = [(zone, Point(place)) for zone, places in names.items() for place in places]
    tree = STRtree([point for _, point in written])
    named: dict[str, list[Polygon]] = {}
    nameless: list[Polygon] = []
    for field in fields:
        found = [written[i] for i in sorted(tree.query(field, predicate="contains"))]
        for zone, part in _divided(field, found):
            named.setdefault(zone, []).append(part)
        if not found:
            nameless.append(field)
    _give_away(nameless, named)
    return named


def _divided(field: Polygon, found: list[tuple[str, Point]]) -> Iterable[tuple[str, Polygon]]:
    zones = sorted({zone for zone, _ in found})
    if len(zones) < 2:
        return [(zone, field) for zone in zones]
    cells = shapely.voronoi_polygons(shapely.MultiPoint([p for _, p in found]), extend_to=field)
    parts: list[tuple[str, Polygon]] = []
    for cell in cells.geoms:
        owner = next(zone for zone, point in found if cell.covers(point))
        piece = shapely.intersection(field, cell, grid_size=GRID_MM)
        parts.extend((owner, part) for part in polygons(piece))
    return parts


def _give_away(nameless: list[Polygon], named: dict[str, list[Polygon]]) -> None:
    """Give each nameless field to a named neighbour, those that touch one first."""
    waiting = nameless
    while waiting and named:
        pairs = [(field, _best_neighbour(field, named)) for field in waiting]
        touching = [(field, zone) for field, zone in pairs if zone]
        if not touching:
            touching = [(field, _nearest(field, named)) for field in waiting]
        for field, zone in touching:
            named[zone].append(field)
        waiting = [field for field, zone in pairs if not zone] if any(z for _, z in pairs) else []


def _best_neighbour(field: Polygon, named: Mapping[str, list[Polygon]]) -> str:
    shared = {
        zone: sum(part.boundary.intersection(field.boundary).length for part in parts)
        for zone, parts in named.items()
    }
    best = max(shared, key=lambda zone: shared[zone])
    return best if shared[best] > 0 else ""


def _nearest(field: Polygon, named: Mapping[str, list[Polygon]]) -> str:
    return min(named, key=lambda zone: min(part.distance(field) for part in named[zone]))


def _whole(parts: list[Polygon]) -> MultiPolygon:
    return MultiPolygon(list(polygons(shapely.unary_union(parts, grid_size=GRID_MM))))


def polygons(shape: shapely.Geometry) -> Iterable[Polygon]:
    """The polygons a shape is made of, without lines, points and empty parts."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    parts = getattr(shape, "geoms", [])
    return [polygon for part in parts for polygon in polygons(part)]
