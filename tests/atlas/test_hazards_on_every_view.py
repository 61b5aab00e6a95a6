"""No view is without its hazards, and each is named on the side where it is drawn."""

import numpy as np
import pytest

from bodymap.atlas.columns import REACH_MM, Columns
from bodymap.atlas.hazards import Hazards, HazardSource
from bodymap.atlas.ids import LayerId, ViewId


@pytest.mark.parametrize("view", ViewId)
def test_over_a_hazard_it_is_named_with_its_side(atlas, view: ViewId) -> None:
    drawn = [
        shape
        for shape in atlas.view(view).drawing.in_layer(LayerId.HAZARDS)
        if shape.attributes.get("data-buffer-mm")  # courses: they have no columns to differ from
        and float(shape.attributes["data-depth-p50"]) <= REACH_MM
    ]
    met = 0
    for shape in drawn:
        place = shape.line().interpolate(0.5, normalized=True)
        hit = atlas.hit(view, place.x, place.y)
        if hit is None or hit.snapped:
            continue
        near = {(hazard.id, hazard.side) for hazard in hit.hazards}
        assert (shape.structure, shape.side) in near, shape.id
        met += 1
    assert met >= 2


def test_an_organ_is_named_by_its_outline_where_no_column_is_known(atlas) -> None:
    shapes = atlas.view(ViewId.POSTERIOR).drawing.in_layer(LayerId.HAZARDS)
    nothing = Columns(0, 0, 4.0, 0, 0, (), np.zeros(0, np.uint8), b"", [0], np.zeros((0, 3), "u2"))
    kidney = next(shape for shape in shapes if shape.id == "hazard-kidney-left")
    place = kidney.polygon().representative_point()
    near = {hazard.id: hazard for hazard in Hazards(shapes, nothing).near(place.x, place.y, ())}
    assert near[kidney.structure].source is HazardSource.OUTLINE
