"""The outlines of a drawn shape as PDF path operators, curve by curve or straightened.

Coordinates are whole numbers: tenths of a millimetre of the model body where a part is shown
large, fifths where all of it is, millimetres where it is shown small.
"""

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bodymap.atlas.drawing import Shape

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres of the view."""

_WORTH_A_BEND = 1.2
"""Millimetres that a straight line may leave its curve, where the body is shown small."""

_MARGIN_MM = 3.0
"""Beyond the edge of what is shown, where lines still reach in by their width."""

Points = npt.NDArray[np.float32]


class Outlines:
    """The separate outlines of one shape, with the box each lies in."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def inside(self, box: Box) -> str:
        """The outlines that reach into a box, with all their curves, in tenths.

        An outline around a hole is there whenever the hole is, so filling even-odd stays right.
        Where an outline runs outside the box it is straightened; nothing of that shows.
        """
        left, top, right, bottom = self._boxes
        meets = (left <= box[2]) & (right >= box[0]) & (top <= box[3]) & (bottom >= box[1])
        inside = (left >= box[0]) & (right <= box[2]) & (top >= box[1]) & (bottom <= box[3])
        return " ".join(
            self._curved[i] if inside[i] else _culled(*self._separate[i], box)
            for i in np.flatnonzero(meets)
        )

    def everywhere(self) -> str:
        """All outlines with all their curves, in fifths of a millimetre."""
        return " ".join(_curve(codes, points * 5) for codes, points in self._separate)

    def straightened(self, worth_mm: float) -> str:
        """Each curve as one or two straight lines, in millimetres.

        Args:
            worth_mm: Outlines that are smaller are left out.
        """
        return " ".join(
            _straight(codes, points)
            for codes, points in self._separate
            if np.ptp(points, axis=0).max() >= worth_mm
        )

    @cached_property
    def _separate(self) -> list[tuple[str, Points]]:
        return list(_split(self._shape.codes.decode("ascii"), self._shape.points))

    @cached_property
    def _curved(self) -> list[str]:
        return [_curve(codes, points * 10) for codes, points in self._separate]

    @cached_property
    def _boxes(self) -> npt.NDArray[np.float64]:
        sides = [(*points.min(axis=0), *points.max(axis=0)) for _, points in self._separate]
        return np.array(sides, float).reshape(-1, 4).T


def _split(codes: str, points: Points) -> Iterator[tuple[str, Points]]:
    begin = 0
    for rest in codes.split("M")[1:]:
        end = begin + 1 + 3 * rest.count("C") + rest.count("L")
        yield f"M{rest}", points[begin:end]
        begin = end


def _curve(codes: str, points: Points) -> str:
    numbers = iter([f"{x} {y}" for x, y in points.round().astype(int).tolist()])
    parts: list[str] = []
    for code in codes:
        match code:
            case "C":
                parts.append(f"{next(numbers)} {next(numbers)} {next(numbers)} c")
            case "Z":
                parts.append("h")
            case _:
                parts.append(f"{next(numbers)} {code.lower()}")
    return " ".join(parts)


def _culled(codes: str, points: Points, box: Box) -> str:
    """One outline whose stretches outside a box are cut short.

    Points that all lie beyond the same edge of the box may be joined by a straight line,
    which lies beyond it too.
    """
    places = (points * 10).round().astype(int).tolist()
    beyond = _beyond(points, box)
    parts = [f"{places[0][0]} {places[0][1]} m"]
    at, outside = 0, 0
    for code in codes[1:].rstrip("Z"):
        step = 3 if code == "C" else 1
        common = beyond[at] & beyond[at + step]
        if step == 3:
            common &= beyond[at + 1] & beyond[at + 2]
        if outside and not outside & common:
            parts.append(f"{places[at][0]} {places[at][1]} l")
            outside = 0
        outside = (outside & common) or common
        if not common:
            parts.append(_step(places[at + 1 : at + step + 1]))
        at += step
    if outside:
        parts.append(f"{places[at][0]} {places[at][1]} l")
    return " ".join(parts) + (" h" if codes.endswith("Z") else "")


def _beyond(points: Points, box: Box) -> list[int]:
    """For each point, a bit for each edge of the box that it lies beyond."""
    u, v = points[:, 0], points[:, 1]
    left, top, right, bottom = box
    edges = (u < left - _MARGIN_MM, u > right + _MARGIN_MM,
             v < top - _MARGIN_MM, v > bottom + _MARGIN_MM)  # fmt: skip
    bits: list[int] = np.packbits(edges, axis=0, bitorder="little")[0].tolist()
    return bits


def _step(places: list[list[int]]) -> str:
    numbers = " ".join(f"{x} {y}" for x, y in places)
    return f"{numbers} {'c' if len(places) == 3 else 'l'}"


def _straight(codes: str, points: Points) -> str:
    numbers = iter(points.round().astype(int).tolist())
    parts: list[str] = []
    x = y = 0
    for code in codes:
        if code == "Z":
            parts.append("h")
            continue
        if code == "C":
            (ax, ay), (bx, by) = next(numbers), next(numbers)
            end_x, end_y = next(numbers)
            middle_x, middle_y = (x + 3 * (ax + bx) + end_x) // 8, (y + 3 * (ay + by) + end_y) // 8
            if math.dist((2 * middle_x, 2 * middle_y), (x + end_x, y + end_y)) > 2 * _WORTH_A_BEND:
                parts.append(f"{middle_x} {middle_y} l")
        else:
            end_x, end_y = next(numbers)
        if code == "M" or (x, y) != (end_x, end_y):
            parts.append(f"{end_x} {end_y} {'m' if code == 'M' else 'l'}")
        x, y = end_x, end_y
    return " ".join(parts)
