"""Labels find room of their own."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.reports.labels import Wanted, place_labels

SPACE = ((10.0, 20.0), (120.0, 90.0))
SIZE = (3.5, 3.5)


def wanted(points):
    return [Wanted(point, clearance=0.6, size=SIZE, reach=1.6) for point in points]


def grid(columns, rows, gap):
    return [(40 + i * gap, 40 + j * gap) for i in range(columns) for j in range(rows)]


def overlap(one, other):
    dx, dy = abs(one[0] - other[0]), abs(one[1] - other[1])
    return dx < SIZE[0] - 0.01 and dy < SIZE[1] - 0.01


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 2), (4, 3), (10, 6)])
def test_labels_do_not_cover_each_other(columns, rows):
    centres = place_labels(wanted(grid(columns, rows, 5.5)), SPACE)
    assert not any(overlap(a, b) for a, b in itertools.combinations(centres, 2))


def test_labels_do_not_cover_other_marks():
    points = grid(5, 4, 7)
    centres = place_labels(wanted(points), SPACE)
    assert not any(
        abs(x - u) < SIZE[0] / 2 and abs(y - v) < SIZE[1] / 2 for x, y in centres for u, v in points
    )


def test_labels_keep_clear_of_what_is_written_there():
    taken = ((50.0, 40.0), (30.0, 8.0))
    ((x, y),) = place_labels(wanted([(55.0, 50.0)]), SPACE, [taken])
    assert not (48.3 < x < 81.7 and 38.3 < y < 49.7)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(10, 130), st.floats(20, 110)), max_size=30))
def test_labels_stay_in_their_space(points):
    for x, y in place_labels(wanted(points), SPACE):
        assert 10 <= x - SIZE[0] / 2 <= x + SIZE[0] / 2 <= 130
        assert 20 <= y - SIZE[1] / 2 <= y + SIZE[1] / 2 <= 110


def test_a_lone_label_stays_close():
    ((x, y),) = place_labels(wanted([(60.0, 60.0)]), SPACE)
    assert math.dist((x, y), (60, 60)) < 6


def test_the_same_marks_give_the_same_places():
    points = grid(6, 5, 5)
    assert place_labels(wanted(points), SPACE) == place_labels(wanted(points), SPACE)
