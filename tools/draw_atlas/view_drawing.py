"""Draws one view: reads what was measured and fills every layer of its file."""

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.coverage import Face, Limits
from tools.draw_atlas.hazard_layer import hazard_paths
from tools.draw_atlas.level_layer import level_paths
from tools.draw_atlas.measured import Structures, multi_polygon, read_view
from tools.draw_atlas.partition import drawn_partition
from tools.draw_atlas.skeleton_layer import skeleton_paths
from tools.draw_atlas.surface_layer import (
    drawn_regions,
    measured_regions,
    region_paths,
    skin_paths,
)
from tools.draw_atlas.svg_document import Drawing
from tools.draw_atlas.symmetry import symmetry_of

LEVEL_NAMES = {1: "superficial", 2: "intermediate", 3: "deep"}
MARGIN_MM = 12.0
_BODY_MANNER = Manner()
_FEET_MANNER = Manner(sigma_mm=1.0, error_mm=0.15, reach_mm=2.0)
_BODY_LIMITS = Limits()
_FEET_LIMITS = Limits(speck_mm2=2.0, gap_mm2=2.0)


def draw_view(measured: Path, view: str) -> Drawing:
    """Draw a view other than lateral-right, which is the mirror image of lateral-left."""
    source = read_view(measured, view)
    symmetry = symmetry_of(view)
    is_foot = view in {"soles", "feet-dorsal"}
    manner = _FEET_MANNER if is_foot else _BODY_MANNER
    limits = _FEET_LIMITS if is_foot else _BODY_LIMITS
    drawing = Drawing(view, frame_of(source.body))
    regions = drawn_regions(measured_regions(measured, view), symmetry)
    drawing.layers["skin"] = skin_paths(regions)
    drawing.layers["surface-regions"] = region_paths(regions, {})
    drawing.layers["skeleton"] = skeleton_paths(source, symmetry, manner, limits)
    drawing.layers["hazards"] = hazard_paths(source, symmetry)
    for level, name in LEVEL_NAMES.items():
        structures = source.levels[level]
        partition = drawn_partition(visible_shapes(structures), symmetry, manner, limits)
        kinds = {s["id"]: s["kind"] for s in structures}
        drawing.layers[f"muscles-{name}"] = level_paths(partition, name, kinds, source.names)
    return drawing


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
