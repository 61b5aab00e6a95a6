"""After a restore the record is another one; backups of what was left are not taken for newer."""

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bodymap.chart.backups import Backup, Reason
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import known_backups
from bodymap.storage.backups import FolderBackups
from bodymap.storage.branches import Branch, branch_of, nearest_first
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.vault import Vault
from tests.builders import a_patient, a_user
from tests.storage.conftest import with_people
from tests.storage.test_restoring import NOW, seal_keys
from tests.vaults import CHEAP, KEY, PASSWORD

ADDED_LATER = 12
"""Patients that came after the backup: more than come after the restore."""


def add_patients(data: DataFile, first: int, most: int) -> None:
    for number in range(first, first + most):
        with data.open_work() as work:
            work.people.put_patient(a_patient(number))
            work.commit()
    data.close()


def made(folder: Path, days: int, reason: Reason = Reason.DAILY) -> Backup:
    wanted = Wanted(folder / BACKUPS, reason, NOW + timedelta(days=days))
    return back_up(folder / FILE_NAME, KEY, wanted)


def put_back(folder: Path, backup: Backup, days: int) -> Backup:
    """Restore, and return the backup of what was there before."""
    when = NOW + timedelta(days=days)
    job = Restore(backup, folder, KEY, a_user().id, folder / BACKUPS, now=lambda: when)
    kept = restore(job).backup
    assert kept is not None
    return kept


@pytest.fixture
def restored(clinic: DataFile) -> tuple[Path, Backup, Backup]:
    """A clinic that was taken back; what was put back, and what was there before."""
    folder = clinic.path.parent
    seal_keys(folder)
    first = made(folder, 0, Reason.ASKED)
    add_patients(clinic, 10, ADDED_LATER)
    return folder, first, put_back(folder, first, 1)


def test_a_restore_begins_a_branch(restored: tuple[Path, Backup, Backup]) -> None:
    folder, first, before = restored
    assert branch_of(before.folder) == Branch()
    assert branch_of(folder) == Branch(1, first.manifest.trail.count + 1)
    put_back(folder, first, 2)
    assert branch_of(folder).number == 2


def test_a_branch_is_never_begun_twice(restored: tuple[Path, Backup, Backup]) -> None:
    """Not even when an older key file has come back between two restores."""
    folder, first, _ = restored
    made(folder, 1, Reason.ASKED)
    (folder / KEY_FILE).write_bytes((first.folder / KEY_FILE).read_bytes())
    put_back(folder, first, 2)
    assert branch_of(folder).number == 2


def test_what_was_left_is_not_newer(restored: tuple[Path, Backup, Backup]) -> None:
    folder, first, before = restored
    after = made(folder, 2)
    assert after.manifest.trail.count < before.manifest.trail.count
    assert known_backups(folder / BACKUPS) == (after, before, first)


def test_a_backup_after_a_restore_is_kept_on_the_same_day(
    restored: tuple[Path, Backup, Backup],
) -> None:
    folder, _, before = restored
    after = made(folder, 1)
    assert {after.folder, before.folder} <= {b.folder for b in known_backups(folder / BACKUPS)}


def test_what_was_left_grows_old_like_the_rest(restored: tuple[Path, Backup, Backup]) -> None:
    folder, first, before = restored
    for day in range(2, 100):
        made(folder, day)
    kept = [backup.folder for backup in known_backups(folder / BACKUPS)]
    assert len(kept) < 20
    assert first.folder in kept, "somebody asked for it"
    assert before.folder in kept, "the newest of its month"


def test_of_what_was_left_that_comes_first_which_is_part_of_the_record(
    restored: tuple[Path, Backup, Backup],
) -> None:
    folder, first, before = restored
    assert nearest_first([before, first], branch_of(folder)) == (first, before)
    after = made(folder, 2)
    assert nearest_first([before, first, after], branch_of(folder)) == (after, first, before)


def test_the_right_backup_is_offered_and_the_loss_is_told(tmp_path: Path) -> None:
    vault = Vault(tmp_path, cost=CHEAP)
    vault.set_up("Practice Sample", (a_user().id, "tilda"), PASSWORD)
    backups = FolderBackups(tmp_path, vault, nullcontext)
    data = with_people(open_data_file(tmp_path, vault.data_key))
    first = backups.make(Reason.ASKED, NOW, lambda *_: None, None)
    add_patients(data, 10, ADDED_LATER)
    assert backups.restore(first, lambda *_: None, lambda _: None) is not None
    add_patients(open_data_file(tmp_path, vault.data_key), 30, 2)
    (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)
    damage = backups.examine("It is damaged.")
    assert damage.backup == first, "what was left holds more, but not of this record"
    assert damage.loss.entries >= 1, "at least that it was put back"
