from pathlib import Path

import pytest
from shapely import LineString, Polygon

from tools.draw_atlas.contours import Stroke, contour_strokes
from tools.draw_atlas.spline import sampled

NOWHERE = Path("measured-outlines-are-not-needed")
MIRRORED = ("anterior", "posterior", "soles", "feet-dorsal")
VIEWS = (*MIRRORED, "lateral-left", "lateral-right")


def strokes(view: str) -> list[Stroke]:
    return contour_strokes(view, NOWHERE)


@pytest.mark.parametrize("view", MIRRORED)
def test_every_stroke_of_one_side_has_its_mirror_image(view: str) -> None:
    left = [stroke for stroke in strokes(view) if stroke.side == "left"]
    right = [stroke for stroke in strokes(view) if stroke.side == "right"]
    assert left
    assert {s.mirrored() for s in left} == set(right)


@pytest.mark.parametrize("view", MIRRORED)
def test_a_stroke_on_the_midline_is_symmetric(view: str) -> None:
    for stroke in strokes(view):
        if stroke.side == "midline":
            line = LineString(sampled(stroke.cubics()))
            other = LineString([(-u, v) for u, v in line.coords])
            assert line.hausdorff_distance(other) < 0.3, stroke.id


@pytest.mark.parametrize(
    ("view", "sign"), [("anterior", 1), ("posterior", -1), ("soles", 1), ("feet-dorsal", 1)]
)
def test_the_patients_left_lies_where_the_view_shows_it(view: str, sign: int) -> None:
    for stroke in strokes(view):
        if stroke.side == "left":
            middle = sum(u for u, _ in stroke.points) / len(stroke.points)
            assert sign * middle > 0, stroke.id


def test_the_right_side_view_mirrors_the_left_one() -> None:
    left, right = strokes("lateral-left"), strokes("lateral-right")
    assert [s.mirrored() for s in left] == right
    assert {s.side for s in left} == {"left"}
    assert {s.side for s in right} == {"right"}


@pytest.mark.parametrize("view", VIEWS)
def test_strokes_are_graded(view: str) -> None:
    for stroke in strokes(view):
        assert stroke.weight in {1, 2, 3}
        assert 0.2 <= stroke.width_mm <= 1.4
        assert stroke.where
        assert stroke.where <= {"skin", "superficial", "intermediate", "deep"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_filled_stroke_is_a_closed_shape_that_does_not_cross_itself(view: str) -> None:
    for stroke in strokes(view):
        if stroke.filled:
            assert stroke.closed
            assert Polygon(sampled(stroke.cubics(), 0.2)).buffer(0.05).geom_type == "Polygon"
            assert stroke.klass.split()[0] in {"feature", "tone", "light"}


@pytest.mark.parametrize(
    ("view", "wanted"),
    [
        ("anterior", {"brow", "iris", "lid-crease", "ala", "philtrum", "lip-upper", "ear-helix"}),
        ("anterior", {"jaw-line", "sternal-notch", "clavicle", "navel", "patella-outer", "shin"}),
        ("anterior", {"wrist-crease", "palm-distal", "crease-3-2", "nail-1", "toe-5"}),
        ("posterior", {"spine-furrow", "scapula-medial", "sacral-dimple", "gluteal-fold"}),
        ("posterior", {"popliteal-crease", "achilles-inner", "nail-3", "knuckle-2"}),
        ("lateral-left", {"ear-helix", "ear-tragus", "malleolus", "iliac-crest"}),
        ("soles", {"heel", "arch", "ball-inner", "pad-1"}),
        ("feet-dorsal", {"extensor-1", "nail-5", "cleft-4"}),
    ],
)
def test_the_figure_has_what_makes_it_read(view: str, wanted: set[str]) -> None:
    assert wanted <= {stroke.id for stroke in strokes(view)}


def test_the_face_keeps_its_eyes_and_mouth_closed_over_the_muscles() -> None:
    for view in ("anterior", "lateral-left"):
        shown = {s.id for s in strokes(view) if "superficial" in s.where}
        assert {"eye-closed", "eye-slit", "mouth-closed", "mouth-slit"} <= shown
        assert "iris" not in shown
