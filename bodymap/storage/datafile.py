"""The data file, open: what `app.py` hands to the desk."""

from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as driver

from bodymap.storage.datafolder import FILE_NAME, usable
from bodymap.storage.engine import check_sqlite_version, open_engine
from bodymap.storage.migrate import Migrator
from bodymap.storage.work import SqlWork


class DataFile:
    """One clinic's record in one file.

    Attributes:
        path: Where it lies.
        engine: For questions that no repository answers yet.
        backup: The backup that was made because the file had to be migrated, if it had to.
    """

    def __init__(self, path: Path, engine: Engine, backup: Path | None) -> None:
        self.path = path
        self.backup = backup
        self.engine = engine

    def open_work(self) -> SqlWork:
        """Begin one transaction; the desk's `OpenWork`."""
        return SqlWork(self.engine)

    def close(self) -> None:
        """Let go of the file; the log beside it is folded in."""
        self.engine.dispose()


def open_data_file(folder: Path) -> DataFile:
    """Open the record of a folder; both are made when they are not there.

    Raises:
        StorageError: The folder cannot be written, the SQLite in use is unsound, or the file is
            damaged, not ours or of a newer program; such a file is left as it was.
    """
    check_sqlite_version(driver.sqlite_version_info)  # before anything touches the file
    path = usable(folder) / FILE_NAME
    backup = Migrator(path).prepare()
    return DataFile(path, open_engine(path), backup)
