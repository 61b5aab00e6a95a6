"""No view is without its hazards, and each is named on the side where it is drawn."""

import pytest

from bodymap.atlas.columns import REACH_MM
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
