"""Draws a partition: from polygons that meet to faces whose common borders are one curve."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, box
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner, fitted_each
from tools.draw_atlas.bezier import Cubics, flatten
from tools.draw_atlas.coverage import Face, Limits, exact_partition
from tools.draw_atlas.topology import Arc, arcs_of, mirror_face, rings_of, with_mirror_image

_FAR = 5000.0
_REFITS = 4


@dataclass(frozen=True)
class Symmetry:
    """How a view is symmetric.

    Attributes:
        left_sign: Where the patient's left lies: 1 at u > 0, -1 at u < 0, 0 where the view shows
            one side only and nothing is mirrored.
    """

    left_sign: int

    @property
    def is_mirrored(self) -> bool:
        """Whether the right half is drawn as the mirror image of the left."""
        return self.left_sign != 0


@dataclass(frozen=True)
class Partition:
    """A finished partition.

    Attributes:
        arcs: All borders, fitted, each once.
    """

    arcs: list[Arc]

    @property
    def faces(self) -> list[Face]:
        """The faces that have an outline, sorted."""
        sides = {arc.left for arc in self.arcs} | {arc.right for arc in self.arcs}
        return sorted(face for face in sides if face is not None)

    def outline(self, *faces: Face) -> list[Cubics]:
        """The closed curves round one face, or round several together."""
        return rings_of(self.arcs, set(faces))

    def shape(self, *faces: Face) -> BaseGeometry:
        """The same as a polygon, flattened finely."""
        return polygon_of(self.outline(*faces))


def polygon_of(rings: list[Cubics], steps: int = 6) -> BaseGeometry:
    """Flatten closed curves to a valid shape; a ring inside a ring is a hole."""
    shapes = [shapely.make_valid(shapely.Polygon(flatten(ring, steps))) for ring in rings]
    whole: BaseGeometry = MultiPolygon()
    for shape in sorted(shapes, key=lambda s: -s.area):
        whole = shapely.symmetric_difference(whole, shape)
    return whole


def drawn_partition(
    polygons: Mapping[Face, BaseGeometry],
    symmetry: Symmetry,
    manner: Manner,
    limits: Limits,
) -> Partition:
    """Draw a partition so that neighbours share their borders and the halves mirror each other.

    Args:
        polygons: The faces; of a symmetric view only what lies on the patient's left is used.
        symmetry: How the view is symmetric.
        manner: How borders are smoothed and fitted.
        limits: What is too small to be drawn.
    """
    half = _left_half(polygons, symmetry) if symmetry.is_mirrored else dict(polygons)
    arcs = arcs_of(exact_partition(half, limits))
    fitted = _fitted_without_crossings(arcs, manner, symmetry)
    return Partition(with_mirror_image(fitted) if symmetry.is_mirrored else fitted)


def _left_half(
    polygons: Mapping[Face, BaseGeometry], symmetry: Symmetry
) -> dict[Face, BaseGeometry]:
    """Cut at the midline; what strays across it counts for its mirror image."""
    u = sorted((0.0, symmetry.left_sign * _FAR))
    half_plane = box(u[0], -_FAR, u[1], _FAR)
    half: dict[Face, BaseGeometry] = {}
    for face, shape in polygons.items():
        own = mirror_face(face) if face[1] == "right" else face
        cut = shapely.intersection(shapely.make_valid(shape), half_plane)
        if own is not None and not cut.is_empty and cut.area > 0:
            half[own] = shapely.union(half[own], cut) if own in half else cut
    return half


def _fitted_without_crossings(arcs: list[Arc], manner: Manner, symmetry: Symmetry) -> list[Arc]:
    manners = [manner] * len(arcs)
    fitted = fitted_each(arcs, manners, mirrored=symmetry.is_mirrored)
    for _ in range(_REFITS):
        tangled = crossing_arcs(fitted)
        if not tangled:
            break
        manners = [m.finer() if i in tangled else m for i, m in enumerate(manners)]
        fitted = fitted_each(arcs, manners, mirrored=symmetry.is_mirrored)
    return fitted


def crossing_arcs(arcs: list[Arc]) -> set[int]:
    """Find the arcs that cross another one, or themselves, other than at their ends."""
    lines = [shapely.LineString(np.round(flatten(_curve(arc)), 2)) for arc in arcs]
    tangled = {index for index, line in enumerate(lines) if not (line.is_simple or line.is_ring)}
    tree = shapely.STRtree(lines)
    first, second = tree.query(lines, predicate="crosses")
    tangled |= {int(i) for i in first} | {int(i) for i in second}
    return tangled


def _curve(arc: Arc) -> Cubics:
    assert arc.curve is not None
    return arc.curve
