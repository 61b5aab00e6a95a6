"""Roundness of the skin: where a body blown up from its outline turns away from the light.

The outline is inflated like a soap film under pressure (Poisson's equation with the outline at
rest), which makes limbs round and the trunk broad; the height's square root gives a cylinder for a
strip. Lines that part limb from trunk count as outline. After Johnston, "Lumo" (2002), in kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import spsolve
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.contours import Stroke
from tools.draw_atlas.hands_feet import as_multipolygon, parts_of
from tools.draw_atlas.spline import sampled

Grid = NDArray[np.float64]
_Filled = tuple[list[Grid | None], list[NDArray[np.uint32] | None]]
_LIGHT = (0.0, -0.1, 0.995)
_LIGHT_FROM_THE_FACE = {"lateral-left": (-0.22, -0.1, 0.97), "lateral-right": (0.22, -0.1, 0.97)}
_INSET_MM = 0.3
_SOFTEN_CELLS = 1.5
_WALL_CELLS = 0.9
_WALL_MM = 1.0
_SCRAP_MM2 = 12.0


@dataclass(frozen=True)
class SkinTone:
    """A shape of shade on the skin with the classes it is drawn with."""

    classes: str
    shape: BaseGeometry


@dataclass(frozen=True)
class _Step:
    classes: str
    darker_than: float


_STEPS = (_Step("tone tone-1", 0.6), _Step("tone tone-1", 0.44), _Step("tone tone-1", 0.3))


_PARTINGS = {
    "anterior": ("axillary-fold", "ear-root", "jaw-line"),
    "posterior": ("axillary-fold", "ear-root"),
    "soles": ("cleft-1", "cleft-2", "cleft-3", "cleft-4"),
    "feet-dorsal": ("cleft-1", "cleft-2", "cleft-3", "cleft-4"),
}
_CELL_MM = {"soles": 0.8, "feet-dorsal": 0.8}
_USUAL_CELL_MM = 1.5


def skin_tones(view: str, body: BaseGeometry, strokes: Sequence[Stroke]) -> list[SkinTone]:
    """Find the shaded rims of the figure, lightest first; each lies within the one before.

    Args:
        view: One of the six views.
        body: The skin's outline, in millimetres.
        strokes: The figure's strokes; those that part a limb from the trunk cast shade too.
    """
    partings = [s for s in strokes if s.id in _PARTINGS.get(view, ()) and "skin" in s.where]
    is_mirrored = not view.startswith("lateral")
    half = body.intersection(shapely.box(0, -1e4, 1e4, 1e4)) if is_mirrored else body
    field = _Field(half, partings, _CELL_MM.get(view, _USUAL_CELL_MM), is_mirrored=is_mirrored)
    shade = field.brightness(_LIGHT_FROM_THE_FACE.get(view, _LIGHT))
    inner = body.buffer(-_INSET_MM).intersection(half)
    tones = []
    for step in _STEPS:
        dark = inner.difference(_brighter_than(field, shade, step.darker_than))
        whole = _both_sides(dark) if is_mirrored else dark
        tones.append(SkinTone(step.classes, _without_scraps(whole)))
    return tones


def _both_sides(shape: BaseGeometry) -> BaseGeometry:
    return as_multipolygon(shapely.union(shape, scale(shape, xfact=-1, origin=(0, 0))))


def _without_scraps(shape: BaseGeometry) -> BaseGeometry:
    opened = shape.buffer(-0.25).buffer(0.25)
    return shapely.MultiPolygon([part for part in parts_of(opened) if part.area > _SCRAP_MM2])


class _Field:
    """A grid over the body with its inflated height."""

    def __init__(
        self,
        half: BaseGeometry,
        partings: Sequence[Stroke],
        cell_mm: float,
        *,
        is_mirrored: bool,
    ) -> None:
        left, top, right, bottom = half.bounds
        start = cell_mm / 2 if is_mirrored else left - 2 * cell_mm
        self.u = np.arange(start, right + 2 * cell_mm, cell_mm)
        self.v = np.arange(top - 2 * cell_mm, bottom + 2 * cell_mm, cell_mm)
        self._cell_mm = cell_mm
        self._is_mirrored = is_mirrored
        grid_u, grid_v = np.meshgrid(self.u, self.v)
        self.inside = shapely.contains_xy(half, grid_u, grid_v)
        lines = [shapely.LineString(sampled(stroke.cubics())) for stroke in partings]
        self.walls = shapely.MultiLineString(lines).buffer(_WALL_CELLS * cell_mm)
        self.inside &= ~shapely.contains_xy(self.walls, grid_u, grid_v)

    def brightness(self, light: tuple[float, float, float]) -> Grid:
        """Say how squarely each cell faces the light, 0 to 1; nought outside."""
        height = self._height()
        if self._is_mirrored:
            height = np.hstack([height[:, ::-1], height])
        height = gaussian_filter(height, _SOFTEN_CELLS)
        down, across = np.gradient(height, self._cell_mm)
        normal = np.stack([-across, -down, np.ones_like(height)])
        facing = np.tensordot(light, normal / np.linalg.norm(normal, axis=0), axes=1)
        shown = facing[:, facing.shape[1] - len(self.u) :]
        return np.asarray(np.where(self.inside, np.clip(shown, 0, 1), 0.0))

    def _height(self) -> Grid:
        height = np.zeros(self.inside.shape)
        pressure = np.full(int(self.inside.sum()), 4.0 * self._cell_mm**2)
        height[self.inside] = np.sqrt(np.maximum(spsolve(self._laplacian(), pressure), 0.0))
        return height

    def _laplacian(self) -> csr_matrix:
        """Build minus the five-point Laplacian; beyond a midline lies the cell's own image."""
        number = np.full(self.inside.shape, -1)
        number[self.inside] = np.arange(int(self.inside.sum()))
        rows, columns = [], []
        for here, there in (
            (number[:, :-1], number[:, 1:]),
            (number[:-1, :], number[1:, :]),
        ):
            both = (here >= 0) & (there >= 0)
            rows += [here[both], there[both]]
            columns += [there[both], here[both]]
        count = int(self.inside.sum())
        own = np.full(count, 4.0)
        if self._is_mirrored:
            beside = number[:, 0][number[:, 0] >= 0]
            own[beside] -= 1.0
        row = np.concatenate([*rows, np.arange(count)])
        column = np.concatenate([*columns, np.arange(count)])
        values = np.concatenate([np.full(len(row) - count, -1.0), own])
        return coo_matrix((values, (row, column)), shape=(count, count)).tocsr()


def _brighter_than(field: _Field, shade: Grid, level: float) -> BaseGeometry:
    u, seen = field.u, shade
    if u[0] > 0:
        u, seen = np.concatenate([-u[:1], u]), np.hstack([shade[:, :1], shade])
    generator = contour_generator(u, field.v, seen, fill_type=FillType.OuterOffset)
    points, offsets = cast("_Filled", generator.filled(level, 2.0))
    shapes = [
        shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
        for p, o in zip(points, offsets, strict=True)
        if p is not None and o is not None
        for rings in [[p[a:b] for a, b in pairwise(o)]]
    ]
    return shapely.union_all(shapes).difference(field.walls.buffer(_WALL_MM))
