"""Cards over the window: where the keys go while one is open, and once it is put away."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.veil import Veiled

PAGES = (ActionId.USERS, ActionId.ACCOUNT, ActionId.AUDIT, ActionId.DATA, ActionId.TRAINEES)


class Windows(QObject):
    """Remembers the names of all that is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    @override
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched.objectName())
        return False


@pytest.fixture
def windows(qapp):
    watching = Windows()
    qapp.installEventFilter(watching)
    yield watching.seen
    qapp.removeEventFilter(watching)


def shown(door):
    return [veil for veil in door.window.findChildren(Veiled) if veil.isVisible()]


@pytest.mark.parametrize("page", PAGES)
def test_escape_closes_a_card_and_the_keys_go_where_they_went_before(door, page):
    door.window.activateWindow()
    door.window.map.setFocus()
    door.until(lambda: QApplication.focusWidget() is door.window.map)
    door.do(page)
    (veil,) = shown(door)
    door.until(lambda: veil.isAncestorOf(QApplication.focusWidget() or door.window))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert shown(door) == []
    assert QApplication.focusWidget() is door.window.map


def test_nothing_flashes_up_as_a_window_of_its_own(windows, door):
    for page in PAGES:
        door.do(page)
        for veil in shown(door):
            veil.put_away()
    assert set(windows) <= {"entrance", "window"}
