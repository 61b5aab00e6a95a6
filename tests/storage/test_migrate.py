import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bodymap.errors import StorageError
from bodymap.storage import copies, taking_in
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.header import APPLICATION_ID, journal_of, read_header
from bodymap.storage.migrate import HEAD, Migrator, upgrade
from bodymap.storage.retold import retold
from bodymap.storage.standings import standings
from tests.storage.canonical import canonical, lost
from tests.storage.freeze import FILES
from tests.storage.revisions import NEXT, with_one_more
from tests.vaults import KEY, a_data_file

NOW = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)
FROZEN = sorted(FILES.glob("revision-*.sqlite"))
RELEASED = (1, 4, 6, 7)
"""The revisions that people's files may be at; the head joins them when it is released.

From the sixth on files are encrypted; no program ever stopped at the second, third or fifth.
"""


def frozen(folder: Path, file: Path = FROZEN[0]) -> Path:
    """A copy of a frozen file, taken in as the data file of a folder if it is not encrypted."""
    path = plain(folder, file)
    if not path.read_bytes().startswith(b"SQLite format 3"):
        return path
    taking_in.encrypt_beside(path, KEY)
    kept = taking_in.finish(path, KEY)
    assert kept is not None
    kept.unlink()
    if not any(kept.parent.iterdir()):
        kept.parent.rmdir()
    return path


def plain(folder: Path, file: Path = FROZEN[0]) -> Path:
    """A copy of a frozen file as it is."""
    return Path(shutil.copy(file, folder / FILE_NAME))


def up_to_date(folder: Path) -> Path:
    """A frozen file brought to the newest revision, as the data file of a folder."""
    path = frozen(folder)
    upgrade(path, KEY, HEAD)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and what is in it, except SQLite's shared memory."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name: file.read_bytes() for file in files if not file.name.endswith("-shm")}


def columns(path: Path, table: str) -> list[str]:
    with connected(path, KEY) as connection:
        return [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]


def test_the_plain_file_is_named_even_when_a_kill_came_between(tmp_path: Path) -> None:
    path = plain(tmp_path)
    taking_in.encrypt_beside(path, KEY)
    (tmp_path / BACKUPS).mkdir()
    kept = path.rename(tmp_path / BACKUPS / "bodymap-20260302T081530Z-not-encrypted.sqlite")
    assert taking_in.finish(path, KEY) == kept
    assert taking_in.finish(path, KEY) is None
    assert path.exists()


@pytest.mark.parametrize("file", FROZEN, ids=lambda file: file.stem)
def test_a_file_of_every_revision_opens_with_all_that_is_in_it(tmp_path: Path, file: Path) -> None:
    frozen(tmp_path, file)
    data = a_data_file(tmp_path)
    read = canonical(data)
    data.close()
    assert lost(file.with_suffix(".json").read_text("utf-8"), read) == []


@pytest.mark.parametrize("file", FROZEN, ids=lambda file: file.stem)
def test_a_file_of_every_revision_is_as_its_trail_tells(tmp_path: Path, file: Path) -> None:
    """What an earlier program put down with fewer words is not taken for tampering."""
    frozen(tmp_path, file)
    data = a_data_file(tmp_path)
    with Session(data.engine) as session:
        assert [*retold(session), *standings(session)] == []
    data.close()


def test_there_is_a_frozen_file_of_every_released_revision() -> None:
    assert [file.stem for file in FROZEN] == [f"revision-{n:04d}" for n in RELEASED]


def test_a_new_file_is_ours_and_at_the_head(data: DataFile) -> None:
    assert read_header(data.path, KEY).revision == HEAD
    with connected(data.path, KEY) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(f"{HEAD:04d}",)]


def test_a_file_at_the_head_is_left_alone(tmp_path: Path) -> None:
    frozen(tmp_path)
    before = contents(tmp_path)
    assert Migrator(tmp_path / FILE_NAME, KEY, head=1).prepare() is None
    assert contents(tmp_path) == before


def test_an_older_file_is_backed_up_and_migrated(tmp_path: Path) -> None:
    scripts = with_one_more(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    path = frozen(folder)
    backup = Migrator(path, KEY, now=lambda: NOW, head=NEXT, scripts=scripts).prepare()
    assert backup == folder / BACKUPS / "bodymap-20260302T081530Z-before-migration"
    assert read_header(path, KEY).revision == NEXT
    assert "remark" in columns(path, "visit")
    assert {file.name for file in folder.iterdir()} == {FILE_NAME, BACKUPS}
    assert {file.name for file in backup.iterdir()} == {FILE_NAME, "manifest.json"}


def test_the_backup_opens_and_holds_everything(tmp_path: Path) -> None:
    path = frozen(tmp_path)
    scripts = with_one_more(tmp_path)
    backup = Migrator(path, KEY, now=lambda: NOW, head=NEXT, scripts=scripts).prepare()
    assert backup is not None
    (tmp_path / "restored").mkdir()
    shutil.copy(backup / FILE_NAME, tmp_path / "restored" / FILE_NAME)
    data = a_data_file(tmp_path / "restored")
    read = canonical(data)
    data.close()
    assert lost(FROZEN[0].with_suffix(".json").read_text("utf-8"), read) == []


def test_a_migrated_file_keeps_its_record(tmp_path: Path) -> None:
    path = frozen(tmp_path)
    Migrator(path, KEY, head=NEXT, scripts=with_one_more(tmp_path)).prepare()
    with connected(path, KEY) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD}")  # this program may look once more
    data = a_data_file(tmp_path)
    read = canonical(data)
    data.close()
    assert lost(FROZEN[0].with_suffix(".json").read_text("utf-8"), read) == []


def test_a_backup_never_overwrites_another(tmp_path: Path) -> None:
    scripts = with_one_more(tmp_path)
    backups = set()
    for _ in range(3):
        path = frozen(tmp_path)
        backups.add(Migrator(path, KEY, now=lambda: NOW, head=NEXT, scripts=scripts).prepare())
    assert len(backups) == 3


@pytest.mark.parametrize(
    "last",
    [
        "raise OSError(28, 'No space left on device')",
        "op.execute('DELETE FROM patient_alert')",
        "op.execute('DELETE FROM user')",
        "op.execute('INSERT INTO nowhere VALUES (1)')",
    ],
    ids=["disk full", "rows lost", "links broken", "wrong SQL"],
)
def test_a_migration_that_goes_wrong_changes_nothing(tmp_path: Path, last: str) -> None:
    path = up_to_date(tmp_path)
    before = canonical_of(tmp_path)
    migrator = Migrator(path, KEY, head=NEXT, scripts=with_one_more(tmp_path, last))
    with pytest.raises((StorageError, SQLAlchemyError)):
        migrator.prepare()
    assert read_header(path, KEY).revision == HEAD
    assert canonical_of(tmp_path) == before


def canonical_of(folder: Path) -> str:
    data = a_data_file(folder)
    try:
        return canonical(data)
    finally:
        data.close()


def test_a_file_that_is_open_elsewhere_is_not_migrated(tmp_path: Path) -> None:
    path = up_to_date(tmp_path)
    other = a_data_file(tmp_path)
    with other.open_work() as work:
        work.people.users()
    with pytest.raises(StorageError, match="Another bodymap"):
        Migrator(path, KEY, head=NEXT, scripts=with_one_more(tmp_path)).prepare()
    other.close()
    assert read_header(path, KEY).revision == HEAD


def newer(path: Path) -> None:
    upgraded = with_one_more(path.parent.parent)
    upgrade(path, KEY, NEXT, upgraded)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_in_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def emptied_beside_a_log(path: Path) -> None:
    path.write_bytes(b"")
    path.with_name(f"{FILE_NAME}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4200))


def gone_beside_a_log(path: Path) -> None:
    path.unlink()
    path.with_name(f"{FILE_NAME}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4200))


def a_letter(path: Path) -> None:
    path.write_bytes(b"Dear colleague, " * 900)


def noise_in_the_schema(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(range(256)) * 15 + bytes(156)
    path.write_bytes(content)


def zeros_in_a_table(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 9 * 4096] = bytes(4 * 4096)
    path.write_bytes(content)


def somebody_elses(path: Path) -> None:
    path.unlink()
    with connected(path, None, "rwc") as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (newer, "newer bodymap"),
        (cut_in_half, "cut short|damaged"),
        (cut_in_header, "damaged"),
        (emptied, "empty"),
        (emptied_beside_a_log, "empty"),
        (gone_beside_a_log, "is gone"),
        (a_letter, "cut short"),
        (noise_in_the_schema, "damaged"),
        (zeros_in_a_table, "damaged"),
        (somebody_elses, "not encrypted"),
        (a_folder, "disk|cannot|opened"),
    ],
)
def test_what_cannot_be_read_is_refused_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    spoil(frozen(folder))
    before = contents(folder)
    with pytest.raises(StorageError, match=words):
        a_data_file(folder)
    assert contents(folder) == before


def test_a_log_that_was_not_folded_in_is_read(tmp_path: Path) -> None:
    live = a_data_file(tmp_path)
    with live.open_work() as work:
        assert not work.people.users()
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in tmp_path.glob(f"{FILE_NAME}*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, killed / file.name)
    live.close()
    assert canonical_of(killed)


def killed_half_way(path: Path) -> Path:
    """What a kill in the middle of a migration leaves of a file, in a folder of its own."""
    with connected(path, KEY) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA cache_size = 1")  # pages reach the file before the end
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA user_version = {NEXT + 7}")
        connection.execute("CREATE TABLE filler (text)")
        connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 4000,)] * 200)
        killed = path.parent / "killed"
        killed.mkdir()
        for file in path.parent.glob(f"{FILE_NAME}*"):
            shutil.copy(file, killed / file.name)
    assert journal_of(killed / FILE_NAME).stat().st_size > 0
    return killed


def test_a_killed_migration_is_rolled_back_first(tmp_path: Path) -> None:
    killed = killed_half_way(frozen(tmp_path))
    expected = FROZEN[0].with_suffix(".json").read_text("utf-8")
    assert lost(expected, canonical_of(killed)) == []


def test_what_a_kill_left_of_the_copy_does_not_reach_the_next_one(tmp_path: Path) -> None:
    path, later = frozen(tmp_path), tmp_path / "later"
    later.mkdir()
    with connected(frozen(later), KEY) as further_on:
        further_on.execute("CREATE TABLE half_way AS SELECT * FROM mark")
    left = journal_of(killed_half_way(later / FILE_NAME) / FILE_NAME)
    shutil.copy(left, journal_of(path.with_name(f"{FILE_NAME}.migrating")))
    expected = FROZEN[0].with_suffix(".json").read_text("utf-8")
    assert lost(expected, canonical_of(tmp_path)) == []


def test_of_two_that_make_the_file_the_first_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Migrator(tmp_path / FILE_NAME, KEY)
    first = up_to_date(tmp_path).read_bytes()
    (tmp_path / FILE_NAME).unlink()

    def be_overtaken(path: Path, *_: object) -> None:
        upgrade(path, KEY, HEAD)
        (tmp_path / FILE_NAME).write_bytes(first)

    monkeypatch.setattr("bodymap.storage.migrate.upgrade", be_overtaken)
    assert slow.prepare() is None
    assert contents(tmp_path) == {FILE_NAME: first}


def test_a_disk_without_hard_links_does_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    a_data_file(tmp_path).close()
    assert set(contents(tmp_path)) == {FILE_NAME}


def test_a_large_file_is_not_checked_page_by_page_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "CHECKED_AT_START_BYTES", 1000)
    path = frozen(tmp_path)
    zeros_in_a_table(path)
    copies.check_untouched(path, KEY)
