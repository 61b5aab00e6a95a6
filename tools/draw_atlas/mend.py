"""The figure mended where the measured model is crude: finger tips, toes, ears, the profile.

Everything is done on the patient's left and mirrored, so that both sides are exactly alike.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter1d
from shapely import LineString, MultiPolygon, Polygon, box, unary_union
from shapely import Point as At
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.drawn_lines import DrawnLine, read_table
from tools.draw_atlas.hands_feet import as_multipolygon, parts_of, with_fingers, with_toes
from tools.draw_atlas.partition_mending import mended_partition
from tools.draw_atlas.spline import Points, cubics_through, sampled

__all__ = ["mended_body", "mended_partition"]

_LEFT_IS_NEGATIVE = {"posterior", "lateral-right"}
_STEP_MM = 0.5
_COARSE_MM = 5.0  # the measured outline is a polygon with sides of up to 60 mm
_FINE_MM = 0.8
_BLEND_MM = 6.0
_EASE_MM = 10.0
_TOUCH_MM = 1e-6
_FAR = 4000.0
_FINE_FRONT = ((-1, 960, 30, 1010), (304, 900, 322, 945), (60, 85, 110, 175), (135, 535, 190, 580))
_FINE_SIDE = ((0, 30, 130, 280), (0, 1670, 160, 1720))


def mended_body(view: str, measured: Path) -> MultiPolygon:
    """Give the skin's outline of a view in millimetres, with natural hands, feet and face.

    Away from the mended places it stays within 3 mm of the measured outline. Left and right are
    exact mirror images of each other (lateral views: each the mirror of the other).

    Args:
        view: One of the six views.
        measured: The folder with `outlines_<view>.json`.
    """
    if view.startswith("lateral"):
        left = _mended_side(_measured_body("lateral-left", measured))
        return as_multipolygon(left if view == "lateral-left" else _mirrored(left))
    half = _left_half(_measured_body(view, measured), view)
    mended = _mended_feet(half, view) if view in {"soles", "feet-dorsal"} else _mended_front(half)
    return as_multipolygon(unary_union([mended, _mirrored(mended)]))


def _measured_body(view: str, measured: Path) -> MultiPolygon:
    rows = json.loads((measured / f"outlines_{view}.json").read_text(encoding="utf-8"))["body"]
    return as_multipolygon(unary_union([Polygon(row[0], row[1:]).buffer(0) for row in rows]))


def _left_half(body: MultiPolygon, view: str) -> Polygon:
    """Take the patient's left half, lateral distances counted positive."""
    return _right_of_midline(_mirrored(body) if view in _LEFT_IS_NEGATIVE else body)


def _mirrored(shape: BaseGeometry) -> BaseGeometry:
    return scale(shape, xfact=-1, yfact=1, origin=(0, 0))


def _mended_front(half: Polygon) -> BaseGeometry:
    smooth = _smoothed(_whole(half), _FINE_FRONT)
    for run in read_table("outline-front"):
        smooth = with_run(smooth, run)
    return _right_of_midline(_polished(_whole(with_fingers(_right_of_midline(smooth)))))


def _mended_side(body: MultiPolygon) -> Polygon:
    outline = _smoothed(parts_of(body)[0], _FINE_SIDE)
    for run in read_table("outline-side"):
        outline = with_run(outline, run)
    return _polished(outline)


def _mended_feet(half: Polygon, view: str) -> BaseGeometry:
    """Mend a foot; soles are the same outline with forwards up instead of down."""
    from_above = scale(half, yfact=-1, origin=(0, 0)) if view == "soles" else half
    smooth = _smoothed(parts_of(from_above)[0], ())
    toed = _polished(parts_of(with_toes(smooth))[0])
    return scale(toed, yfact=-1, origin=(0, 0)) if view == "soles" else toed


def _right_of_midline(shape: BaseGeometry) -> Polygon:
    return parts_of(shape.intersection(box(0, -_FAR, _FAR, _FAR)))[0]


def _whole(half: BaseGeometry) -> Polygon:
    return parts_of(unary_union([half, _mirrored(half)]))[0]


def with_run(outline: Polygon, run: DrawnLine) -> Polygon:
    """Replace the part of an outline between a drawn run's ends by the run.

    Of the two ways round the one that lies nearer to the run is replaced. The run's ends are
    eased on to the outline, so that no step is left.
    """
    drawn = np.asarray(sampled(cubics_through(run.knots, corners=run.corners), _STEP_MM))
    ring = LineString(outline.exterior.coords)
    start, end = ring.project(At(drawn[0])), ring.project(At(drawn[-1]))
    drawn = _eased(drawn, _at(ring, start), _at(ring, end))
    ways = [_between(ring, start, end), _between(ring, end, start)[::-1]]
    line = LineString(drawn)
    kept = max(ways, key=lambda way: LineString(way).hausdorff_distance(line))
    return parts_of(Polygon(np.concatenate([drawn, kept[::-1]])).buffer(0))[0]


def _at(line: LineString, along: float) -> Points:
    point = line.interpolate(along)
    return np.asarray((point.x, point.y))


def _eased(drawn: Points, start: Points, end: Points) -> Points:
    """Bend the ends of a line so that it begins and ends at given points."""
    fade = np.clip(1.0 - np.arange(len(drawn)) * _STEP_MM / _EASE_MM, 0.0, 1.0)[:, None] ** 2
    return np.asarray(drawn + fade * (start - drawn[0]) + fade[::-1] * (end - drawn[-1]))


def _between(ring: LineString, start: float, end: float) -> Points:
    """Walk a closed line forwards from one distance to another."""
    points = np.asarray(ring.coords)[:-1]
    steps = np.linalg.norm(np.diff(np.asarray(ring.coords), axis=0), axis=1)
    ahead = (np.concatenate([[0.0], np.cumsum(steps)[:-1]]) - start) % ring.length
    span = (end - start) % ring.length
    order = np.argsort(ahead, kind="stable")
    inner = [index for index in order if _TOUCH_MM < ahead[index] < span - _TOUCH_MM]
    return np.vstack([_at(ring, start), points[inner], _at(ring, end)])


def _smoothed(outline: Polygon, boxes: Sequence[tuple[float, float, float, float]]) -> Polygon:
    """Round a polygon's corners: strongly along limbs, gently inside boxes, where detail counts.

    Boxes are left, top, right, bottom, in lateral distances from the midline.
    """
    points = _evenly(LineString(outline.exterior.coords))
    coarse = gaussian_filter1d(points, _COARSE_MM / _STEP_MM, axis=0, mode="wrap")
    fine = gaussian_filter1d(points, _FINE_MM / _STEP_MM, axis=0, mode="wrap")
    u, v = np.abs(points[:, 0]), points[:, 1]
    inside = np.zeros(len(points))
    for left, top, right, bottom in boxes:
        inside[(u > left) & (u < right) & (v > top) & (v < bottom)] = 1.0
    share = gaussian_filter1d(inside, _BLEND_MM / _STEP_MM, mode="wrap")[:, None]
    return parts_of(Polygon(coarse * (1 - share) + fine * share).buffer(0))[0]


def _polished(outline: Polygon) -> Polygon:
    """Take the last small steps out of an outline put together from parts."""
    points = _evenly(LineString(outline.exterior.coords))
    smooth = gaussian_filter1d(points, _FINE_MM / _STEP_MM, axis=0, mode="wrap")
    return parts_of(Polygon(smooth).buffer(0))[0]


def _evenly(line: LineString) -> Points:
    points = np.asarray(line.coords)
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(8, round(along[-1] / _STEP_MM))
    stops = np.arange(count) / count * along[-1]
    return np.column_stack([np.interp(stops, along, points[:, axis]) for axis in (0, 1)])
