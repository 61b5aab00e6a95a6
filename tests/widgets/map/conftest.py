"""A map on its own over a real visit, and a hand with mouse, wheel, fingers and keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bodymap.atlas.ids import ViewId
from bodymap.errors import BodymapError
from bodymap.widgets.map.view import MapView
from bodymap.widgets.theme import Theme

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton


class Hand:
    """Does to a map what a person does, in millimetres of the body."""

    def __init__(self, map_view):
        self.map = map_view
        self.viewport = map_view.viewport()

    def px(self, u, v):
        return self.map.mm_to_view(u, v).toPoint()

    def click(self, u, v, modifiers=NO_KEY, button=LEFT):
        QTest.mouseClick(self.viewport, button, modifiers, self.px(u, v))

    def drag(self, *points, modifiers=NO_KEY, button=LEFT):
        path = [self.px(*point) for point in points]
        self.drag_px(*path, modifiers=modifiers, button=button)

    def drag_px(self, *path, modifiers=NO_KEY, button=LEFT, release=True):
        QTest.mousePress(self.viewport, button, modifiers, path[0])
        for at in path[1:]:
            self.move_px(QPointF(at), button, modifiers)
        if release:
            QTest.mouseRelease(self.viewport, button, modifiers, path[-1])

    def move_px(self, at, buttons=NO_BUTTON, modifiers=NO_KEY):
        where = self.viewport.mapToGlobal(at)
        kind = QEvent.Type.MouseMove
        event = QMouseEvent(kind, at, where, NO_BUTTON, buttons, modifiers)
        QApplication.sendEvent(self.viewport, event)

    def hover(self, u, v):
        self.move_px(self.map.mm_to_view(u, v))

    def leave(self):
        QApplication.sendEvent(self.viewport, QEvent(QEvent.Type.Leave))

    def wheel(self, at, turn, modifiers=NO_KEY, phase=Qt.ScrollPhase.NoScrollPhase, pixels=None):
        where = self.viewport.mapToGlobal(at)
        moved = pixels or QPoint()
        event = QWheelEvent(at, where, moved, QPoint(0, turn), NO_BUTTON, modifiers, phase, False)
        QApplication.sendEvent(self.viewport, event)

    def key(self, key, modifiers=NO_KEY):
        self.map.setFocus()
        QTest.keyClick(self.map, key, modifiers)

    def touch(self, touchscreen):
        return QTest.touchEvent(self.viewport, touchscreen)

    def finger(self, u, v):
        """A place for a finger: QTest forgets where the window stands on the screen."""
        return self.px(u, v) + self.viewport.mapToGlobal(QPoint(0, 0))


@pytest.fixture(scope="session")
def theme():
    return Theme.load("light")


@pytest.fixture
def charting(clinic, visit):
    return clinic.chart(visit.id)


@pytest.fixture
def map_view(qtbot, atlas, theme, charting):
    """A map seen from behind that stores each step at once, as the window does."""
    view = MapView(atlas, theme)
    view.problems = []
    view.problem.connect(view.problems.append)
    view.resize(900, 800)
    view.show_view(ViewId.POSTERIOR)
    view.set_charting(charting)

    def store(step):
        try:
            charting.do(step)
        except BodymapError as problem:
            view.complain(str(problem))

    view.step_made.connect(store)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    yield view
    view.close()
    view.deleteLater()


@pytest.fixture
def hand(map_view):
    return Hand(map_view)


@pytest.fixture
def crisp(qtbot, map_view):
    """Waits until the body is painted as it should be."""

    def wait():
        map_view.viewport().repaint()
        qtbot.waitUntil(lambda: map_view.is_crisp)
        map_view.viewport().repaint()

    return wait


@pytest.fixture
def colour_at(map_view):
    """The colour shown at a point of the body, or some pixels beside it."""

    def look(u, v, dx=0, dy=0):
        image = map_view.viewport().grab().toImage()
        at = map_view.mm_to_view(u, v).toPoint() + QPoint(dx, dy)
        return image.pixelColor(at)

    return look
