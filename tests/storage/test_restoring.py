"""A backup is put back whole or not at all, and what was there is kept."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bodymap.chart.audit import AuditAction, AuditHead, AuditQuestion
from bodymap.chart.backups import Backup, Loss, Reason
from bodymap.chart.people import User
from bodymap.errors import DeniedError, StoppedError, StorageError
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.header import log_of
from bodymap.storage.losses import losses
from bodymap.storage.quarantine import QUARANTINE, put_in_quarantine
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.swapping import finish_restore, ready_data
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.verify import verify
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.storage.canonical import canonical
from tests.storage.test_migrate import contents
from tests.storage.test_processes import answer, child
from tests.vaults import KEY, a_data_file

NOW = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)


def seal_keys(folder: Path) -> None:
    (folder / KEY_FILE).write_text(Envelope("Practice Sample", ()).sealed(KEY).to_text())


@pytest.fixture
def backup(clinic: DataFile, tmp_path: Path) -> Iterator[Backup]:
    """A backup of the clinic's two patients, after which a third came with a visit."""
    seal_keys(clinic.path.parent)
    made = back_up(clinic.path, KEY, Wanted(tmp_path / "kept", Reason.ASKED, NOW))
    with clinic.open_work() as work:
        work.people.put_patient(a_patient(3))
        work.people.put_episode(an_episode(patient=3))
        work.visits.add(a_visit(patient=3))
        work.commit()
    clinic.close()
    return made


def a_restore(backup: Backup, folder: Path, **more: object) -> Restore:
    return Restore(backup, folder, KEY, a_user().id, folder / BACKUPS, **more)


def patients(folder: Path) -> int:
    data = a_data_file(folder)
    with data.open_work() as work:
        found = len(work.people.patients())
    data.close()
    return found


def test_a_backup_is_put_in_the_place_of_what_is_there(backup: Backup, clinic: DataFile) -> None:
    folder = clinic.path.parent
    kept = restore(a_restore(backup, folder))
    assert patients(folder) == 2
    assert kept.backup is not None
    assert kept.backup.manifest.reason is Reason.BEFORE_RESTORE
    assert kept.backup.manifest.patients == 3
    restore(a_restore(kept.backup, folder))
    assert patients(folder) == 3


def test_the_trail_tells_of_it_and_proves_to_be_whole(backup: Backup, clinic: DataFile) -> None:
    folder = clinic.path.parent
    restore(a_restore(backup, folder))
    data = a_data_file(folder)
    with data.open_work() as work:
        (entry,) = work.audit.entries(AuditQuestion(action=AuditAction.RESTORED))
        head = work.audit.head()
    note = Envelope.from_text((folder / KEY_FILE).read_bytes()).notes["audit"]
    assert note == f"{head.count} {head.hash.hex()}"
    assert entry.event.actor == a_user().id
    assert verify(data.engine, head) == ()
    data.close()


def test_a_clinic_is_founded_anew_from_a_backup(
    backup: Backup, tmp_path: Path, clinic: DataFile
) -> None:
    there = tmp_path / "another" / "computer"
    assert restore(a_restore(backup, there)).backup is None
    assert patients(there) == 2
    assert {file.name for file in there.iterdir()} == {FILE_NAME, KEY_FILE}


def test_the_record_is_the_same_after_the_drill(
    clinic: DataFile, visit: object, tmp_path: Path
) -> None:
    seal_keys(clinic.path.parent)
    before = canonical(clinic)
    made = back_up(clinic.path, KEY, Wanted(tmp_path / "kept", Reason.DAILY, NOW))
    clinic.close()
    restore(a_restore(made, tmp_path / "clean"))
    data = a_data_file(tmp_path / "clean")
    assert canonical(data) == before
    data.close()


def test_the_key_file_of_now_stays_so_that_new_passwords_do(
    backup: Backup, clinic: DataFile
) -> None:
    folder = clinic.path.parent
    (folder / KEY_FILE).write_text(Envelope("Renamed since", ()).sealed(KEY).to_text())
    restore(a_restore(backup, folder))
    assert Envelope.from_text((folder / KEY_FILE).read_bytes()).clinic == "Renamed since"


def test_a_damaged_key_file_is_replaced_by_the_backups(backup: Backup, clinic: DataFile) -> None:
    folder = clinic.path.parent
    (folder / KEY_FILE).write_bytes(b"\x00")
    kept = restore(a_restore(backup, folder))
    assert Envelope.from_text((folder / KEY_FILE).read_bytes()).clinic == "Practice Sample"
    assert kept.quarantine is not None
    assert (kept.quarantine / KEY_FILE).read_bytes() == b"\x00"


def test_one_who_may_not_changes_nothing(backup: Backup, clinic: DataFile) -> None:
    folder, asked = clinic.path.parent, []

    def refuse(user: User) -> None:
        asked.append(user)
        raise DeniedError("You may not.")

    before = contents(folder)
    with pytest.raises(DeniedError):
        restore(a_restore(backup, folder, allow=refuse))
    assert asked == [a_user()]
    assert not finish_restore(folder)
    assert contents(folder) == before


@pytest.mark.parametrize("after", range(6))
def test_it_can_be_stopped_and_all_is_as_before(
    backup: Backup, clinic: DataFile, after: int
) -> None:
    folder, told = clinic.path.parent, []

    def stop(*what: object) -> None:
        told.append(what)
        if len(told) > after:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        restore(a_restore(backup, folder, told=stop))
    finish_restore(folder)
    assert patients(folder) == 3
    assert not list(folder.glob("*.part"))


def test_a_damaged_backup_changes_nothing(backup: Backup, clinic: DataFile) -> None:
    content = bytearray((backup.folder / FILE_NAME).read_bytes())
    content[-100] ^= 1
    (backup.folder / FILE_NAME).write_bytes(content)
    before = contents(clinic.path.parent)
    with pytest.raises(StorageError, match="damaged"):
        restore(a_restore(backup, clinic.path.parent))
    assert contents(clinic.path.parent) == before


def test_it_is_refused_while_somebody_has_the_data_open(backup: Backup, clinic: DataFile) -> None:
    other = a_data_file(clinic.path.parent)
    with other.open_work() as work:
        work.people.patients()
        with pytest.raises(StorageError, match="Another bodymap"):
            restore(a_restore(backup, clinic.path.parent))
    other.close()
    assert not ready_data(clinic.path.parent).exists()
    assert patients(clinic.path.parent) == 3


def test_a_damaged_file_is_kept_byte_for_byte(backup: Backup, clinic: DataFile) -> None:
    folder = clinic.path.parent
    content = bytearray(clinic.path.read_bytes())
    content[9000:9100] = bytes(100)
    clinic.path.write_bytes(content)
    log_of(clinic.path).write_bytes(b"a log that belongs to it")
    kept = restore(a_restore(backup, folder))
    assert kept.quarantine is not None
    assert (kept.quarantine / FILE_NAME).read_bytes() == content
    assert log_of(kept.quarantine / FILE_NAME).read_bytes() == b"a log that belongs to it"
    assert patients(folder) == 2


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_damaged_file_that_may_only_be_read_is_kept_too(clinic: DataFile) -> None:
    clinic.close()
    clinic.path.write_bytes(b"no longer a database")
    clinic.path.chmod(0o400)
    kept = put_in_quarantine(clinic.path.parent, NOW)
    assert kept is not None
    assert (kept / FILE_NAME).read_bytes() == b"no longer a database"
    assert (kept / FILE_NAME).stat().st_mode & 0o777 == 0o600, "else it could not be synced"


def test_the_same_damage_is_kept_once(clinic: DataFile) -> None:
    clinic.close()
    clinic.path.write_bytes(b"no longer a database")
    one, other = (put_in_quarantine(clinic.path.parent, NOW) for _ in range(2))
    assert one == other
    clinic.path.write_bytes(b"damaged in another way")
    assert put_in_quarantine(clinic.path.parent, NOW) != one
    assert len(list((clinic.path.parent / QUARANTINE).iterdir())) == 2


def test_what_is_lost_is_named_as_far_as_it_can_be_read(backup: Backup, clinic: DataFile) -> None:
    folder = clinic.path.parent
    quarantine = put_in_quarantine(folder, NOW)
    assert quarantine is not None
    loss = losses(quarantine, backup.manifest.trail.count, KEY, AuditHead())
    (lost,) = loss.visits
    assert (lost.visit, lost.patient) == (a_visit().id, a_patient(3).full_name)
    assert loss.entries >= lost.entries > 0
    assert loss.is_certain
    assert {file.name for file in quarantine.iterdir()} == {FILE_NAME, KEY_FILE}


def test_of_a_file_that_is_gone_the_key_file_knows_how_much_it_held(
    backup: Backup, clinic: DataFile
) -> None:
    clinic.path.write_bytes(b"")
    quarantine = put_in_quarantine(clinic.path.parent, NOW)
    assert quarantine is not None
    entries = backup.manifest.trail.count
    assert losses(quarantine, entries, KEY, AuditHead(entries + 5)) == Loss(5)
    assert losses(quarantine, 0, KEY, AuditHead(entries)) == Loss(entries)


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_a_restore_may_be_killed_at_any_step(
    backup: Backup, clinic: DataFile, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(backup.folder, desk / "backup")
    (desk / "old").mkdir()
    for file in (clinic.path, clinic.path.with_name(KEY_FILE)):
        shutil.copy(file, desk / "old")
    # the backup is to have one patient, so that old and new are told apart
    smaller = a_data_file(desk / "small")
    with smaller.open_work() as work:
        work.people.put_user(a_user())
        work.people.put_patient(a_patient())
        work.commit()
    seal_keys(desk / "small")
    made = back_up(smaller.path, KEY, Wanted(desk / "kept", Reason.ASKED, NOW))
    smaller.close()
    shutil.rmtree(desk / "backup")
    made.folder.rename(desk / "backup")
    found = answer(child("restore-and-be-killed", desk)).splitlines()
    assert Counter(found).keys() == {"old", "new"}
    assert found.index("new") > 15, "killed at twenty points and more"
    assert "old" not in found[found.index("new") :]
