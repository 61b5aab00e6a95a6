"""The packer of the catalogue, on a few made-up measurements."""

import json

import pytest

from tools.draw_atlas.structures import main

VIEWS = ("anterior", "posterior", "lateral-left", "lateral-right", "soles", "feet-dorsal")
DEPTH = {"p10": 1.0, "p50": 2.0, "p90": 3.0}


def measured(name, **more):
    entry = {"id": name, "side": "left", "name_en": name.capitalize(), "name_latin": "Musculus x"}
    return entry | {"kind": "muscle", "order": 1, "depth_mm": DEPTH, "thickness_mm": 4.0} | more


@pytest.fixture
def packed(tmp_path):
    structures = [
        measured("platysma", occludes=False),
        measured("deltoid-spinal", parent="deltoid"),
        measured("costal-cartilage-4", kind="bone"),
    ]
    organ = {"id": "lung", "name_en": "Left lung (joined)", "name_latin": "Pulmo sinister"}
    organ |= {"kind": "organ", "depth_mm": DEPTH}
    course = {"id": "sciatic-nerve", "name_en": "Sciatic nerve", "kind": "nerve"}
    for view in VIEWS:
        (tmp_path / f"outlines_{view}.json").write_text(json.dumps({"structures": structures}))
        hazards = {"organs": [organ], "courses": [course]}
        (tmp_path / f"hazards_{view}.json").write_text(json.dumps(hazards))
    muscles = [{"region": "shoulder-girdle", "atlas_ids": ["deltoid-spinal"]}]
    (tmp_path / "muscles.json").write_text(json.dumps(muscles))
    out = tmp_path / "out" / "structures.json"
    places = ["--measured", str(tmp_path), "--clinical", str(tmp_path), "--out", str(out)]
    assert main(places) == 0
    return json.loads(out.read_text())["structures"]


def test_names_lose_their_side(packed):
    assert packed["lung"]["name"] == "Lung (joined)"
    assert packed["lung"]["latin"] == "Pulmo"


def test_a_head_knows_its_muscle_its_group_and_its_depths(packed):
    head = packed["deltoid-spinal"]
    assert (head["parent"], head["group"]) == ("deltoid", "shoulder-girdle")
    assert head["depths"]["soles"] == [1.0, 2.0, 3.0, 4.0]
    assert packed["deltoid"]["kind"] == "muscle"


def test_kinds_and_coverings(packed):
    assert packed["costal-cartilage-4"]["kind"] == "cartilage"
    assert packed["platysma"]["occludes"] is False
    assert (packed["sciatic-nerve"]["kind"], packed["sciatic-nerve"]["latin"]) == ("nerve", "")
    assert "depths" not in packed["lung"]
