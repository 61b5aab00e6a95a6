"""The packer of landmarks, on a made-up body."""

import json
import math

import pytest

from bodymap.atlas.regions import regions
from tools.draw_atlas import landmarks
from tools.draw_atlas.landmarks import BONE_ENDS, DRAWN, USES, main

VIEWS = ("anterior", "posterior", "lateral-left", "lateral-right", "soles", "feet-dorsal")
MIDLINE = (
    "vertex",
    "spinous",
    "sternal",
    "xiphi",
    "umbilicus",
    "mental",
    "external-occ",
    "pubic-s",
)


@pytest.fixture
def written(tmp_path):
    """Every landmark at (10, 20), every bone a strip from v = 0 to v = 160 of its view."""
    places = {view: [10.0, 20.0] for view in VIEWS}
    entries = [
        {"id": name, "side": side, "views": places}
        for name in USES
        for side in (("midline",) if name.startswith(MIDLINE) else ("left", "right"))
    ]
    (tmp_path / "landmarks.json").write_text(json.dumps({"landmarks": entries}))
    strip = [[[[4, 0], [8, 0], [8, 158], [6, 160], [4, 158]]]]
    bones = [
        {"id": end.bone, "side": side, "silhouette": strip}
        for end in BONE_ENDS
        for side in ("left", "right")
    ]
    for view in VIEWS:
        (tmp_path / f"outlines_{view}.json").write_text(json.dumps({"structures": bones}))
    out = tmp_path / "out" / "landmarks.json"
    assert main(["--measured", str(tmp_path), "--out", str(out)]) == 0
    return json.loads(out.read_text())


@pytest.fixture
def packed(written):
    return {entry["id"]: entry for entry in written["landmarks"]}


@pytest.fixture
def axes(written):
    return written["axes"]


def test_landmarks_are_kept_once_in_the_views_where_a_finger_finds_them(packed):
    assert len(packed) == len(USES) + len(BONE_ENDS) + len(DRAWN)
    assert set(packed["patella"]["views"]) == {"anterior", "lateral-left"}
    assert packed["patella"]["views"]["anterior"] == [10.0, 20.0]
    assert packed["patella"]["sided"]
    assert not packed["vertex"]["sided"]


def test_the_far_end_of_a_bone_is_away_from_the_trunk(packed):
    assert packed["fingertip-2"]["views"]["anterior"] == [6.0, pytest.approx(158.7, abs=0.1)]
    assert packed["tip-of-toe-1"]["views"]["soles"] == [6.0, 0.0]


def test_spinous_processes_are_all_there(packed):
    spinous = [name for name in packed if name.startswith("spinous-process-")]
    assert len(spinous) == 6 + 12 + 5


def test_a_use_names_only_parts_and_views_that_exist():
    parts = {part for use in USES.values() for part in use.parts.split()}
    assert parts <= {region.part for region in regions().values()}
    assert {letter for use in USES.values() for letter in use.views} <= set(landmarks._LETTERS)


def test_the_upper_limb_has_directions_of_length_one(axes):
    assert set(axes) == {"arm", "elbow", "forearm", "wrist", "hand"}
    for outwards, down in axes.values():
        assert math.hypot(outwards, down) == pytest.approx(1, abs=1e-3) or (outwards, down) == (
            0,
            0,
        )
    assert axes["hand"][1] > 0.99
