"""The data file, open: what `app.py` hands to the desk."""

from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as driver

from bodymap.chart.people import UserId
from bodymap.storage import taking_in
from bodymap.storage.datafolder import FILE_NAME, free_log, usable
from bodymap.storage.engine import check_sqlite_version, open_engine
from bodymap.storage.migrate import Migrator
from bodymap.storage.vault.keys import DataKey
from bodymap.storage.work import SqlWork


class DataFile:
    """One clinic's record in one file.

    Attributes:
        path: Where it lies.
        engine: For questions that no repository answers yet.
        backup: The backup that was made because the file had to be migrated, if it had to.
        kept_plain: The file from before there was encryption, if it was taken in just now.
    """

    def __init__(
        self, path: Path, engine: Engine, backup: Path | None, kept_plain: Path | None = None
    ) -> None:
        self.path = path
        self.kept_plain = kept_plain
        self.backup = backup
        self.engine = engine

    def open_work(self, actor: UserId | None = None) -> SqlWork:
        """Begin one transaction; the desk's `OpenWork`.

        Args:
            actor: Who is signed in, for the audit trail.
        """
        return SqlWork(self.engine, actor)

    def close(self) -> None:
        """Let go of the file; the log beside it is folded in."""
        self.engine.dispose()


def open_data_file(folder: Path, key: DataKey) -> DataFile:
    """Open the record of a folder; both are made when they are not there.

    Raises:
        StorageError: The folder cannot be written, the SQLite in use is unsound, or the file is
            damaged, not ours, not encrypted with the key or of a newer program; such a file is
            left as it was.
    """
    check_sqlite_version(driver.sqlite_version_info)  # before anything touches the file
    path = usable(folder) / FILE_NAME
    free_log(path)
    kept_plain = taking_in.finish(path, key)
    backup = Migrator(path, key).prepare()
    return DataFile(path, open_engine(path, key), backup, kept_plain)
