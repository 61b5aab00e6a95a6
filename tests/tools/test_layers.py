"""Layers: shades that tell neighbours apart, graded lines, hazards on both sides."""

import shapely
from shapely import MultiPolygon, box

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.border_lines import LineGrades, border_lines
from tools.draw_atlas.contours import Stroke
from tools.draw_atlas.coverage import Limits
from tools.draw_atlas.figure_layer import figure_paths
from tools.draw_atlas.hazard_layer import hazard_paths
from tools.draw_atlas.level_layer import level_paths
from tools.draw_atlas.measured import MeasuredView
from tools.draw_atlas.partition import Partition, Symmetry, drawn_partition
from tools.draw_atlas.titles import title

MIRRORED = Symmetry(1)
MUSCLES = {
    "vastus-medialis": "quadriceps-femoris",
    "rectus-femoris": "quadriceps-femoris",
    "gracilis": "gracilis",
}
KINDS = {**dict.fromkeys(MUSCLES, "muscle"), "patella": "bone"}


def a_thigh() -> Partition:
    left = {
        "gracilis": box(5, 0, 20, 90),
        "vastus-medialis": box(20, 0, 40, 90),
        "rectus-femoris": box(40, 0, 60, 90),
        "patella": box(20, 90, 60, 110),
    }
    faces = {(name, "left"): shape for name, shape in left.items()}
    return drawn_partition(faces, MIRRORED, Manner(), Limits())


def a_view(**hazards) -> MeasuredView:
    body = MultiPolygon([box(-100, 0, 100, 200)])
    return MeasuredView("anterior", body, [], {}, **hazards)


def a_course(side: str) -> dict:
    sign = 1 if side == "left" else -1
    return {
        "id": "ulnar-nerve",
        "name_en": "Ulnar nerve",
        "kind": "nerve",
        "side": side,
        "buffer_mm": 8,
        "depth_mm_approx": {"min": 4.0, "p50": 9.5},
        "polyline": [[sign * 50, 10], [sign * 55, 60], [sign * 52, 110], [sign * 60, 160]],
    }


def test_muscles_that_touch_have_different_shades_the_same_on_both_sides():
    paths = level_paths(a_thigh(), "superficial", KINDS, {"gracilis": "Gracilis"})
    classes = {path.path_id: path.classes for path in paths}
    shades = [classes[f"superficial-{muscle}-left"] for muscle in MUSCLES]
    assert len({shades[0], shades[1]}) == 2
    assert len({shades[0], shades[2]}) == 2
    for muscle in KINDS:
        assert classes[f"superficial-{muscle}-left"] == classes[f"superficial-{muscle}-right"]
    assert classes["superficial-patella-left"] == "bone"


def test_a_path_carries_its_name_and_side():
    paths = level_paths(a_thigh(), "superficial", KINDS, {"gracilis": "Gracilis"})
    titles = {path.path_id: path.title for path in paths}
    assert titles["superficial-gracilis-right"] == "Gracilis, right"
    assert titles["superficial-rectus-femoris-left"] == "Rectus femoris, left"


def test_a_side_in_a_name_is_not_said_twice():
    assert title("Left lung (lobes joined)", "left") == "Lung (lobes joined), left"
    assert title("Heart", "midline") == "Heart"


def test_lines_part_different_muscles_but_not_the_heads_of_one():
    lines = border_lines(a_thigh(), MUSCLES, LineGrades(silhouette_mm=10, inner_mm=30))
    classes = {line.classes: line.data.count("M") for line in lines}
    assert classes["contour contour-2 filled"] == 2
    assert "contour contour-1 filled" in classes


def test_short_borders_get_no_line():
    assert border_lines(a_thigh(), MUSCLES, LineGrades(silhouette_mm=900, inner_mm=900)) == []


def test_courses_of_the_right_are_the_mirror_image_of_the_left():
    source = a_view(courses=[a_course("left"), a_course("right")])
    left, right = hazard_paths(source, MIRRORED)
    assert (left.path_id, right.path_id) == ("hazard-ulnar-nerve-left", "hazard-ulnar-nerve-right")
    assert left.data.startswith("M50 10")
    assert right.data.startswith("M-50 10")
    assert left.more == {"buffer-mm": "8", "depth-min": "4", "depth-p50": "9.5"}
    assert not left.data.endswith("z")


def test_an_organ_says_its_danger_and_its_depth():
    lung = {
        "id": "lung",
        "name_en": "Left lung (lobes joined)",
        "kind": "organ",
        "side": "left",
        "hazard": "pneumothorax",
        "depth_mm": {"p10": 31.3, "p50": 49.4, "p90": 170.3},
        "silhouette": [[list(map(list, shapely.Point(40, 90).buffer(30).exterior.coords))]],
    }
    (path,) = hazard_paths(a_view(organs=[lung]), MIRRORED)
    assert path.classes.split()[0] == "organ"
    assert path.more["hazard"] == "pneumothorax"
    assert path.more["depth-p90"] == "170.3"
    assert path.data.endswith("z")


def a_stroke(**changes) -> Stroke:
    given = {
        "id": "clavicle",
        "side": "left",
        "points": ((10.0, 20.0), (30.0, 16.0), (60.0, 18.0)),
        "width_mm": 0.8,
        "weight": 2,
        "closed": False,
        "filled": False,
        "klass": "contour contour-2",
        "where": frozenset({"skin"}),
    }
    return Stroke(**(given | changes))


def test_a_drawn_line_becomes_a_tapering_filled_stroke_where_it_belongs():
    (path,) = figure_paths([a_stroke()], "skin")
    assert path.classes == "contour contour-2 filled"
    assert path.data.endswith("z")
    assert figure_paths([a_stroke()], "deep") == []


def test_features_lie_below_the_lines():
    lips = a_stroke(id="lips", closed=True, filled=True, klass="feature lips")
    classes = [path.classes for path in figure_paths([a_stroke(), lips], "skin")]
    assert classes == ["feature lips", "contour contour-2 filled"]
