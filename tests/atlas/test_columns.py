"""Needle columns: what is packed is what is read, and points agree with them."""

import math

import pytest

from bodymap.atlas import columns as columns_module
from bodymap.atlas.columns import OUTSIDE, REACH_MM, ColumnsError, load_columns, read_columns
from bodymap.atlas.ids import ViewId
from bodymap.atlas.structures import catalogue
from tools.draw_atlas.columns import pack

MEASURED = {
    "origin_uv_mm": [-8.0, -4.0],
    "grid_mm": 4.0,
    "size": [4, 3],
    "structures": [
        {"id": "trapezius-ascending", "side": "left", "kind": "muscle"},
        {"id": "rib-4", "side": "left", "kind": "bone"},
    ],
    "cells": [[1, 0, [0, 3.0, 8.1, 1, 12.5, 130.4]], [2, 0, []], [3, 2, [1, 0.0, 0.1]]],
}
SQUARE = [[[[0, -4], [4, -4], [4, 0], [0, 0]]]]
OUTLINES = {
    "structures": [
        {
            "id": "trapezius-ascending",
            "side": "left",
            "depth_mm": {"p50": 7.5},
            "thickness_mm": 5.5,
            "silhouette": SQUARE,
        },
        {"id": "rib-4", "side": "left", "depth_mm": {"p50": 121.0}, "silhouette": SQUARE},
        {"id": "linea-alba", "side": "midline", "depth_mm": {"p50": 1.0}, "silhouette": SQUARE},
    ]
}


@pytest.fixture(scope="module")
def packed():
    return pack(MEASURED, OUTLINES)


def test_what_is_packed_is_read_back(packed):
    columns = read_columns(packed)
    assert columns.cell_at(-3.9, -3.9) == 1
    assert columns.passages(1) == [(0, 3.0, 8.1), (1, 12.5, 130.4)]
    assert columns.passages(11) == [(1, 0.0, 0.1)]
    assert columns.structures == (("trapezius-ascending", "left"), ("rib-4", "left"))
    assert columns.counts.tolist() == [OUTSIDE, 2, 1, OUTSIDE, *[OUTSIDE] * 7, 1]


def test_an_empty_cell_is_filled_from_the_outlines_and_marked(packed):
    columns = read_columns(packed)
    assert columns.passages(2) == [(0, 7.5, 13.0)]
    assert list(columns.is_estimated) == [0, 0, 1] + [0] * 9


def test_the_same_figures_give_the_same_bytes(packed):
    assert pack(MEASURED, OUTLINES) == packed


@pytest.mark.parametrize(
    ("u", "v", "cell"),
    [(-8, -4, 0), (7.99, 7.99, 11), (8, 0, None), (0, 8, None), (-8.01, 0, None), (0, -5, None)],
)
def test_cells_of_points(packed, u, v, cell):
    assert read_columns(packed).cell_at(u, v) == cell


@pytest.mark.parametrize("damage", [b"", b"other", "cut", "flip"])
def test_a_damaged_table_is_told(monkeypatch, tmp_path, packed, damage):
    broken = {"cut": packed[:-20], "flip": packed[:-9] + b"?" + packed[-8:]}.get(damage, damage)
    folder = tmp_path / "atlas"
    folder.mkdir()
    (folder / "columns-soles.bin").write_bytes(broken)
    monkeypatch.setattr(columns_module.resources, "files", lambda _package: tmp_path)
    with pytest.raises(ColumnsError, match="view soles cannot be read"):
        load_columns(ViewId.SOLES)


@pytest.mark.parametrize("view", ViewId)
def test_the_shipped_columns_are_in_order_and_of_known_structures(view):
    columns = load_columns(view)
    assert {name for name, _ in columns.structures} <= set(catalogue())
    for cell in range(0, columns.width * columns.height, 7):
        entries = [passage.entry_mm for passage in columns.passages(cell)]
        assert entries == sorted(entries)
        assert all(0 <= entry <= REACH_MM for entry in entries)
        assert all(passage.exit_mm >= passage.entry_mm for passage in columns.passages(cell))


@pytest.mark.parametrize("view", ViewId)
def test_five_thousand_random_points_agree_with_the_columns(atlas, points_in, view):
    columns = load_columns(view)
    asked = 0
    for u, v in points_in(view, 40_000):
        hit = atlas.lookup(view, u, v)
        if hit is None or hit.snapped:
            continue
        row, column = math.floor((v - columns.v0) / 4), math.floor((u - columns.u0) / 4)
        cell = row * columns.width + column
        expected = [
            (*columns.structures[p.number], p.entry_mm, p.exit_mm) for p in columns.passages(cell)
        ]
        told = [(entry.id, entry.side, entry.entry_mm, entry.exit_mm) for entry in hit.stack]
        measured = [entry for entry, full in zip(told, hit.stack, strict=True) if full.is_measured]
        if columns.is_estimated[cell]:
            assert set(expected) <= set(told)
        else:
            assert measured == expected
        asked += 1
        if asked == 5000:
            break
    assert asked == 5000
