"""Path data is compact, loses nothing beyond its decimals, and mirrors exactly."""

import numpy as np
import pytest

from tools.draw_atlas.bezier import straight
from tools.draw_atlas.mirroring import mirrored_data, mirrored_drawing
from tools.draw_atlas.path_data import closed_paths, open_paths
from tools.draw_atlas.svg_document import Drawing, DrawnPath
from tools.render_svg import painter_path


def a_line(*points: tuple[float, float]) -> np.ndarray:
    return straight(np.array(points, dtype=np.float64))


def ends_of(data: str) -> list[tuple[float, float]]:
    path = painter_path(data)
    elements = [path.elementAt(i) for i in range(path.elementCount())]
    return [(round(e.x, 3), round(e.y, 3)) for e in elements[::3]]


def test_a_path_starts_absolute_and_goes_on_relative_without_needless_blanks():
    data = open_paths([a_line((1.5, -2.0), (4.5, -1.7))])
    assert data == "M1.5-2c1 .1 2 .2 3 .3"


def test_a_second_dot_needs_no_blank():
    assert "c.1.1.2.2.3.3" in open_paths([a_line((0, 0), (0.3, 0.3))])


def test_rounding_errors_do_not_add_up():
    points = [(i / 3, i / 7) for i in range(400)]
    ends = ends_of(open_paths([a_line(*points)], digits=1))
    assert ends[-1] == pytest.approx(points[-1], abs=0.051)


def test_a_closed_path_ends_with_z():
    assert closed_paths([a_line((0, 0), (3, 0), (3, 3), (0, 0))]).endswith("z")


def test_a_stroke_of_no_length_writes_only_its_start():
    assert open_paths([a_line((2, 3), (2, 3))]) == "M2 3"


@pytest.mark.parametrize("digits", [1, 2])
def test_mirrored_data_is_the_data_of_the_mirror_image(digits):
    random = np.random.default_rng(7)
    points = random.uniform(-50, 50, (40, 2))
    data = closed_paths([straight(points)], digits)
    assert mirrored_data(data) == closed_paths([straight(points * [-1, 1])], digits)


def test_mirroring_a_drawing_swaps_ids_sides_and_titles():
    path = DrawnPath("M1 2c1 1 2 2 3 3z", "muscle", "deep-soleus-left", "soleus", "left")
    spine = DrawnPath("M0 2c0 1 0 2 0 3z", "bone", "deep-axis-midline", "axis", "midline")
    drawing = Drawing("lateral-left", (-90, 0, 200, 300), {"muscles-deep": [path, spine]})
    mirrored = mirrored_drawing(drawing, "lateral-right")
    right, still = mirrored.layers["muscles-deep"]
    assert (right.path_id, right.side, right.data) == (
        "deep-soleus-right",
        "right",
        "M-1 2c-1 1-2 2-3 3z",
    )
    assert still.path_id == "deep-axis-midline"
    assert mirrored.frame == (-110, 0, 200, 300)
