"""Two visits side by side: what became of each finding."""

from dataclasses import replace

import pytest

from bodymap.atlas.ids import Side, StructureId, ViewId
from bodymap.chart.marks import MarkId, MarkKind, PainKind, TriggerPointStatus
from bodymap.chart.place import Polygon
from bodymap.desk.comparing import AREA, Difference, Verdict, compared
from bodymap.desk.heat import CELL_MM, heat
from tests.builders import a_needle_site, a_pain_zone, a_place, a_trigger_point, a_visit

FRAME = (-200.0, 0.0, 400.0, 800.0)


def with_marks(number, *marks):
    visit = a_visit(needles=0, trigger_points=0, zones=0, number=number)
    for mark in marks:
        visit = visit.with_mark(mark)
    return visit


def verdicts(before, after):
    return [pair.verdict for pair in compared(before, after)]


def test_a_visit_is_as_before_when_nothing_changed():
    first, second = a_visit(number=1, notes=1), a_visit(number=2, notes=1)
    assert set(verdicts(first, second)) == {Verdict.SAME}
    assert len(compared(first, second)) == len(second.marks)


def test_what_came_and_what_went():
    before = with_marks(1, a_trigger_point())
    after = with_marks(2, a_trigger_point(visit=2, muscle=StructureId("teres-minor")))
    assert verdicts(before, after) == [Verdict.NEW, Verdict.GONE]


@pytest.mark.parametrize(
    "fields",
    [
        {"place": a_place(96.0 + 11, 402.0 + 7 + 31)},
        {"place": a_place(96.0 + 11, 402.0 + 7, side=Side.LEFT)},
        {"place": a_place(96.0 + 11, 402.0 + 7, view=ViewId.ANTERIOR)},
    ],
)
def test_far_off_or_on_another_side_is_another_finding(fields):
    before = with_marks(1, a_trigger_point())
    after = with_marks(2, a_trigger_point(visit=2, **fields))
    assert verdicts(before, after) == [Verdict.NEW, Verdict.GONE]


def test_changed_values_are_told():
    before = with_marks(1, a_trigger_point(intensity=6), a_needle_site(depth_mm=18.0))
    after = with_marks(
        2,
        a_trigger_point(visit=2, intensity=3, status=TriggerPointStatus.LATENT),
        a_needle_site(visit=2, depth_mm=22.0),
    )
    point, needle = compared(before, after)
    assert point.differences == (
        Difference("status", TriggerPointStatus.ACTIVE, TriggerPointStatus.LATENT),
        Difference("intensity", 6, 3),
    )
    assert needle.differences == (Difference("depth_mm", 18.0, 22.0),)
    assert point.verdict is Verdict.CHANGED


def test_each_mark_is_in_one_pair_and_the_nearest_are_paired():
    old = a_trigger_point(place=a_place(100, 400))
    near = a_trigger_point(2, visit=2, place=a_place(104, 400))
    far = a_trigger_point(1, visit=2, place=a_place(115, 400))
    pairs = compared(with_marks(1, old), with_marks(2, far, near))
    assert [(pair.mark.id, pair.verdict) for pair in pairs] == [
        (far.id, Verdict.NEW),
        (near.id, Verdict.SAME),
    ]


def test_a_zone_that_shrank_is_told_by_its_area():
    zone = a_pain_zone()
    view = zone.place.view

    def square(side, **fields):
        ring = ((0.0, 0.0), (side, 0.0), (side, side), (0.0, side))
        return replace(zone, polygons=(Polygon(view, ring),), **fields)

    before, after = with_marks(1, square(100.0)), with_marks(2, square(50.0, id=MarkId("b")))
    (pair,) = compared(before, after)
    assert pair.differences == (Difference(AREA, 100.0, 25.0),)
    hardly = with_marks(3, square(101.0, id=MarkId("c")))
    assert verdicts(before, hardly) == [Verdict.SAME]
    numb = with_marks(3, square(100.0, id=MarkId("c"), kind=PainKind.NUMBNESS))
    assert verdicts(before, numb) == [Verdict.NEW, Verdict.GONE]


def test_heat_is_highest_where_the_marks_lie():
    first = with_marks(1, a_trigger_point(place=a_place(100, 400)))
    second = with_marks(2, a_trigger_point(visit=2, place=a_place(100, 400)))
    found = heat((first, second), MarkKind.TRIGGER_POINT, ViewId.POSTERIOR, FRAME)
    row, column = divmod(int(found.cells.argmax()), found.cells.shape[1])
    assert found.u_mm + (column + 0.5) * CELL_MM == pytest.approx(100, abs=CELL_MM)
    assert found.v_mm + (row + 0.5) * CELL_MM == pytest.approx(400, abs=CELL_MM)
    assert found.highest == pytest.approx(2.0, abs=0.1)


def test_a_zone_counts_once_in_each_visit():
    visits = [a_visit(number=1), a_visit(number=2)]
    found = heat(visits, MarkKind.PAIN_ZONE, ViewId.POSTERIOR, FRAME)
    assert set(found.cells.ravel()) <= {0.0, 2.0}


def test_other_views_and_kinds_are_cold():
    visits = [a_visit(number=1, needles=0)]
    assert heat(visits, MarkKind.NEEDLE_SITE, ViewId.POSTERIOR, FRAME).highest == 0
    assert heat(visits, MarkKind.TRIGGER_POINT, ViewId.SOLES, FRAME).highest == 0
