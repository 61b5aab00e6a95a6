"""Makes a partition of polygons exact: every shared border noded once, no gaps, no specks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Face = tuple[str, str]
"""A structure or zone and the patient's side it lies on: `("infraspinatus", "right")`."""

GRID_MM = 0.01


@dataclass(frozen=True)
class Limits:
    """What is too small to be drawn.

    Attributes:
        speck_mm2: Pieces below this go to the neighbour with the longest common border.
        face_mm2: Faces of which less than this is seen are given away altogether.
        gap_mm2: Holes between faces below this are given away in the same manner.
    """

    speck_mm2: float = 5.0
    face_mm2: float = 10.0
    gap_mm2: float = 5.0


def exact_partition(
    polygons: Mapping[Face, BaseGeometry], limits: Limits, within: BaseGeometry | None = None
) -> dict[Face, MultiPolygon]:
    """Node all borders against each other and hand every scrap to one face.

    Args:
        polygons: Faces that may overlap or gap slightly; the earlier wins an overlap.
        limits: What is too small to be kept.
        within: Where given, faces end here.

    Returns:
        Faces whose common borders have the same vertices on both sides.
    """
    keys = list(polygons)
    shapes = [_clean(polygons[key], within) for key in keys]
    pieces = _pieces(shapes)
    owners = _owners(pieces, shapes)
    joined = _joined(pieces, owners)
    return _as_faces(keys, _without_specks(joined, limits))


def _clean(shape: BaseGeometry, within: BaseGeometry | None) -> BaseGeometry:
    shape = shapely.make_valid(shape)
    if within is not None:
        shape = shapely.intersection(shape, within)
    return shapely.set_precision(shape, GRID_MM)


def _pieces(shapes: list[BaseGeometry]) -> list[Polygon]:
    lines = shapely.union_all([shapely.boundary(shape) for shape in shapes], grid_size=GRID_MM)
    return list(shapely.polygonize([lines]).geoms)


def _owners(pieces: list[Polygon], shapes: list[BaseGeometry]) -> list[int]:
    tree = shapely.STRtree(shapes)
    points = shapely.point_on_surface(pieces)
    owners = [-1] * len(pieces)
    inside, owner = tree.query(points, predicate="intersects")
    for piece, shape in sorted(zip(inside.tolist(), owner.tolist(), strict=True), reverse=True):
        owners[piece] = shape
    return owners


def _joined(pieces: list[Polygon], owners: list[int]) -> list[tuple[int, Polygon]]:
    groups: dict[int, list[Polygon]] = defaultdict(list)
    for piece, owner in zip(pieces, owners, strict=True):
        groups[owner].append(piece)
    return [
        (owner, part)
        for owner, group in sorted(groups.items())
        for part in _parts(shapely.union_all(group))
    ]


def _without_specks(joined: list[tuple[int, Polygon]], limits: Limits) -> list[tuple[int, Polygon]]:
    largest, whole = dict[int, float](), dict[int, float]()
    for owner, part in joined:
        largest[owner] = max(largest.get(owner, 0.0), part.area)
        whole[owner] = whole.get(owner, 0.0) + part.area
    parts = [part for _, part in joined]
    owners = [owner for owner, _ in joined]
    tree = shapely.STRtree(parts)
    for index in np.argsort([part.area for part in parts], kind="stable"):
        owner, area = owners[index], parts[index].area
        is_gap = owner == -1 and area < limits.gap_mm2
        is_lost = whole[owner] < limits.face_mm2
        is_speck = owner >= 0 and (is_lost or (area < limits.speck_mm2 and area < largest[owner]))
        if is_gap or is_speck:
            owners[index] = _nearest_owner(int(index), parts, owners, tree)
    return [(owner, part) for owner, part in zip(owners, parts, strict=True) if owner >= 0]


def _nearest_owner(
    index: int, parts: list[Polygon], owners: list[int], tree: shapely.STRtree
) -> int:
    shared: dict[int, float] = defaultdict(float)
    for other in sorted(tree.query(parts[index], predicate="intersects").tolist()):
        if other != index and owners[other] not in (owners[index], -1):
            common = shapely.intersection(parts[index].boundary, parts[other].boundary)
            shared[owners[other]] += common.length
    if not shared or max(shared.values()) <= 0:
        return owners[index]
    return max(shared, key=lambda owner: shared[owner])


def _as_faces(keys: list[Face], joined: list[tuple[int, Polygon]]) -> dict[Face, MultiPolygon]:
    groups: dict[int, list[Polygon]] = defaultdict(list)
    for owner, part in joined:
        groups[owner].append(part)
    return {
        keys[owner]: MultiPolygon(_parts(shapely.union_all(group)))
        for owner, group in sorted(groups.items())
    }


def _parts(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
