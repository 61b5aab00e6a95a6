"""Senseless hands on the real window: nothing may raise, and the record stays readable."""

from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

EVENTS = 1500
LEFT = Qt.MouseButton.LeftButton
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


class Monkey:
    def __init__(self, window, seed):
        self.window = window
        self.random = Random(seed)  # noqa: S311 - a seed makes the run the same each time
        self.deeds = [self.press_key, self.click_something, self.drag_on_the_map]

    def act(self):
        self.random.choice(self.deeds)()

    def press_key(self):
        key, modifier = self.random.choice(KEYS), self.random.choice(MODIFIERS)
        if (key, modifier) != (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def click_something(self):
        shown = [w for w in self.window.findChildren(QWidget) if w.isVisible() and w.width() > 2]
        target = self.random.choice(shown)
        at = QPoint(self.random.randrange(target.width()), self.random.randrange(target.height()))
        QTest.mouseClick(target, LEFT, self.random.choice(MODIFIERS), at)

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


@pytest.mark.parametrize("seed", [1, 2])
def test_senseless_hands_do_no_harm(charted, clinic, seed):
    monkey = Monkey(charted, seed)
    closer = QTimer(charted, interval=20)
    closer.timeout.connect(_close_popup)  # menus wait for a choice that no monkey makes
    closer.start()
    for _ in range(EVENTS):
        monkey.act()
    charted.inspector.keep_typing()
    if (charting := charted.session.charting) is not None:
        assert clinic.visit(charting.visit.id) == charting.visit


def _close_popup():
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
