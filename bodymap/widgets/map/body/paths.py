"""Shapes of a drawing as Qt paths, made in one go rather than point by point.

Qt reads a path from a stream in a format of its own; numpy writes that stream for a whole shape
at once, which is some thirty times faster than a Python call for each point.
"""

import struct

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QPainterPath

Points = npt.NDArray[np.float32] | npt.NDArray[np.float64]
Elements = npt.NDArray[np.void]
"""The rows `kind, x, y` that a Qt path consists of."""

MOVE, _LINE, _CURVE, _CURVE_DATA = range(4)

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_POINTS_OF = np.zeros(256, np.int64)
_POINTS_OF[list(b"MLC")] = (1, 1, 3)


def qt_path(
    codes: bytes, points: Points, rule: Qt.FillRule = Qt.FillRule.OddEvenFill
) -> QPainterPath:
    """The path of a shape.

    Args:
        codes: Its steps, letters of `MLCZ`.
        points: Their points in order, shape (n, 2): one for M and L, three for C, none for Z.
        rule: How overlapping pieces fill.
    """
    return path_of(elements(codes, points), rule)


def path_of(rows: Elements, rule: Qt.FillRule = Qt.FillRule.OddEvenFill) -> QPainterPath:
    """The path that consists of these elements."""
    winding = 1 if rule == Qt.FillRule.WindingFill else 0
    as_qt = rows.astype(_ELEMENT, copy=False)  # numpy joins rows in the byte order of the machine
    data = struct.pack(">i", len(rows)) + as_qt.tobytes() + struct.pack(">ii", 0, winding)
    stream = QDataStream(QByteArray(data))
    stream.setVersion(QDataStream.Version.Qt_6_0)
    path = QPainterPath()
    stream >> path
    return path


def elements(codes: bytes, points: Points) -> Elements:
    """The elements of a shape; closing becomes a line back to where the piece began."""
    steps = np.frombuffer(codes, np.uint8)
    taken = _POINTS_OF[steps]
    closing = steps == ord("Z")
    made = taken + closing
    first = np.cumsum(made) - made
    rows = np.zeros(int(made.sum()), _ELEMENT)
    kind = np.full(len(rows), _CURVE_DATA, np.int32)
    kind[first[steps == ord("M")]] = MOVE
    kind[first[(steps == ord("L")) | closing]] = _LINE
    kind[first[steps == ord("C")]] = _CURVE
    rows["kind"] = kind
    is_closing = np.zeros(len(rows), bool)
    is_closing[first[closing]] = True
    starts = _starts(steps, np.cumsum(taken) - taken)[closing]
    for axis, name in enumerate("xy"):
        column = np.empty(len(rows))
        column[~is_closing] = points[:, axis]
        column[is_closing] = points[starts, axis]
        rows[name] = column
    return rows


def _starts(steps: npt.NDArray[np.uint8], source: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each step, which point its piece began at."""
    moves = np.where(steps == ord("M"), source, -1)
    return np.maximum(np.maximum.accumulate(moves), 0)
