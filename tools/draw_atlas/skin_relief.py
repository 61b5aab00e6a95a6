"""The muscles as they are felt through the skin: their shaded picture, much smoothed.

The rims of the skin come from elsewhere (`skin_form`); this adds the hollows and swellings within.
"""

from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from shapely import box
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.coverage import Face
from tools.draw_atlas.measured import MeasuredView, multi_polygon
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.relief import Relief, ShadeField, read_relief
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.tones import ToneStep, Toning, materials, tone_outlines

Grid = NDArray[np.float64]
_STEPS = (
    ToneStep("tone tone-1", 0.0, 0.92),
    ToneStep("tone tone-1", 0.0, 0.82),
    ToneStep("light", 1.07, 9.0),
    ToneStep("light", 1.14, 9.0),
)
_TONING = Toning(Manner(sigma_mm=8.0, error_mm=1.0, corner_deg=120), least_mm2=500.0)
_STEP_MM = 2.5
_FELT_MM = 8.0
_AROUND_MM = 40.0
_HEAD_ABOVE_MM = 262.0
_FEET_BELOW_MM = 1590.0
_HANDS_BEYOND_MM = 205.0
_HANDS_BELOW_MM = 775.0
_GROIN_MM = 45.0
_THROAT_MM = 30.0
_THROAT_ENDS_MM = 330.0


def skin_relief_paths(measured: Path, source: MeasuredView, body: BaseGeometry) -> list[DrawnPath]:
    """Draw what shows of the muscles through the skin; nothing on views of the feet alone."""
    if source.view in {"soles", "feet-dorsal"}:
        return []
    relief = read_relief(measured, source.view, 1, source.body)
    field = _felt(relief, source, body)
    tones = tone_outlines(field, body, _STEPS, _TONING)
    return [DrawnPath(closed_paths(c, digits=1), step.split("|")[0]) for step, c in tones]


def _felt(relief: Relief, source: MeasuredView, body: BaseGeometry) -> ShadeField:
    """Brightness of the muscles beneath the skin beside what lies around; 1 where unknown.

    That limbs turn away from the light is left to the rims; only what swells and sinks is felt.
    """
    faces: dict[Face, BaseGeometry] = {
        (s["id"], s["side"]): multi_polygon(s["visible"])
        for s in source.levels[1]
        if s.get("occludes", True)
    }
    kinds = {s["id"]: s["kind"] for s in source.levels[1]}
    made_of = materials(relief, faces, kinds)
    u, v = _grid(body)
    places = np.meshgrid(u, v)
    light = relief.at(*places)
    if not source.view.startswith("lateral"):
        light = (light + relief.at(-places[0], places[1])) / 2
    weight, excess = np.zeros(light.shape), np.zeros(light.shape)
    for face, shape in faces.items():
        inside = shapely.contains_xy(shape, *places)
        excess[inside] = np.clip(light[inside] / made_of[kinds[face[0]]].usual, 0.45, 1.45) - 1
        weight[inside] = 1.0
    weight[shapely.contains_xy(_plain(body), *places)] = 0.0
    near, far = (_spread(excess, weight, mm / _STEP_MM) for mm in (_FELT_MM, _AROUND_MM))
    return ShadeField(u, v, 1 + gaussian_filter((near - far) * weight, _FELT_MM / _STEP_MM / 2))


def _spread(excess: Grid, weight: Grid, sigma: float) -> Grid:
    """Smooth what is known without the unknown pulling it down."""
    known: Grid = gaussian_filter(weight, sigma)
    spread: Grid = gaussian_filter(excess * weight, sigma) / np.maximum(known, 0.05)
    return spread


def _grid(body: BaseGeometry) -> tuple[Grid, Grid]:
    """Columns even about the middle, so that a symmetric body gets a symmetric drawing."""
    left, top, right, bottom = shapely.bounds(body)
    count = int((right - left) / _STEP_MM) + 5
    u = (left + right) / 2 + (np.arange(count) - (count - 1) / 2) * _STEP_MM
    return u, np.arange(top - 2 * _STEP_MM, bottom + 2 * _STEP_MM, _STEP_MM)


def _plain(body: BaseGeometry) -> BaseGeometry:
    """Head, throat, hands and feet, where bones, windpipe and teeth would show through."""
    left, top, right, bottom = shapely.bounds(body)
    return shapely.union_all(
        [
            box(left, top, right, _HEAD_ABOVE_MM),
            box(left, _FEET_BELOW_MM, right, bottom),
            box(left - 1, _HANDS_BELOW_MM, -_HANDS_BEYOND_MM, bottom),
            box(_HANDS_BEYOND_MM, _HANDS_BELOW_MM, right + 1, bottom),
            box(-_THROAT_MM, top, _THROAT_MM, _THROAT_ENDS_MM),
            box(-_GROIN_MM, _HANDS_BELOW_MM, _GROIN_MM, _HANDS_BELOW_MM + 2 * _GROIN_MM),
        ]
    )
