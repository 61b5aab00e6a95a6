"""Places in words: known cases, and the same words on the other side."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.atlas.landmarks import in_words, landmarks, mirrored, nearest_landmark, part_of
from bodymap.atlas.views import mirror, side_at

T5 = (0.0, 386.9)


def words(view, u, v, region, side=None):
    return in_words(view, u, v, side or side_at(view, u), RegionId(region))


def test_lateral_and_below_a_spinous_process():
    told = words(ViewId.POSTERIOR, 32, T5[1] + 12, "interscapular")
    assert told == "32 mm lateral and 12 mm below the spinous process of T5, right"


def test_in_the_posterior_view_the_patients_left_is_the_viewers_left():
    told = words(ViewId.POSTERIOR, -32, T5[1] + 12, "interscapular")
    assert told == "32 mm lateral and 12 mm below the spinous process of T5, left"


T5_WORDS = "the spinous process of T5, right"
PATELLA = "the centre of the patella, right"
PROXIMAL = "proximal to the radial styloid process"
ABOVE = "above the greater trochanter"
NAVICULAR = "the tuberosity of the navicular"

CASES = [
    ("posterior", 2, 387, "interscapular", f"at {T5_WORDS}"),
    ("posterior", 20, 388, "interscapular", f"20 mm lateral to {T5_WORDS}"),
    ("posterior", 2, 394, "interscapular", f"7 mm below {T5_WORDS}"),
    ("anterior", -100, 1275, "anterior-knee", f"15 mm lateral and 10 mm distal to {PATELLA}"),
    ("anterior", -70, 1230, "anterior-knee", f"15 mm medial and 35 mm proximal to {PATELLA}"),
    ("lateral-left", 0, 860, "lateral-buttock", f"12 mm anterior and 16 mm {ABOVE}, left"),
    ("lateral-right", 0, 860, "lateral-buttock", f"12 mm anterior and 16 mm {ABOVE}, right"),
    ("lateral-left", 40, 860, "lateral-buttock", f"28 mm posterior and 16 mm {ABOVE}, left"),
    ("soles", 80, 20, "midsole", f"27 mm lateral and 11 mm proximal to {NAVICULAR}, left"),
    ("feet-dorsal", -80, 20, "midsole", f"27 mm lateral and 29 mm distal to {NAVICULAR}, right"),
    ("anterior", 268.3, 753.8, "radial-forearm", f"100 mm {PROXIMAL}, left"),
    ("posterior", 268.3, 753.8, "radial-forearm", f"100 mm {PROXIMAL}, right"),
    ("anterior", 215, 870, "palm", "29 mm medial and 3 mm distal to the pisiform, left"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "u", "v", "region", "told"), CASES)
def test_cases(view, u, v, region, told):
    assert words(ViewId(view), u, v, region) == told


def test_on_the_midline_nothing_is_lateral():
    told = words(ViewId.ANTERIOR, 2.0, 720.0, "umbilical-region", Side.MIDLINE)
    assert told == "28 mm below the umbilicus, midline"


def test_no_landmark_of_the_other_side_is_used():
    for view in ViewId:
        sides = {Side.LEFT, Side.RIGHT} & {side_at(view, u) for u in (-9.0, 9.0)}
        for side in sides:
            mark = nearest_landmark(view, 60.0, 400.0, side, None)
            assert mark is not None
            assert mark.side in {side, Side.MIDLINE}


def test_landmarks_of_the_same_part_of_the_body_come_first():
    hand = nearest_landmark(ViewId.ANTERIOR, 250.0, 890.0, Side.LEFT, "hand")
    hip = nearest_landmark(ViewId.ANTERIOR, 250.0, 890.0, Side.LEFT, "hip")
    assert hand is not None
    assert hip is not None
    assert "hand" in hand.parts
    assert "hip" in hip.parts


def test_where_there_is_no_landmark_the_side_is_still_said(monkeypatch):
    monkeypatch.setattr("bodymap.atlas.landmarks.landmarks", lambda _view: ())
    assert words(ViewId.ANTERIOR, 9, 9, "palm") == "left"


def test_every_landmark_lies_on_its_side():
    for view in ViewId:
        for mark in landmarks(view):
            assert mark.view is view
            if mark.side is not Side.MIDLINE:
                assert side_at(view, mark.u) is mark.side
            elif view not in {ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT}:
                assert mark.u == 0
            assert mirrored(mirrored(mark)) == mark


def test_regions_belong_to_parts_of_the_body():
    assert part_of(RegionId("thenar")) == "hand"
    assert part_of(RegionId("nowhere")) is None


@given(
    st.sampled_from(list(ViewId)),
    st.floats(-300, 300),
    st.floats(-150, 1700),
    st.sampled_from(["interscapular", "palm", "midsole", "shin", "nowhere"]),
)
def test_the_other_side_is_told_in_the_same_words(view, u, v, region):
    side = side_at(view, u)
    other, mirrored_u, _ = mirror(view, u, v)
    told = words(view, u, v, region, side)
    assert told.endswith(side)
    assert words(other, mirrored_u, v, region, side.mirrored) == (
        told.removesuffix(side) + side.mirrored
    )


@given(st.sampled_from(list(ViewId)), st.floats(-300, 300), st.floats(0, 1700))
def test_the_landmark_told_is_one_of_the_nearest(view, u, v):
    side = side_at(view, u)
    mark = nearest_landmark(view, u, v, side, None)
    assert mark is not None
    distance = math.hypot(mark.u - u, mark.v - v)
    for other in landmarks(view):
        if other.side in {side, Side.MIDLINE}:
            assert mark.weight * distance <= other.weight * math.hypot(other.u - u, other.v - v)
