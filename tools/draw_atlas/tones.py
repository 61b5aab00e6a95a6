"""Form by tone: shapes of shade and light on each structure, read from the shaded pictures."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.bezier import Cubics, Points
from tools.draw_atlas.coverage import Face
from tools.draw_atlas.relief import Material, Relief, ShadeField, shade_field
from tools.draw_atlas.shape_fitting import fitted_outline

_INSET_MM = 0.15
_OWN_SHARE = 0.35
_FLESH_CEILING = 1.42
_LEAST_SHARE = 0.004
_LEAST_HOLE = 1.8


@dataclass(frozen=True)
class ToneStep:
    """One step of shade or light.

    Attributes:
        classes: The classes of its shapes.
        low: Relative brightness from which the step reaches.
        high: Relative brightness up to which it reaches.
    """

    classes: str
    low: float
    high: float


RICH_STEPS = (
    ToneStep("tone tone-1", 0.0, 0.94),
    ToneStep("tone tone-1", 0.0, 0.82),
    ToneStep("tone tone-1", 0.0, 0.70),
    ToneStep("tone tone-2", 0.0, 0.57),
    ToneStep("tone tone-2", 0.0, 0.44),
    ToneStep("light", 1.10, 9.0),
    ToneStep("light", 1.20, 9.0),
)
SPARE_STEPS = (
    ToneStep("tone tone-1", 0.0, 0.90),
    ToneStep("tone tone-1", 0.0, 0.75),
    ToneStep("tone tone-2", 0.0, 0.56),
    ToneStep("light", 1.13, 9.0),
)


@dataclass(frozen=True)
class Toning:
    """How tones are drawn.

    Attributes:
        manner: How their outlines are smoothed and fitted.
        least_mm2: Shapes smaller than this are left out.
        steps: The steps of shade and light.
    """

    manner: Manner
    least_mm2: float
    steps: tuple[ToneStep, ...] = RICH_STEPS


def face_tones(
    relief: Relief, shape: BaseGeometry, material: Material, toning: Toning, *, mirrored: bool
) -> list[tuple[str, list[Cubics]]]:
    """Find the shapes of shade and light on one face, light steps after dark ones.

    Args:
        relief: The shaded picture.
        shape: The face, flattened.
        material: How bright it usually is.
        toning: How to draw the shapes.
        mirrored: Whether the view is symmetric.
    """
    if shape.area < 3 * toning.least_mm2:
        return []
    field = _own_share_taken(shade_field(relief, shape, material, mirrored=mirrored), shape)
    least_mm2 = max(toning.least_mm2, _LEAST_SHARE * shape.area)
    return tone_outlines(field, shape, toning.steps, replace(toning, least_mm2=least_mm2))


def tone_outlines(
    field: ShadeField, shape: BaseGeometry, steps: tuple[ToneStep, ...], toning: Toning
) -> list[tuple[str, list[Cubics]]]:
    """Trace the steps of a shade field within a shape; each is named by its classes and number."""
    inner = shapely.buffer(shape, -_INSET_MM)
    drawn: list[tuple[str, list[Cubics]]] = []
    for number, step in enumerate(steps):
        found = _without_scraps(shapely.intersection(_level_set(field, step), inner), toning)
        outline = fitted_outline(found, toning.manner, _LEAST_HOLE * toning.least_mm2)
        if outline:
            drawn.append((f"{step.classes}|{number}", outline))
    return drawn


def _own_share_taken(field: ShadeField, shape: BaseGeometry) -> ShadeField:
    """Move a face that is dark or bright as a whole some way towards the usual."""
    grid_u, grid_v = np.meshgrid(field.u, field.v)
    inside = shapely.contains_xy(shape, grid_u, grid_v)
    own = float(np.median(field.shade[inside])) if inside.any() else 1.0
    return ShadeField(field.u, field.v, field.shade / max(own, 0.2) ** _OWN_SHARE)


def _level_set(field: ShadeField, step: ToneStep) -> BaseGeometry:
    generator = contour_generator(field.u, field.v, field.shade, fill_type=FillType.OuterOffset)
    filled: Any = generator.filled(step.low, step.high)
    shapes = [
        shapely.make_valid(_polygon(points, offsets))
        for points, offsets in zip(filled[0], filled[1], strict=True)
    ]
    return shapely.make_valid(shapely.union_all(shapes))


def _polygon(points: Points, offsets: Sequence[int]) -> shapely.Polygon:
    rings = [points[a:b] for a, b in itertools.pairwise(offsets)]
    return shapely.Polygon(rings[0], rings[1:])


def _without_scraps(shape: BaseGeometry, toning: Toning) -> BaseGeometry:
    """Open the shape a little, so that it has no hairs, and drop small islands."""
    width = 0.12 * np.sqrt(toning.least_mm2)
    opened = shapely.buffer(shapely.buffer(shape, -width), width)
    return shapely.MultiPolygon(
        [
            part
            for part in shapely.get_parts(opened)
            if isinstance(part, shapely.Polygon) and part.area >= _LEAST_HOLE * toning.least_mm2
        ]
    )


def materials(
    relief: Relief, shapes: Mapping[Face, BaseGeometry], kinds: Mapping[str, str]
) -> dict[str, Material]:
    """The brightness at which each kind of structure is drawn plain: the middle one seen."""
    found: dict[str, Material] = {}
    for kind in sorted(set(kinds.values())):
        own = [shape for face, shape in shapes.items() if kinds[face[0]] == kind]
        if own:
            usual = _middle_brightness(relief, shapely.union_all(own))
            ceiling = _FLESH_CEILING * usual if kind == "muscle" else np.inf
            found[kind] = Material(usual, ceiling)
    return found


def _middle_brightness(relief: Relief, whole: BaseGeometry) -> float:
    left, top, right, bottom = shapely.bounds(whole)
    u, v = np.meshgrid(np.arange(left, right, 4.0), np.arange(top, bottom, 4.0))
    inside = shapely.contains_xy(whole, u, v)
    if not inside.any():
        return 150.0
    return float(np.median(relief.at(u[inside], v[inside])))
