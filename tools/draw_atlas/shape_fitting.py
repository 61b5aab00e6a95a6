"""Smooth outlines of single shapes that share no borders."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner, fitted_line
from tools.draw_atlas.bezier import Cubics, Points


def fitted_outline(shape: BaseGeometry, manner: Manner, least_mm2: float = 0.0) -> list[Cubics]:
    """Draw the outline of a shape as closed curves, leaving out rings below `least_mm2`."""
    return [
        fitted_line(ring, manner)
        for ring in rings_of_shape(shape)
        if _area(ring) >= max(least_mm2, 0.05)
    ]


def rings_of_shape(shape: BaseGeometry) -> list[Points]:
    """List the outer and inner rings of all polygons in a shape, each closed."""
    rings: list[Points] = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            rings += [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
    return rings


def _area(ring: Points) -> float:
    u, v = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(u[:-1], v[1:]) - np.dot(u[1:], v[:-1]))) / 2
