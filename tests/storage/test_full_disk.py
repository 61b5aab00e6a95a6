"""A disk that is full at any size of any file: words, nothing lost, and all works again after."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from bodymap.chart.backups import Reason
from bodymap.storage.backup import Wanted, back_up, prove
from bodymap.storage.backup_manifest import backup_at
from bodymap.storage.datafile import DataFile
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from tests.builders import a_visit
from tests.storage.test_processes import answer, child
from tests.storage.test_restoring import NOW, seal_keys
from tests.torture import put_down
from tests.vaults import KEY, a_data_file

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="limits the size of files, which only POSIX can"
)

SIZES = 40


@pytest.fixture
def filled(clinic: DataFile, tmp_path: Path) -> Path:
    """A clinic with a visit and one good backup."""
    with clinic.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    clinic.close()
    folder = clinic.path.parent
    seal_keys(folder)
    back_up(clinic.path, KEY, Wanted(tmp_path / "first", Reason.ASKED, NOW))
    return folder


@pytest.mark.parametrize("what", ["backup", "restore", "keys", "page", "table"])
def test_a_full_disk_is_told_and_nothing_is_lost(filled: Path, tmp_path: Path, what: str) -> None:
    told = json.loads(answer(child("do-on-a-full-disk", filled, tmp_path / "first", what)))
    assert len(told["refusals"]) > SIZES // 2
    assert all("disk" in words or "too large" in words for words in told["refusals"]), told
    assert told["done_at_last"]
    put_down("R4", f"full disks, {what}", SIZES, 0)
    (first,) = (tmp_path / "first").iterdir()
    prove(backup_at(first), KEY)
    Envelope.from_text((filled / KEY_FILE).read_bytes()).check_seal(KEY)
    data = a_data_file(filled)
    with data.open_work() as work:
        assert len(work.visits.get(a_visit().id).marks) == len(a_visit().marks)
    data.close()
    left = [file.name for file in filled.rglob("*") if ".part" in file.name or ".new" in file.name]
    assert left == []


def test_a_log_on_a_full_disk_keeps_nobody_from_working(filled: Path, tmp_path: Path) -> None:
    told = json.loads(answer(child("do-on-a-full-disk", filled, tmp_path / "first", "log")))
    assert told == {"refusals": [], "done_at_last": True}
    put_down("R4", "full disks, log", SIZES, 0)
    (last,) = (filled.parent / "log").read_text("utf-8").splitlines()[-1:]
    assert last.startswith("fault 11"), "what comes once there is room is logged again"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can become somebody else"
)
def test_where_one_may_only_read_it_is_said_and_works_again_after() -> None:
    # Not below pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "clinic"
        a_data_file(folder).close()
        told = json.loads(answer(child("work-where-one-may-only-read", folder)))
    for what, refusals in told.items():
        assert any("may only be read" in words or "cannot write" in words for words in refusals)
        assert refusals[0], what
