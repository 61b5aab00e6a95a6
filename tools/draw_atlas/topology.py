"""Borders as arcs: each line between two faces exists once, so neighbours cannot part.

A partition is cut at its nodes, where three faces or more meet. The arcs between them are what
gets smoothed and fitted; the faces are put together again from the very same curves.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import MultiPolygon

from tools.draw_atlas.bezier import Cubics, Points, reverse
from tools.draw_atlas.coverage import Face

_Vertex = tuple[int, int]
_UNITS_PER_MM = 1000


@dataclass(frozen=True, eq=False)
class Arc:
    """A border between two faces; None is the world outside.

    Attributes:
        points: From node to node; of a loop the last repeats the first.
        left: The face on the side to which a turn from +u towards +v points.
        right: The face on the other side.
        curve: The fitted curve, once there is one.
    """

    points: Points
    left: Face | None
    right: Face | None
    curve: Cubics | None = None

    @property
    def is_loop(self) -> bool:
        """Whether the arc is a whole ring without a node."""
        return bool(np.array_equal(self.points[0], self.points[-1]))

    @property
    def is_on_axis(self) -> bool:
        """Whether the arc runs along the body's midline, u = 0."""
        return bool(np.all(np.abs(self.points[:, 0]) < 1e-6))

    def reversed(self) -> "Arc":
        """The same border walked the other way."""
        curve = None if self.curve is None else reverse(self.curve)
        return Arc(self.points[::-1], self.right, self.left, curve)

    def mirrored(self) -> "Arc":
        """The border across the midline, with the sides of its faces swapped."""
        flip = np.array([-1.0, 1.0])
        curve = None if self.curve is None else self.curve * flip
        return Arc(self.points * flip, mirror_face(self.right), mirror_face(self.left), curve)


def mirror_face(face: Face | None) -> Face | None:
    """The same structure on the patient's other side."""
    if face is None:
        return None
    other = {"left": "right", "right": "left"}
    return face[0], other.get(face[1], face[1])


def arcs_of(faces: Mapping[Face, MultiPolygon]) -> list[Arc]:
    """Cut the borders of an exact partition into arcs from node to node."""
    beside = _faces_beside_edges(faces)
    neighbours: dict[_Vertex, list[_Vertex]] = defaultdict(list)
    for a, b in beside:
        neighbours[a].append(b)
        if (b, a) not in beside:
            neighbours[b].append(a)
    nodes = {vertex for vertex in neighbours if _is_node(vertex, neighbours[vertex], beside)}
    return [_arc(chain, beside) for chain in _chains(neighbours, nodes)]


def with_mirror_image(arcs: list[Arc]) -> list[Arc]:
    """Complete the arcs of the patient's left half with those of the right."""
    whole: list[Arc] = []
    for arc in arcs:
        if not arc.is_on_axis:
            whole += [arc, arc.mirrored()]
            continue
        face = arc.left if arc.left is not None else arc.right
        if face is not None and face != mirror_face(face):
            left, right = (face, mirror_face(face))
            pair = (left, right) if arc.left is not None else (right, left)
            whole.append(replace(arc, left=pair[0], right=pair[1]))
    return whole


def rings_of(arcs: list[Arc], faces: set[Face]) -> list[Cubics]:
    """Put the outline of one face, or of several together, together again.

    Args:
        arcs: All arcs of the drawing, fitted.
        faces: The faces whose common outline is wanted.

    Returns:
        Closed curves, each face on the left of its outline; holes run the other way round.
    """
    return [np.concatenate([_curve(arc) for arc in ring]) for ring in arc_rings(arcs, faces)]


def arc_rings(arcs: list[Arc], faces: set[Face]) -> list[list[Arc]]:
    """Chain the arcs round some faces into closed rings, the faces on the left of each."""
    around = [arc for arc in arcs if arc.left in faces and arc.right not in faces]
    around += [arc.reversed() for arc in arcs if arc.right in faces and arc.left not in faces]
    starts: dict[_Vertex, list[Arc]] = defaultdict(list)
    for arc in around:
        starts[_vertex(arc.points[0])].append(arc)
    rings: list[list[Arc]] = []
    for arc in around:
        if arc in starts[_vertex(arc.points[0])]:
            starts[_vertex(arc.points[0])].remove(arc)
            rings.append(_ring_from(arc, starts))
    return rings


def _ring_from(first: Arc, starts: dict[_Vertex, list[Arc]]) -> list[Arc]:
    ring = [first]
    home = _vertex(first.points[0])
    while _vertex(ring[-1].points[-1]) != home:
        here = _vertex(ring[-1].points[-1])
        following = max(starts[here], key=lambda arc: _turn(ring[-1], arc))
        starts[here].remove(following)
        ring.append(following)
    return ring


def _turn(before: Arc, after: Arc) -> float:
    heading = before.points[-1] - before.points[-2]
    leaving = after.points[1] - after.points[0]
    cross = heading[0] * leaving[1] - heading[1] * leaving[0]
    return float(np.arctan2(cross, heading @ leaving))


def _faces_beside_edges(
    faces: Mapping[Face, MultiPolygon],
) -> dict[tuple[_Vertex, _Vertex], Face]:
    beside: dict[tuple[_Vertex, _Vertex], Face] = {}
    for face, shape in faces.items():
        for polygon in shapely.get_parts(shape):
            ccw = shapely.orient_polygons(polygon)
            for ring in (ccw.exterior, *ccw.interiors):
                vertices = [_vertex(point) for point in shapely.get_coordinates(ring)]
                for edge in itertools.pairwise(vertices):
                    if edge[0] != edge[1]:
                        beside[edge] = face
    return beside


def _is_node(
    vertex: _Vertex, neighbours: list[_Vertex], beside: dict[tuple[_Vertex, _Vertex], Face]
) -> bool:
    if len(neighbours) != 2:
        return True
    a, b = neighbours
    if vertex[0] == 0 and (a[0] == 0) != (b[0] == 0):
        return True
    onward = beside.get((a, vertex)) == beside.get((vertex, b))
    return not (onward and beside.get((vertex, a)) == beside.get((b, vertex)))


def _chains(
    neighbours: dict[_Vertex, list[_Vertex]], nodes: set[_Vertex]
) -> Iterator[list[_Vertex]]:
    seen: set[frozenset[_Vertex]] = set()
    for start in [*sorted(nodes), *sorted(set(neighbours) - nodes)]:
        for second in neighbours[start]:
            if frozenset((start, second)) not in seen:
                chain = _walk((start, second), neighbours, nodes)
                seen.update(frozenset(edge) for edge in itertools.pairwise(chain))
                yield chain


def _walk(
    edge: tuple[_Vertex, _Vertex], neighbours: dict[_Vertex, list[_Vertex]], nodes: set[_Vertex]
) -> list[_Vertex]:
    chain = list(edge)
    while chain[-1] not in nodes and chain[-1] != chain[0]:
        a, b = neighbours[chain[-1]]
        chain.append(b if a == chain[-2] else a)
    return chain


def _arc(chain: list[_Vertex], beside: dict[tuple[_Vertex, _Vertex], Face]) -> Arc:
    points = np.array(chain, dtype=np.float64) / _UNITS_PER_MM
    edge = (chain[0], chain[1])
    return Arc(points, beside.get(edge), beside.get(edge[::-1]))


def _vertex(point: Points) -> _Vertex:
    return round(float(point[0]) * _UNITS_PER_MM), round(float(point[1]) * _UNITS_PER_MM)


def _curve(arc: Arc) -> Cubics:
    if arc.curve is None:
        raise ValueError("the arcs have to be fitted before faces are built of them")
    return arc.curve
