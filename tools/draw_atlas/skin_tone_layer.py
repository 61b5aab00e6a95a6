"""The shaded rims of the skin as detail of the skin's picture."""

from collections.abc import Sequence
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.contours import Stroke
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.shape_fitting import fitted_outline
from tools.draw_atlas.skin_form import skin_tones
from tools.draw_atlas.svg_document import DrawnPath


def skin_tone_paths(
    view: str, body: BaseGeometry, strokes: Sequence[Stroke], manner: Manner
) -> list[DrawnPath]:
    """Write the shaded rims of the skin, to be drawn below the figure's lines.

    Shade bears a looser line than a border: its curves may lie half as far off again.
    """
    loose = replace(manner, error_mm=1.5 * manner.error_mm, corner_deg=80.0)
    return [
        DrawnPath(closed_paths(fitted_outline(tone.shape, loose), digits=1), tone.classes)
        for tone in skin_tones(view, body, strokes)
    ]
