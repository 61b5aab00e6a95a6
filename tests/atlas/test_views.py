"""The words of the views: left and right are always the patient's."""

import pytest

from bodymap.atlas.ids import Side, ViewId
from bodymap.atlas.views import Horizontal, Vertical, mirror, rightwards, side_at, tab_name, upwards


@pytest.mark.parametrize(
    ("view", "right_of_page", "left_of_page"),
    [
        (ViewId.ANTERIOR, Side.LEFT, Side.RIGHT),
        (ViewId.POSTERIOR, Side.RIGHT, Side.LEFT),
        (ViewId.LATERAL_LEFT, Side.LEFT, Side.LEFT),
        (ViewId.LATERAL_RIGHT, Side.RIGHT, Side.RIGHT),
        (ViewId.SOLES, Side.LEFT, Side.RIGHT),
        (ViewId.FEET_DORSAL, Side.LEFT, Side.RIGHT),
    ],
)
def test_which_side_of_the_page_is_which_side_of_the_patient(view, right_of_page, left_of_page):
    assert side_at(view, 50) is right_of_page
    assert side_at(view, -50) is left_of_page


def test_only_views_that_show_both_sides_have_a_midline():
    with_midline = {view for view in ViewId if side_at(view, 0) is Side.MIDLINE}
    assert with_midline == set(ViewId) - {ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT}


@pytest.mark.parametrize("view", ViewId)
@pytest.mark.parametrize("u", [-80.0, 0.0, 12.5])
def test_mirroring_swaps_the_side_and_twice_is_never(view, u):
    other, mirrored_u, v = mirror(view, u, 300.0)
    assert side_at(other, mirrored_u) is side_at(view, u).mirrored
    assert mirror(other, mirrored_u, v) == (view, u, 300.0)


def test_a_view_knows_its_words(atlas):
    view = atlas.view(ViewId.LATERAL_LEFT)
    assert (view.id, view.name) == (ViewId.LATERAL_LEFT, "Left side")
    assert view.rightwards is Horizontal.BACK
    assert view.upwards is Vertical.HEAD
    assert view.frame is view.drawing.frame
    assert view.side_at(-3) is Side.LEFT
    assert view.mirror(-3, 4) == (ViewId.LATERAL_RIGHT, 3, 4)


def test_every_view_has_a_name_of_its_own():
    assert len({tab_name(view) for view in ViewId}) == len(ViewId)
    assert rightwards(ViewId.LATERAL_RIGHT) is Horizontal.FRONT
    assert (upwards(ViewId.SOLES), upwards(ViewId.FEET_DORSAL)) == (Vertical.TOES, Vertical.HEEL)
