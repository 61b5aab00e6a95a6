"""The outline of a pain zone as it is shown: smooth where a hand drew it, sharp at corners."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from bodymap.chart.marks import PainZone
from bodymap.chart.place import Ring
from bodymap.widgets.map.body.paths import qt_path

_CORNER_COSINE = 0.72
"""Turns of more than some 44 degrees are corners and stay sharp."""

_HANDLE = 1 / 3

Vectors = npt.NDArray[np.float64]


def zone_path(zone: PainZone) -> QPainterPath:
    """The zone's pieces, in millimetres of its view.

    Rings are kept no finer than 0.3 mm; curves through their points keep them from looking
    cut with a knife when one is close.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for piece in zone.polygons:
        for ring in (piece.outer, *piece.holes):
            path.addPath(_ring_path(ring))
    return path


def _ring_path(ring: Ring) -> QPainterPath:
    at = np.array(ring, np.float64)
    ahead = np.roll(at, -1, axis=0) - at
    length = np.hypot(*ahead.T)[:, None]
    forward = ahead / np.maximum(length, 1e-9)
    behind = np.roll(forward, 1, axis=0)
    smooth = (forward * behind).sum(axis=1, keepdims=True) > _CORNER_COSINE
    along = _unit(forward + behind)
    leaving = np.where(smooth, along, forward)
    arriving = np.roll(np.where(smooth, along, behind), -1, axis=0)
    ends = np.roll(at, -1, axis=0)
    curves = np.stack(
        [at + leaving * length * _HANDLE, ends - arriving * length * _HANDLE, ends], 1
    )
    points = np.concatenate([at[:1], curves.reshape(-1, 2)])
    return qt_path(b"M" + b"C" * len(at), points)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.hypot(*vectors.T)[:, None], 1e-9)
    return unit
