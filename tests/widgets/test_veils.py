"""Cards over the window: where the keys go while one is open, and once it is put away."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from bodymap.atlas.ids import ViewId
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.map.tool_id import ToolId
from tests.widgets.test_entrance import GOOD

PAGES = (
    *(ActionId.USERS, ActionId.ACCOUNT, ActionId.RECOVERY_KEY),
    *(ActionId.AUDIT, ActionId.DATA, ActionId.TRAINEES),
)


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


def test_a_card_that_goes_takes_nothing_of_the_window_with_it(door):
    door.window.map.setFocus()
    viewport = door.window.map.viewport()
    for page in (ActionId.USERS, ActionId.ACCOUNT, ActionId.RECOVERY_KEY):
        door.do(page)
        (veil,) = shown(door)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        veil.put_away()
        door.until(lambda: not door.window.findChildren(Veiled))
    assert isValid(viewport)


def test_nothing_flashes_up_as_a_window_of_its_own(windows, door):
    for page in PAGES:
        door.do(page)
        for veil in shown(door):
            veil.put_away()
    assert set(windows) <= {"entrance", "window"}


@pytest.fixture
def card(charted):
    """A card over an open visit with one chosen mark, a line to type in and a button."""
    session = charted.session
    session.push(session.charting.note(ViewId.POSTERIOR, 60.0, 500.0, "chosen"))
    charted.map.select([session.charting.visit.marks[0].id])
    made = Veiled(charted, charted.theme, "card", "A card")
    made.line, made.button = QLineEdit(), QPushButton("Press")
    made.column.addWidget(made.line)
    made.column.addWidget(made.button)
    charted.activateWindow()
    made.open(400, 300)
    return made


@pytest.mark.parametrize("part", ["line", "button", "itself"])
def test_no_key_changes_what_lies_beneath(charted, card, part):
    had = charted.session.charting.visit
    focused = card if part == "itself" else getattr(card, part)
    focused.setFocus()
    for key, held in (
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(focused, key, held)
    assert charted.session.charting.visit == had
    assert charted.map.tool is ToolId.SELECT
    assert QApplication.focusWidget() is focused
    assert card.line.text() == ("n" if part == "line" else "")


def test_the_keys_of_the_program_go_through(charted, card):
    locked = []
    charted.actions_by_id.bind(ActionId.LOCK, lambda: locked.append(1))
    QTest.keyClick(card.line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_goes_round_on_the_card(charted, card, key):
    card.line.setFocus()
    been = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), key)
        been.append(QApplication.focusWidget())
    assert set(been) == {card.line, card.button, card._close}
    assert been[3] is been[0]


def test_a_card_stays_until_what_it_is_to_tell_of_is_known(charted, card):
    card.line.setFocus()
    card.set_busy(is_busy=True)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Delete):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert card.isVisible()
    assert QApplication.focusWidget() is card
    assert len(charted.session.charting.visit.marks) == 1
    card.set_busy(is_busy=False)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_password_that_is_being_changed_is_told_of_before_the_card_goes(door):
    door.do(ActionId.ACCOUNT)
    (page,) = shown(door)
    for field, text in ((page.old, "wrong"), (page.new, GOOD), (page.again, GOOD)):
        field.control.setText(text)
    page.save.click()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    door.until(page.problem.isVisible)
    assert page.isVisible()
    assert QApplication.focusWidget() is page.old.control


@pytest.mark.parametrize("page", ["keys_page", "merging"])
def test_the_other_veils_give_the_keys_back_too(charted, page):
    charted.activateWindow()
    charted.map.setFocus()
    veil = getattr(charted, page)
    veil.show()
    veil.setFocus()
    QTest.keyClick(veil, Qt.Key.Key_Escape)
    assert not veil.isVisible()
    assert QApplication.focusWidget() is charted.map


def test_a_page_that_is_open_takes_on_the_theme_that_is_chosen(window):
    page = Veiled(window, window.theme, "page", "Page")
    switch = Switch("switch", "A switch", window.theme)
    page.column.addWidget(switch)
    page.open(400, 300)
    light = switch.grab().toImage()
    window.actions_by_id[ActionId.CHANGE_THEME].trigger()
    assert window.theme.is_dark
    assert switch._theme is window.theme
    assert switch.grab().toImage() != light
    page.put_away()
