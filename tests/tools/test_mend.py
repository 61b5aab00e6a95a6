"""The outline's mending, on a man of a few dozen points: as crude as a paper doll."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import scale

from tools.draw_atlas.drawn_lines import DrawnLine
from tools.draw_atlas.hands_feet import HAND, TOES, Digit, with_toes
from tools.draw_atlas.mend import mended_body, with_run

HALF_FRONT = [
    (0, 0), (43, 11), (70, 36), (81, 79), (80, 98), (93, 115), (82, 150), (67, 158), (50, 205),
    (65, 232), (142, 272), (200, 294), (238, 360), (238, 440), (268, 596), (283, 690), (281, 776),
    (296, 850), (334, 910), (339, 943), (330, 947), (313, 920), (312, 943), (324, 1000),
    (313, 1002), (292, 960), (293, 1000), (287, 1012), (276, 1000), (267, 975), (263, 997),
    (254, 998), (246, 962), (237, 975), (230, 988), (224, 984), (226, 930), (225, 885),
    (233, 855), (204, 745), (180, 620), (165, 548), (146, 620), (154, 740), (179, 900),
    (178, 1020), (144, 1195), (135, 1255), (149, 1390), (115, 1590), (118, 1650), (149, 1697),
    (140, 1706), (60, 1706), (43, 1690), (42, 1640), (51, 1580), (31, 1400), (38, 1320),
    (19, 1215), (5, 1023), (0, 984),
]  # fmt: skip
SIDE = [
    (18, -1), (-50, 13), (-92, 70), (-89, 103), (-119, 150), (-100, 168), (-94, 190), (-88, 212),
    (-54, 227), (-42, 259), (-61, 306), (-127, 430), (-132, 560), (-118, 745), (-75, 1000),
    (-53, 1236), (-5, 1434), (14, 1560), (-12, 1628), (-97, 1676), (-145, 1690), (-138, 1704),
    (-78, 1709), (67, 1707), (108, 1690), (88, 1586), (118, 1400), (76, 1220), (100, 1022),
    (133, 867), (93, 678), (136, 376), (114, 289), (65, 200), (100, 121), (107, 77), (73, 16),
]  # fmt: skip
FOOT = [
    (70, -109), (44, -84), (42, -38), (53, 70), (66, 100), (75, 137), (89, 145), (105, 140),
    (119, 133), (133, 119), (145, 98), (148, 85), (147, 45), (119, -50), (95, -95),
]  # fmt: skip
UPRIGHT = ("anterior", "posterior")
MIRRORED = (*UPRIGHT, "soles", "feet-dorsal")


def write(folder: Path, view: str, *rings: list[tuple[float, float]]) -> None:
    document = {"body": [[ring] for ring in rings]}
    (folder / f"outlines_{view}.json").write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doll")
    front = [*HALF_FRONT, *((-u, v) for u, v in reversed(HALF_FRONT[1:-1]))]
    for view in UPRIGHT:
        write(folder, view, front)
    write(folder, "lateral-left", SIDE)
    write(folder, "lateral-right", [(-u, v) for u, v in SIDE])
    write(folder, "feet-dorsal", FOOT, [(-u, v) for u, v in FOOT])
    write(folder, "soles", [(u, -v) for u, v in FOOT], [(-u, -v) for u, v in FOOT])
    return folder


def chords(body: MultiPolygon, v: float, left: float, right: float) -> int:
    """Count how often a level line enters the body between two lateral distances."""
    cut = body.intersection(LineString([(left, v), (right, v)]))
    return len(getattr(cut, "geoms", [cut]))


@pytest.mark.parametrize("view", MIRRORED)
def test_the_mended_body_is_whole_and_symmetric(measured: Path, view: str) -> None:
    body = mended_body(view, measured)
    assert body.is_valid
    assert len(body.geoms) == (1 if view in UPRIGHT else 2)
    mirrored = scale(body, xfact=-1, origin=(0, 0))
    assert body.symmetric_difference(mirrored).area == pytest.approx(0, abs=1e-6)


def test_the_side_views_mirror_each_other(measured: Path) -> None:
    left, right = (mended_body(f"lateral-{side}", measured) for side in ("left", "right"))
    mirrored = scale(right, xfact=-1, origin=(0, 0))
    assert left.symmetric_difference(mirrored).area == pytest.approx(0, abs=1e-6)


def test_limbs_stay_where_they_were_measured(measured: Path) -> None:
    doll = Polygon(HALF_FRONT)
    limbs = box(100, 300, 290, 860).union(box(5, 1020, 150, 1560))
    mended = mended_body("anterior", measured).intersection(limbs)
    off = mended.symmetric_difference(doll.intersection(limbs))
    assert off.buffer(-1.5).is_empty


@pytest.mark.parametrize("view", UPRIGHT)
def test_a_hand_has_four_fingers_and_a_thumb(measured: Path, view: str) -> None:
    body = mended_body(view, measured)
    assert chords(body, 978, 200, 345) == 4
    assert chords(body, 935, 300, 345) == 2


@pytest.mark.parametrize(("view", "up"), [("feet-dorsal", 1), ("soles", -1)])
def test_a_foot_has_five_toes(measured: Path, view: str, up: int) -> None:
    body = mended_body(view, measured)
    tips = [digit.axis[-1] for digit in TOES]
    inside = [(u, up * (v - 1.5)) for u, v in tips]
    assert all(body.covers(Point(tip)) for tip in inside)
    assert not any(body.covers(LineString(pair)) for pair in pairwise(inside))


@pytest.mark.parametrize("digit", [*HAND, *TOES])
def test_a_digit_ends_round(digit: Digit) -> None:
    outline = digit.outline()
    tip = outline.intersection(Point(digit.axis[-1]).buffer(6))
    rounded = outline.buffer(-2).buffer(2)
    assert tip.difference(rounded).area < 0.5
    assert outline.distance(Point(digit.axis[-1])) < 0.3


def test_toes_join_the_foot_without_a_gap() -> None:
    assert with_toes(Polygon(FOOT)).geom_type == "Polygon"


def test_a_run_replaces_only_what_lies_between_its_ends() -> None:
    run = DrawnLine("bump", "pair", "line", 1, 1.0, frozenset({"skin"}),
                    ((100, 40), (112, 50), (100, 60)), frozenset())  # fmt: skip
    mended = with_run(box(0, 0, 100, 100), run)
    assert mended.bounds == pytest.approx((0, 0, 112, 100), abs=0.3)
    assert mended.covers(box(0, 0, 100, 39))
    assert mended.area == pytest.approx(10_160, abs=60)
