"""What a gesture shows before it takes effect."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication

from bodymap.chart.visit import VisitState
from bodymap.desk.charting import Charting
from bodymap.widgets.map.tool_id import ToolId

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def picture(map_view, crisp):
    def take():
        crisp()
        return map_view.viewport().grab().toImage()

    return take


@pytest.mark.parametrize("tool", [ToolId.PAIN_BRUSH, ToolId.PAIN_ERASER])
def test_the_brush_is_a_ring_as_large_as_what_it_paints(map_view, hand, picture, tool, theme):
    map_view.use_tool(tool)
    map_view.brush_radius_mm = 40
    bare = picture()
    hand.hover(60, 360)
    shown = picture()
    radius = round(40 * map_view.px_per_mm)
    at = map_view.mm_to_view(60, 360).toPoint()
    assert shown.pixelColor(at) == theme.colour("pain")
    assert shown.pixelColor(at.x() - radius, at.y()) != bare.pixelColor(at.x() - radius, at.y())
    hand.leave()
    assert picture() == bare


@pytest.mark.parametrize("tool", [ToolId.PAIN_BRUSH, ToolId.PAIN_ERASER, ToolId.PAIN_LASSO])
def test_a_stroke_is_shown_while_it_is_drawn_and_gone_when_left(map_view, hand, picture, tool):
    map_view.use_tool(tool)
    bare = picture()
    path = [hand.px(*point) for point in ((40, 340), (60, 380), (90, 420), (50, 430))]
    hand.drag_px(*path, release=False)
    assert picture() != bare
    map_view.escape()
    hand.leave()
    assert picture() == bare


def test_the_region_under_the_pointer_is_shown(map_view, hand, picture):
    map_view.use_tool(ToolId.PAIN_REGION)
    bare = picture()
    hand.hover(60, 360)
    assert picture() != bare
    hand.leave()
    map_view.hover_card.hide()
    assert picture() == bare


def test_a_band_is_shown_while_it_is_drawn(map_view, hand, picture):
    bare = picture()
    path = [hand.px(*point) for point in ((-80, 340), (0, 380), (90, 420))]
    hand.drag_px(*path, modifiers=SHIFT, release=False)
    assert picture() != bare
    map_view.escape()
    assert picture() == bare


def test_the_crosshair_is_shown_and_put_away(map_view, hand, picture):
    map_view.use_tool(ToolId.NOTE)
    bare = picture()
    hand.key(Qt.Key.Key_Right)
    assert picture() != bare
    hand.key(Qt.Key.Key_Escape)
    assert picture() == bare


def test_a_closed_visit_is_shown_but_not_changed(map_view, hand, charting, open_work, atlas):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    hand.click(60, 350)
    signed = type(charting.visit)(
        **{name: getattr(charting.visit, name) for name in charting.visit.__slots__}
        | {"state": VisitState.SIGNED}
    )
    map_view.set_charting(Charting(open_work, atlas, None, signed))
    hand.click(-60, 350)
    map_view.use_tool(ToolId.SELECT)
    hand.drag((60, 350), (60, 380), (60, 400))
    hand.key(Qt.Key.Key_Left)
    assert map_view.marks.mark(signed.marks[0].id) == signed.marks[0]
    assert len(list(map_view.marks.shown)) == 1
    assert not map_view.is_writable
    assert "no open visit" in map_view.problems[0]


def gesture(hand, kind, value=0.0, delta=None):
    at = QPointF(450, 300)
    device = QPointingDevice.primaryPointingDevice()
    where = QPointF(hand.viewport.mapToGlobal(at))
    event = QNativeGestureEvent(kind, device, 2, at, at, where, value, delta or QPointF())
    return QApplication.sendEvent(hand.viewport, event)


def test_a_double_tap_on_a_trackpad_shows_the_whole_figure(map_view, hand):
    map_view.zoom_to(4.0)
    gesture(hand, Qt.NativeGestureType.SmartZoomNativeGesture)
    assert map_view.px_per_mm == pytest.approx(map_view.fit_px_per_mm)


def test_a_trackpad_pan_pans(map_view, hand):
    before = map_view.camera.left_px
    gesture(hand, Qt.NativeGestureType.PanNativeGesture, delta=QPointF(14, 0))
    assert map_view.camera.left_px == before + 14


def test_a_turn_on_a_trackpad_means_nothing(map_view, hand):
    before = map_view.camera
    gesture(hand, Qt.NativeGestureType.RotateNativeGesture, 15.0)
    assert map_view.camera == before


def test_a_touch_that_the_system_takes_away_leaves_no_trace(map_view, hand, charting):
    map_view.use_tool(ToolId.PAIN_LASSO)
    hand.drag_px(hand.px(40, 340), hand.px(90, 400), release=False)
    QApplication.sendEvent(map_view, QEvent(QEvent.Type.UngrabMouse))
    map_view.escape()
    assert not charting.visit.marks
