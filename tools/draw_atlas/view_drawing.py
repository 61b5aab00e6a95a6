"""Draws one view: reads what was measured and fills every layer of its file."""

from dataclasses import replace
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.border_lines import LineGrades, border_lines
from tools.draw_atlas.contours import contour_strokes
from tools.draw_atlas.coverage import Face, Limits
from tools.draw_atlas.fibres import Spacing
from tools.draw_atlas.figure_layer import figure_paths
from tools.draw_atlas.hazard_layer import hazard_paths
from tools.draw_atlas.level_detail import Pen, level_details, level_of
from tools.draw_atlas.level_layer import level_paths
from tools.draw_atlas.measured import MeasuredView, Structures, multi_polygon, read_view
from tools.draw_atlas.mend import mended_body, mended_partition
from tools.draw_atlas.partition import drawn_partition
from tools.draw_atlas.regions.zones import zone_names
from tools.draw_atlas.skeleton_layer import skeleton_paths
from tools.draw_atlas.skin_relief import skin_relief_paths
from tools.draw_atlas.skin_tone_layer import skin_tone_paths
from tools.draw_atlas.surface_layer import drawn_regions, region_paths, skin_paths
from tools.draw_atlas.surface_regions import surface_regions
from tools.draw_atlas.svg_document import Drawing, DrawnPath
from tools.draw_atlas.symmetry import symmetry_of
from tools.draw_atlas.tones import SPARE_STEPS, Toning

LEVEL_NAMES = {1: "superficial", 2: "intermediate", 3: "deep"}
MARGIN_MM = 12.0
_FEET_VIEWS = {"soles", "feet-dorsal"}
_BODY_MANNER = Manner(sigma_mm=2.6, error_mm=0.4)
_FEET_MANNER = Manner(sigma_mm=1.0, error_mm=0.15, reach_mm=2.0)
_BODY_LIMITS = Limits()
_FEET_LIMITS = Limits(speck_mm2=2.0, face_mm2=3.0, gap_mm2=2.0)
_BODY_TONE = Manner(sigma_mm=4.0, error_mm=0.9, corner_deg=80)
_FEET_TONE = Manner(sigma_mm=0.8, error_mm=0.15, corner_deg=80)
_RICH, _SPARE = (
    Toning(_BODY_TONE, least_mm2=50.0),
    Toning(_BODY_TONE, least_mm2=60.0, steps=SPARE_STEPS),
)
_FRONT_PEN = Pen(
    toning={1: _RICH, 2: _SPARE, 3: _SPARE},
    spacing={
        1: Spacing(10.8, 4.6),
        2: Spacing(12.5, 6.0, grades=2),
        3: Spacing(12.5, 6.0, grades=2),
    },
    pale=Spacing(7.5, 2.5, 0.6, grades=1),
    veil=Spacing(13.0, 2.4, 0.6, grades=1),
    least_fibred_mm2=80.0,
)
_BACK_PEN = replace(
    _FRONT_PEN,
    toning={1: _RICH, 2: _RICH, 3: _SPARE},
    spacing={1: Spacing(9.5, 3.8), 2: Spacing(10.5, 4.6), 3: Spacing(12.0, 5.2)},
)
_SIDE_PEN = replace(
    _FRONT_PEN,
    toning=dict.fromkeys(LEVEL_NAMES, _RICH),
    spacing={1: Spacing(8.5, 3.2), 2: Spacing(9.0, 3.6), 3: Spacing(9.5, 4.0)},
)
_BODY_GRADES = LineGrades(silhouette_mm=20.0, inner_mm=55.0)
_FEET_GRADES = LineGrades(5.0, 14.0, heavy_mm=0.55, light_mm=0.45, error_mm=0.1)
_FEET_PEN = Pen(
    toning=dict.fromkeys(LEVEL_NAMES, Toning(_FEET_TONE, least_mm2=3.0)),
    spacing=dict.fromkeys(LEVEL_NAMES, Spacing(2.6, 1.2, 0.6)),
    pale=Spacing(1.6, 0.9, 0.5, grades=1),
    veil=Spacing(3.0, 1.6, 0.5, grades=1),
    least_fibred_mm2=12.0,
)


_PENS = {
    "anterior": _FRONT_PEN,
    "posterior": _BACK_PEN,
    "lateral-left": _SIDE_PEN,
    "soles": _FEET_PEN,
    "feet-dorsal": _FEET_PEN,
}
"""The front has the most structures, so it can afford the fewest lines."""


def draw_view(measured: Path, view: str) -> Drawing:
    """Draw a view other than lateral-right, which is the mirror image of lateral-left."""
    source = read_view(measured, view)
    symmetry = symmetry_of(view)
    body = mended_body(view, measured)
    drawing = Drawing(view, frame_of(body))
    regions = drawn_regions(surface_regions(view, body, measured), symmetry)
    drawing.layers["skin"] = skin_paths(regions)
    drawing.layers["surface-regions"] = region_paths(regions, zone_names())
    drawing.layers["hazards"] = hazard_paths(source, symmetry)
    drawing.layers["skeleton"] = skeleton_paths(source, symmetry, _manner(view), _limits(view))
    strokes = contour_strokes(view, measured)
    rims = skin_tone_paths(view, body, strokes, _manner(view))
    felt = skin_relief_paths(measured, source, body)
    drawing.details["detail-skin"] = [
        _softened(path) for path in [*rims, *felt, *figure_paths(strokes, "skin")]
    ]
    for level, name in LEVEL_NAMES.items():
        _draw_level(drawing, measured, source, level)
        drawing.details[f"detail-{name}"] += figure_paths(strokes, name)
    return drawing


def _draw_level(drawing: Drawing, measured: Path, source: MeasuredView, level: int) -> None:
    view, name = source.view, LEVEL_NAMES[level]
    symmetry = symmetry_of(view)
    structures = mended_partition(view, level, source.levels[level])
    partition = drawn_partition(visible_shapes(structures), symmetry, _manner(view), _limits(view))
    kinds = {s["id"]: s["kind"] for s in structures}
    drawing.layers[f"muscles-{name}"] = level_paths(partition, name, kinds, source.names)
    pen = _PENS[view]
    detailed = level_of(measured, source, level, partition, structures)
    drawing.details[f"detail-{name}"] = [
        *level_details(detailed, pen),
        *border_lines(partition, _muscles(source), _grades(view)),
    ]


def _softened(path: DrawnPath) -> DrawnPath:
    """Mark a tone on the skin, which is fainter than one on muscle."""
    return replace(path, classes=path.classes.replace("tone tone-", "tone tone-skin tone-", 1))


def _muscles(source: MeasuredView) -> dict[str, str]:
    """Each muscle's id with the muscle it is a head of, or itself."""
    return {s["id"]: s.get("parent") or s["id"] for s in source.structures if s["kind"] == "muscle"}


def visible_shapes(structures: Structures) -> dict[Face, BaseGeometry]:
    """Take the seen part of each structure that hides what lies under it."""
    return {
        (s["id"], s["side"]): multi_polygon(s["visible"])
        for s in structures
        if s["visible"] and s.get("occludes", True)
    }


def frame_of(body: BaseGeometry) -> tuple[float, float, float, float]:
    """Frame the body with an even margin on whole millimetres: left, top, width, height."""
    left, top, right, bottom = shapely.bounds(body)
    half = max(-left, right) // 1 + MARGIN_MM
    top, bottom = top // 1 - MARGIN_MM, bottom // 1 + 1 + MARGIN_MM
    return -half, top, 2 * half, bottom - top


def _manner(view: str) -> Manner:
    return _FEET_MANNER if view in _FEET_VIEWS else _BODY_MANNER


def _grades(view: str) -> LineGrades:
    return _FEET_GRADES if view in _FEET_VIEWS else _BODY_GRADES


def _limits(view: str) -> Limits:
    return _FEET_LIMITS if view in _FEET_VIEWS else _BODY_LIMITS
