"""A clinic, its window, and two hands: mouse and wheel, touch, keys."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from bodymap.app import Application
from bodymap.app_window import make_window
from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.widgets.main_window import MainWindow
from tests.builders import a_visit
from tests.vaults import found_clinic, put_visit, signed_in
from tests.windows import close


@dataclass
class Table:
    """One therapist at the treatment table, with the real window over a real data file."""

    application: Application
    window: MainWindow
    qtbot: object

    @property
    def map(self):
        return self.window.map

    @property
    def visit(self):
        return self.window.session.charting.visit

    @property
    def stored(self):
        return self.application.clinic.visit(self.visit.id)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.map.is_crisp)

    def look_at(self, at, px_per_mm=2.0):
        self.map.zoom_to(px_per_mm)
        self.map.centre_at(*at)
        self.settle()

    def press(self, name):
        buttons = [b for b in self.window.findChildren(QAbstractButton, name) if b.isVisible()]
        assert len(buttons) == 1, f"{name}: {len(buttons)} buttons"
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.map, key, modifier)

    def pixel(self, at) -> QPoint:
        return self.map.mm_to_view(*at).toPoint()

    def click(self, at):
        QTest.mouseClick(self.map.viewport(), Qt.MouseButton.LeftButton, pos=self.pixel(at))

    def drag(self, points):
        viewport, left = self.map.viewport(), Qt.MouseButton.LeftButton
        pixels = [self.pixel(point) for point in points]
        QTest.mousePress(viewport, left, pos=pixels[0])
        for pixel in pixels[1:]:
            QTest.mouseMove(viewport, pixel)
        QTest.mouseRelease(viewport, left, pos=pixels[-1])

    def wheel(self, at, notches):
        spot = QPointF(self.pixel(at))
        event = QWheelEvent(
            spot,
            QPointF(self.map.viewport().mapToGlobal(spot.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(self.map.viewport(), event)

    def tap(self, at):
        viewport = self.map.viewport()
        QTest.touchEvent(viewport, _finger()).press(0, self.pixel(at), viewport).commit()
        QTest.touchEvent(viewport, _finger()).release(0, self.pixel(at), viewport).commit()

    def in_muscle(self, muscle, side=Side.RIGHT, view=ViewId.POSTERIOR):
        """A point well inside what is seen of a muscle."""
        shapes = self.application.atlas.view(view).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
        shape = next(s for s in shapes if (s.structure, s.side) == (muscle, side))
        return inside_point(shape.polygon())

    def on_the_skin(self, view):
        """A point well inside the largest part of the body that a view shows."""
        (skin,) = self.application.atlas.view(view).drawing.in_layer(LayerId.SKIN)
        return inside_point(skin.polygon())


_FINGERS = []


def _finger():
    if not _FINGERS:
        _FINGERS.append(QTest.createTouchDevice())
    return _FINGERS[0]


@pytest.fixture
def folder(tmp_path):
    """A data folder with one patient and one empty draft."""
    application = found_clinic(tmp_path / "clinic")
    put_visit(application, a_visit(needles=0, trigger_points=0, zones=0, pain_before=None))
    application.close()
    return tmp_path / "clinic"


@pytest.fixture
def sit_down(qtbot, nothing_left_open, tmp_path):
    """Open the window on a folder, as at the start of a day; `close` it as at its end."""
    opened = []

    def open_window(folder):
        application = signed_in(folder)
        window = make_window(application, tmp_path / "window.ini")
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        opened.append((application, window))
        table = Table(application, window, qtbot)
        table.settle()
        return table

    yield open_window
    for application, window in opened:
        close(window)
        window.deleteLater()
        application.close()
