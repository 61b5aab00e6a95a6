"""Brings a data file to the tables this program knows, or refuses it untouched.

A migration never works on the file itself. It is proved on a copy; then the copy's pages are
written over the file in one transaction, so that a kill or a power cut at any moment leaves
either the old file or the new one. Before anything else a checked backup is made.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as DriverConnection
from threading import Lock

from bodymap.chart.backups import Reason
from bodymap.errors import StorageError
from bodymap.storage import copies
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.connections import connected, held_alone
from bodymap.storage.datafolder import backups_beside, sync_folder
from bodymap.storage.engine import open_for_migration
from bodymap.storage.header import is_there, journal_of, log_of, read_header
from bodymap.storage.problems import translated
from bodymap.storage.vault.keys import DataKey

HEAD = 8
"""The newest revision in `migrations/versions`."""

SCRIPTS = "bodymap.storage:migrations"
"""Where the revisions lie, as Alembic names places inside a package."""

OPEN_ELSEWHERE = (
    "Allow writing to it and to its folder, or copy the whole folder to where you may write and "
    "open it there with --data."
)
"""What to do with a file that may only be read and cannot be read as it lies."""

_ONE_AT_A_TIME = Lock()
"""Alembic keeps what it is working on in module globals."""


def _now() -> datetime:
    return datetime.now(UTC)


class Migrator:
    """Makes one data file ready for this program.

    Args:
        path: The data file; made when it is not there.
        key: What it is encrypted with.
        now: The time, for the names of backups.
        head: The revision to reach.
        scripts: Where the revisions lie.
    """

    def __init__(
        self,
        path: Path,
        key: DataKey,
        *,
        now: Callable[[], datetime] = _now,
        head: int = HEAD,
        scripts: str = SCRIPTS,
    ) -> None:
        self._path = path
        self._key = key
        self._now = now
        self._head = head
        self._scripts = scripts

    def prepare(self) -> Path | None:
        """Create the file, or check it and bring it to the newest revision.

        Returns:
            The backup, when the file was an older one and has been migrated.

        Raises:
            StorageError: The file is damaged, not ours, or of a newer program (it is then left
                as it was, byte for byte), or the disk refuses.
        """
        if not self._path.exists():
            self._create()
        if is_there(journal_of(self._path)):
            self._roll_back_killed_migration()
        return self._migrate() if self._checked_revision() < self._head else None

    def check(self) -> None:
        """Check a file that may only be read: it has to be ready as it is.

        Raises:
            StorageError: It is damaged, not ours, or of a newer or an older program, or
                something that was begun in it has to be finished first.
        """
        if is_there(journal_of(self._path)) or self._checked_revision() < self._head:
            raise StorageError(
                f"The data file {self._path} was written by an older bodymap and has to be "
                f"brought to this version first. {OPEN_ELSEWHERE}"
            )

    def _checked_revision(self) -> int:
        revision = read_header(self._path, self._key).revision
        if revision > self._head:
            raise StorageError(
                f"The data file {self._path} was written by a newer bodymap. It was left alone. "
                "Install the newest bodymap to open it."
            )
        copies.check_untouched(self._path, self._key)
        return revision

    def _create(self) -> None:
        if is_there(log_of(self._path)):
            raise StorageError(
                f"The data file {self._path} is gone, but its log is still there. Put the file "
                "back beside it, or the newest one of the folder “backups” in its place "
                "without the log."
            )
        new = self._path.with_name(f"{self._path.name}.new-{os.getpid()}")
        with translated():
            copies.clear(new)
            new.touch(mode=0o600)
            upgrade(new, self._key, self._head, self._scripts)
            _publish(new, self._path)

    def _roll_back_killed_migration(self) -> None:
        with connected(self._path, self._key) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def _migrate(self) -> Path:
        copy = self._path.with_name(f"{self._path.name}.migrating")
        with held_alone(self._path, self._key) as held, translated():
            backup = self._backup(held)
            copies.clear(copy)
            copies.copy_verified(held, copy, self._key)
            before = copies.row_counts(held)
            upgrade(copy, self._key, self._head, self._scripts)
            with connected(copy, self._key) as migrated:
                _check_migrated(migrated, before)
                migrated.backup(held)
            copies.clear(copy)
        return backup

    def _backup(self, held: DriverConnection) -> Path:
        wanted = Wanted(backups_beside(self._path), Reason.BEFORE_MIGRATION, self._now())
        return back_up(self._path, self._key, wanted, source=held).folder


def upgrade(path: Path, key: DataKey, revision: int, scripts: str = SCRIPTS) -> None:
    """Run the migrations on a file that nobody else has open.

    Alembic is imported only here: most starts need no migration.
    """
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", scripts)
    engine = open_for_migration(path, key)
    try:
        with _ONE_AT_A_TIME, engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, f"{revision:04d}")
    finally:
        engine.dispose()


def _check_migrated(migrated: DriverConnection, before: dict[str, int]) -> None:
    copies.check(migrated)
    copies.check_links(migrated)
    after = copies.row_counts(migrated)
    lost = [table for table in before.keys() & after.keys() if after[table] < before[table]]
    if lost:
        raise StorageError(
            "The data file could not be brought to this version of bodymap. It was left alone. "
            f"Please report this (rows missing in {', '.join(sorted(lost))})."
        )


def _publish(new: Path, path: Path) -> None:
    """Give a whole file its name, unless another instance was quicker; then theirs stays."""
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            new.rename(path)
    new.unlink(missing_ok=True)
    sync_folder(path.parent)
