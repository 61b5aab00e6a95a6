"""Another recovery key in place of one that was used, lost or seen, over a real key file."""

from pathlib import Path

import pytest

from bodymap.app import Application
from bodymap.chart.audit import AuditAction
from bodymap.chart.people import Role, User, UserId
from bodymap.desk.recovery_key import RecoveryKey
from bodymap.desk.sign_in import Founding, SignIn
from bodymap.errors import DeniedError, StorageError, TooManyTriesError, WrongPasswordError
from bodymap.storage.vault.tries import FREE_TRIES
from bodymap.storage.vault.vault import Vault
from tests.desk.test_sign_in import Disk, done, restarted
from tests.vaults import CHEAP, OWNER, PASSWORD, found_clinic

LATER = "another horse of a fair colour"
STRANGE = "0000-0000-0000-0000-0000-0000-0000-0000-400A"
"""A key as it is printed, but of no clinic."""

FOUNDING = Founding("Practice in Mill Lane", "Noor van Example", "noor", PASSWORD)


@pytest.fixture
def application(tmp_path: Path):
    made = found_clinic(tmp_path / "clinic")
    yield made
    made.close()


def recovered(application: Application, key: str) -> Application:
    """After a restart: in by the recovery key, which sets the same password again."""
    again = restarted(application)
    again.sign_in.recover(key, OWNER.login, PASSWORD)
    return again


def test_the_new_key_opens_and_the_one_before_does_not(application) -> None:
    before = application.recovery_key.make(PASSWORD)
    key = application.recovery_key.make(PASSWORD)
    again = restarted(application)
    with pytest.raises(WrongPasswordError):
        again.sign_in.recover(before, OWNER.login, LATER)
    assert again.sign_in.recover(key, OWNER.login, LATER) == OWNER
    again.close()


def test_it_opens_as_often_as_it_is_typed_until_another_one_is_made(application) -> None:
    key = application.recovery_key.make(PASSWORD)
    again = recovered(recovered(application, key), key)
    again.recovery_key.make(PASSWORD)
    once_more = restarted(again)
    with pytest.raises(WrongPasswordError):
        once_more.sign_in.recover(key, OWNER.login, PASSWORD)
    once_more.close()


def test_making_it_is_put_down(application) -> None:
    application.recovery_key.make(PASSWORD)
    assert done(application)[-1] is AuditAction.RECOVERY_KEY_MADE


def test_a_wrong_password_makes_none_and_is_put_down(application) -> None:
    key = application.recovery_key.make(PASSWORD)
    with pytest.raises(WrongPasswordError, match="The password is wrong"):
        application.recovery_key.make(LATER)
    assert done(application)[-1] is AuditAction.SIGN_IN_FAILED
    recovered(application, key).close()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_makes_one_and_no_password_is_tried(application, role) -> None:
    sascha = User(UserId(""), "Sascha", Role.SUPERVISOR, login="sascha")
    head = application.users.add(sascha, LATER)
    heads = frozenset({head.id}) if role is Role.TRAINEE else frozenset()
    kim = User(UserId(""), "Kim", role, login="kim", supervisors=heads)
    application.users.add(kim, LATER)
    application.sign_in.sign_out()
    application.sign_in.sign_in("kim", LATER)
    with pytest.raises(DeniedError, match="only an administrator may"):
        application.recovery_key.make("nonsense")
    with pytest.raises(DeniedError):
        application.recovery_key.hand_over()
    assert application.vault.failed_before == 0
    assert application.recovery_key.last_use() is None


def test_a_key_that_cannot_be_put_down_is_none(application) -> None:
    key = application.recovery_key.make(PASSWORD)
    disk = Disk(application)
    disk.refuses_after = 0
    with pytest.raises(StorageError, match="full"):
        RecoveryKey(application.vault, disk.open_work, application.access).make(PASSWORD)
    recovered(application, key).close()


def test_failed_tries_with_the_key_before_do_not_keep_the_new_one_waiting(application) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongPasswordError):
            Vault(application.folder, cost=CHEAP).recover(STRANGE)
    with pytest.raises(TooManyTriesError):
        Vault(application.folder, cost=CHEAP).recover(STRANGE)
    recovered(application, application.recovery_key.make(PASSWORD)).close()


def test_it_is_owed_until_somebody_has_it_on_paper(application) -> None:
    assert not application.recovery_key.is_owed
    application.recovery_key.make(PASSWORD)
    assert application.recovery_key.is_owed
    again = restarted(application)
    again.sign_in.sign_in(OWNER.login, PASSWORD)
    assert again.recovery_key.is_owed
    again.recovery_key.hand_over()
    assert not again.recovery_key.is_owed
    again.close()


def test_who_opens_with_it_has_it(application) -> None:
    again = recovered(application, application.recovery_key.make(PASSWORD))
    assert not again.recovery_key.is_owed
    again.close()


def test_nobody_but_an_administrator_is_owed_one(application) -> None:
    kim = User(UserId(""), "Kim", Role.THERAPIST, login="kim")
    application.users.add(kim, LATER)
    application.recovery_key.make(PASSWORD)
    again = restarted(application)
    again.sign_in.sign_in("kim", LATER)
    assert not again.recovery_key.is_owed
    again.close()


def test_its_use_is_told_and_whether_another_one_was_made_since(application) -> None:
    assert application.recovery_key.last_use() is None
    again = recovered(application, application.recovery_key.make(PASSWORD))
    assert not again.recovery_key.last_use().is_renewed
    again.recovery_key.make(PASSWORD)
    assert again.recovery_key.last_use().is_renewed
    later = restarted(again)
    later.sign_in.sign_in(OWNER.login, PASSWORD)
    assert later.recovery_key.last_use() is None
    later.close()


# --- setting up on a disk that is full


@pytest.mark.parametrize("restart", [False, True], ids=["in the same run", "after a restart"])
def test_setting_up_on_a_full_disk_is_finished_at_the_next_sign_in(tmp_path, restart) -> None:
    application = Application(tmp_path, CHEAP)
    disk = Disk(application)
    disk.refuses_after = 0
    door = SignIn(application.vault, disk.open_work, application.access)
    with pytest.raises(StorageError, match=r"full.*sign in with the name"):
        door.set_up(FOUNDING)
    assert not door.is_signed_in
    with pytest.raises(WrongPasswordError, match="Nobody"):
        _ = application.vault.data_key
    disk.refuses_after = None
    if restart:
        application = restarted(application)
        door = application.sign_in
    owner = door.sign_in("noor", PASSWORD)
    assert owner.name == ("Noor" if restart else "Noor van Example")
    assert owner.roles == {Role.THERAPIST, Role.ADMIN}
    assert application.recovery_key.is_owed
    key = application.recovery_key.make(PASSWORD)
    again = restarted(application)
    assert again.sign_in.recover(key, "noor", LATER) == owner
    again.close()


def test_where_no_key_file_could_be_stored_one_begins_anew(tmp_path, monkeypatch) -> None:
    application = Application(tmp_path, CHEAP)

    def refuse(*_):
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr("bodymap.storage.vault.vault.replace_file", refuse)
        with pytest.raises(StorageError, match="full"):
            application.sign_in.set_up(FOUNDING)
    assert not application.sign_in.is_set_up
    assert application.sign_in.set_up(FOUNDING)
    application.close()
