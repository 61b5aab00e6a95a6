"""The door over a real key file and a real data file."""

from dataclasses import replace
from pathlib import Path

import pytest

from bodymap.app import Application
from bodymap.chart.audit import AuditAction
from bodymap.chart.people import Role, User, UserId
from bodymap.chart.permissions import Action
from bodymap.desk.access import Access
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.sign_in import LONGEST_PASSWORD, Founding, SignIn
from bodymap.desk.strength import strength
from bodymap.errors import BodymapError, DeniedError, StorageError, WrongPasswordError
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.header import is_plain
from bodymap.storage.vault import cost
from tests.builders import a_patient, a_visit, an_episode
from tests.storage.canonical import canonical, lost
from tests.storage.freeze import FILES
from tests.storage.test_migrate import plain
from tests.vaults import CHEAP, OWNER, PASSWORD, found_clinic, signed_in

FOUNDING = Founding("Practice in Mill Lane", "Noor Example", "noor", "quiet otter paints a fence")
OTHER = "seven slow snails sing"

PLAIN = sorted(file for file in FILES.glob("revision-*.sqlite") if is_plain(file))
"""Files of the time before there was encryption."""


@pytest.fixture
def application(tmp_path: Path):
    made = found_clinic(tmp_path / "clinic")
    yield made
    made.close()


def a_new(role: Role, name: str = "Kim", **fields) -> User:
    return User(UserId(""), name, role, login=name.lower(), **fields)


def restarted(application: Application) -> Application:
    application.close()
    return Application(application.folder, CHEAP)


def done(application: Application) -> list[AuditAction]:
    with application.open_work() as work:
        return [entry.event.action for entry in reversed(work.audit.entries())]


class Disk:
    """The clinic's own disk, which takes nothing more when it is told to.

    Attributes:
        refuses_after: After so many transactions it is full; None while there is room.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self.refuses_after: int | None = None

    def open_work(self):
        if self.refuses_after is not None:
            if self.refuses_after <= 0:
                raise StorageError("The disk is full.")
            self.refuses_after -= 1
        return self._application.open_work()


def assert_nobody_has_the_keys(application: Application) -> None:
    with pytest.raises(WrongPasswordError, match="Nobody"):
        _ = application.vault.data_key


def test_a_clinic_is_set_up_and_opened_again(tmp_path: Path) -> None:
    application = Application(tmp_path, CHEAP)
    assert not application.sign_in.is_set_up
    application.sign_in.set_up(FOUNDING)
    owner = application.access.user
    assert (owner.name, owner.roles) == ("Noor Example", {Role.THERAPIST, Role.ADMIN})
    again = restarted(application)
    assert again.sign_in.clinic == "Practice in Mill Lane"
    assert again.sign_in.sign_in("Noor", FOUNDING.password) == owner
    again.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"clinic": " "},
        {"owner": ""},
        {"login": ""},
        {"login": "two words"},
        {"login": "x" * 41},
        {"password": "short"},
        {"password": "x" * (LONGEST_PASSWORD + 1)},
    ],
)
def test_a_clinic_needs_all_of_it(tmp_path: Path, wrong: dict[str, str]) -> None:
    application = Application(tmp_path, CHEAP)
    with pytest.raises(InvalidEntryError):
        application.sign_in.set_up(replace(FOUNDING, **wrong))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("file", PLAIN, ids=lambda f: f.stem)
def test_the_data_of_before_is_taken_in_and_the_old_file_is_kept(tmp_path: Path, file) -> None:
    path = plain(tmp_path, file)
    content = path.read_bytes()
    application = Application(tmp_path, CHEAP)
    application.sign_in.set_up(FOUNDING)
    assert application.kept_plain is not None
    assert application.kept_plain.parent == tmp_path / BACKUPS
    assert application.kept_plain.read_bytes()[:16] == content[:16]
    read = canonical(application._data_file)
    expected = file.with_suffix(".json").read_text("utf-8")
    missing = [one for one in lost(expected, read) if not one.startswith("record.users")]
    assert missing == []
    assert not path.read_bytes().startswith(b"SQLite")
    application.close()


def test_a_kill_in_the_middle_of_setting_up_leaves_a_clinic_to_sign_in_to(tmp_path: Path) -> None:
    killed = Application(tmp_path, CHEAP)
    killed.vault.set_up("Practice", (UserId("owner"), "noor"), PASSWORD)
    again = Application(tmp_path, CHEAP)
    owner = again.sign_in.sign_in("noor", PASSWORD)
    assert (owner.name, owner.login, owner.roles) == ("Noor", "noor", {Role.THERAPIST, Role.ADMIN})
    again.close()


def test_who_is_not_in_the_data_is_denied(application) -> None:
    application.vault.give_way_in(UserId("ghost"), "ghost", OTHER)
    again = restarted(application)
    with pytest.raises(DeniedError, match="no longer in the data"):
        again.sign_in.sign_in("ghost", OTHER)
    again.close()


def test_the_longest_password_that_is_taken_is_tried_later(tmp_path: Path) -> None:
    assert LONGEST_PASSWORD == cost.LONGEST_PASSWORD
    password = ("quiet otter " * 100)[:LONGEST_PASSWORD]
    application = Application(tmp_path, CHEAP)
    application.sign_in.set_up(replace(FOUNDING, password=password))
    again = restarted(application)
    again.sign_in.sign_in("noor", password)
    again.close()


def test_encrypted_data_without_its_key_file_is_not_set_up_anew(application) -> None:
    folder = application.folder
    application.close()
    (folder / "bodymap.keys.json").unlink()
    before = (folder / FILE_NAME).read_bytes()
    again = Application(folder, CHEAP)
    with pytest.raises(StorageError, match="key file"):
        again.sign_in.set_up(FOUNDING)
    assert (folder / FILE_NAME).read_bytes() == before
    assert not again.sign_in.is_set_up


def test_nobody_at_the_desk_gets_nothing(application) -> None:
    again = restarted(application)
    for ask in (again.clinic.patients, again.clinic.visits, again.users.all):
        with pytest.raises((DeniedError, WrongPasswordError)):
            ask()


def test_the_owner_adds_users_who_sign_in_with_their_own_password(application) -> None:
    head = application.users.add(a_new(Role.SUPERVISOR, "Sascha"), OTHER)
    toni = application.users.add(
        a_new(Role.TRAINEE, "Toni", supervisors=frozenset({head.id})), OTHER
    )
    again = restarted(application)
    assert again.sign_in.sign_in("toni", OTHER) == toni
    assert again.access.user.supervisors == {head.id}
    with pytest.raises(DeniedError):
        again.users.add(a_new(Role.ADMIN, "Eve"), OTHER)
    again.close()


@pytest.mark.parametrize(
    ("user", "password"),
    [
        (a_new(Role.THERAPIST, " "), OTHER),
        (a_new(Role.THERAPIST, "Tilda"), OTHER),
        (a_new(Role.THERAPIST), "short"),
        (a_new(Role.TRAINEE), OTHER),
    ],
    ids=["no name", "login taken", "short password", "no supervisor"],
)
def test_a_user_who_makes_no_sense_is_refused(application, user: User, password: str) -> None:
    with pytest.raises(InvalidEntryError):
        application.users.add(user, password)
    assert application.users.all() == (OWNER,)


def test_who_is_shut_out_is_out_at_once(application, monkeypatch) -> None:
    monkeypatch.setattr("bodymap.desk.access.FRESH_S", 0.0)
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    elsewhere = Application(application.folder, CHEAP)
    elsewhere.sign_in.sign_in("kim", OTHER)
    elsewhere.clinic.patients()
    application.users.shut_out(kim.id)
    for ask in (elsewhere.clinic.patients, elsewhere.clinic.visits):
        with pytest.raises(DeniedError, match="no longer"):
            ask()
    with pytest.raises(DeniedError, match="no longer"):
        elsewhere.sign_in.check_still_in()
    elsewhere.close()
    with pytest.raises(WrongPasswordError):
        Application(application.folder, CHEAP).sign_in.sign_in("kim", OTHER)


def test_who_was_shut_out_is_let_in_with_a_new_password(application) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    application.users.shut_out(kim.id)
    with pytest.raises(InvalidEntryError, match="let them in"):
        application.users.change(kim, password=OTHER)
    application.users.let_in(kim.id, "a fresh one for kim")
    again = restarted(application)
    assert again.sign_in.sign_in("kim", "a fresh one for kim") == kim
    again.close()


def test_a_clinic_is_never_left_without_an_administrator(application) -> None:
    with pytest.raises(InvalidEntryError, match="yourself"):
        application.users.shut_out(OWNER.id)
    with pytest.raises(InvalidEntryError, match="administrator"):
        application.users.change(replace(OWNER, also=frozenset()))


def test_an_administrator_sets_a_lost_password(application) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    application.users.change(replace(kim, login="kimberly"), kim, "a fresh one for kim")
    again = restarted(application)
    assert again.sign_in.sign_in("kimberly", "a fresh one for kim").id == kim.id
    again.close()


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("kim", "short", "at least 8"),
        ("kim", "x" * (LONGEST_PASSWORD + 1), "at most 1,024"),
        ("kim k", "a fresh one for kim", "one word"),
        ("Tilda", "a fresh one for kim", "already"),
        ("kimberly", "", "new password as well"),
    ],
)
def test_of_a_change_whose_password_or_name_is_refused_nothing_is_stored(
    application, login: str, password: str, words: str
) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    changed = replace(kim, name="Kim Second", role=Role.CLERK, login=login)
    with pytest.raises(InvalidEntryError, match=words):
        application.users.change(changed, kim, password)
    assert kim in application.users.all()
    again = restarted(application)
    assert again.sign_in.sign_in("kim", OTHER) == kim
    again.close()


def test_where_only_the_password_could_not_be_stored_that_is_said(application, monkeypatch) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(application.vault, "give_way_in", refuse)
    changed = replace(kim, name="Kim Second")
    with pytest.raises(
        StorageError, match=r"Kim Second is the one before; all else is saved\. The"
    ):
        application.users.change(changed, kim, "a fresh one for kim")
    assert changed in application.users.all()


def test_one_changes_ones_own_password(application) -> None:
    with pytest.raises(WrongPasswordError):
        application.sign_in.change_password("nonsense", OTHER)
    application.sign_in.change_password(PASSWORD, OTHER)
    again = restarted(application)
    with pytest.raises(WrongPasswordError):
        again.sign_in.sign_in(OWNER.login, PASSWORD)
    again.sign_in.sign_in(OWNER.login, OTHER)
    again.close()


def test_the_recovery_key_sets_a_password_and_is_put_down(application) -> None:
    key = application.vault.new_recovery_key()
    again = restarted(application)
    with pytest.raises(InvalidEntryError, match="Nobody signs in"):
        again.sign_in.recover(key, "nobody", OTHER)
    assert again.sign_in.recover(key, OWNER.login, OTHER) == OWNER
    assert AuditAction.BREAK_GLASS in done(again)
    again.close()


def test_who_was_shut_out_is_not_let_in_by_the_recovery_key(application) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    application.users.shut_out(kim.id)
    key = application.vault.new_recovery_key()
    again = restarted(application)
    with pytest.raises(InvalidEntryError, match="shut out"):
        again.sign_in.recover(key, "kim", "a fresh one for kim")
    assert not again.vault.has_way_in(kim.id)
    assert_nobody_has_the_keys(again)


def test_a_way_in_that_cannot_be_put_down_is_none(application) -> None:
    key = application.vault.new_recovery_key()
    again = restarted(application)
    disk = Disk(again)
    sign_in = SignIn(again.vault, disk.open_work, again.access)
    disk.refuses_after = 1  # who there is can still be read
    with pytest.raises(StorageError, match="full"):
        sign_in.recover(key, OWNER.login, OTHER)
    assert_nobody_has_the_keys(again)
    with pytest.raises(WrongPasswordError):
        again.sign_in.sign_in(OWNER.login, OTHER)
    again.sign_in.sign_in(OWNER.login, PASSWORD)
    again.close()


def test_who_is_denied_at_the_door_goes_without_the_keys(application) -> None:
    application.vault.give_way_in(UserId("ghost"), "ghost", OTHER)
    again = restarted(application)
    with pytest.raises(DeniedError):
        again.sign_in.sign_in("ghost", OTHER)
    assert_nobody_has_the_keys(again)
    again.close()


def test_nobody_is_at_the_desk_when_coming_could_not_be_put_down(application) -> None:
    again = restarted(application)
    disk = Disk(again)
    disk.refuses_after = 0
    with pytest.raises(StorageError, match="full"):
        SignIn(again.vault, disk.open_work, again.access).sign_in(OWNER.login, PASSWORD)
    assert not again.access.is_signed_in
    again.close()


def test_a_full_disk_keeps_nobody_locked_out_and_lets_nobody_else_in(application) -> None:
    disk = Disk(application)
    disk.refuses_after = 0
    desk = SignIn(application.vault, disk.open_work, application.access)
    with pytest.raises(WrongPasswordError):
        desk.unlock(OTHER)
    desk.unlock(PASSWORD)
    assert AuditAction.UNLOCKED not in done(application)
    disk.refuses_after = None
    desk.unlock(PASSWORD)
    assert AuditAction.UNLOCKED in done(application)


def test_what_was_denied_is_put_down_when_it_can_be_and_keeps_nobody_here(
    application, monkeypatch
) -> None:
    monkeypatch.setattr("bodymap.desk.access.FRESH_S", 600.0)
    disk = Disk(application)
    clerk = application.users.add(a_new(Role.CLERK), OTHER)
    access = Access(disk.open_work)
    access.begin(clerk.id)
    disk.refuses_after = 1
    with access.guarded()() as work, pytest.raises(DeniedError):
        work.people.put_user(OWNER)
    assert AuditAction.DENIED not in done(application)
    disk.refuses_after = None
    with access.guarded()() as work:
        work.people.patients()
    assert done(application).count(AuditAction.DENIED) == 1
    disk.refuses_after = 0
    with pytest.raises(DeniedError):
        access.require(Action.KEEP_USERS)
    access.end()
    assert not access.is_signed_in


def test_what_was_denied_last_is_put_down_before_one_leaves(application) -> None:
    application.users.add(a_new(Role.CLERK), OTHER)
    application.close()
    application.sign_in.sign_in("kim", OTHER)
    with pytest.raises(DeniedError):
        application.backing_up.back_up()
    application.close()
    assert "_data_file" not in application.__dict__
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    assert done(application)[-3:] == [
        AuditAction.DENIED,
        AuditAction.SIGNED_OUT,
        AuditAction.SIGNED_IN,
    ]


def test_unlocking_takes_the_password_of_who_is_signed_in(application) -> None:
    with pytest.raises(WrongPasswordError, match="The password is wrong"):
        application.sign_in.unlock("nonsense")
    application.sign_in.unlock(PASSWORD)
    assert done(application)[-2:] == [AuditAction.SIGN_IN_FAILED, AuditAction.UNLOCKED]


def test_failed_tries_are_put_down_when_somebody_signs_in(application) -> None:
    again = restarted(application)
    for _ in range(3):
        with pytest.raises(WrongPasswordError):
            again.sign_in.sign_in(OWNER.login, "nonsense")
    again.sign_in.sign_in(OWNER.login, PASSWORD)
    with again.open_work() as work:
        failed = next(
            e.event for e in work.audit.entries() if e.event.action is AuditAction.SIGN_IN_FAILED
        )
    assert '"times":3' in failed.new
    again.close()


def test_an_error_of_the_desk_names_neither_password_nor_key(application) -> None:
    hexed = application.vault.data_key.material.hex()
    again = restarted(application)
    for login, password in (("tilda", "hunter2 hunter2"), ("hunter2 hunter2", "x")):
        with pytest.raises(BodymapError) as told:
            again.sign_in.sign_in(login, password)
        assert "hunter2" not in str(told.value)
        assert hexed not in repr(told.value)
    assert signed_in(again.folder).access.user == OWNER


@pytest.mark.parametrize(
    ("password", "enough"),
    [
        ("", False),
        ("short", False),
        ("password1", False),
        ("practice in mill lane", False),
        ("noornoor", False),
        (OTHER, True),
        ("x" * 5000, False),
    ],
)
def test_passwords_are_judged(password: str, *, enough: bool) -> None:
    assert strength(password, ("Practice in Mill Lane", "noor")).is_enough is enough


def test_somebody_elses_visit_is_read_and_not_changed(application) -> None:
    kim = application.users.add(a_new(Role.THERAPIST), OTHER)
    with application.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit(therapist=kim.id))
        work.visits.add(a_visit(number=2))
        work.commit()
    others = application.clinic.chart(a_visit().id)
    own = application.clinic.chart(a_visit(number=2).id)
    assert not others.visit.is_open
    assert own.visit.is_open
    with pytest.raises(BodymapError):
        others.do(others.remove([others.visit.marks[0].id]))
