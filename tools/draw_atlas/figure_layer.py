"""The hand-drawn lines and features of the figure, as detail of each dissection."""

import numpy as np

from tools.draw_atlas.contours import Stroke
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.strokes import swelled
from tools.draw_atlas.svg_document import DrawnPath


def figure_paths(strokes: list[Stroke], dissection: str) -> list[DrawnPath]:
    """Write the strokes that are drawn at a dissection, filled features below the lines."""
    shown = [stroke for stroke in strokes if dissection in stroke.where]
    return [_path(stroke) for stroke in sorted(shown, key=lambda stroke: not stroke.filled)]


def _path(stroke: Stroke) -> DrawnPath:
    curve = np.array(stroke.cubics(), dtype=np.float64)
    if stroke.closed:
        return DrawnPath(closed_paths([curve]), stroke.klass, side=stroke.side)
    data = closed_paths([swelled(curve, stroke.width_mm)])
    return DrawnPath(data, f"{stroke.klass} filled", side=stroke.side)
