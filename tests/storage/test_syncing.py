"""What is made ready is on the disk before it gets its name, and the name before one goes on."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bodymap.chart.backups import Reason
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.engine import open_for_migration
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.swapping import ready_data
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE, replace_file
from bodymap.whole_file import put_whole
from tests.builders import a_user
from tests.storage.conftest import with_people
from tests.vaults import KEY, a_data_file

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
MADE = datetime(2026, 3, 2, tzinfo=UTC)


class Steps:
    """What was synced and what was named, in order."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Path]] = []

    def check(self, source: Path, target: Path) -> None:
        """See that a file, or all of a folder, was synced, then named, then its folder synced."""
        named = self.done.index(("named", target))
        before, later = self.done[:named], self.done[named + 1 :]
        parts = [path for what, path in before if what == "synced"]
        assert source in parts or any(source in path.parents for path in parts), "not synced"
        assert ("synced", target.parent) in later, "its name may be lost"


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Steps]:
    """Tells of each sync and each renaming by the program itself; SQLite syncs by its own."""
    steps = Steps()
    sync, rename, replace = os.fsync, Path.rename, Path.replace

    def told_sync(handle: int) -> None:
        steps.done.append(("synced", Path(f"/proc/self/fd/{handle}").readlink()))
        sync(handle)

    def told(done):
        def name(self: Path, target: str | Path) -> Path:
            steps.done.append(("renamed", self))
            steps.done.append(("named", Path(target)))
            return done(self, target)

        return name

    monkeypatch.setattr(os, "fsync", told_sync)
    monkeypatch.setattr(Path, "rename", told(rename))
    monkeypatch.setattr(Path, "replace", told(replace))
    return steps


def test_a_small_file(steps: Steps, tmp_path: Path) -> None:
    target = tmp_path / KEY_FILE
    replace_file(target, b"{}")
    (source,) = [path for what, path in steps.done if what == "renamed"]
    assert source != target
    steps.check(source, target)


def test_a_page_or_a_table(steps: Steps, tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    put_whole(b"%PDF", target)
    (source,) = [path for what, path in steps.done if what == "renamed"]
    assert steps.done.index(("synced", source)) < steps.done.index(("named", target))


def test_a_backup_and_a_restore(steps: Steps, tmp_path: Path) -> None:
    data = with_people(a_data_file(tmp_path / "clinic"))
    data.close()
    keys = Envelope("Practice Sample", ()).sealed(KEY).to_text().encode()
    (tmp_path / "clinic" / KEY_FILE).write_bytes(keys)
    made = back_up(data.path, KEY, Wanted(tmp_path / "backups", Reason.ASKED, MADE))
    (part,) = [path for what, path in steps.done if what == "renamed"]
    synced = {path.name for what, path in steps.done if what == "synced" and path.parent == part}
    assert synced == {file.name for file in made.folder.iterdir()}
    steps.check(part, made.folder)

    steps.done.clear()
    job = Restore(made, data.path.parent, KEY, a_user().id, tmp_path / "backups")
    restore(job)
    ready = ready_data(data.path.parent)
    steps.check(ready.with_suffix(".part"), ready)


def test_a_migration_is_synced(tmp_path: Path) -> None:
    data = with_people(a_data_file(tmp_path))
    data.close()
    engine = open_for_migration(data.path, KEY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    engine.dispose()
