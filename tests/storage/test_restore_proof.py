"""What is put back has proved to be this clinic's and unchanged; else all stays as it is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bodymap.chart.backups import Reason
from bodymap.errors import StorageError
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import MANIFEST, backup_at
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from tests.builders import a_user
from tests.storage.conftest import with_people
from tests.vaults import KEY, a_data_file


def test_a_backup_whose_manifest_was_changed_is_not_put_back(tmp_path: Path) -> None:
    data = with_people(a_data_file(tmp_path / "clinic"))
    data.close()
    keys = Envelope("Practice Sample", ()).sealed(KEY).to_text().encode()
    (tmp_path / "clinic" / KEY_FILE).write_bytes(keys)
    wanted = Wanted(tmp_path / "backups", Reason.ASKED, datetime(2026, 3, 2, tzinfo=UTC))
    folder = back_up(data.path, KEY, wanted).folder
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    told["audit"]["count"] += 1
    (folder / MANIFEST).write_text(json.dumps(told), "utf-8")
    before = data.path.read_bytes()
    with pytest.raises(StorageError, match="manifest was changed"):
        restore(Restore(backup_at(folder), data.path.parent, KEY, a_user().id, wanted.where))
    assert data.path.read_bytes() == before
