"""Senseless hands on the real window: nothing may raise, and the record stays readable."""

import gc
from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from bodymap.widgets.actions import ActionId
from tests.torture import put_down, times
from tests.widgets.known_items import items_known_to_python

EVENTS = times(900, 20_000)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
KEYS = [
    *(Qt.Key(code) for code in range(0x20, 0x5F)),
    Qt.Key.Key_Tab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Left,
    Qt.Key.Key_Down,
    Qt.Key.Key_F1,
    Qt.Key.Key_F6,
]
MODIFIERS = [
    *[Qt.KeyboardModifier.NoModifier] * 6,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
]
ENTRIES = ["7", "12", "0.5", "200", "abc", "  "]
POINTS = [ActionId.TOOL_NEEDLE, ActionId.TOOL_TRIGGER_POINT, ActionId.TOOL_NOTE]


class Monkey:
    def __init__(self, window, seed, visits):
        self.window = window
        self.visits = visits
        self.random = Random(seed)  # noqa: S311 - a seed makes the run the same each time
        self.deeds = [
            *[self.press_key, self.click_something, self.drag_on_the_map] * 2,
            *[self.click_in_the_inspector] * 4,
            *[self.type_something, self.mark_a_point, self.do_an_action] * 2,
            self.turn_the_wheel,
            self.open_a_visit,
            self.let_things_go,
        ]

    def act(self):
        self.random.choice(self.deeds)()

    def press_key(self):
        key, modifier = self.random.choice(KEYS), self.random.choice(MODIFIERS)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type_something(self):
        if (focus := QApplication.focusWidget()) is not None:
            QTest.keyClicks(focus, self.random.choice(ENTRIES))

    def click_something(self):
        click = self.random.choice([QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick])
        button = self.random.choice([LEFT, LEFT, LEFT, RIGHT])
        target = self._one_of(self.window)
        at = QPoint(self.random.randrange(target.width()), self.random.randrange(target.height()))
        click(target, button, self.random.choice(MODIFIERS), at)

    def click_in_the_inspector(self):
        target = self._one_of(self.window.inspector)
        QTest.mouseClick(target, LEFT, pos=target.rect().center())

    def drag_on_the_map(self):
        viewport = self.window.map.viewport()
        at = QPoint(
            self.random.randrange(viewport.width()), self.random.randrange(viewport.height())
        )
        QTest.mousePress(viewport, LEFT, pos=at)
        for _ in range(4):
            at += QPoint(self.random.randrange(-60, 60), self.random.randrange(-60, 60))
            QTest.mouseMove(viewport, at)
        QTest.mouseRelease(viewport, LEFT, pos=at)

    def mark_a_point(self):
        self.window.actions_by_id[self.random.choice(POINTS)].trigger()
        viewport = self.window.map.viewport()
        by = QPoint(self.random.randrange(-80, 80), self.random.randrange(-200, 100))
        QTest.mouseClick(viewport, LEFT, pos=viewport.rect().center() + by)

    def do_an_action(self):
        self.window.actions_by_id[self.random.choice(list(ActionId))].trigger()

    def turn_the_wheel(self):
        target, turn = self._one_of(self.window), self.random.choice([-240, -120, 120, 240])
        at = QPointF(target.rect().center())
        event = QWheelEvent(
            at,
            target.mapToGlobal(at),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            self.random.choice(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)

    def open_a_visit(self):
        self.window.open_visit(self.random.choice(self.visits))

    def let_things_go(self):
        """What Qt and Python drop late is dropped between two gestures."""
        QTest.qWait(1)
        gc.collect()

    def _one_of(self, part):
        shown = [w for w in part.findChildren(QWidget) if w.isVisible() and _has_room(w)]
        return self.random.choice(shown or [part])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_senseless_hands_do_no_harm(charted, clinic, visit, seed):
    other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    charted.actions_by_id[ActionId.QUIT].setEnabled(False)
    monkey = Monkey(charted, seed, [visit.id, other.id])
    closer = QTimer(charted, interval=20)
    closer.timeout.connect(_close_popup)  # menus wait for a choice that no monkey makes
    closer.start()
    for _ in range(EVENTS):
        monkey.act()
        _close_dialogs()
    charted.inspector.keep_typing()
    if (charting := charted.session.charting) is not None:
        assert clinic.visit(charting.visit.id) == charting.visit
    assert items_known_to_python() == []
    put_down("R29", "senseless events through the window", EVENTS, 0)


def _has_room(widget: QWidget) -> bool:
    return min(widget.width(), widget.height()) > 2


def _close_popup():
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def _close_dialogs():
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QFileDialog):
            dialog.close()
