"""The grid in front of Shapely answers as Shapely alone would, and every point has one owner."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas.drawing import parse_drawing
from bodymap.atlas.ids import LayerId, ViewId
from bodymap.atlas.partition import Grid, Partition, Shore
from tests.atlas.drawings import layer, path, svg

GRID = Grid(-40.0, -8.0, 4.0, 20, 20)

inner = st.floats(-39.9, 39.9)
fan_corners = st.lists(st.tuples(st.floats(0.05, 1), st.floats(3, 30)), min_size=3, max_size=9)


def partition_of(*outlines):
    paths = [path(f"s{n}", outline) for n, outline in enumerate(outlines)]
    drawing = parse_drawing(svg(layer("skin", *paths)), ViewId.ANTERIOR)
    return Partition(drawing.in_layer(LayerId.SKIN), GRID)


def owner_of(partition, u, v):
    cell = int(GRID.cells(np.array([u]), np.array([v]))[0])
    return partition.owner(cell, u, v)


def fan(corners):
    """Triangles around a middle that share their borders, drawn in opposite directions."""
    turns = np.cumsum([turn for turn, _ in corners])
    angles = turns / turns[-1] * 2 * np.pi
    tips = [
        (round(radius * np.cos(angle), 2), round(30 + radius * np.sin(angle), 2))
        for angle, (_, radius) in zip(angles, corners, strict=True)
    ]
    return [
        f"M0 30L{a[0]} {a[1]}L{b[0]} {b[1]}z"
        for a, b in zip(tips, tips[1:] + tips[:1], strict=True)
    ]


@settings(max_examples=40)
@given(fan_corners, st.lists(st.tuples(inner, st.floats(-7.9, 71.9)), max_size=40))
def test_the_grid_changes_no_answer(corners, points):
    partition = partition_of(*fan(corners))
    for u, v in points:
        covering = [
            n
            for n, polygon in enumerate(partition.polygons)
            if shapely.intersects_xy(polygon, u, v)
        ]
        assert owner_of(partition, u, v) == (max(covering) if covering else None)


@settings(max_examples=40)
@given(fan_corners, st.floats(0, 1))
def test_a_point_on_a_border_has_one_owner(corners, share):
    outlines = fan(corners)
    partition = partition_of(*outlines)
    for polygon in partition.polygons:
        for corner in polygon.exterior.coords:
            u, v = corner[0] * share, 30 + (corner[1] - 30) * share
            if shapely.intersects_xy(shapely.union_all(partition.polygons), u, v):
                owner = owner_of(partition, u, v)
                assert owner is not None
                assert shapely.intersects_xy(partition.polygons[owner], u, v)


def test_what_is_painted_last_lies_on_top():
    partition = partition_of("M-20 0h40v40h-40z", "M-10 10h20v20h-20z")
    assert owner_of(partition, 0, 20) == 1
    assert owner_of(partition, 10, 20) == 1
    assert owner_of(partition, 10.01, 20) == 0
    assert owner_of(partition, 30, 20) is None


def test_cells_without_a_border_are_settled():
    partition = partition_of("M-20 0h40v40h-40z")
    cells = GRID.cells(np.array([0.0, -20.0, 35.0]), np.array([20.0, 20.0, 20.0])).tolist()
    assert [partition.is_settled(cell) for cell in cells] == [True, False, True]
    assert [partition.candidates(cell) for cell in cells] == [[0], [0], []]
    assert partition.nearest(35, 20) == 0


def test_pieces_and_holes_are_seen():
    partition = partition_of("M-20 0h10v10h-10zM10 0h20v20h-20zM14 4h8v8h-8z")
    owners = [owner_of(partition, u, v) for u, v in ((-15, 5), (0, 5), (12, 2), (18, 8), (25, 15))]
    assert owners == [0, None, 0, None, 0]


def test_shapes_may_reach_beyond_the_grid():
    partition = partition_of("M-90 0h180v200h-180z")
    assert owner_of(partition, -39, 70) == 0


def test_points_beside_the_grid_have_no_cell():
    assert GRID.cells(np.array([-41.0, 0.0]), np.array([0.0, 90.0])).tolist() == [-1, -1]


def test_the_shore_is_found_within_reach():
    shore = Shore(shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(50, 0, 60, 10)]), 6)
    assert shore.nearest(5, 13) == (5, 10, 3)
    assert shore.nearest(64, 13) == (60, 10, pytest.approx(5))
    assert shore.nearest(30, 5) is None
