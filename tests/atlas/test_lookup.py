"""Lookups on a small made-up body, where every corner case can be drawn."""

import pytest

from bodymap.atlas.columns import read_columns
from bodymap.atlas.drawing import parse_drawing
from bodymap.atlas.ids import Dissection, Side, ViewId
from bodymap.atlas.lookup import ViewLookup
from bodymap.atlas.views import View
from tests.atlas.drawings import layer, path, svg
from tools.draw_atlas.columns import pack

LEFT, RIGHT = {"data_side": "left"}, {"data_side": "right"}


@pytest.fixture(scope="module")
def lookup():
    """A body 80 by 40 mm with a sheet and two muscles, and columns only for its left half.

    Between its two regions lies a gap of a tenth of a millimetre, at the left of the sternum.
    """
    drawing = parse_drawing(
        svg(
            layer("skin", path("skin", "M-40 0l80 0l0 40l-80 0z"))
            + layer(
                "surface-regions",
                path("sternum", "M-40 0l50 0l0 40l-50 0z"),
                path("breast", "M10.1 0l29.9 0l0 40l-29.9 0z", **LEFT),
            )
            + layer(
                "muscles-superficial",
                path("pectoralis-minor", "M20 10l10 0l0 20l-10 0z", **LEFT),
                path("serratus-anterior", "M31.5 12l6 0l0 16l-6 0z", **LEFT),
                path("genioglossus", "M-30 10l8 0l0 20l-8 0z", **RIGHT),
                path("platysma", "M-16 10l8 0l0 20l-8 0z", **RIGHT),
                path("a-patch-of-fat", "M-4 10l8 0l0 20l-8 0z"),
            )
        ),
        ViewId.ANTERIOR,
    )
    measured = {
        "origin_uv_mm": [-48.0, -8.0],
        "grid_mm": 4.0,
        "size": [24, 14],
        "structures": [
            {"id": "platysma", "side": "left"},
            {"id": "rib-3", "side": "left"},
            {"id": "pectoralis-minor", "side": "left"},
        ],
        "cells": [
            *([18, row, [0, 1.0, 2.0, 1, 4.0, 9.0]] for row in range(4, 10)),
            *([17, row, [2, 5.0, 8.0]] for row in range(4, 10)),
            *([column, row, []] for column in range(2, 12) for row in range(2, 12)),
        ],
    }
    return ViewLookup(View(drawing), read_columns(pack(measured, {"structures": []})))


def stack_at(lookup, u, v):
    return [(entry.id, entry.entry_mm, entry.is_measured) for entry in lookup.spot(u, v).stack]


def test_what_the_columns_have_is_told_as_it_is(lookup):
    assert stack_at(lookup, 22, 20) == [("pectoralis-minor", 5.0, True)]


def test_a_drawn_muscle_the_columns_missed_lies_above_all_that_would_hide_it(lookup):
    assert stack_at(lookup, 25.5, 20) == [
        ("platysma", 1.0, True),
        ("pectoralis-minor", 4.0, False),
        ("rib-3", 4.0, True),
    ]


def test_where_a_cell_is_shared_each_point_is_asked(lookup):
    assert stack_at(lookup, 31.4, 20) == []
    assert [name for name, _, _ in stack_at(lookup, 31.6, 20)] == ["serratus-anterior"]


def test_a_drawn_muscle_without_a_measured_depth_here_is_still_told(lookup):
    ((name, entry_mm, is_measured),) = stack_at(lookup, -26, 20)
    assert (name, is_measured) == ("genioglossus", False)
    assert entry_mm > 0


def test_what_is_not_in_the_catalogue_is_no_structure(lookup):
    assert stack_at(lookup, 0, 20) == []
    assert lookup.drawn_at(0, 20, Dissection.SUPERFICIAL).structure == "a-patch-of-fat"


def test_a_point_in_a_gap_belongs_to_the_nearest_region(lookup):
    spots = [lookup.spot(u, 20) for u in (10.02, 10.08)]
    assert [(spot.region, spot.snapped) for spot in spots] == [
        ("sternum", False),
        ("breast", False),
    ]


def test_in_a_midline_region_the_point_has_a_side_of_its_own(lookup):
    spots = [lookup.spot(u, 2) for u in (-9, -4, 4, 9, 12)]
    assert [spot.region_side for spot in spots] == [Side.MIDLINE] * 4 + [Side.LEFT]
    assert [spot.side for spot in spots] == [
        *(Side.RIGHT, Side.MIDLINE, Side.MIDLINE, Side.LEFT, Side.LEFT),
    ]


@pytest.mark.parametrize(
    ("place", "onto"),
    [((44, 20), (40, 20)), ((0, -5.9), (0, 0)), ((43, -4), (40, 0)), ((20, 40.0001), (20, 40))],
)
def test_points_just_off_the_body_are_set_onto_it(lookup, place, onto):
    spot = lookup.spot(*place)
    assert spot.snapped
    assert (spot.u, spot.v) == pytest.approx(onto, abs=0.051)
    assert not lookup.spot(spot.u, spot.v).snapped


@pytest.mark.parametrize("place", [(46.1, 20), (0, -6.1), (44.5, -4.5), (300, 20)])
def test_points_further_off_are_not_meant_for_the_body(lookup, place):
    assert lookup.spot(*place) is None


def test_at_the_rim_the_nearest_muscle_is_meant_but_no_sheet_and_no_patch(lookup):
    meant = lookup.muscles(lookup.spot(22, 5))
    assert [(entry.id, entry.is_measured) for entry in meant] == [("pectoralis-minor", False)]
    assert [entry.id for entry in lookup.muscles(lookup.spot(-11, 5))] == ["genioglossus"]
    assert lookup.muscles(lookup.spot(0, 2)) == ()
    assert [entry.id for entry in lookup.muscles(lookup.spot(22, 20))] == ["pectoralis-minor"]


def bare_lookup(outline):
    """A body of one region without anything under the skin, 16 by 8 mm of it within the grid."""
    body = layer("skin", path("skin", outline)) + layer("surface-regions", path("palm", outline))
    measured = {
        "origin_uv_mm": [-8.0, -8.0],
        "grid_mm": 4.0,
        "size": [4, 2],
        "structures": [],
        "cells": [],
    }
    columns = read_columns(pack(measured, {"structures": []}))
    return ViewLookup(View(parse_drawing(svg(body), ViewId.ANTERIOR)), columns)


def test_a_body_that_reaches_beyond_its_columns_ends_with_them():
    lookup = bare_lookup("M-40 0l80 0l0 40l-80 0z")
    assert lookup.spot(0, 4) is None
    assert lookup.spot(0, -0.01) is None


def test_a_point_beside_a_thread_of_skin_is_set_on_its_rim():
    spot = bare_lookup("M-4-4l8 0l0 .02l-8 0z").spot(0, -6)
    assert (spot.u, spot.v, spot.snapped) == (0, pytest.approx(-4), True)
