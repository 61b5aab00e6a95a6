"""The window before the record, the lock over it, and the users' page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton

from bodymap.app import Application
from bodymap.app_window import make_doorway, make_settings
from bodymap.atlas.ids import ViewId
from bodymap.chart.people import Role, User, UserId
from bodymap.chart.permissions import Action
from bodymap.desk.charting import Charting
from bodymap.desk.strength import strength
from bodymap.errors import BodymapError, StorageError
from bodymap.widgets.actions import SPECS, ActionId
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.entrance.idle import Clocks, Idle
from bodymap.widgets.entrance.recovery_sheet import save_sheet
from bodymap.widgets.leaving import LeavingPage
from bodymap.widgets.rights import NEEDED
from bodymap.widgets.users.account_page import AccountPage
from bodymap.widgets.users.users_page import UsersPage
from tests.builders import a_visit
from tests.vaults import CHEAP, OWNER, PASSWORD, found_clinic, put_visit
from tests.windows import close

GOOD = "quiet otter paints a fence"
OTHER = "seven slow snails sing"


class Door:
    """The doorway as a person meets it."""

    def __init__(self, qtbot, application, doorway) -> None:
        self.qtbot, self.application, self.doorway = qtbot, application, doorway

    @property
    def window(self):
        return self.doorway.window

    @property
    def entrance(self):
        return self.doorway.entrance

    @property
    def shown(self):
        return self.window or self.entrance

    def type(self, name: str, text: str) -> QLineEdit:
        (line,) = [one for one in self.shown.findChildren(QLineEdit, name) if one.isVisible()]
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, text)
        return line

    def press(self, name: str) -> None:
        (button,) = [one for one in self.shown.findChildren(QPushButton, name) if one.isVisible()]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition)

    def sign_in(self, login: str = OWNER.login, password: str = PASSWORD) -> None:
        self.type("sign-in-login", login)
        self.type("sign-in-password", password)
        self.press("sign-in-button")

    def do(self, action: ActionId) -> None:
        self.window.actions_by_id[action].trigger()


@pytest.fixture
def open_door(qtbot, tmp_path, nothing_left_open):
    opened = []

    def open_folder(folder) -> Door:
        folder.mkdir(exist_ok=True)
        application = Application(folder, CHEAP)
        doorway = make_doorway(application, tmp_path / "window.ini")
        doorway.begin()
        opened.append((application, doorway))
        return Door(qtbot, application, doorway)

    yield open_folder
    for application, doorway in opened:
        for window in (doorway.window, doorway.entrance):
            if window is not None:
                close(window)
        application.close()


@pytest.fixture
def clinic_folder(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    put_visit(application, a_visit())
    application.close()
    return application.folder


@pytest.fixture
def door(open_door, clinic_folder):
    """The owner at the desk, with a visit open."""
    door = open_door(clinic_folder)
    door.sign_in()
    door.until(lambda: door.window is not None)
    door.window.resize(1300, 850)
    door.window.open_visit(a_visit().id)
    return door


def test_the_first_start_asks_for_a_clinic_and_opens_it(open_door, tmp_path):
    door = open_door(tmp_path / "new")
    assert door.entrance.card is door.entrance.set_up
    door.type("clinic-name", "Practice in Mill Lane")
    door.type("owner-name", "Noor Example")
    door.type("login", "noor")
    door.type("password", GOOD)
    door.type("password-again", GOOD)
    door.press("set-up-button")
    door.until(lambda: door.entrance.card is door.entrance.recovery)
    key = door.entrance.recovery.key.text.text().replace("\n", " ").split()
    assert len(key) == 9
    assert not door.entrance.recovery.key.go_on.isEnabled()
    door.entrance.recovery.key.has_it.click()
    door.press("recovery-kept")
    door.until(lambda: door.window is not None)
    assert door.application.access.user.name == "Noor Example"
    assert key[0] not in door.application.vault.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        ("clinic-name", "", "clinic_"),
        ("password", "short", "password"),
        ("password", "password1", "password"),
        ("password-again", "another", "again"),
    ],
)
def test_what_is_missing_is_said_in_place(open_door, tmp_path, field, text, wrong):
    door = open_door(tmp_path / "new")
    given = {
        "clinic-name": "Practice",
        "owner-name": "Noor Example",
        "login": "noor",
        "password": GOOD,
        "password-again": GOOD,
    }
    for name, value in (given | {field: text}).items():
        door.type(name, value)
    door.press("set-up-button")
    card = door.entrance.set_up
    assert getattr(card, wrong.replace("clinic_", "clinic")).problem
    assert not door.application.sign_in.is_set_up


def test_the_password_is_judged_as_it_is_typed(open_door, tmp_path):
    door = open_door(tmp_path / "new")
    door.type("password", "needle1")
    assert door.entrance.set_up.strength.words == "At least 8 characters."
    door.type("password", GOOD)
    assert door.entrance.set_up.strength.words == strength(GOOD).words


def test_a_wrong_password_is_said_and_the_next_try_taken(open_door, clinic_folder):
    door = open_door(clinic_folder)
    assert door.entrance.card.title.text() == "Practice Sample"
    door.sign_in(OWNER.login, "nonsense")
    door.until(lambda: "wrong" in door.entrance.sign_in.problem.text())
    door.sign_in()
    door.until(lambda: door.window is not None)


def test_a_damaged_key_file_is_not_called_a_wrong_password(open_door, clinic_folder):
    path = clinic_folder / "bodymap.keys.json"
    path.write_bytes(path.read_bytes()[:300])
    door = open_door(clinic_folder)
    assert "damaged" in door.entrance.sign_in.problem.text()
    door.sign_in()
    door.until(door.entrance.sign_in.go_on.isEnabled)
    assert "damaged" in door.entrance.sign_in.problem.text()


def test_the_next_start_knows_who_it_was(open_door, clinic_folder):
    first = open_door(clinic_folder)
    first.sign_in()
    first.until(lambda: first.window is not None)
    first.do(ActionId.SIGN_OUT)
    assert first.entrance.findChild(QLineEdit, "sign-in-login").text() == OWNER.login
    assert not first.application.sign_in.is_signed_in
    first.sign_in()
    first.until(lambda: first.window is not None)


def test_a_forgotten_password_is_set_anew_by_the_printed_key(open_door, clinic_folder):
    application = Application(clinic_folder, CHEAP)
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    key = application.vault.new_recovery_key()
    application.close()
    door = open_door(clinic_folder)
    door.press("password-forgotten")
    door.type("recover-key", key.lower())
    door.type("recover-login", OWNER.login)
    door.type("recover-password", GOOD)
    door.press("recover-button")
    door.until(lambda: door.window is not None)
    assert door.application.access.user == OWNER


def test_the_sheet_with_the_key_is_a_page(qapp, tmp_path):
    from pypdf import PdfReader  # noqa: PLC0415

    save_sheet(
        "Practice <b>& Co", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ", tmp_path / "k.pdf"
    )
    (page,) = PdfReader(tmp_path / "k.pdf").pages
    text = " ".join(page.extract_text().split())
    assert "Practice <b>& Co" in text
    assert "HHHH" in text


def test_an_older_sheet_is_not_taken_for_one_that_cannot_be_written(qapp, tmp_path, monkeypatch):
    """The key is shown once: whoever believes it is on paper goes on without it."""
    older = tmp_path / "k.pdf"
    older.write_bytes(b"%PDF of another clinic")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(BodymapError, match="Permission denied"):
        save_sheet("Practice", "AAAA-BBBB", older)


# --- the lock


def visible_texts(window) -> str:
    """Every word that a person or a screen reader meets in the window."""
    found = [window.windowTitle()]
    for widget in window.findChildren(object):
        if hasattr(widget, "isVisible") and widget.isVisible():
            readings = ("text", "toPlainText", "accessibleName", "accessibleDescription")
            told = (getattr(widget, reading, None) for reading in readings)
            found.extend(str(tell()) for tell in told if callable(tell))
    return " ".join(found)


def test_the_lock_hides_everything_and_gives_it_back(door):
    window, lock = door.window, door.doorway.lock
    window.map.show_view(ViewId.POSTERIOR)
    window.map.zoom_to(2.0)
    window.map.select([a_visit().marks[0].id])
    before = (window.map.view_id, window.map.camera)
    assert "Sample" in visible_texts(window)
    door.do(ActionId.LOCK)
    assert lock.is_locked
    assert "Sample 1" not in visible_texts(window)
    assert window.windowTitle() == "bodymap"
    door.type("unlock-password", "nonsense")
    door.press("unlock-button")
    door.until(lambda: lock.page.card.problem.text() != "")
    assert lock.is_locked
    door.type("unlock-password", PASSWORD)
    door.press("unlock-button")
    door.until(lambda: not lock.is_locked)
    assert "Sample 1" in visible_texts(window)
    assert window.map.selection == frozenset({a_visit().marks[0].id})
    assert (window.map.view_id, window.map.camera) == before
    assert window.session.charting.visit.id == a_visit().id


def test_the_lock_covers_dialogs_and_menus_and_no_key_gets_through(door):
    window = door.window
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.open()
    menu = QMenu(window)
    menu.addAction("Something")
    menu.popup(QPoint(10, 10))
    door.doorway.lock.lock()
    assert QApplication.activePopupWidget() is None
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]
    marks = len(window.session.charting.visit.marks)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_N, Qt.Key.Key_Z):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(window, key)
    assert len(window.session.charting.visit.marks) == marks
    door.doorway.lock.unlock()
    assert dialog.isVisible()
    dialog.close()
    assert SPECS.keys() <= {
        action.objectName().removeprefix("action-") for action in window.actions()
    }


def test_what_was_being_typed_is_stored_before_the_lock(door):
    window = door.window
    note = a_visit().marks[0]
    window.map.select([note.id])
    text = next(one for one in window.inspector.findChildren(NoteEdit) if one.isVisible())
    text.setFocus()
    QTest.keyClicks(text, " and more")
    door.doorway.lock.lock()
    stored = door.application.clinic.visit(a_visit().id)
    assert "and more" in stored.mark(note.id).text


def test_a_line_half_drawn_is_let_go_and_nothing_else(door):
    window = door.window
    before = window.session.charting.visit.marks
    door.do(ActionId.TOOL_PAIN_LASSO)
    viewport = window.map.viewport()
    middle = viewport.rect().center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(viewport, middle + QPoint(40, 10))
    door.doorway.lock.lock()
    door.doorway.lock.unlock()
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 60))
    assert window.session.charting.visit.marks == before


def test_the_lock_follows_the_window_when_it_is_resized(door):
    door.doorway.lock.lock()
    door.window.resize(1400, 900)
    assert door.doorway.lock.page.size() == door.window.size()


class SetClocks:
    def __init__(self) -> None:
        self.steady = self.wall = 0.0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.steady, lambda: self.wall)

    def pass_by(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds


@pytest.fixture
def clocks():
    return SetClocks()


@pytest.mark.parametrize("minutes", [1, 5, 15])
def test_nobody_there_for_so_long_locks(qtbot, clocks, minutes):
    window = QDialog()
    qtbot.addWidget(window)
    idle = Idle(window, minutes, clocks.clocks())
    left = []
    idle.left.connect(lambda: left.append(clocks.steady))
    for _ in range(minutes * 60 + 2):
        clocks.pass_by(1)
        idle.look()
    assert left == [minutes * 60]


def test_never_means_never(qtbot, clocks):
    window = QDialog()
    qtbot.addWidget(window)
    idle = Idle(window, 0, clocks.clocks())
    left = []
    idle.left.connect(lambda: left.append(1))
    for _ in range(10_000):
        clocks.pass_by(10)
        idle.look()
    assert left == []


def test_a_computer_that_slept_locks(qtbot, clocks):
    window = QDialog()
    qtbot.addWidget(window)
    idle = Idle(window, 15, clocks.clocks())
    left = []
    idle.left.connect(lambda: left.append(1))
    clocks.pass_by(1)
    idle.look()
    assert left == []
    clocks.wall += 600  # the steady clock stands still in sleep
    idle.look()
    assert left == [1]


def test_any_sign_of_life_puts_the_lock_off(qtbot, clocks):
    window = QDialog()
    qtbot.addWidget(window)
    idle = Idle(window, 1, clocks.clocks())
    left = []
    idle.left.connect(lambda: left.append(1))
    for _ in range(50):
        clocks.pass_by(10)
        spot = QPointF(1, 1)
        none, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, modifiers)
        idle.eventFilter(window, move)
        idle.look()
    assert left == []


def test_who_is_shut_out_meets_the_entrance(door):
    kim = door.application.users.add(User(UserId(""), "Kim", login="kim"), OTHER)
    door.do(ActionId.SIGN_OUT)
    door.sign_in("kim", OTHER)
    door.until(lambda: door.window is not None)
    elsewhere = Application(door.application.folder, CHEAP)
    elsewhere.sign_in.sign_in(OWNER.login, PASSWORD)
    elsewhere.users.shut_out(kim.id)
    elsewhere.close()
    door.doorway._ask_whether_still_in()
    door.until(lambda: door.entrance is not None)
    assert "no longer" in door.entrance.card.problem.text()
    assert not door.application.sign_in.is_signed_in


def test_who_signs_out_over_what_is_not_saved_is_asked_first(door, monkeypatch):
    def refuse(*_):
        raise StorageError("The disk is full.")

    window, visit = door.window, a_visit()
    window.open_visit(visit.id)
    monkeypatch.setattr(Charting, "do", refuse)
    window.session.push(window.session.charting.note(ViewId.POSTERIOR, 60.0, 500.0, "a word"))
    door.do(ActionId.SIGN_OUT)
    assert door.window is window
    (page,) = window.findChildren(LeavingPage)
    page.leave.click()
    door.until(lambda: door.entrance is not None)
    assert not door.application.sign_in.is_signed_in


# --- users and rights


def test_the_owner_adds_a_supervisor_and_a_trainee(door):
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)

    def add(name: str, role: Role) -> None:
        known = len(page._known)
        door.press("add-user")
        door.type("user-name", name)
        door.type("user-login", name.lower())
        door.type("user-password", OTHER)
        page.form.role.button(role).click()
        for head in page.form.supervisors._buttons.values():
            head.click()
        door.press("save-user")
        door.until(lambda: len(page._known) == known + 1)

    add("Sascha", Role.SUPERVISOR)
    add("Toni", Role.TRAINEE)
    users = {user.login: user for user in door.application.users.all()}
    assert users["toni"].supervisors == {users["sascha"].id}
    door.press("shut-out-user")
    door.until(lambda: page._user is not None and page._user.disabled)


def test_a_trainee_without_a_supervisor_is_refused_in_words(door):
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    door.press("add-user")
    door.type("user-name", "Toni")
    door.type("user-login", "toni")
    door.type("user-password", OTHER)
    page.form.role.button(Role.TRAINEE).click()
    door.press("save-user")
    door.until(lambda: "supervisor" in page.form.problem.text())


def test_the_only_supervisor_of_a_trainee_is_not_shut_out_and_it_is_said_why(door):
    users = door.application.users
    sascha = User(UserId(""), "Sascha", Role.SUPERVISOR, login="sascha")
    sascha = users.add(sascha, OTHER)
    toni = User(UserId(""), "Toni", Role.TRAINEE, "toni", supervisors=frozenset({sascha.id}))
    users.add(toni, OTHER)
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    page.choose(sascha)
    door.press("shut-out-user")
    door.until(lambda: "only supervisor of Toni" in page.form.problem.text())
    page.form.role.button(Role.CLERK).click()
    page.form.show_problem("")
    door.press("save-user")
    door.until(lambda: "only supervisor of Toni" in page.form.problem.text())
    assert sascha in users.all()


def test_of_a_change_whose_way_in_is_refused_nothing_is_stored(door):
    kim = door.application.users.add(User(UserId(""), "Kim", login="kim"), OTHER)
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    page.choose(kim)
    door.type("user-name", "Kim Second")
    door.type("user-login", "kim second")
    door.type("user-password", "a fresh one for kim")
    door.press("save-user")
    door.until(lambda: "one word" in page.form.problem.text())
    assert kim in door.application.users.all()


def test_another_name_to_sign_in_with_asks_for_a_password(door):
    kim = door.application.users.add(User(UserId(""), "Kim", login="kim"), OTHER)
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    page.choose(kim)
    door.type("user-login", "kimberly")
    door.press("save-user")
    door.until(lambda: "new password as well" in page.form.problem.text())
    door.type("user-password", "a fresh one for kim")
    door.press("save-user")
    door.until(lambda: any(user.login == "kimberly" for user in page._known))


def test_a_trainee_who_is_shut_out_can_be_given_another_supervisor(door):
    users = door.application.users
    heads = [
        users.add(User(UserId(""), name, Role.SUPERVISOR, login=name.lower()), OTHER)
        for name in ("Sascha", "Robin")
    ]
    toni = User(UserId(""), "Toni", Role.TRAINEE, "toni", supervisors=frozenset({heads[0].id}))
    toni = users.add(toni, OTHER)
    users.shut_out(toni.id)
    users.shut_out(heads[0].id)
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    page.choose(next(user for user in page._known if user.id == toni.id))
    page.form.supervisors.button(heads[1].id).click()
    door.press("save-user")
    door.until(lambda: any(user.supervisors == {heads[1].id} for user in page._known))
    door.type("user-password", "a fresh one for toni")
    door.press("let-in-user")
    door.until(lambda: any(user.id == toni.id and not user.disabled for user in page._known))


def test_a_role_that_the_form_does_not_ask_about_stays(door):
    kim = User(UserId(""), "Kim", Role.THERAPIST, login="kim", also=frozenset({Role.CLERK}))
    kim = door.application.users.add(kim, OTHER)
    door.do(ActionId.USERS)
    page = door.window.findChild(UsersPage)
    page.choose(next(user for user in page._known if user.id == kim.id))
    assert "Therapist and clerk" in page.findChild(QPushButton, "user-kim").text()
    door.type("user-name", "Kim Second")
    door.press("save-user")
    door.until(lambda: any(user.name.endswith("Second") for user in page._known))
    (changed,) = [user for user in page._known if user.id == kim.id]
    assert changed.also == frozenset({Role.CLERK})


def test_one_changes_ones_password_and_the_lock(door):
    door.do(ActionId.ACCOUNT)
    page = door.window.findChild(AccountPage)
    page.lock_after.button(10).click()
    door.type("old-password", PASSWORD)
    door.type("new-password", GOOD)
    door.type("new-password-again", GOOD)
    door.press("change-password")
    door.until(lambda: "changed" in door.window.banner.text)
    door.application.sign_in.unlock(GOOD)
    assert door.doorway._settings.lock_after_min == 10


@pytest.mark.parametrize("role", Role)
def test_the_window_offers_nothing_that_the_role_may_not(door, role):
    supervisor = door.application.users.add(
        User(UserId(""), "Sascha", Role.SUPERVISOR, login="sascha"), OTHER
    )
    heads = frozenset({supervisor.id}) if role is Role.TRAINEE else frozenset()
    user = User(UserId(""), "Kim", role, login="kim", supervisors=heads)
    door.application.users.add(user, OTHER)
    door.do(ActionId.SIGN_OUT)
    door.sign_in("kim", OTHER)
    door.until(lambda: door.window is not None)
    for action, needed in NEEDED.items():
        offered = door.window.actions_by_id[action].isVisible()
        assert offered is door.application.access.might(needed), action
    signs = role in {Role.THERAPIST, Role.TRAINEE, Role.SUPERVISOR}
    action = door.window.actions_by_id[ActionId.SIGN]
    assert action.text() == action.iconText() == ("Sign" if signs else "Signatures")
    keeps = door.application.access.might(Action.KEEP_TEMPLATES)
    assert door.window.inspector.many.may_keep is keeps
    assert door.window.inspector.reuse.may_drop is keeps


def test_what_the_settings_keep_names_no_patient(door, tmp_path):
    door.do(ActionId.LOCK)
    settings = make_settings(tmp_path / "window.ini")
    settings.store.sync()
    text = (tmp_path / "window.ini").read_text("utf-8", errors="replace")
    assert "Sample" not in text
    assert settings.login == OWNER.login
    assert door.application.access.may(Action.KEEP_USERS)
