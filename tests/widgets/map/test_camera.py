import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF

from bodymap.widgets.map.camera import (
    CLOSEST_PX_PER_MM,
    Camera,
    fitted,
    kept_in_sight,
    within_limits,
)

BODY = QRectF(-351, -14, 702, 1736)
ROOM = QSizeF(900, 800)
NONE = QMarginsF(0, 0, 0, 0)

coordinates = st.floats(-2000, 2000)
scales = st.floats(0.1, CLOSEST_PX_PER_MM)


@given(coordinates, coordinates, scales, coordinates, coordinates)
def test_a_pixel_and_its_place_belong_together(u, v, scale, left, top):
    camera = Camera(scale, left, top)
    back = camera.to_mm(camera.to_px(u, v))
    assert back == pytest.approx((u, v), abs=1e-6)


def test_the_whole_figure_is_fitted_inside_the_margins():
    margins = QMarginsF(100, 50, 20, 60)
    shown = fitted(BODY, ROOM, margins).area_px(BODY)
    room = QRectF(100, 50, 780, 690)
    assert room.adjusted(-1, -1, 1, 1).contains(shown)
    assert shown.height() == pytest.approx(690, abs=1)


def test_a_window_without_room_still_gets_a_camera():
    assert fitted(BODY, QSizeF(10, 10), QMarginsF(20, 20, 20, 20)).px_per_mm > 0


@given(scales, st.floats(0, 900), st.floats(0, 800))
def test_what_is_under_the_pointer_stays_there_when_zooming(scale, x, y):
    camera = fitted(BODY, ROOM, NONE)
    at = QPointF(x, y)
    place = camera.to_mm(at)
    after = camera.zoomed(scale, at).to_px(*place)
    assert abs(after.x() - x) <= 0.51
    assert abs(after.y() - y) <= 0.51


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_offsets_are_whole_pixels_of_the_screen(ratio):
    camera = fitted(BODY, ROOM, NONE, ratio).panned(QPointF(3.3, 7.7), ratio)
    for offset in (camera.left_px, camera.top_px):
        assert (offset * ratio) == pytest.approx(round(offset * ratio))


@given(st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_the_figure_can_not_be_lost(dx, dy):
    camera = fitted(BODY, ROOM, NONE).panned(QPointF(dx, dy))
    kept = kept_in_sight(camera, BODY, ROOM).area_px(BODY)
    assert kept.adjusted(-1, -1, 1, 1).contains(QPointF(450, 400))


def test_scales_have_limits():
    assert within_limits(1000, 0.5) == CLOSEST_PX_PER_MM
    assert within_limits(0.001, 0.5) == pytest.approx(0.35)
    assert within_limits(float("nan"), 0.5) == 0.5
