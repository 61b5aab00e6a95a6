import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from bodymap.widgets.map.body.clusters import AT_ONCE, clusters
from bodymap.widgets.map.body.paths import elements, path_of, qt_path

# Qt leaves out what draws nothing: a move after a move, a line to where the pen is.
steps = st.tuples(st.text("LC", min_size=1, max_size=8), st.sampled_from(["", "Z"])).map("".join)


def drawn_one_by_one(codes, points):
    path, at, start = QPainterPath(), iter(points.tolist()), (0.0, 0.0)
    for code in codes.decode():
        match code:
            case "M":
                start = next(at)
                path.moveTo(*start)
            case "L":
                path.lineTo(*next(at))
            case "C":
                path.cubicTo(*(QPointF(*next(at)) for _ in range(3)))
            case "Z":
                path.lineTo(*start)
    return path


@given(st.lists(steps, min_size=1, max_size=4))
def test_a_path_made_at_once_is_the_path_made_point_by_point(shapes):
    codes = "".join("M" + one for one in shapes).encode()
    count = sum({"M": 1, "L": 1, "C": 3, "Z": 0}[code] for code in codes.decode())
    points = np.random.default_rng(count).uniform(-500, 500, (count, 2)).astype(np.float32)
    made, expected = qt_path(codes, points), drawn_one_by_one(codes, points)
    assert [(e.x, e.y, e.type) for e in steps_of(made)] == [
        (e.x, e.y, e.type) for e in steps_of(expected)
    ]


def steps_of(path):
    return [path.elementAt(i) for i in range(path.elementCount())]


def test_the_filling_rule_is_kept():
    points = np.zeros((1, 2), np.float32)
    assert qt_path(b"M", points).fillRule() == Qt.FillRule.OddEvenFill
    winding = qt_path(b"M", points, Qt.FillRule.WindingFill)
    assert winding.fillRule() == Qt.FillRule.WindingFill


def square(left, top, side):
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    return np.array([(left + x * side, top + y * side) for x, y in corners], np.float32)


def squares_in_clusters(squares, **how):
    rows = elements(b"MLLLZ" * len(squares), np.concatenate(squares))
    return [set(rows["x"][rows["kind"] == 0]) for rows in clusters(rows, **how)]


def test_clusters_hold_every_outline_once():
    squares = [square(7 * i, 3 * i, 2) for i in range(5 * AT_ONCE)]
    found = squares_in_clusters(squares, may_be_pierced=False)
    assert sum(len(cluster) for cluster in found) == len(squares)
    assert max(len(cluster) for cluster in found) <= AT_ONCE


def test_a_hole_stays_with_what_it_pierces():
    squares = [square(30 * i, 0, 2) for i in range(3 * AT_ONCE)]
    squares += [square(405, 405, 5), square(400, 400, 20)]
    found = squares_in_clusters(squares, may_be_pierced=True)
    assert any({400, 405} <= cluster for cluster in found)


def test_clusters_draw_what_the_shape_draws():
    squares = [square(7 * i, 3 * i, 2) for i in range(5 * AT_ONCE)]
    rows = elements(b"MLLLZ" * len(squares), np.concatenate(squares))
    boxes = [path_of(cluster).boundingRect() for cluster in clusters(rows, may_be_pierced=False)]
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    assert whole == path_of(rows).boundingRect()


def test_bounds_are_those_of_the_points():
    path = qt_path(b"MLLLZ", square(10, 20, 5))
    assert path.boundingRect() == QRectF(10, 20, 5, 5)


@pytest.mark.parametrize("codes", [b"M", b"MZ", b"MLZMLZ"])
def test_short_paths_are_read(codes):
    count = len(codes.replace(b"Z", b""))
    assert qt_path(codes, np.ones((count, 2), np.float32)).elementCount() >= 1
