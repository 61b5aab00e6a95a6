"""A clinic from its first start: set up, chart, quit, sign in, lock, unlock, go on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from bodymap.app import Application
from bodymap.app_window import make_doorway
from bodymap.widgets.actions import ActionId
from tests.journeys.conftest import Table
from tests.vaults import CHEAP

pytestmark = [pytest.mark.gui, pytest.mark.journey]

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "quiet otter paints a fence"  # noqa: S105 - of a clinic that is made up


def type_into(window: QWidget, name: str, text: str, *, enter: bool = False) -> None:
    (line,) = [one for one in window.findChildren(QLineEdit, name) if one.isVisible()]
    QTest.mouseClick(line, LEFT)
    line.selectAll()
    QTest.keyClicks(line, text)
    if enter:
        QTest.keyClick(line, Qt.Key.Key_Return)


def press(window: QWidget, name: str) -> None:
    (button,) = [one for one in window.findChildren(QAbstractButton, name) if one.isVisible()]
    QTest.mouseClick(button, LEFT)


@pytest.fixture
def start(qtbot, nothing_left_open, tmp_path):
    """Start bodymap as from the desktop, on the same folder each time."""
    started = []

    def begin():
        application = Application(tmp_path / "clinic", CHEAP)
        doorway = make_doorway(application, tmp_path / "window.ini")
        doorway.begin()
        started.append((application, doorway))
        return application, doorway

    yield begin
    for application, doorway in started:
        for window in filter(None, (doorway.window, doorway.entrance)):
            window.close()
            window.deleteLater()
        application.close()


def quit_program(application: Application, doorway) -> None:
    doorway.window.close()
    application.close()


def set_up(qtbot, doorway) -> None:
    page = doorway.entrance
    type_into(page, "clinic-name", "Practice in Mill Lane")
    type_into(page, "owner-name", "Noor Example")
    type_into(page, "login", "noor")
    type_into(page, "password", PASSWORD)
    type_into(page, "password-again", PASSWORD, enter=True)
    qtbot.waitUntil(page.recovery.isVisible)
    press(page, "has-recovery-key")
    press(page, "recovery-kept")
    qtbot.waitUntil(lambda: doorway.window is not None)
    doorway.window.resize(1440, 900)


def begin_a_visit(window) -> None:
    window.actions_by_id[ActionId.NEW_PATIENT].trigger()
    type_into(window, "family-name", "Example")
    type_into(window, "given-name", "Amara")
    type_into(window, "birth-date", "1984-03-12")
    press(window, "save-patient")
    window.actions_by_id[ActionId.NEW_VISIT].trigger()
    type_into(window, "complaint", "Right shoulder")
    press(window, "save-visit")


def look_at_the_back(table: Table) -> tuple[float, float]:
    infraspinatus = table.in_muscle("infraspinatus")
    table.press("view-back-button")
    table.look_at(infraspinatus)
    return infraspinatus


def lock_and_unlock(qtbot, doorway) -> None:
    window = doorway.window
    sought = []
    window.actions_by_id[ActionId.FIND_PATIENT].triggered.connect(lambda: sought.append(True))
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert sought == [True], "else it would prove nothing that no key gets through"
    window.setWindowTitle("Example, Amara")
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert doorway.lock.is_locked
    assert not window.map.isVisible()
    assert window.windowTitle() == "bodymap"
    QTest.keyClick(window, Qt.Key.Key_Delete)
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert sought == [True]
    type_into(window, "unlock-password", PASSWORD, enter=True)
    qtbot.waitUntil(lambda: not doorway.lock.is_locked)
    assert window.windowTitle() == "Example, Amara"


def test_set_up_chart_quit_sign_in_lock_and_go_on(qtbot, start):
    application, doorway = start()
    set_up(qtbot, doorway)
    begin_a_visit(doorway.window)
    table = Table(application, doorway.window, qtbot)
    infraspinatus = look_at_the_back(table)
    table.key(Qt.Key.Key_T)
    table.click(infraspinatus)
    assert len(table.stored.marks) == 1
    quit_program(application, doorway)

    application, doorway = start()
    assert doorway.window is None
    type_into(doorway.entrance, "sign-in-password", PASSWORD, enter=True)
    qtbot.waitUntil(lambda: doorway.window is not None)
    (visit,) = application.clinic.visits()
    doorway.window.open_visit(visit.id)
    table = Table(application, doorway.window, qtbot)
    look_at_the_back(table)
    place = table.map.camera
    lock_and_unlock(qtbot, doorway)
    assert table.map.camera == place
    table.key(Qt.Key.Key_N)
    table.click((infraspinatus[0] + 12, infraspinatus[1] + 12))
    assert len(table.stored.marks) == 2
    quit_program(application, doorway)


def told_at_the_desk(qtbot, doorway) -> str:
    """What the window says by itself once somebody has come in."""
    qtbot.waitUntil(lambda: doorway.window is not None)
    assert doorway.window.background.wait()
    QApplication.processEvents()
    return doorway.window.banner.text


def test_that_the_recovery_key_was_used_is_told_once(qtbot, start):
    application, doorway = start()
    set_up(qtbot, doorway)
    key = application.vault.new_recovery_key()
    quit_program(application, doorway)

    application, doorway = start()
    press(doorway.entrance, "password-forgotten")
    type_into(doorway.entrance, "recover-key", key)
    type_into(doorway.entrance, "recover-login", "noor")
    type_into(doorway.entrance, "recover-password", PASSWORD)
    press(doorway.entrance, "recover-button")
    assert told_at_the_desk(qtbot, doorway).startswith("The recovery key was used on")
    quit_program(application, doorway)

    application, doorway = start()
    type_into(doorway.entrance, "sign-in-password", PASSWORD, enter=True)
    assert told_at_the_desk(qtbot, doorway) == ""
    quit_program(application, doorway)
