"""Every tool, used with a mouse on a real map over a real data file."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.marks import MarkKind, NeedleSite, Note, TriggerPoint, kind_of
from bodymap.widgets.map.tool_id import ToolId

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
AROUND = [(90 + 25 * math.cos(a / 5), 360 + 40 * math.sin(a / 5)) for a in range(31)]


def marks(charting):
    return charting.visit.marks


def place_of(charting, mark_id):
    place = charting.visit.mark(mark_id).place
    return place.u_mm, place.v_mm


@pytest.fixture
def point(map_view, charting, hand):
    """Puts a trigger point with the mouse and puts the tool away again."""

    def put(u, v):
        map_view.use_tool(ToolId.TRIGGER_POINT)
        hand.click(u, v)
        map_view.use_tool(ToolId.SELECT)
        return max(charting.visit.trigger_points(), key=lambda mark: mark.number).id

    return put


@pytest.fixture
def zone(map_view, charting, hand):
    def draw(*points):
        map_view.use_tool(ToolId.PAIN_LASSO)
        map_view.select(())
        hand.drag(*points)
        return max(charting.visit.pain_zones(), key=lambda mark: mark.number).id

    return draw


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        (ToolId.TRIGGER_POINT, TriggerPoint),
        (ToolId.NEEDLE_SITE, NeedleSite),
        (ToolId.NOTE, Note),
    ],
)
def test_a_click_puts_a_mark_where_it_was_made(map_view, hand, charting, tool, kind):
    map_view.use_tool(tool)
    hand.click(60, 350)
    (mark,) = marks(charting)
    assert isinstance(mark, kind)
    assert math.dist((mark.place.u_mm, mark.place.v_mm), (60, 350)) < 1 / map_view.px_per_mm
    assert mark.place.side is Side.RIGHT
    assert map_view.selection == {mark.id}


def test_two_quick_clicks_put_two_marks(map_view, charting, hand):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    hand.click(60, 350)
    hand.click(-60, 350)
    assert [mark.place.side for mark in marks(charting)] == [Side.RIGHT, Side.LEFT]


def test_a_click_off_the_body_is_refused_in_words(map_view, charting, hand):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    hand.click(-300, 50)
    assert not marks(charting)
    assert "off the body" in map_view.problems[0]


def test_a_drag_with_a_point_tool_pans(map_view, charting, hand):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    before = map_view.camera
    hand.drag_px(QPoint(400, 300), QPoint(420, 310), QPoint(450, 330))
    after = map_view.camera
    assert (after.left_px - before.left_px, after.top_px - before.top_px) == (50, 30)
    assert not marks(charting)


def test_a_lasso_becomes_a_zone_as_large_as_what_was_drawn(map_view, charting, zone):
    zone_id = zone(*AROUND)
    (piece,) = charting.visit.mark(zone_id).polygons
    us, vs = zip(*piece.outer, strict=True)
    assert max(us) - min(us) == pytest.approx(50, abs=6)
    assert max(vs) - min(vs) == pytest.approx(80, abs=6)


def test_a_second_lasso_adds_a_piece_to_the_zone_in_hand(map_view, charting, hand, zone):
    zone_id = zone(*AROUND)
    hand.drag(*((u - 180, v) for u, v in AROUND))
    assert [mark.id for mark in marks(charting)] == [zone_id]
    assert len(charting.visit.mark(zone_id).polygons) == 2


def test_a_lasso_with_nothing_in_hand_begins_another_zone(map_view, charting, hand, zone):
    zone(*AROUND)
    hand.key(Qt.Key.Key_Escape)
    hand.drag(*((u - 180, v) for u, v in AROUND))
    assert len(list(charting.visit.pain_zones())) == 2


def test_a_lasso_that_is_hardly_a_line_is_explained(map_view, charting, hand):
    map_view.use_tool(ToolId.PAIN_LASSO)
    hand.click(60, 350)
    assert not marks(charting)
    assert "Draw around" in map_view.problems[0]


def test_a_click_takes_a_whole_region_and_a_second_one_gives_it_back(map_view, charting, hand):
    map_view.use_tool(ToolId.PAIN_REGION)
    hand.click(60, 350)
    (zone,) = marks(charting)
    assert zone.place.side is Side.RIGHT
    hand.click(60, 350)
    assert not marks(charting)


def test_the_brush_paints_and_the_eraser_takes_away(map_view, charting, hand):
    map_view.use_tool(ToolId.PAIN_BRUSH)
    map_view.brush_radius_mm = 12
    hand.drag((60, 330), (60, 380), (60, 430))
    (zone,) = marks(charting)
    map_view.use_tool(ToolId.PAIN_ERASER)
    hand.drag((20, 380), (100, 380))
    (after,) = marks(charting)
    assert (len(zone.polygons), len(after.polygons)) == (1, 2)


def test_the_eraser_finds_the_zone_it_begins_on(map_view, charting, hand, zone):
    zone_id = zone(*AROUND)
    map_view.select(())
    map_view.use_tool(ToolId.PAIN_ERASER)
    before = charting.visit.mark(zone_id)
    hand.drag((90, 345), (90, 375))
    assert charting.visit.mark(zone_id) != before


def test_an_eraser_beside_every_zone_says_so(map_view, charting, hand):
    map_view.use_tool(ToolId.PAIN_ERASER)
    hand.drag((60, 330), (60, 380))
    assert "Choose the pain zone" in map_view.problems[0]


@pytest.mark.parametrize("tool", [ToolId.PAIN_LASSO, ToolId.PAIN_BRUSH, ToolId.PAIN_ERASER])
def test_escape_leaves_a_drawing_without_a_trace(map_view, charting, hand, tool):
    map_view.use_tool(tool)
    hand.drag_px(*(hand.px(*point) for point in AROUND[:12]), release=False)
    hand.key(Qt.Key.Key_Escape)
    hand.viewport.repaint()
    hand.drag_px(QPoint(5, 5), release=True)
    assert not marks(charting)


def test_a_click_takes_the_nearest_mark_in_hand(map_view, hand, point):
    one, other = point(60, 350), point(90, 420)
    hand.click(92, 424)
    assert map_view.selection == {other}
    hand.click(60, 352)
    assert map_view.selection == {one}
    hand.click(-100, 350)
    assert map_view.selection == frozenset()


def test_control_takes_one_more_mark_and_gives_it_back(map_view, hand, point):
    one, other = point(60, 350), point(90, 420)
    hand.click(60, 350)
    hand.click(90, 420, CONTROL)
    assert map_view.selection == {one, other}
    hand.click(60, 350, CONTROL)
    assert map_view.selection == {other}


def test_a_band_takes_all_that_lies_inside(map_view, hand, point):
    inside = {point(60, 350), point(90, 420)}
    point(-80, 380)
    map_view.select(())
    hand.drag((30, 320), (80, 380), (130, 460), modifiers=SHIFT)
    assert map_view.selection == inside


def test_a_band_takes_zones_and_adds_with_control(map_view, hand, point, zone):
    zone_id = zone(*AROUND)
    one = point(-80, 380)
    map_view.select({one})
    hand.drag((150, 300), (100, 400), (95, 420), modifiers=SHIFT | CONTROL)
    assert map_view.selection == {one, zone_id}


def test_a_badge_can_be_clicked_instead_of_the_tip(map_view, charting, hand):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    hand.click(60, 350)
    map_view.use_tool(ToolId.SELECT)
    map_view.select(())
    (needle,) = marks(charting)
    way = map_view.marks.shown.get(needle.id).way
    tip = map_view.mm_to_view(60, 350)
    hand.drag_px((tip + QPoint(round(way[0]), round(way[1]))).toPoint())
    assert map_view.selection == {needle.id}


def test_a_drag_moves_a_mark_and_its_words(map_view, charting, hand, point):
    mark_id = point(60, 350)
    hand.drag((60, 350), (0, 350), (-40, 360), (-60, 360))
    u, v = place_of(charting, mark_id)
    assert math.dist((u, v), (-60, 360)) < 2 / map_view.px_per_mm
    assert charting.visit.mark(mark_id).place.side is Side.LEFT


def test_a_drag_moves_everything_in_hand(map_view, charting, hand, point):
    one, other = point(60, 350), point(90, 420)
    map_view.select({one, other})
    before = place_of(charting, other)
    hand.drag((60, 350), (60, 370), (60, 380))
    du, dv = (a - b for a, b in zip(place_of(charting, other), before, strict=True))
    assert (du, dv) == pytest.approx((0, 30), abs=2 / map_view.px_per_mm)


def test_a_mark_is_shown_where_it_is_dragged(map_view, hand, point, colour_at, theme):
    mark_id = point(60, 350)
    map_view.select({mark_id})
    path = [hand.px(60, 350), hand.px(60, 380), hand.px(60, 420)]
    hand.drag_px(*path, release=False)
    assert colour_at(60, 420, dx=-6) == theme.colour("trigger-point")
    hand.key(Qt.Key.Key_Escape)
    assert colour_at(60, 420, dx=-6) != theme.colour("trigger-point")
    assert colour_at(60, 350, dx=-6) == theme.colour("trigger-point")


def test_a_drag_off_the_body_leaves_the_mark_where_it_was(map_view, charting, hand, point):
    mark_id = point(60, 350)
    before = place_of(charting, mark_id)
    hand.drag((60, 350), (200, 200), (330, 60))
    assert place_of(charting, mark_id) == before
    assert map_view.problems


def test_a_drag_beside_the_marks_pans(map_view, charting, hand, point):
    mark_id = point(60, 350)
    before = place_of(charting, mark_id), map_view.camera
    hand.drag_px(QPoint(100, 500), QPoint(130, 480), QPoint(160, 460))
    assert place_of(charting, mark_id) == before[0]
    assert map_view.camera.left_px - before[1].left_px == 60


def test_a_zone_is_moved_by_its_inside(map_view, charting, hand, zone):
    zone_id = zone(*AROUND)
    before = place_of(charting, zone_id)
    map_view.use_tool(ToolId.SELECT)
    hand.drag((90, 360), (70, 380), (60, 400))
    assert place_of(charting, zone_id)[1] > before[1] + 20


@pytest.mark.parametrize("tool", [tool for tool in ToolId if tool is not ToolId.SELECT])
def test_no_tool_marks_without_an_open_visit(map_view, hand, tool):
    map_view.set_charting(None)
    map_view.use_tool(tool)
    hand.drag((60, 350), (70, 360), (90, 400))
    assert map_view.problems
    assert not list(map_view.marks.shown)


def test_deleting_takes_what_is_in_hand(map_view, charting, point):
    one, other = point(60, 350), point(90, 420)
    map_view.select({one})
    map_view.delete_selection()
    assert [mark.id for mark in marks(charting)] == [other]
    assert map_view.selection == frozenset()


def test_a_duplicate_is_in_hand(map_view, charting, point):
    one = point(60, 350)
    map_view.select({one})
    map_view.duplicate_selection()
    (copy,) = {mark.id for mark in marks(charting)} - {one}
    assert map_view.selection == {copy}


def test_a_mirrored_copy_lies_on_the_other_side(map_view, charting, point):
    one = point(60, 350)
    map_view.select({one})
    map_view.mirror_selection()
    copy = next(mark for mark in marks(charting) if mark.id != one)
    assert (copy.place.u_mm, copy.place.v_mm) == pytest.approx((-60, 350), abs=2)
    assert copy.place.side is Side.LEFT


def test_a_needle_beside_a_trigger_point_is_linked_to_it(map_view, charting, hand, point):
    trigger = point(60, 350)
    map_view.use_tool(ToolId.NEEDLE_SITE)
    hand.click(63, 352)
    (needle,) = charting.visit.needle_sites()
    assert needle.trigger_point == trigger


def test_marks_of_other_views_are_not_shown(map_view, charting, point):
    mark_id = point(60, 350)
    map_view.show_view(ViewId.ANTERIOR)
    assert not list(map_view.marks.shown)
    map_view.centre_on(mark_id)
    assert map_view.view_id is ViewId.POSTERIOR
    assert list(map_view.marks.shown) == [mark_id]


def test_each_kind_can_be_charted(map_view, charting, hand, zone, point):
    point(60, 350)
    zone(*AROUND)
    for tool in (ToolId.NEEDLE_SITE, ToolId.NOTE):
        map_view.use_tool(tool)
        hand.click(-60, 400)
    assert {kind_of(mark) for mark in marks(charting)} == set(MarkKind)
