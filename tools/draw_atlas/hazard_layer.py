"""The hazards layer: outlines of organs, courses of nerves and vessels."""

from typing import Any

import numpy as np

from tools.draw_atlas.arc_fitting import Manner, fitted_line
from tools.draw_atlas.bezier import Cubics
from tools.draw_atlas.measured import MeasuredView, multi_polygon
from tools.draw_atlas.partition import Symmetry
from tools.draw_atlas.path_data import closed_paths, open_paths
from tools.draw_atlas.shape_fitting import fitted_outline
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.titles import title

_ORGAN_MANNER = Manner(sigma_mm=3.0, error_mm=0.3, corner_deg=80, reach_mm=5.0)
_COURSE_MANNER = Manner(sigma_mm=6.0, error_mm=0.3, corner_deg=170)


def hazard_paths(source: MeasuredView, symmetry: Symmetry) -> list[DrawnPath]:
    """Draw organs as they lie, and courses of the left with their mirror images."""
    organs = [_organ(organ) for organ in source.organs]
    return organs + [path for course in source.courses for path in _course(course, symmetry)]


def _organ(organ: dict[str, Any]) -> DrawnPath:
    outline = fitted_outline(multi_polygon(organ["silhouette"]), _ORGAN_MANNER)
    depth = {f"depth-{name}": f"{value:g}" for name, value in organ["depth_mm"].items()}
    more = {"hazard": organ["hazard"]} if organ.get("hazard") else {}
    return _path(organ, f"organ organ-{organ['id']}", closed_paths(outline, digits=1), more | depth)


def _course(course: dict[str, Any], symmetry: Symmetry) -> list[DrawnPath]:
    if symmetry.is_mirrored and course["side"] == "right":
        return []
    curve = fitted_line(np.array(course["polyline"], dtype=np.float64), _COURSE_MANNER)
    drawn = [_course_path(course, course["side"], curve)]
    if symmetry.is_mirrored and course["side"] == "left":
        drawn.append(_course_path(course, "right", curve * np.array([-1.0, 1.0])))
    return drawn


def _course_path(course: dict[str, Any], side: str, curve: Cubics) -> DrawnPath:
    depth = course["depth_mm_approx"]
    more = {
        "buffer-mm": f"{course['buffer_mm']:g}",
        "depth-min": f"{depth['min']:g}",
        "depth-p50": f"{depth['p50']:g}",
    }
    return _path({**course, "side": side}, course["kind"], open_paths([curve], digits=1), more)


def _path(hazard: dict[str, Any], kind: str, data: str, more: dict[str, str]) -> DrawnPath:
    side = hazard["side"]
    return DrawnPath(
        data=data,
        classes=kind,
        path_id=f"hazard-{hazard['id']}-{side}",
        structure=hazard["id"],
        side=side,
        title=title(hazard["name_en"], side),
        more=more,
    )
