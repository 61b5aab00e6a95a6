"""Cartilages joined to lumbar vertebrae in the source are parted from them."""

import json

import pytest
from shapely import area, box
from shapely.affinity import scale

from tools.draw_atlas.costal_cartilages import part_from_vertebrae
from tools.draw_atlas.partition_mending import area_of, rings_of
from tools.draw_atlas.source_slips import read_source

SPINE = box(-37, 576, 37, 634)
MARGIN = (box(66, 575, 127, 614), box(-127, 575, -66, 614))


def vertebra(*shapes, **more):
    rings = [ring for shape in shapes for ring in rings_of(shape)]
    entry = {"id": "vertebra-l1", "side": "midline", "kind": "bone", "visible": rings}
    return entry | more


def shapes_of(entries):
    return {(e["id"], e["side"]): area_of(e["visible"]) for e in entries}


@pytest.mark.parametrize(("view", "side_at_right"), [("anterior", "left"), ("posterior", "right")])
def test_from_front_and_back_each_side_gets_its_cartilage(view, side_at_right):
    document = {"view": view, "structures": [vertebra(SPINE, *MARGIN)]}
    part_from_vertebrae(document)
    shapes = shapes_of(document["structures"])
    other = "left" if side_at_right == "right" else "right"
    assert shapes["vertebra-l1", "midline"].equals(SPINE)
    assert shapes["costal-cartilage-9", side_at_right].equals(MARGIN[0])
    assert shapes["costal-cartilage-9", other].equals(MARGIN[1])


@pytest.mark.parametrize(("view", "way"), [("lateral-left", 1), ("lateral-right", -1)])
def test_from_the_side_the_cartilage_is_cut_off_in_front_of_the_spine(view, way):
    joined = scale(box(-84, 609, 65, 659), xfact=way, origin=(0, 0))
    entry = vertebra(joined, id="vertebra-l2")
    document = {"view": view, "layers": [{"structures": [entry]}]}
    part_from_vertebrae(document)
    shapes = shapes_of(document["layers"][0]["structures"])
    bone, cartilage = (
        shapes["vertebra-l2", "midline"],
        shapes["costal-cartilage-10", view.removeprefix("lateral-")],
    )
    assert area(bone) + area(cartilage) == pytest.approx(area(joined))
    assert bone.centroid.x * way > 0 > cartilage.centroid.x * way


def test_other_structures_and_other_views_stay_as_they_are():
    entry = vertebra(SPINE, id="vertebra-l3")
    for view in ("anterior", "soles"):
        document = {"view": view, "structures": [entry]}
        part_from_vertebrae(document)
        assert document["structures"] == [entry]


def test_depths_of_bone_and_cartilage_differ():
    depth = {"p10": 17.3, "p50": 28.6, "p90": 162.3}
    entry = vertebra(SPINE, *MARGIN, depth_mm=depth, thickness_mm=9.6)
    document = {"view": "anterior", "structures": [entry]}
    part_from_vertebrae(document)
    usual = {e["id"]: e["depth_mm"]["p50"] for e in document["structures"]}
    assert usual["costal-cartilage-9"] + 80.0 < usual["vertebra-l1"]


def test_columns_name_the_cartilage_where_it_lies():
    document = {
        "view": "anterior",
        "grid_mm": 4.0,
        "origin_uv_mm": [-372.0, -56.0],
        "structures": [{"id": "rib-9"}, {"id": "vertebra-l1", "side": "midline"}],
        "cells": [
            [93, 160, [1, 117.0, 151.0]],
            [120, 160, [0, 12.0, 14.0, 1, 18.0, 27.0]],
            [65, 160, [1, 18.0, 27.0]],
        ],
    }
    part_from_vertebrae(document)
    named = [(e["id"], e.get("side")) for e in document["structures"]]
    met = [[named[number] for number in cell[2][0::3]] for cell in document["cells"]]
    assert met == [
        [("vertebra-l1", "midline")],
        [("rib-9", None), ("costal-cartilage-9", "left")],
        [("costal-cartilage-9", "right")],
    ]


def test_the_seventh_cartilage_is_named_for_the_one_rib_it_belongs_to(tmp_path):
    file = tmp_path / "outlines.json"
    entry = {"id": "costal-cartilage-7-10", "name_en": "Costal cartilage 7-10"}
    file.write_text(json.dumps({"structures": [entry]}))
    assert read_source(file)["structures"] == [
        {"id": "costal-cartilage-7", "name_en": "Costal cartilage 7"}
    ]
