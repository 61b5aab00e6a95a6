"""The shaded picture is laid over the body, and the skin shows what swells and sinks beneath it."""

import numpy as np
import pytest
from PIL import Image
from shapely import MultiPolygon, box

from tools.draw_atlas.measured import MeasuredView
from tools.draw_atlas.relief import read_relief
from tools.draw_atlas.skin_relief import skin_relief_paths

BODY = MultiPolygon([box(-150, 300, 150, 700)])
GROUND, FLESH = (250, 247, 242), (170, 90, 80)


def a_picture(folder, name: str, panels: int = 1, *, bump: bool = False) -> None:
    """A body of 300 x 400 mm at half a pixel to the millimetre, ten pixels of ground around it."""
    panel = np.full((220, 170, 3), GROUND, dtype=np.uint8)
    panel[10:211, 10:161] = FLESH
    if bump:
        panel[90:130, 30:60] = (230, 130, 120)
        panel[90:130, 111:141] = (230, 130, 120)
    Image.fromarray(np.hstack([panel] * panels)).save(folder / name)


def a_view() -> MeasuredView:
    rectangle = [[[[-150, 300], [150, 300], [150, 700], [-150, 700]]]]
    muscle = {"id": "latissimus-dorsi", "side": "midline", "kind": "muscle", "visible": rectangle}
    return MeasuredView("posterior", BODY, [muscle], {1: [muscle]})


@pytest.mark.parametrize(("level", "name", "panels"), [(1, "superficial", 1), (3, "deep", 2)])
def test_the_picture_lies_where_the_body_does(tmp_path, level, name, panels):
    a_picture(tmp_path, f"preview-posterior-{name}.png", panels)
    relief = read_relief(tmp_path, "posterior", level, BODY)
    inside = relief.at(np.array([-147.0, 147.0]), np.array([303.0, 697.0]))
    outside = relief.at(np.array([-157.0, 157.0, 0.0]), np.array([500.0, 500.0, 292.0]))
    assert inside.max() < 130
    assert outside.min() > 200
    assert relief.mm == pytest.approx(2.0, abs=0.02)


def test_an_even_back_shows_nothing_through_the_skin(tmp_path):
    a_picture(tmp_path, "preview-posterior-superficial.png")
    assert skin_relief_paths(tmp_path, a_view(), BODY) == []


def test_a_swelling_is_a_light_on_both_sides(tmp_path):
    a_picture(tmp_path, "preview-posterior-superficial.png", bump=True)
    paths = skin_relief_paths(tmp_path, a_view(), BODY)
    lights = [path for path in paths if path.classes == "light"]
    assert lights
    assert lights[0].data.count("M") == 2


def test_views_of_the_feet_have_no_relief_of_their_own(tmp_path):
    view = MeasuredView("soles", BODY, [], {1: []})
    assert skin_relief_paths(tmp_path, view, BODY) == []
