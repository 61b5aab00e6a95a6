"""A backup is looked into before it counts; one that does not hold together is not kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bodymap.chart.backups import Reason
from bodymap.errors import StorageError
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import known_backups
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.quarantine import put_in_quarantine
from bodymap.storage.vault.file import KEY_FILE
from tests.storage.conftest import with_people
from tests.vaults import KEY, a_data_file

MADE = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a clinic, closed."""
    data = with_people(a_data_file(tmp_path / "clinic"))
    data.close()
    return data.path


def test_a_backup_whose_trail_is_short_is_not_kept(path: Path, tmp_path: Path) -> None:
    with connected(path, KEY) as client:
        client.execute("DROP TRIGGER kept_audit_delete")
        client.execute("DELETE FROM audit WHERE number = 2")
    where = tmp_path / "backups"
    with pytest.raises(StorageError, match="not complete"):
        back_up(path, KEY, Wanted(where, Reason.ASKED, MADE))
    assert known_backups(where) == ()
    assert list(where.iterdir()) == []


def test_a_backup_is_for_this_user_alone(path: Path, tmp_path: Path) -> None:
    made = back_up(path, KEY, Wanted(tmp_path / "backups", Reason.ASKED, MADE))
    for one in (made.folder.parent, made.folder):
        assert one.stat().st_mode & 0o077 == 0
    assert (made.folder / path.name).stat().st_mode & 0o077 == 0


def test_all_that_belongs_to_a_damaged_file_is_kept_with_it(tmp_path: Path) -> None:
    parts = {ending: ending.encode() + b" bytes" for ending in ("", "-wal", "-journal")}
    for ending, content in parts.items():
        (tmp_path / f"{FILE_NAME}{ending}").write_bytes(content)
    (tmp_path / KEY_FILE).write_bytes(b"keys")
    kept = put_in_quarantine(tmp_path, MADE)
    assert kept is not None
    for ending, content in parts.items():
        assert (kept / f"{FILE_NAME}{ending}").read_bytes() == content
    assert (kept / KEY_FILE).read_bytes() == b"keys"
    assert put_in_quarantine(tmp_path, MADE) == kept
