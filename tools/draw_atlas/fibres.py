"""Fibre lines: evenly spaced lines that follow a muscle's fibres, in three densities.

Lines are grown from seeds until they leave the muscle or come too near to another line (after
Jobard and Lefer, "Creating evenly-spaced streamlines of arbitrary density", 1997), coarse lines
first, so that the coarse ones alone are evenly spaced too.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from tools.draw_atlas.bezier import Cubics, Points
from tools.draw_atlas.fibre_field import FibreField, mean_width
from tools.draw_atlas.strokes import tapered_stroke

_CLOSENESS = 0.62
_STROKE_ERROR_MM = 1.4


@dataclass(frozen=True)
class Grade:
    """One density of fibre lines.

    Attributes:
        name: 1 to 3; 1 is shown at every zoom.
        spacing: Distance of lines as a share of the muscle's coarse spacing.
        width_mm: Width of a stroke in the middle.
    """

    name: int
    spacing: float
    width_mm: float


GRADES = (Grade(1, 1.0, 0.62), Grade(2, 0.62, 0.46), Grade(3, 0.42, 0.36))


@dataclass(frozen=True)
class Spacing:
    """How densely a view's muscles are drawn.

    Attributes:
        widest_mm: Spacing of coarse lines on large muscles.
        narrowest_mm: The same on small ones.
        width_factor: Scales the strokes' width.
        grades: How many of the grades are drawn, coarse first.
    """

    widest_mm: float
    narrowest_mm: float
    width_factor: float = 1.0
    grades: int = 3

    def coarse(self, piece: Polygon) -> float:
        """The spacing of coarse lines on one piece of a muscle."""
        return float(np.clip(mean_width(piece) / 4.0, self.narrowest_mm, self.widest_mm))


def fibre_strokes(
    piece: Polygon, field: FibreField, spacing: Spacing, name: str
) -> dict[int, list[Cubics]]:
    """Draw the fibres of one piece of a muscle.

    Args:
        piece: Where fibres may lie.
        field: Which way they run.
        spacing: How densely to draw.
        name: Settles the random seed, so that each run draws the same.

    Returns:
        Closed strokes by grade.
    """
    coarse = spacing.coarse(piece)
    random = np.random.default_rng(zlib.crc32(name.encode()))
    canvas = _Canvas(piece, coarse * GRADES[-1].spacing)
    drawn: dict[int, list[Cubics]] = {}
    for grade in GRADES[: spacing.grades]:
        gap = coarse * grade.spacing
        canvas.keep_clear(gap * _CLOSENESS, 2.2 * coarse)
        lines = [
            line for seed in _seeds(piece, gap, random) for line in _grown(seed, field, canvas)
        ]
        width = grade.width_mm * spacing.width_factor * float(np.clip(coarse / 4.0, 0.55, 1.0))
        drawn[grade.name] = [
            tapered_stroke(part, width, _STROKE_ERROR_MM)
            for line in lines
            for part in _parts(line, coarse, random)
        ]
    return drawn


class _Canvas:
    """A raster that knows where lines may still go."""

    def __init__(self, piece: Polygon, finest_mm: float) -> None:
        self._cell = max(min(finest_mm / 6, 0.8), 0.12)
        self._left, self._top, right, bottom = shapely.bounds(piece)
        columns = int((right - self._left) / self._cell) + 2
        rows = int((bottom - self._top) / self._cell) + 2
        u = self._left + np.arange(columns) * self._cell
        v = self._top + np.arange(rows) * self._cell
        shapely.prepare(piece)
        self._inside: NDArray[np.bool_] = shapely.contains_xy(piece, *np.meshgrid(u, v))
        self._free = self._inside.copy()
        self._lines: list[Points] = []
        self._disc = np.zeros((1, 2), dtype=np.int64)
        self.step_mm = max(self._cell * 3, 0.4)
        self.least_mm = 0.0

    def keep_clear(self, distance_mm: float, least_mm: float) -> None:
        """From now on keep lines this far from each other, and draw none shorter than that."""
        reach = max(round(distance_mm / self._cell), 1)
        span = np.arange(-reach, reach + 1)
        rows, columns = np.meshgrid(span, span)
        near = rows**2 + columns**2 <= reach**2
        self._disc = np.stack([rows[near], columns[near]], axis=1)
        self.least_mm = max(6.5 * distance_mm, least_mm)
        self._free = self._inside.copy()
        for line in self._lines:
            self._block(line)

    def is_free(self, u: float, v: float) -> bool:
        """Whether a line may pass here."""
        row = int((v - self._top) / self._cell + 0.5)
        column = int((u - self._left) / self._cell + 0.5)
        rows, columns = self._free.shape
        return 0 <= row < rows and 0 <= column < columns and bool(self._free[row, column])

    def add(self, line: Points) -> None:
        """Keep others away from a line."""
        self._lines.append(line)
        self._block(line)

    def _block(self, line: Points) -> None:
        cells = np.rint((line[:, ::-1] - np.array([self._top, self._left])) / self._cell)
        covered = (cells.astype(np.int64)[:, None, :] + self._disc).reshape(-1, 2)
        shape = np.array(self._free.shape)
        covered = covered[np.all((covered >= 0) & (covered < shape), axis=1)]
        self._free[covered[:, 0], covered[:, 1]] = False


def _seeds(piece: Polygon, gap: float, random: np.random.Generator) -> Iterator[Points]:
    left, top, right, bottom = shapely.bounds(piece)
    u, v = np.meshgrid(np.arange(left, right, gap), np.arange(top, bottom, gap * 1.5))
    places = np.stack([u.ravel(), v.ravel()], axis=1)
    places = places + random.uniform(-0.4, 0.4, places.shape) * gap
    random.shuffle(places)
    yield from places


def _grown(seed: Points, field: FibreField, canvas: _Canvas) -> list[Points]:
    u, v = float(seed[0]), float(seed[1])
    if not canvas.is_free(u, v):
        return []
    back, forth = (_walked(u, v, field, canvas, sign) for sign in (-1.0, 1.0))
    line = np.array([*back[::-1], (u, v), *forth])
    if len(line) * canvas.step_mm < canvas.least_mm:
        return []
    canvas.add(line)
    return [line]


def _walked(
    u: float, v: float, field: FibreField, canvas: _Canvas, sign: float
) -> list[tuple[float, float]]:
    du, dv = field.at(u, v)
    du, dv = du * sign, dv * sign
    walked: list[tuple[float, float]] = []
    for _ in range(int(600 / canvas.step_mm)):
        u, v = u + du * canvas.step_mm, v + dv * canvas.step_mm
        if not canvas.is_free(u, v):
            break
        walked.append((u, v))
        nu, nv = field.at(u, v)
        if nu * du + nv * dv < 0:
            nu, nv = -nu, -nv
        du, dv = 0.5 * (du + nu), 0.5 * (dv + nv)
        length = (du * du + dv * dv) ** 0.5
        if length < 0.5:
            break
        du, dv = du / length, dv / length
    return walked


def _parts(line: Points, coarse: float, random: np.random.Generator) -> Iterator[Points]:
    """Lift the pen now and then, at no regular places."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    start = random.uniform(0, 0.6) * coarse
    while start < along[-1] - 2.0 * coarse:
        end = min(start + random.uniform(12, 30) * max(coarse, 3.5), along[-1])
        if along[-1] - end < 2.5 * coarse:
            end = along[-1] - random.uniform(0, 0.4) * coarse
        chosen = (along >= start) & (along <= end)
        if chosen.sum() >= 3 and end - start > 1.6 * coarse:
            yield line[chosen]
        start = end + random.uniform(0.3, 1.0) * coarse
