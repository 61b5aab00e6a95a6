"""Charting among so many marks that they are painted ahead."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF

from bodymap.chart.marks import MarkId, NeedleSite, PainZone, TriggerPoint
from bodymap.chart.visit import in_order
from bodymap.widgets.map.marks.layer import MANY
from bodymap.widgets.map.tool_id import ToolId
from tests.builders import a_place, a_polygon, an_id

ABOVE_PX = -7
"""From a trigger point's centre, past its number, on its disc."""

ASIDE = (-60.0, 420.0)
"""Where no strewn mark lies."""


def strewn(count):
    """Marks of all kinds over the right shoulder blade."""
    for index in range(count):
        mark_id = MarkId(an_id(f"strewn/{index}"))
        u, v = 40.0 + 3 * (index % 20), 330.0 + 5 * (index // 20)
        place = a_place(u, v)
        if index % 10 == 9:
            yield PainZone(mark_id, index + 1, place, (a_polygon(u - 30, v - 30),))
        elif index % 2:
            yield NeedleSite(mark_id, index + 1, place)
        else:
            yield TriggerPoint(mark_id, index + 1, place)


@pytest.fixture
def crowd(clinic, open_work, visit, map_view):
    """Fills the visit with marks, and has the map follow it."""

    def fill(count):
        marks = in_order(strewn(count))
        full = replace(visit, id=type(visit.id)(an_id("full")), marks=marks)
        with open_work() as work:
            work.visits.add(full)
            work.commit()
        charting = clinic.chart(full.id)
        map_view.step_made.disconnect()
        map_view.step_made.connect(charting.do)
        map_view.set_charting(charting)
        map_view.zoom_to(2.0)
        map_view.centre_at(20, 400)
        return charting

    return fill


def shown_now(map_view):
    return map_view.viewport().grab().toImage()


def apart(one, other):
    """How many of the looked-at pixels differ clearly."""
    spots = [(x, y) for x in range(0, one.width(), 5) for y in range(0, one.height(), 5)]
    return sum(_differ(one.pixelColor(*spot), other.pixelColor(*spot)) for spot in spots)


def _differ(one, other):
    return any(abs(a - b) > 40 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@pytest.mark.parametrize("tool", [ToolId.TRIGGER_POINT, ToolId.NEEDLE_SITE, ToolId.NOTE])
def test_a_new_mark_shows_among_many(crowd, map_view, hand, crisp, tool):
    charting = crowd(MANY + 20)
    crisp()
    before = shown_now(map_view)
    map_view.use_tool(tool)
    hand.click(*ASIDE)
    map_view.select(())
    hand.leave()
    assert len(charting.visit.marks) == MANY + 21
    assert apart(before, shown_now(map_view)) > 5


def test_what_follows_a_gesture_is_what_a_fresh_map_would_show(crowd, map_view, hand, crisp):
    charting = crowd(MANY + 20)
    crisp()
    map_view.use_tool(ToolId.NEEDLE_SITE)
    hand.click(*ASIDE)
    map_view.use_tool(ToolId.PAIN_BRUSH)
    map_view.select(())
    hand.drag((-90, 360), (-90, 380))
    map_view.select(())
    hand.leave()
    followed = shown_now(map_view)
    map_view.set_charting(charting)
    crisp()
    assert apart(followed, shown_now(map_view)) < 10


def test_a_deleted_mark_is_gone_from_among_many(crowd, map_view, crisp, theme, colour_at):
    charting = crowd(MANY + 20)
    first = charting.visit.marks[0]
    crisp()
    before = shown_now(map_view)
    map_view.select({first.id})
    map_view.delete_selection()
    assert not charting.visit.has(first.id)
    assert apart(before, shown_now(map_view)) > 2


def test_one_mark_more_turns_few_into_many_and_back(crowd, map_view, hand, crisp, colour_at, theme):
    charting = crowd(MANY - 1)
    map_view.use_tool(ToolId.TRIGGER_POINT)
    hand.click(*ASIDE)
    map_view.select(())
    crisp()
    assert len(charting.visit.marks) == MANY
    assert colour_at(*ASIDE, dy=ABOVE_PX) == theme.colour("trigger-point")
    mark = max(charting.visit.trigger_points(), key=lambda point: point.number)
    charting.do(charting.remove([mark.id]))
    crisp()
    assert colour_at(*ASIDE, dy=ABOVE_PX) != theme.colour("trigger-point")


def test_marks_stay_in_sight_while_zooming(crowd, map_view, crisp):
    crowd(MANY + 20)
    crisp()
    map_view.zoom_to(2.6, QPointF(450, 300))
    at_once = shown_now(map_view)
    crisp()
    assert apart(at_once, shown_now(map_view)) < at_once.width() * at_once.height() / 25 * 0.15


def test_another_theme_paints_many_marks_anew(crowd, map_view, crisp, theme):
    crowd(MANY + 20)
    crisp()
    before = shown_now(map_view)
    map_view.set_theme(type(theme).load("dark"))
    crisp()
    assert apart(before, shown_now(map_view)) > 500
