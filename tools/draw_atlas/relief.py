"""The shaded pictures of the model: how light falls on each structure of a dissection.

The pictures lie beside the measured outlines as `preview-<view>-superficial.png` (level 1) and
`preview-<view>-deep.png` (levels 2 and 3 side by side), the body on a plain ground.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates
from shapely.geometry.base import BaseGeometry

Grid = NDArray[np.float64]
_GROUND_DIFFERENCE = 12


@dataclass(frozen=True)
class Relief:
    """Brightness over a view.

    Attributes:
        brightness: Rows of pixels, 0 to 255.
        left: u of the first pixel's centre.
        top: v of the first pixel's centre.
        mm: Size of a pixel.
    """

    brightness: Grid
    left: float
    top: float
    mm: float

    def at(self, u: Grid, v: Grid) -> Grid:
        """Read the brightness at some places."""
        rows, columns = (v - self.top) / self.mm, (u - self.left) / self.mm
        found: Grid = map_coordinates(self.brightness, [rows, columns], order=1, mode="nearest")
        return found


def read_relief(measured: Path, view: str, level: int, body: BaseGeometry) -> Relief:
    """Read the shaded picture of one level and lay it over the body's outline."""
    name = "superficial" if level == 1 else "deep"
    with Image.open(measured / f"preview-{view}-{name}.png") as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.float64)
    if level > 1:
        middle = pixels.shape[1] // 2
        pixels = pixels[:, :middle] if level == 2 else pixels[:, middle:]
    return _laid_over(pixels, body)


def _laid_over(pixels: Grid, body: BaseGeometry) -> Relief:
    figure = np.abs(pixels - pixels[0, 0]).max(axis=2) > _GROUND_DIFFERENCE
    rows, columns = np.flatnonzero(figure.any(axis=1)), np.flatnonzero(figure.any(axis=0))
    left, top, right, bottom = shapely.bounds(body)
    mm = (bottom - top) / (rows[-1] - rows[0])
    middle = (columns[0] + columns[-1]) / 2
    brightness = pixels @ np.array([0.3, 0.59, 0.11])
    return Relief(brightness, (left + right) / 2 - middle * mm, top - rows[0] * mm, mm)


@dataclass(frozen=True)
class Material:
    """How bright one kind of structure is in a picture.

    Attributes:
        usual: The brightness at which it is drawn plain.
        ceiling: Brighter places are something else that shows (bone through flesh) and pass
            unheeded.
    """

    usual: float
    ceiling: float = np.inf


@dataclass(frozen=True)
class ShadeField:
    """Smoothed brightness over one face on an even grid.

    Attributes:
        u: Columns' places.
        v: Rows' places.
        shade: Brightness relative to the usual one of the material; 1 is usual.
    """

    u: NDArray[np.float64]
    v: NDArray[np.float64]
    shade: Grid


def shade_field(
    relief: Relief, face: BaseGeometry, material: Material, *, mirrored: bool
) -> ShadeField:
    """Smooth the light on one face without letting its neighbours bleed into it.

    Args:
        relief: The picture.
        face: Where to look.
        material: What the face is made of; its usual brightness counts as 1.
        mirrored: Whether the mirror image is averaged in, since drawings are symmetric.
    """
    step = 1.0 if face.area > 400 else 0.5
    left, top, right, bottom = shapely.bounds(face)
    columns = int((right - left + 4) / step) + 2
    u = (left + right) / 2 + (np.arange(columns) - (columns - 1) / 2) * step
    v = np.arange(top - 2, bottom + 2 + step, step)
    grid_u, grid_v = np.meshgrid(u, v)
    light = relief.at(grid_u, grid_v)
    if mirrored:
        light = (light + relief.at(-grid_u, grid_v)) / 2
    inner = shapely.buffer(face, -min(1.0, 0.1 * np.sqrt(face.area)))
    seen = shapely.contains_xy(inner, grid_u, grid_v) & (light < material.ceiling)
    mask = seen.astype(np.float64)
    sigma = float(np.clip(0.06 * np.sqrt(face.area), 0.8, 11.0)) / step
    weight = gaussian_filter(mask, sigma)
    smooth = gaussian_filter(light * mask, sigma) / np.maximum(weight, 1e-6)
    return ShadeField(u, v, np.where(weight > 1e-4, smooth / material.usual, 1.0))
