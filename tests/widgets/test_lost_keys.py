"""A key file that is damaged or gone: the entrance offers a good copy of it."""

import random
import shutil

import pytest
from PySide6.QtWidgets import QLabel

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.storage.datafolder import FILE_NAME, KEY_FILE
from bodymap.storage.quarantine import QUARANTINE
from bodymap.storage.vault import envelope
from tests.vaults import PASSWORD, signed_in
from tests.widgets.doors import sign_in
from tests.widgets.test_data_page import ChosenFolder

LATER = "another horse of a fair colour"


def damaged(folder) -> bytes:
    content = (folder / KEY_FILE).read_bytes()
    spoilt = content[:-40]
    (folder / KEY_FILE).write_bytes(spoilt)
    return spoilt


def gone(folder) -> None:
    (folder / KEY_FILE).unlink()


def open_and_wait(open_door, folder):
    door = open_door(folder)
    door.until(lambda: door.entrance.card is door.entrance.lost_keys)
    return door


def said(door) -> str:
    return " ".join(one.text() for one in door.entrance.lost_keys.findChildren(QLabel))


@pytest.mark.parametrize("spoil", [damaged, gone])
def test_a_good_copy_is_put_back_and_everything_is_there(open_door, folder, spoil):
    content = spoil(folder)
    data = (folder / FILE_NAME).read_bytes()
    door = open_and_wait(open_door, folder)
    assert "Passwords are those of then" in said(door)
    assert "1 patient" in said(door)
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)
    assert "The key file of" in door.entrance.sign_in.lead.text()
    assert (folder / FILE_NAME).read_bytes() == data, "charts are not touched"
    if content is not None:
        (kept,) = (folder / QUARANTINE).iterdir()
        assert (kept / KEY_FILE).read_bytes() == content
        assert str(kept) in door.entrance.sign_in.lead.text()
    sign_in(door)
    assert len(door.application.clinic.patients()) == 2
    assert door.application.verifying.verify() == ()
    entries = door.application.verifying.entries(AuditQuestion(action=AuditAction.RESTORED))
    assert len(entries) == 1
    assert '"keys":' in entries[0].event.new


def test_passwords_are_those_of_the_copy(open_door, folder):
    application = signed_in(folder)
    application.vault.change_password(application.access.user.id, PASSWORD, LATER)
    application.close()
    damaged(folder)
    door = open_and_wait(open_door, folder)
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)
    door.sign_in(password=LATER)
    door.until(lambda: "wrong" in door.entrance.sign_in.problem.text())
    sign_in(door)


def test_without_a_good_copy_one_is_chosen_elsewhere(open_door, folder, tmp_path):
    (backup,) = (folder / "backups").iterdir()
    stick = shutil.move(backup, tmp_path / backup.name)
    damaged(folder)
    door = open_and_wait(open_door, folder)
    assert "no good copy of the key file" in said(door)
    assert door.entrance.lost_keys.put_back.isHidden()
    door.entrance.key_mending.choose = ChosenFolder(tmp_path)
    door.press("damage-other")
    assert "no backup in" in door.entrance.lost_keys.problem.text()
    door.entrance.key_mending.choose = ChosenFolder(stick)
    door.press("damage-other")
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)
    sign_in(door)


def test_a_copy_that_was_damaged_too_is_passed_over(open_door, folder):
    application = signed_in(folder)
    application.backing_up.back_up()
    newest = application.backing_up.known()[0]
    application.close()
    damaged(newest.folder)
    damaged(folder)
    door = open_and_wait(open_door, folder)
    door.entrance.lost_keys.restore_requested.emit(newest)
    assert "is not sound" in door.entrance.lost_keys.problem.text()
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)


def test_a_key_file_of_a_newer_program_is_left_alone(folder, monkeypatch):
    application = signed_in(folder)
    monkeypatch.setattr(envelope, "FORMAT", 0)
    assert application.backing_up.examine_keys() is None
    monkeypatch.undo()
    application.close()


def test_a_sound_key_file_is_not_replaced(folder):
    application = signed_in(folder)
    before = (folder / KEY_FILE).read_bytes()
    with pytest.raises(Exception, match="is sound"):
        application.backing_up.put_keys_back(application.backing_up.known()[0])
    assert (folder / KEY_FILE).read_bytes() == before
    application.close()


def test_any_slip_of_the_key_file_is_seen(folder):
    application = signed_in(folder)
    sound, chance = (folder / KEY_FILE).read_bytes(), random.Random(10)  # noqa: S311 - the same
    for _ in range(100):
        spoilt = bytearray(sound)
        spoilt[chance.randrange(len(sound))] ^= 1 << chance.randrange(5)
        (folder / KEY_FILE).write_bytes(spoilt)
        found = application.backing_up.examine_keys()
        if found is None:
            assert spoilt.split() == sound.split(), "only white space is another one"
        else:
            assert found.backup is not None
    (folder / KEY_FILE).write_bytes(sound)
    application.close()


def test_a_new_clinic_is_not_asked_for_its_keys(open_door, tmp_path):
    door = open_door(tmp_path / "new")
    assert door.application.backing_up.examine_keys() is None
    assert door.entrance.card is door.entrance.set_up
