"""The printed body shows what the drawing shows, only lighter to carry."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import box as rectangle

from bodymap.atlas import curves
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.reports.body import PrintedBodies, Richness
from bodymap.reports.outlines import Outlines


@pytest.fixture(scope="module")
def bodies(atlas):
    return PrintedBodies(lambda view: atlas.view(view).drawing)


def area(operators):
    """What a path of tenths of a millimetre encloses, even-odd."""
    codes, numbers = [], []
    for token in operators.split():
        if token.isalpha():
            codes.append({"h": "Z"}.get(token, token.upper()))
        else:
            numbers.append(float(token) / 10)
    points = np.array(numbers, np.float32).reshape(-1, 2)
    return curves.areas([curves.outlines("".join(codes).encode(), points, 0.1)])[0]


BOXES = st.tuples(st.floats(-350, 200), st.floats(0, 1500), st.floats(60, 300)).map(
    lambda corner: (corner[0], corner[1], corner[0] + corner[2], corner[1] + corner[2])
)


@settings(max_examples=25, deadline=None)
@given(BOXES)
def test_inside_a_part_nothing_of_the_skin_is_changed(atlas, part):
    (skin,) = atlas.view(ViewId.POSTERIOR).drawing.in_layer(LayerId.SKIN)
    shown = rectangle(*part)
    found = Outlines(skin).inside(part)
    wanted = skin.polygon().buffer(0).intersection(shown)
    got = area(found).buffer(0).intersection(shown) if found else affinity.scale(shown, 0, 0)
    assert got.symmetric_difference(wanted).area < 0.002 * shown.area + 1


def test_a_part_carries_less_than_the_whole(bodies):
    body = bodies.get(ViewId.POSTERIOR, Dissection.SUPERFICIAL)
    part = body.part((50, 250, 250, 450), "Part", Richness.DENSE_FIBRES)
    assert len(part.stream) < len(body.full.stream) / 2


def test_more_richness_draws_more(bodies):
    body = bodies.get(ViewId.POSTERIOR, Dissection.SUPERFICIAL)
    sizes = [len(body.part((50, 250, 250, 450), "Part", level).stream) for level in Richness]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@pytest.mark.parametrize("view", ViewId)
@pytest.mark.parametrize("dissection", Dissection)
def test_every_view_and_dissection_prints(bodies, view, dissection):
    form = bodies.get(view, dissection).whole
    operators = zlib.decompress(form.stream).decode("ascii").split()
    assert operators.count("m") >= 1
    assert operators.count("q") == operators.count("Q")
    assert len(form.stream) < 60_000


def test_the_whole_body_is_made_once(bodies):
    body = bodies.get(ViewId.ANTERIOR, Dissection.SKIN)
    assert bodies.get(ViewId.ANTERIOR, Dissection.SKIN).whole is body.whole


def test_a_region_that_is_drawn_no_longer_is_spelt_out(bodies):
    assert bodies.region_name(ViewId.ANTERIOR, "long-gone-region") == "Long gone region"
