"""Another recovery key through the window, and the one that is owed at the entrance."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bodymap.app import Application
from bodymap.desk.recovery_key import RecoveryKey
from bodymap.errors import StorageError
from bodymap.storage import datafile
from bodymap.widgets.actions import ActionId
from bodymap.widgets.users.recovery_key_page import RecoveryKeyPage
from tests.vaults import CHEAP, OWNER, PASSWORD, found_clinic, opens
from tests.widgets.conftest import ChosenPath
from tests.widgets.doors import opening, sign_in

GOOD = "quiet otter paints a fence"


@pytest.fixture
def open_door(qtbot, tmp_path, nothing_left_open):
    with opening(qtbot, tmp_path / "window.ini") as open_folder:
        yield open_folder


@pytest.fixture
def folder(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    application.close()
    return application.folder


def printed(key_on_paper) -> str:
    return "-".join(key_on_paper.text.text().split())


def shown(door) -> list[RecoveryKeyPage]:
    return [one for one in door.window.findChildren(RecoveryKeyPage) if one.isVisible()]


def opened(door) -> RecoveryKeyPage:
    (page,) = shown(door)
    return page


def make_one(door) -> RecoveryKeyPage:
    page = opened(door)
    door.type("recovery-key-password", PASSWORD)
    door.press("make-recovery-key")
    door.until(page.shown.isVisible)
    return page


@pytest.fixture
def door(open_door, folder):
    door = open_door(folder)
    sign_in(door)
    door.window.resize(1300, 850)
    return door


def test_an_administrator_makes_a_new_key_and_has_it_on_paper(door, folder, tmp_path):
    before = door.application.vault.new_recovery_key()
    door.do(ActionId.RECOVERY_KEY)
    page = make_one(door)
    key = printed(page.shown)
    assert page.shown.text.height() >= 3 * page.shown.text.fontMetrics().lineSpacing()
    assert not opens(folder, before)
    assert opens(folder, key)
    page.save_as = ChosenPath(tmp_path / "sheet.pdf")
    door.press("print-recovery")
    assert page.save_as.opened == [tmp_path / "sheet.pdf"]
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not page.shown.go_on.isEnabled()
    page.shown.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: "new recovery key" in door.window.banner.text)
    assert shown(door) == []
    assert not door.application.recovery_key.is_owed


def test_the_way_there_is_on_the_page_of_the_users_too(door):
    door.do(ActionId.USERS)
    door.press("open-recovery-key")
    assert opened(door).password.isVisible()


def test_a_wrong_password_is_said_and_the_next_one_taken(door):
    door.do(ActionId.RECOVERY_KEY)
    page = opened(door)
    door.press("make-recovery-key")
    assert page.isEnabled(), "without a password nothing is begun"
    door.type("recovery-key-password", "nonsense")
    QTest.keyClick(page.password.control, Qt.Key.Key_Return)
    door.until(page.problem.isVisible)
    assert page.problem.text() == "The password is wrong."
    assert not page.shown.isVisible()
    make_one(door)
    assert not page.problem.isVisible()


def test_nobody_loses_the_key_by_a_click_beside_it(door):
    door.do(ActionId.RECOVERY_KEY)
    page = make_one(door)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().topLeft())
    assert page.isVisible()
    assert "say that you have it on paper" in page.problem.text()
    assert printed(page.shown)


def test_a_sheet_that_cannot_be_written_leaves_the_key_in_sight(door, tmp_path):
    door.do(ActionId.RECOVERY_KEY)
    page = make_one(door)
    page.save_as = ChosenPath(tmp_path / "no such folder" / "sheet.pdf")
    door.press("print-recovery")
    assert "could not be written" in page.problem.text()
    assert page.save_as.opened == []
    assert page.card.rect().contains(page.problem.geometry())


def test_where_it_cannot_be_stored_that_it_is_on_paper_the_window_says_so(door, monkeypatch):
    def refuse(_):
        raise StorageError("The disk is full.")

    door.do(ActionId.RECOVERY_KEY)
    page = make_one(door)
    monkeypatch.setattr(RecoveryKey, "hand_over", refuse)
    page.shown.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: "at your next sign in" in door.window.banner.text)
    assert door.window.banner.text.startswith("The disk is full.")
    assert shown(door) == []


def test_after_its_use_the_window_leads_to_a_new_one(open_door, folder):
    application = Application(folder, CHEAP)
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    key = application.vault.new_recovery_key()
    application.close()
    door = open_door(folder)
    door.press("password-forgotten")
    door.type("recover-key", key)
    door.type("recover-login", OWNER.login)
    door.type("recover-password", PASSWORD)
    door.press("recover-button")
    door.until(lambda: door.window is not None)
    door.until(lambda: "still opens the clinic" in door.window.banner.text)
    door.press("banner-deed")
    page = make_one(door)
    assert not opens(folder, key)
    page.shown.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: "new recovery key" in door.window.banner.text)
    door.doorway._tell_recovery(door.application.recovery_key.last_use())
    assert "was made since" in door.window.banner.text
    assert "still opens" not in door.window.banner.text


def test_a_key_that_nobody_took_is_owed_at_the_next_sign_in(open_door, folder):
    door = open_door(folder)
    sign_in(door)
    door.do(ActionId.RECOVERY_KEY)
    gone = printed(make_one(door).shown)
    door.do(ActionId.SIGN_OUT)
    door.sign_in()
    door.until(lambda: door.entrance.card is door.entrance.recovery)
    card = door.entrance.recovery
    assert "so here is a new one" in card.key.note.text()
    key = printed(card.key)
    assert (opens(folder, gone), opens(folder, key)) == (False, True)
    card.key.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: door.window is not None)
    door.do(ActionId.SIGN_OUT)
    door.sign_in()
    door.until(lambda: door.window is not None)


def refuse(*_):
    raise StorageError("The disk is full. Make room on it.")


def set_up(door) -> None:
    for name, text in (
        ("clinic-name", "Practice in Mill Lane"),
        ("owner-name", "Noor van Example"),
        ("login", "noor"),
        ("password", GOOD),
        ("password-again", GOOD),
    ):
        door.type(name, text)
    door.press("set-up-button")


def test_on_a_full_disk_setting_up_is_finished_by_signing_in_and_the_key_is_shown(
    open_door, tmp_path, monkeypatch
):
    (tmp_path / "new").mkdir()
    door = open_door(tmp_path / "new")
    with monkeypatch.context() as full:
        full.setattr(datafile, "open_data_file", refuse)
        set_up(door)
        door.until(lambda: door.entrance.card is door.entrance.sign_in)
        assert door.entrance.sign_in.problem.text().startswith("The disk is full.")
        assert "the recovery key is shown then" in door.entrance.sign_in.problem.text()
        door.type("sign-in-password", GOOD)
        door.press("sign-in-button")
        door.until(door.entrance.sign_in.go_on.isEnabled)
        assert door.entrance.sign_in.problem.text() == "The disk is full. Make room on it."
    door.type("sign-in-password", GOOD)
    door.press("sign-in-button")
    door.until(lambda: door.entrance.card is door.entrance.recovery)
    key = printed(door.entrance.recovery.key)
    door.entrance.recovery.key.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: door.window is not None)
    assert door.application.access.user.name == "Noor van Example"
    QApplication.processEvents()
    assert opens(tmp_path / "new", key)


def test_where_the_key_file_cannot_be_stored_one_sets_up_once_more(
    open_door, tmp_path, monkeypatch
):
    (tmp_path / "new").mkdir()
    door = open_door(tmp_path / "new")
    with monkeypatch.context() as full:
        full.setattr("bodymap.storage.vault.vault.replace_file", refuse)
        set_up(door)
        door.until(lambda: door.entrance.set_up.problem.text() != "")
    assert door.entrance.card is door.entrance.set_up
    door.press("set-up-button")
    door.until(lambda: door.entrance.card is door.entrance.recovery)
