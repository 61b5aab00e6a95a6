from typing import Any

import pytest
from shapely import box, unary_union

from tools.draw_atlas.partition_mending import area_of, mended_partition, rings_of


def structure(name: str, *boxes: tuple[float, float, float, float], **more: Any) -> dict[str, Any]:
    shape = unary_union([box(*bounds) for bounds in boxes])
    return {"id": name, "side": "left", "kind": "muscle", "visible": rings_of(shape), **more}


def areas(structures: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["id"]: area_of(row["visible"]) for row in structures}


def test_a_rib_peeping_through_is_covered_by_the_muscle_with_the_longest_border() -> None:
    rows = [
        structure("external-abdominal-oblique", (0, 400, 100, 500)),
        structure("rib-9", (100, 400, 104, 500)),
        structure("latissimus-dorsi", (104, 440, 200, 500)),
    ]
    mended = areas(mended_partition("lateral-left", 1, rows))
    assert mended["rib-9"].is_empty
    assert mended["external-abdominal-oblique"].bounds == (0, 400, 104, 500)


def test_ribs_stay_in_deeper_dissections() -> None:
    rows = [
        structure("external-abdominal-oblique", (0, 400, 100, 500)),
        structure("rib-9", (100, 400, 104, 500)),
    ]
    assert areas(mended_partition("lateral-left", 2, rows)) == areas(rows)


def test_the_bare_scapula_under_the_shoulder_becomes_teres_major() -> None:
    rows = [
        structure("teres-major", (0, 400, 10, 410)),
        structure("scapula", (10, 400, 60, 420)),
        structure("latissimus-dorsi", (0, 420, 60, 500)),
    ]
    mended = areas(mended_partition("lateral-left", 1, rows))
    assert mended["scapula"].is_empty
    assert mended["teres-major"].area == pytest.approx(100 + 1000)


def test_specks_go_to_their_neighbour_and_the_main_piece_stays() -> None:
    rows = [
        structure("soleus", (0, 0, 20, 20), (30, 5, 32, 7)),
        structure("tibia", (20, 0, 30, 20)),
        structure("fibula", (32, 0, 50, 20)),
        structure("peroneus", (30, 0, 32, 5), (30, 7, 32, 20)),
    ]
    mended = areas(mended_partition("anterior", 1, rows))
    assert mended["soleus"].bounds == (0, 0, 20, 20)


def test_a_small_hole_is_filled_and_a_large_one_left() -> None:
    ring = box(0, 0, 100, 100).difference(unary_union([box(10, 10, 14, 14), box(40, 40, 80, 80)]))
    rows = [{"id": "a", "side": "left", "kind": "muscle", "visible": rings_of(ring)}]
    mended = areas(mended_partition("anterior", 3, rows))
    assert mended["a"].area == pytest.approx(100 * 100 - 40 * 40)


def test_a_hole_across_the_midline_is_shared_by_both_sides() -> None:
    hole = box(-2, 40, 2, 50)
    rows = [
        {**structure("trapezius"), "visible": rings_of(box(0, 0, 50, 100).difference(hole))},
        {
            **structure("trapezius"),
            "side": "right",
            "visible": rings_of(box(-50, 0, 0, 100).difference(hole)),
        },
    ]
    left, right = (area_of(row["visible"]) for row in mended_partition("posterior", 1, rows))
    assert left.bounds == (0, 0, 50, 100)
    assert right.bounds == (-50, 0, 0, 100)


def test_neighbours_neither_overlap_nor_part() -> None:
    rows = [
        structure("external-abdominal-oblique", (0, 400, 50, 500)),
        structure("serratus-anterior", (50, 400, 100, 500)),
        structure("rib-8", (20, 500, 80, 503)),
        structure("latissimus-dorsi", (0, 503, 100, 600)),
    ]
    before = unary_union(list(areas(rows).values()))
    after = list(areas(mended_partition("lateral-left", 1, rows)).values())
    assert unary_union(after).symmetric_difference(before).area == pytest.approx(0, abs=1e-6)
    assert sum(area.area for area in after) == pytest.approx(before.area)


def test_what_hides_nothing_is_left_alone() -> None:
    veil = structure("platysma", (0, 0, 1, 1), occludes=False)
    assert mended_partition("anterior", 1, [structure("a", (0, 0, 9, 9)), veil])[1] is veil


def test_a_muscle_cut_off_with_the_arm_is_rounded_there_and_only_there() -> None:
    rows = [
        structure("teres-major", (0, 360, 100, 390)),
        structure("serratus-anterior", (-50, 360, 0, 390)),
    ]
    mended = areas(mended_partition("lateral-left", 2, rows))
    assert not mended["teres-major"].covers(box(0, 360, 0.5, 360.5))
    assert mended["serratus-anterior"].covers(box(0, 360, 0.5, 360.5))
    assert mended["teres-major"].covers(box(90, 360, 100, 390))
