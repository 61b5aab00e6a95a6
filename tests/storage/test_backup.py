"""A backup is whole, proved, encrypted, and replaces an older one only then."""

import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from bodymap.chart.backups import Reason
from bodymap.chart.change import Change
from bodymap.chart.visit import Visit
from bodymap.errors import DamagedDataError, DamagedKeysError, StoppedError, StorageError
from bodymap.storage.backup import Wanted, back_up, clear_stale, first_good, prove
from bodymap.storage.backup_manifest import MANIFEST, backup_at, known_backups
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.migrate import HEAD
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.keys import DataKey
from tests.builders import a_needle_site
from tests.storage.canonical import canonical
from tests.vaults import KEY, a_data_file, found_clinic

NOW = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)


def wanted(where: Path, reason: Reason = Reason.DAILY, days: int = 0, **more: object) -> Wanted:
    return Wanted(where, reason, NOW + timedelta(days=days), **more)


def test_a_backup_holds_all_of_the_record(clinic: DataFile, visit: Visit, tmp_path: Path) -> None:
    made = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    assert made.folder == tmp_path / "kept" / "bodymap-20260302T081530Z-daily"
    assert (made.manifest.patients, made.manifest.visits) == (2, 1)
    assert made.manifest.revision == HEAD
    with clinic.open_work() as work:
        assert made.manifest.trail == work.audit.head()
    shutil.copytree(made.folder, tmp_path / "restored")
    opened = a_data_file(tmp_path / "restored")
    assert canonical(opened) == canonical(clinic)
    opened.close()


def test_what_the_manifest_says_is_read_back(clinic: DataFile, tmp_path: Path) -> None:
    made = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    assert known_backups(tmp_path / "kept") == (made,)
    assert backup_at(made.folder / FILE_NAME) == backup_at(made.folder) == made
    prove(made, KEY)


def test_a_backup_is_encrypted_like_the_data(
    clinic: DataFile, visit: Visit, tmp_path: Path
) -> None:
    made = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    content = (made.folder / FILE_NAME).read_bytes()
    assert b"SQLite" not in content
    assert b"Sample" not in content
    assert made.folder.stat().st_mode & 0o077 == 0


def test_the_key_file_goes_with_it(tmp_path: Path) -> None:
    application = found_clinic(tmp_path / "clinic")
    data = application.folder / FILE_NAME
    made = back_up(data, application.vault.data_key, wanted(tmp_path / "kept"))
    assert (made.folder / KEY_FILE).read_bytes() == (application.folder / KEY_FILE).read_bytes()
    application.close()


def test_a_damaged_key_file_never_takes_a_good_ones_place(tmp_path: Path) -> None:
    application = found_clinic(tmp_path / "clinic")
    key = application.vault.data_key
    (application.folder / KEY_FILE).write_text("{}")
    with pytest.raises(DamagedKeysError):
        back_up(application.folder / FILE_NAME, key, wanted(tmp_path / "kept"))
    assert list((tmp_path / "kept").iterdir()) == []
    application.close()


def test_one_may_go_on_charting_while_it_is_made(
    clinic: DataFile, visit: Visit, tmp_path: Path
) -> None:
    done = []

    def chart() -> None:
        for number in range(60):
            with clinic.open_work() as work:
                change = Change(put=(a_needle_site(40 + number),))
                done.append(work.visits.apply(visit.id, visit.version + number, change))
                work.commit()

    charting = Thread(target=chart)
    charting.start()
    for day in range(5):
        made = back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=day))
        prove(made, KEY)
    charting.join()
    assert len(done) == 60


def test_it_can_be_stopped_and_leaves_nothing(clinic: DataFile, tmp_path: Path) -> None:
    back_up(clinic.path, KEY, wanted(tmp_path / "kept"))

    def stop(*_: object) -> None:
        raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=1, told=stop))
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_damaged_file_is_not_backed_up(clinic: DataFile, visit: Visit, tmp_path: Path) -> None:
    first = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    clinic.close()
    content = bytearray(clinic.path.read_bytes())
    for page in range(3, len(content) // 4096):  # some hold nothing
        content[4096 * page + 50] ^= 1
    clinic.path.write_bytes(content)
    with pytest.raises(DamagedDataError):
        back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=1))
    assert known_backups(tmp_path / "kept") == (first,)


@pytest.mark.parametrize("what", ["flip", "cut", "gone", "manifest", "foreign"])
def test_a_backup_that_was_damaged_is_passed_over(
    clinic: DataFile, tmp_path: Path, what: str
) -> None:
    good = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    bad = back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=1))
    data = bad.folder / FILE_NAME
    content = bytearray(data.read_bytes())
    if what == "flip":
        content[5000] ^= 64
        data.write_bytes(content)
    elif what == "cut":
        data.write_bytes(content[:-4096])
    elif what == "gone":
        data.unlink()
    elif what == "manifest":
        told = json.loads((bad.folder / MANIFEST).read_text())
        told["audit"]["count"] += 7
        (bad.folder / MANIFEST).write_text(json.dumps(told))
    else:
        (bad.folder / MANIFEST).write_bytes(b"\x00\xff not json")
    assert first_good(known_backups(tmp_path / "kept"), KEY) == good


def test_a_backup_of_another_clinic_is_refused(clinic: DataFile, tmp_path: Path) -> None:
    made = back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    with pytest.raises(StorageError, match="another clinic"):
        prove(made, DataKey(bytes(32)))


def test_two_clinics_may_keep_theirs_in_one_place(clinic: DataFile, tmp_path: Path) -> None:
    other_key = DataKey(bytes(32))
    other = open_data_file(tmp_path / "other", other_key)
    theirs = back_up(other.path, other_key, wanted(tmp_path / "kept"))
    other.close()
    days = [back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=day)) for day in range(8)]
    assert theirs in known_backups(tmp_path / "kept")
    assert known_backups(tmp_path / "kept", other_key) == (theirs,)
    assert theirs not in known_backups(tmp_path / "kept", KEY)
    assert days[-1] in known_backups(tmp_path / "kept", KEY)


def test_old_ones_go_only_after_the_new_one_is_proved(clinic: DataFile, tmp_path: Path) -> None:
    for day in range(40):
        back_up(clinic.path, KEY, wanted(tmp_path / "kept", days=day))
    kept = known_backups(tmp_path / "kept")
    assert 9 <= len(kept) <= 15
    assert kept[0].manifest.made == NOW + timedelta(days=39)


def test_what_a_kill_left_is_cleared_away_later(clinic: DataFile, tmp_path: Path) -> None:
    left = tmp_path / "kept" / "bodymap-1-1.part"
    left.mkdir(parents=True)
    (left / FILE_NAME).write_bytes(b"half")
    os.utime(left, (0, 0))
    back_up(clinic.path, KEY, wanted(tmp_path / "kept"))
    assert not left.exists()


@pytest.mark.parametrize(("age_s", "is_kept"), [(0, True), (7200, False)])
def test_a_copy_of_the_servers_rows_that_a_kill_left_is_cleared_away(
    tmp_path: Path, age_s: float, *, is_kept: bool
) -> None:
    left, data = tmp_path / f"{FILE_NAME}.of-server-1-1", tmp_path / FILE_NAME
    for file in (left, data):
        file.write_bytes(b"half")
        os.utime(file, (0, time.time() - age_s))
    clear_stale(tmp_path, f"{FILE_NAME}.of-server-*")
    assert left.exists() == is_kept
    assert data.exists()


def test_a_folder_without_a_backup_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no backup in"):
        backup_at(tmp_path)
    assert known_backups(tmp_path / "nowhere") == ()
