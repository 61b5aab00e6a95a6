"""Regions and muscles of a view as paths, joined where they touch."""

from collections.abc import Collection, Iterable

import numpy as np
import shapely
from PySide6.QtGui import QPainterPath
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.areas import polygons
from bodymap.atlas.clinical.referral import Felt
from bodymap.atlas.drawing import Drawing, Shape, polygons_of
from bodymap.atlas.ids import LayerId
from bodymap.widgets.map.body.paths import qt_path

_SEAM_MM = 0.05
"""Neighbours are joined across gaps of this width."""


def regions_path(drawing: Drawing, felt: Collection[Felt]) -> QPainterPath:
    """The regions as one area, in millimetres of the view; empty where it shows none."""
    return joined(
        shape
        for shape in drawing.in_layer(LayerId.SURFACE_REGIONS)
        if (str(shape.structure), shape.side) in felt
    )


def joined(shapes: Iterable[Shape]) -> QPainterPath:
    """Shapes as one path without the borders between them."""
    return area_path(joined_area(shapes))


def joined_area(shapes: Iterable[Shape]) -> BaseGeometry:
    """Shapes as one area without the borders between them."""
    wider = shapely.buffer(polygons_of(list(shapes)), _SEAM_MM, quad_segs=1, join_style="mitre")
    return shapely.union_all(wider).buffer(-_SEAM_MM, quad_segs=1, join_style="mitre")


def area_path(area: BaseGeometry) -> QPainterPath:
    """The outline of an area with its holes."""
    path = QPainterPath()
    for piece in polygons(area):
        for ring in (piece.exterior, *piece.interiors):
            points = np.asarray(ring.coords, np.float64)[:-1, :2]
            path.addPath(qt_path(b"M" + b"L" * (len(points) - 1) + b"Z", points))
    return path
