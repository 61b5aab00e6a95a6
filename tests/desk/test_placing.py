"""What is kept of a place that was touched."""

import math

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.desk.placing import hit_at, place_of


@pytest.mark.parametrize("u_mm", [0.0, -0.0, -0.001, 0.001])
def test_a_mark_on_the_midline_lies_at_0_without_a_sign(atlas, u_mm):
    place = place_of(hit_at(atlas, ViewId.POSTERIOR, u_mm, 400.0))
    assert math.copysign(1.0, place.u_mm) == 1.0
    assert place.u_mm == 0.0
