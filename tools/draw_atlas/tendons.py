"""The tendinous part of a muscle: flesh runs out into it, so it begins in a point, not a cut."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.bezier import Points

_TO_BORDER_MM = 0.9
_AT_BORDER_MM = 1.1
_LEAST_CUT_MM = 1.5
_DEPTH_BY_WIDTH = 1.2
_DEEPEST_MM = 26.0
_SLIP_SHARE = 0.5
_PAST_MM = 3.0


def pointed_tendon(measured: BaseGeometry, face: BaseGeometry) -> BaseGeometry:
    """Fit a measured tendon to its muscle and give it a point where it leaves the belly.

    Args:
        measured: The part of the muscle that is tendon, cut off more or less straight.
        face: The muscle as drawn.
    """
    near = shapely.intersection(shapely.buffer(measured, _TO_BORDER_MM), face)
    if near.is_empty:
        return near
    tendon = shapely.union(near, _slips_beyond(near, face))
    border = shapely.buffer(shapely.boundary(face), _AT_BORDER_MM)
    cuts = shapely.line_merge(shapely.difference(shapely.boundary(tendon), border))
    wedges = [
        _wedge(shapely.get_coordinates(cut), tendon)
        for cut in shapely.get_parts(cuts)
        if cut.length >= _LEAST_CUT_MM
    ]
    whole = shapely.union_all([tendon, *(shapely.buffer(wedge, 0.05) for wedge in wedges)])
    return shapely.intersection(shapely.make_valid(whole), face)


def _slips_beyond(tendon: BaseGeometry, face: BaseGeometry) -> BaseGeometry:
    """What is left of the muscle beyond its tendon, seen from the belly, is tendon too."""
    flesh = [p for p in shapely.get_parts(shapely.difference(face, tendon)) if p.area > 0]
    if len(flesh) < 2 or tendon.is_empty:
        return shapely.MultiPolygon()
    belly = max(flesh, key=lambda part: part.area)
    reach = shapely.distance(shapely.centroid(belly), tendon)
    beyond = [
        part
        for part in flesh
        if part.area < _SLIP_SHARE * belly.area
        and shapely.distance(shapely.centroid(belly), shapely.centroid(part)) > reach + _PAST_MM
    ]
    return shapely.buffer(shapely.union_all(beyond), 0.02) if beyond else shapely.MultiPolygon()


def _wedge(cut: Points, tendon: BaseGeometry) -> BaseGeometry:
    """A wedge with hollow sides on a cut, pointing away from the tendon."""
    start, end = cut[0], cut[-1]
    width = float(np.linalg.norm(end - start))
    if width < _LEAST_CUT_MM:
        return shapely.Polygon()
    middle = (start + end) / 2
    away = np.array([-(end - start)[1], (end - start)[0]]) / width
    if shapely.contains_xy(tendon, *(middle + 0.15 * width * away)):
        away = -away
    tip = middle + away * min(_DEPTH_BY_WIDTH * width, _DEEPEST_MM)
    one, other = (_hollow(corner, middle, tip) for corner in (start, end))
    inside = middle - away * 0.2 * width
    return shapely.make_valid(shapely.Polygon(np.vstack([inside, one, other[::-1][1:]])))


def _hollow(corner: Points, middle: Points, tip: Points) -> Points:
    control = 0.55 * corner + 0.45 * middle + 0.35 * (tip - middle)
    t = np.linspace(0, 1, 9)[:, None]
    side: Points = (1 - t) ** 2 * corner + 2 * t * (1 - t) * control + t**2 * tip
    return side
