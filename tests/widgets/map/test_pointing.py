"""Wheel, pinch, fingers and keys on a real map."""

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bodymap.widgets.map.camera import CLOSEST_PX_PER_MM
from bodymap.widgets.map.tool_id import ToolId

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MIDDLE = Qt.MouseButton.MiddleButton


@pytest.fixture(scope="module")
def touchscreen(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def marked(map_view, charting, hand):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    hand.click(60, 350)
    return charting.visit.marks[0].id


def test_the_wheel_zooms_towards_the_pointer(map_view, hand):
    at, before = QPointF(600, 300), map_view.px_per_mm
    place = map_view.view_to_mm(at)
    hand.wheel(at, 120)
    assert map_view.px_per_mm == pytest.approx(before * 1.21, rel=0.02)
    assert map_view.view_to_mm(at) == pytest.approx(place, abs=0.8 / map_view.px_per_mm)


def test_the_wheel_stops_at_a_fingertip_and_at_the_whole_figure(map_view, hand):
    for _ in range(40):
        hand.wheel(QPointF(450, 300), 240)
    assert map_view.px_per_mm == CLOSEST_PX_PER_MM
    for _ in range(60):
        hand.wheel(QPointF(450, 300), -240)
    assert map_view.px_per_mm == pytest.approx(map_view.fit_px_per_mm * 0.7)


def test_two_fingers_on_a_trackpad_pan_and_with_control_zoom(map_view, hand):
    before = map_view.camera
    scrolling = {"phase": Qt.ScrollPhase.ScrollUpdate, "pixels": QPoint(12, -8)}
    hand.wheel(QPointF(450, 300), -64, **scrolling)
    after = map_view.camera
    assert (after.left_px - before.left_px, after.top_px - before.top_px) == (12, -8)
    hand.wheel(QPointF(450, 300), 64, modifiers=CONTROL, **scrolling)
    assert map_view.px_per_mm > after.px_per_mm


def test_a_pinch_on_a_trackpad_zooms(map_view, hand):
    at, before = QPointF(450, 300), map_view.px_per_mm
    gesture = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(hand.viewport.mapToGlobal(at)),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(hand.viewport, gesture)
    assert map_view.px_per_mm == pytest.approx(before * 1.25)


@pytest.mark.parametrize("button", [MIDDLE, Qt.MouseButton.LeftButton])
def test_middle_drag_and_space_drag_pan(map_view, hand, button):
    map_view.use_tool(ToolId.PAIN_LASSO)
    before = map_view.camera
    if button is Qt.MouseButton.LeftButton:
        QTest.keyPress(map_view, Qt.Key.Key_Space)
    hand.drag_px(QPoint(300, 300), QPoint(340, 320), button=button)
    QTest.keyRelease(map_view, Qt.Key.Key_Space)
    assert map_view.camera.left_px - before.left_px == 40
    assert not map_view.problems


def test_zoom_steps_and_fit(map_view):
    whole = map_view.px_per_mm
    map_view.zoom_in()
    assert map_view.px_per_mm == pytest.approx(whole * 1.35)
    map_view.zoom_out()
    map_view.pan(QPointF(30, 0))
    map_view.fit()
    assert map_view.px_per_mm == pytest.approx(whole)


def test_the_whole_figure_stays_whole_when_the_window_grows(map_view):
    before = map_view.px_per_mm
    map_view.resize(1200, 1100)
    assert map_view.px_per_mm > before
    assert map_view.px_per_mm == pytest.approx(map_view.fit_px_per_mm)


def test_a_tap_puts_a_mark(map_view, hand, charting, touchscreen):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    at = hand.finger(60, 350)
    hand.touch(touchscreen).press(0, at).commit()
    hand.touch(touchscreen).release(0, at).commit()
    (needle,) = charting.visit.needle_sites()
    assert math.dist((needle.place.u_mm, needle.place.v_mm), (60, 350)) < 2


def test_a_finger_that_rolls_a_little_still_taps(map_view, hand, charting, touchscreen):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    at = hand.finger(60, 350)
    hand.touch(touchscreen).press(0, at).commit()
    hand.touch(touchscreen).move(0, at + QPoint(8, 7)).commit()
    hand.touch(touchscreen).release(0, at + QPoint(8, 7)).commit()
    assert len(charting.visit.marks) == 1


def test_a_finger_finds_a_mark_from_22_pixels_away(map_view, hand, marked, touchscreen):
    map_view.use_tool(ToolId.SELECT)
    map_view.select(())
    at = hand.finger(60, 350) + QPoint(-16, 15)
    hand.touch(touchscreen).press(0, at).commit()
    hand.touch(touchscreen).release(0, at).commit()
    assert map_view.selection == {marked}


def test_two_fingers_pinch_around_what_lies_between_them(map_view, hand, charting, touchscreen):
    map_view.use_tool(ToolId.NEEDLE_SITE)
    before, middle = map_view.px_per_mm, QPointF(450, 400)
    place = map_view.view_to_mm(middle)
    spread = [QPoint(0, n) for n in (40, 60, 80)]
    centre = middle.toPoint()
    hand.touch(touchscreen).press(0, centre - spread[0]).press(1, centre + spread[0]).commit()
    for by in spread[1:]:
        hand.touch(touchscreen).move(0, centre - by).move(1, centre + by).commit()
    hand.touch(touchscreen).release(0, centre - spread[-1]).release(1, centre + spread[-1]).commit()
    assert map_view.px_per_mm == pytest.approx(before * 2, rel=0.02)
    assert map_view.view_to_mm(middle) == pytest.approx(place, abs=3)
    assert not charting.visit.marks


def test_a_second_finger_ends_a_drawing(map_view, hand, charting, touchscreen):
    map_view.use_tool(ToolId.PAIN_LASSO)
    at = [hand.finger(60, 330), hand.finger(100, 360), hand.finger(60, 400)]
    hand.touch(touchscreen).press(0, at[0]).commit()
    hand.touch(touchscreen).move(0, at[1]).commit()
    hand.touch(touchscreen).move(0, at[2]).press(1, at[0] + QPoint(90, 90)).commit()
    hand.touch(touchscreen).release(0, at[2]).release(1, at[0] + QPoint(90, 90)).commit()
    assert not charting.visit.marks
    assert not map_view.held_tool.is_busy


def test_a_finger_can_draw_a_zone(map_view, hand, charting, touchscreen):
    map_view.use_tool(ToolId.PAIN_LASSO)
    around = [hand.finger(90 + 30 * math.cos(a), 360 + 40 * math.sin(a)) for a in range(6)]
    hand.touch(touchscreen).press(0, around[0]).commit()
    for at in around[1:]:
        hand.touch(touchscreen).move(0, at).commit()
    hand.touch(touchscreen).release(0, around[-1]).commit()
    assert len(list(charting.visit.pain_zones())) == 1


def test_a_right_click_takes_the_mark_and_asks_for_a_menu(qtbot, map_view, hand, marked):
    map_view.select(())
    at = hand.px(60, 350)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, map_view.mapToGlobal(at))
    with qtbot.waitSignal(map_view.context_requested) as asked:
        QApplication.sendEvent(hand.viewport, event)
    assert asked.args[1] == marked
    assert map_view.selection == {marked}


def test_arrows_nudge_by_a_millimetre_and_a_run_is_one_step(
    qtbot, map_view, hand, charting, marked
):
    before = charting.visit.mark(marked).place
    steps = []
    map_view.step_made.connect(steps.append)
    for _ in range(3):
        hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: bool(steps))
    after = charting.visit.mark(marked).place
    assert (after.u_mm - before.u_mm, after.v_mm - before.v_mm) == pytest.approx((3, 5))
    assert len(steps) == 1


def test_a_nudge_is_stored_before_the_next_gesture(map_view, hand, charting, marked):
    before = charting.visit.mark(marked).place
    hand.key(Qt.Key.Key_Left)
    hand.click(-60, 400)
    assert charting.visit.mark(marked).place.u_mm == pytest.approx(before.u_mm - 1)
    assert len(charting.visit.marks) == 2


def test_escape_takes_a_nudge_back(map_view, hand, charting, marked):
    before = charting.visit.mark(marked).place
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Escape)
    map_view.finish_nudging()
    assert charting.visit.mark(marked).place == before


def test_escape_lets_go_of_the_marks(map_view, hand, marked):
    hand.key(Qt.Key.Key_Escape)
    assert map_view.selection == frozenset()


def test_marks_can_be_placed_with_keys_alone(map_view, hand, charting):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    map_view.centre_at(60, 350)
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Right, SHIFT)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    (mark,) = charting.visit.trigger_points()
    assert (mark.place.u_mm, mark.place.v_mm) == pytest.approx((70, 352), abs=2)


def test_an_area_can_be_drawn_with_keys_alone(map_view, hand, charting):
    map_view.use_tool(ToolId.PAIN_LASSO)
    map_view.centre_at(60, 350)
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(4):
            hand.key(key, SHIFT)
    hand.key(Qt.Key.Key_Return)
    (zone,) = charting.visit.pain_zones()
    us = [u for u, _ in zone.polygons[0].outer]
    assert max(us) - min(us) == pytest.approx(40, abs=6)


def test_the_crosshair_keeps_in_sight(map_view, hand):
    map_view.use_tool(ToolId.NOTE)
    map_view.zoom_to(4.0)
    for _ in range(30):
        hand.key(Qt.Key.Key_Up, SHIFT)
    at = map_view.mm_to_view(*map_view.key_cursor.at_mm)
    assert map_view.viewport().rect().contains(at.toPoint())


def test_arrows_pan_with_nothing_in_hand(map_view, hand):
    before = map_view.camera
    hand.key(Qt.Key.Key_Right)
    assert map_view.camera.left_px == before.left_px - 60


def test_brackets_change_the_brush(map_view, hand):
    map_view.use_tool(ToolId.PAIN_BRUSH)
    before = map_view.brush_radius_mm
    hand.key(Qt.Key.Key_BracketRight)
    assert map_view.brush_radius_mm == pytest.approx(before * 1.25)
    for _ in range(30):
        hand.key(Qt.Key.Key_BracketLeft)
    assert map_view.brush_radius_mm == 3.0


def test_page_keys_go_from_mark_to_mark(map_view, hand, charting, marked):
    hand.click(-60, 400)
    ids = [mark.id for mark in charting.visit.marks]
    hand.key(Qt.Key.Key_PageDown)
    assert map_view.selection == {ids[0]}
    hand.key(Qt.Key.Key_PageUp)
    assert map_view.selection == {ids[1]}


def test_losing_the_focus_leaves_a_drawing(qtbot, map_view, hand, charting):
    map_view.use_tool(ToolId.PAIN_LASSO)
    hand.drag_px(hand.px(60, 330), hand.px(100, 360), hand.px(60, 400), release=False)
    QApplication.sendEvent(map_view, QEvent(QEvent.Type.WindowDeactivate))
    map_view.clearFocus()
    assert not map_view.held_tool.is_busy
    assert not charting.visit.marks


def test_a_nudge_is_a_step_before_any_key_of_the_window(map_view, hand, charting, marked):
    before = charting.visit.mark(marked).place
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert charting.visit.mark(marked).place.u_mm == pytest.approx(before.u_mm - 1)


def test_a_nudge_is_kept_when_the_window_goes(map_view, hand, charting, marked):
    before = charting.visit.mark(marked).place
    hand.key(Qt.Key.Key_Left)
    map_view.hide()
    assert charting.visit.mark(marked).place.u_mm == pytest.approx(before.u_mm - 1)


def test_a_change_from_elsewhere_ends_a_drag(map_view, hand, charting, marked):
    map_view.use_tool(ToolId.SELECT)
    path = [hand.px(60, 350), hand.px(60, 380), hand.px(60, 400)]
    hand.drag_px(*path, release=False)
    charting.do(charting.remove([marked]))
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, pos=path[-1])
    assert not charting.visit.marks
    assert not map_view.problems


def test_what_is_shown_and_in_hand_is_told_in_words(map_view, hand, marked):
    assert map_view.accessibleName() == "Body map"
    told = map_view.accessibleDescription()
    assert told.startswith("Back, 1 mark, In hand: Active trigger point 1")
