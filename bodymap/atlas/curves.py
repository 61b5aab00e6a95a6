"""From curves to straight pieces, in such a way that shared borders stay shared.

Two neighbours draw their common border in opposite directions. Each curve is therefore cut
as if it ran from its lesser to its greater end, so that both get the very same points.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Area: TypeAlias = Polygon | MultiPolygon

_NOTHING = Polygon()

_LENGTHS = {ord("M"): 1, ord("L"): 1, ord("C"): 3, ord("Z"): 0}


def outlines(codes: bytes, points: npt.NDArray[np.float32], tolerance_mm: float) -> list[Points]:
    """Flatten a path into its sub-paths.

    Args:
        codes: Letters out of `MLCZ`.
        points: (n, 2), as many as the codes need.
        tolerance_mm: How far a straight piece may leave the curve.

    Returns:
        One array (k, 2) for each sub-path, neither closed nor freed of repeated points.
    """
    steps = np.frombuffer(codes, np.uint8)
    counts = np.zeros(256, np.int64)
    counts[list(_LENGTHS)] = list(_LENGTHS.values())
    firsts = np.concatenate(([0], np.cumsum(counts[steps])))[:-1]
    exact = points.astype(np.float64)
    curved = steps == ord("C")
    starts = firsts[curved]
    corners = exact[starts[:, None] + np.arange(-1, 3)]
    pieces = _piece_counts(corners, tolerance_mm)
    lengths = (steps == ord("M")).astype(np.int64) + (steps == ord("L"))
    lengths[curved] = pieces
    at = np.concatenate(([0], np.cumsum(lengths)))
    flat = np.empty((int(at[-1]), 2))
    straight = (steps == ord("M")) | (steps == ord("L"))
    flat[at[:-1][straight]] = exact[firsts[straight]]
    if len(pieces):
        nth = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        flat[np.repeat(at[:-1][curved], pieces) + nth] = _cut(corners, pieces, nth)
    return np.split(flat, at[:-1][steps == ord("M")])[1:]


def _piece_counts(corners: Points, tolerance_mm: float) -> Ints:
    """How many straight pieces each curve (four corners) needs; the same from either end."""
    bend = np.maximum(
        np.hypot(*(corners[:, 0] + corners[:, 2] - 2 * corners[:, 1]).T),
        np.hypot(*(corners[:, 1] + corners[:, 3] - 2 * corners[:, 2]).T),
    )
    pieces: Ints = np.ceil(np.sqrt(0.75 * bend / tolerance_mm)).astype(np.int64)
    return np.maximum(pieces, 1)


def _cut(corners: Points, pieces: Ints, nth: Ints) -> Points:
    """Points after each piece of each curve, the curve's own start left out."""
    first, last = corners[:, 0], corners[:, 3]
    lead, trail = corners[:, 1], corners[:, 2]
    backward = _is_greater(first, last) | ((first == last).all(axis=1) & _is_greater(lead, trail))
    ordered = np.where(backward[:, None, None], corners[:, ::-1], corners)
    whole = np.repeat(pieces, pieces)
    step = np.where(np.repeat(backward, pieces), whole - 1 - nth, nth + 1)
    t = (step / whole)[:, None]
    a, b, c, d = np.repeat(ordered, pieces, axis=0).transpose(1, 0, 2)
    s = 1 - t
    curve: Points = s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d
    ends = nth == whole - 1
    curve[ends] = last
    return curve


def _is_greater(one: Points, other: Points) -> npt.NDArray[np.bool_]:
    greater: npt.NDArray[np.bool_] = (one[:, 0] > other[:, 0]) | (
        (one[:, 0] == other[:, 0]) & (one[:, 1] > other[:, 1])
    )
    return greater


def areas(paths: list[list[Points]]) -> list[Area]:
    """What the rings of each path enclose by the even-odd rule; empty if nothing."""
    rings = [ring for path in paths for ring in path if len(ring) > 2]
    owners = [number for number, path in enumerate(paths) for ring in path if len(ring) > 2]
    gathered: list[list[BaseGeometry]] = [[] for _ in paths]
    for owner, polygon in zip(owners, _polygons(rings), strict=True):
        gathered[owner].append(polygon)
    return [_even_odd(polygons) for polygons in gathered]


def _polygons(rings: list[Points]) -> list[BaseGeometry]:
    """One polygon for each ring; rings that cross themselves are taken apart."""
    if not rings:
        return []
    number = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    polygons = shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=number))
    is_crooked = ~shapely.is_valid(polygons)
    polygons[is_crooked] = [_mended(polygon) for polygon in polygons[is_crooked]]
    kept: list[BaseGeometry] = polygons.tolist()
    return kept


def _mended(polygon: Polygon) -> MultiPolygon:
    """The areas within a ring that crosses or touches itself, without what became a line."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(polygon)))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def _even_odd(polygons: list[BaseGeometry]) -> Area:
    whole: Area = _NOTHING
    for polygon in polygons:
        whole = polygon if whole.is_empty else shapely.symmetric_difference(whole, polygon)
    return whole


def lines(parts: list[Points]) -> MultiLineString:
    """Open courses as lines."""
    return MultiLineString([part for part in parts if len(part) > 1])
