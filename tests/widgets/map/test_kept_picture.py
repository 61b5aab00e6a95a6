"""A picture is painted anew only when it looks different."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.kept import KeptPicture

BLUE = QColor("#2244cc")


class Canvas(QWidget):
    """Shows a square of 40 mm through a camera, and counts how often it was painted."""

    def __init__(self):
        super().__init__()
        self.kept = KeptPicture()
        self.camera = Camera(1.0, 20.0, 20.0)
        self.of = "square"
        self.times = 0

    @override
    def paintEvent(self, event):
        painter = QPainter(self)
        self.kept.paint(painter, self.camera, QRectF(event.rect()), self.of, self.draw)
        painter.end()

    def draw(self, painter, camera, _area):
        self.times += 1
        painter.fillRect(camera.area_px(QRectF(0, 0, 40, 40)), BLUE)

    def look(self, camera=None, of="square"):
        self.camera, self.of = camera or self.camera, of
        self.repaint()
        return self.times


@pytest.fixture
def canvas(qtbot):
    canvas = Canvas()
    canvas.resize(200, 200)
    qtbot.addWidget(canvas)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.look()
    canvas.look()
    return canvas


def test_moving_about_paints_nothing_anew(canvas):
    before = canvas.times
    for step in range(1, 20):
        canvas.look(Camera(1.0, 20.0 + step, 20.0 - step))
    assert canvas.times == before


def test_far_enough_away_it_is_painted_again(canvas):
    before = canvas.times
    assert canvas.look(Camera(1.0, 120.0, 20.0)) == before + 1


def test_each_scale_is_painted_and_kept_from_the_second_time_on(canvas):
    before = canvas.times
    closer = Camera(2.0, 20.0, 20.0)
    assert canvas.look(closer) == before + 1
    assert canvas.look(closer) == before + 2
    assert canvas.look(closer) == before + 2


def test_another_picture_is_painted(canvas):
    before = canvas.times
    assert canvas.look(of="other") == before + 1


def test_what_is_kept_looks_like_what_was_painted(canvas, qapp):
    canvas.look(Camera(1.0, 33.0, 27.0))
    shown = canvas.screen().grabWindow(canvas.winId()).toImage()
    if shown.isNull() or shown.pixelColor(50, 50) != BLUE:
        pytest.skip("this screen cannot be grabbed")
    assert shown.pixelColor(33, 27) == BLUE
    assert shown.pixelColor(72, 66) == BLUE
    assert shown.pixelColor(74, 68) != BLUE
