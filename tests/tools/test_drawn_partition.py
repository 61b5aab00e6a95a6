"""A partition is drawn with one curve for each border, whole, and the same on both sides."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.bezier import flatten
from tools.draw_atlas.coverage import Limits, exact_partition
from tools.draw_atlas.partition import Symmetry, crossing_arcs, drawn_partition
from tools.draw_atlas.topology import arcs_of, with_mirror_image

ONE_SIDED, MIRRORED, LEFT_AT_THE_LEFT = Symmetry(0), Symmetry(1), Symmetry(-1)
PLAIN = Limits(speck_mm2=1.0, face_mm2=1.0, gap_mm2=5.0)


def a_wavy_border(rows: int = 60) -> np.ndarray:
    v = np.linspace(0, 60, rows)
    return np.stack([30 + 4 * np.sin(v / 5), v], axis=1)


def three_neighbours() -> dict[tuple[str, str], Polygon]:
    """Two fields side by side with a wavy border, and a third below both."""
    wave = a_wavy_border()
    left = Polygon([(2, 0), *map(tuple, wave), (2, 60)])
    right = Polygon([(60, 0), *map(tuple, wave), (60, 60)])
    below = Polygon([(2, 60), tuple(wave[-1]), (60, 60), (60, 80), (2, 80)])
    return {("a", "left"): left, ("b", "left"): right, ("c", "left"): below}


def a_torso() -> dict[tuple[str, str], Polygon]:
    """A midline strip between two sides, the right one the mirror image."""
    side = Polygon([(5, 0), (40, 10), (35, 70), (6, 80)])
    mirror = Polygon([(-u, v) for u, v in side.exterior.coords])
    strip = Polygon([(-5, 0), (5, 0), (6, 80), (-6, 80)])
    return {("side", "left"): side, ("side", "right"): mirror, ("strip", "midline"): strip}


def test_neighbours_share_the_very_same_curve():
    drawn = drawn_partition(three_neighbours(), ONE_SIDED, Manner(), PLAIN)
    a = {segment.tobytes() for ring in drawn.outline(("a", "left")) for segment in ring}
    b = {segment[::-1].tobytes() for ring in drawn.outline(("b", "left")) for segment in ring}
    assert a & b


def test_neighbours_neither_gap_nor_overlap():
    drawn = drawn_partition(three_neighbours(), ONE_SIDED, Manner(), PLAIN)
    shapes = [drawn.shape(face) for face in drawn.faces]
    whole = shapely.union_all(shapes, grid_size=1e-6)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, abs=1e-3)
    assert len(shapely.get_parts(whole)) == 1
    assert not list(shapely.get_parts(whole)[0].interiors)


def test_drawing_hardly_moves_a_border():
    drawn = drawn_partition(three_neighbours(), ONE_SIDED, Manner(), PLAIN)
    moved = drawn.shape(("a", "left")).symmetric_difference(three_neighbours()[("a", "left")])
    assert moved.area < 30


def test_the_right_half_is_the_mirror_image_to_the_last_bit():
    drawn = drawn_partition(a_torso(), MIRRORED, Manner(), PLAIN)
    left = shapely.normalize(drawn.shape(("side", "left")))
    right = shapely.affinity.scale(drawn.shape(("side", "right")), xfact=-1, origin=(0, 0))
    assert shapely.equals_exact(left, shapely.normalize(right), tolerance=1e-9)


def test_the_side_follows_the_patient_where_the_left_lies_at_the_left():
    drawn = drawn_partition(
        {(i, {"left": "right", "right": "left"}.get(s, s)): p for (i, s), p in a_torso().items()},
        LEFT_AT_THE_LEFT,
        Manner(),
        PLAIN,
    )
    assert drawn.shape(("side", "left")).centroid.x < 0 < drawn.shape(("side", "right")).centroid.x


def test_a_midline_face_is_one_piece_across_the_midline():
    drawn = drawn_partition(a_torso(), MIRRORED, Manner(), PLAIN)
    rings = drawn.outline(("strip", "midline"))
    assert len(rings) == 1
    assert drawn.shape(("strip", "midline")).centroid.x == pytest.approx(0, abs=1e-6)


def test_a_border_along_the_midline_stays_straight():
    halves = {("h", "left"): box(0, 0, 20, 50), ("h", "right"): box(-20, 0, 0, 50)}
    drawn = drawn_partition(halves, MIRRORED, Manner(), PLAIN)
    shared = [arc for arc in drawn.arcs if arc.left and arc.right]
    assert len(shared) == 1
    assert np.allclose(flatten(shared[0].curve)[:, 0], 0)


def test_a_hole_is_kept_as_a_ring_of_its_own():
    ring = box(1, 0, 40, 40).difference(box(10, 10, 30, 30))
    faces = {("ring", "left"): ring, ("core", "left"): box(10, 10, 30, 30)}
    drawn = drawn_partition(faces, ONE_SIDED, Manner(), PLAIN)
    assert len(drawn.outline(("ring", "left"))) == 2
    assert len(drawn.outline(("ring", "left"), ("core", "left"))) == 1


def test_an_overlap_goes_to_the_first_and_a_sliver_gap_to_a_neighbour():
    faces = {("first", "left"): box(1, 0, 20.4, 10), ("second", "left"): box(20, 0, 40, 10)}
    exact = exact_partition(faces, PLAIN)
    assert exact[("first", "left")].area == pytest.approx(194)
    assert exact[("second", "left")].area == pytest.approx(196)
    hole = {("ring", "left"): box(1, 0, 9, 9).difference(box(3, 3, 4, 4))}
    assert exact_partition(hole, PLAIN)[("ring", "left")].area == pytest.approx(72)


def test_a_speck_goes_to_the_neighbour_with_the_longest_border():
    speck = box(20, 4, 20.5, 4.5)
    faces = {
        ("a", "left"): shapely.union(box(0, 0, 10, 10), speck),
        ("b", "left"): box(10, 0, 30, 10).difference(speck),
    }
    exact = exact_partition(faces, PLAIN)
    assert len(shapely.get_parts(exact[("a", "left")])) == 1
    assert exact[("b", "left")].area == pytest.approx(200)


def test_every_border_exists_once():
    arcs = arcs_of(exact_partition(three_neighbours(), PLAIN))
    inner = [frozenset((arc.left, arc.right)) for arc in arcs if arc.left and arc.right]
    assert len(inner) == len(set(inner)) == 3


def test_mirrored_arcs_swap_the_sides_of_their_faces():
    faces = {("side", "left"): MultiPolygon([a_torso()[("side", "left")]])}
    arcs = with_mirror_image(arcs_of(faces))
    assert {arc.left or arc.right for arc in arcs} == {("side", "left"), ("side", "right")}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-8, 8), min_size=4, max_size=9))
def test_whatever_the_border_the_picture_stays_whole(jags):
    v = np.linspace(0, 60, len(jags) + 2)
    wave = list(zip([30, *(30 + jag for jag in jags), 30], v, strict=True))
    faces = {
        ("a", "left"): Polygon([(2, 0), *wave, (2, 60)]),
        ("b", "left"): Polygon([(60, 0), *wave, (60, 60)]),
    }
    drawn = drawn_partition(faces, ONE_SIDED, Manner(), PLAIN)
    assert not crossing_arcs(drawn.arcs)
    areas = [drawn.shape(face).area for face in drawn.faces]
    assert sum(areas) == pytest.approx(drawn.shape(*drawn.faces).area, abs=1e-3)
