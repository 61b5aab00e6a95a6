"""The data file, open: what `app.py` hands to the desk."""

from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.engine import ExceptionContext
from sqlcipher3 import dbapi2 as driver

from bodymap.chart.people import UserId
from bodymap.errors import DamagedDataError, StorageError
from bodymap.storage import taking_in
from bodymap.storage.clock import ClockWatch
from bodymap.storage.connections import fold_in
from bodymap.storage.datafolder import FILE_NAME, free_log
from bodymap.storage.engine import check_sqlite_version, open_engine, open_for_reading
from bodymap.storage.header import is_there, log_of
from bodymap.storage.letting_go import let_go
from bodymap.storage.migrate import OPEN_ELSEWHERE, Migrator
from bodymap.storage.obstacles import obstacle, obstacle_at_opening
from bodymap.storage.problems import in_words, is_for_reading, is_of_the_disk, translated
from bodymap.storage.vault.keys import DataKey
from bodymap.storage.work import SqlWork


class DataFile:
    """One clinic's record in one file.

    When the disk has failed to take something, nobody can tell what is on it and what is only
    in the system's memory. Nothing is written from then on until the file has been opened anew
    and its log brought into it, which is tried with each transaction.

    Attributes:
        path: Where it lies.
        engine: For questions that no repository answers yet.
        backup: The backup that was made because the file had to be migrated, if it had to.
        kept_plain: The file from before there was encryption, if it was taken in just now.
    """

    def __init__(
        self,
        path: Path,
        key: DataKey,
        backup: Path | None = None,
        kept_plain: Path | None = None,
        why_only_read: str = "",
    ) -> None:
        self.path = path
        self.kept_plain = kept_plain
        self.backup = backup
        self._key = key
        self._why = why_only_read
        self._doubt = ""
        self._opening = Lock()
        self._watch = ClockWatch()
        self.engine = self._read_only() if why_only_read else self._writable()

    @property
    def only_reading(self) -> str:
        """Why nothing can be changed just now, and what to do; empty when all can be."""
        if self._doubt:
            self._open_anew()
        return self._why or self._doubt or obstacle(self.path)

    def open_work(self, actor: UserId | None = None) -> SqlWork:
        """Begin one transaction; the desk's `OpenWork`.

        Args:
            actor: Who is signed in, for the audit trail.
        """
        if self._doubt:
            self._open_anew()
        elif self._why and _stamp(self.path) != self._seen:
            self._look_again()
        return SqlWork(self.engine, actor, watch=self._watch)

    def close(self) -> None:
        """Let go of the file; the log beside it is folded in."""
        let_go(self.engine)

    def _writable(self) -> Engine:
        return open_engine(self.path, self._key, self._hear)

    def _read_only(self) -> Engine:
        self._seen = _stamp(self.path)
        return open_for_reading(self.path, self._key, self._say_why)

    def _hear(self, context: ExceptionContext) -> None:
        if is_of_the_disk(context.original_exception):
            self._doubt = str(in_words(context.original_exception))

    def _say_why(self, context: ExceptionContext) -> None:
        if is_for_reading(context.original_exception):
            raise StorageError(self._why or self._doubt) from context.original_exception

    def _open_anew(self) -> None:
        with self._opening:
            if not self._doubt:
                return  # another thread has done it
            let_go(self.engine)
            self._doubt = self._still_in_doubt()
            self.engine = self._read_only() if self._doubt else self._writable()

    def _still_in_doubt(self) -> str:
        try:
            return "" if fold_in(self.path, self._key) else _SOMEBODY_ELSE
        except StorageError as problem:
            return str(problem)

    def _look_again(self) -> None:
        """Somebody who may write has written: what was read may no longer go together."""
        with self._opening:
            let_go(self.engine)
            self.engine = self._read_only()


_SOMEBODY_ELSE = (
    "The disk did not take a change, and another bodymap has the data file open. Nothing is "
    "written before it has been opened anew: close the other one, then try again."
)


def open_data_file(folder: Path, key: DataKey) -> DataFile:
    """Open the record of a folder; both are made when they are not there.

    Where nothing may be written, the record is opened for reading.

    Raises:
        StorageError: There is no file yet and the folder cannot be written, the SQLite in use is
            unsound, or the file is damaged, not ours, not encrypted with the key or of a newer
            program; such a file is left as it was.
    """
    check_sqlite_version(driver.sqlite_version_info)  # before anything touches the file
    path = folder / FILE_NAME
    if why := obstacle_at_opening(path):
        return _opened_for_reading(path, key, why)
    free_log(path)
    kept_plain = taking_in.finish(path, key)
    backup = Migrator(path, key).prepare()
    return DataFile(path, key, backup, kept_plain, _not_folded_in(path, key))


def _opened_for_reading(path: Path, key: DataKey, why: str) -> DataFile:
    try:
        Migrator(path, key).check()
    except DamagedDataError:
        raise
    except StorageError as problem:
        if not is_there(log_of(path)):
            raise
        raise StorageError(
            f"{why} Beside it lies a log of changes that have to be taken in first. "
            f"{OPEN_ELSEWHERE}"
        ) from problem
    return DataFile(path, key, why_only_read=why)


def _not_folded_in(path: Path, key: DataKey) -> str:
    """Take in the log that a kill or a failing disk has left; say why not, if that fails."""
    if is_there(log_of(path)):
        try:
            fold_in(path, key)  # where somebody else is at work it is theirs to do
        except DamagedDataError:
            raise
        except StorageError as problem:
            return str(problem)
    return ""


def _stamp(path: Path) -> tuple[int, int, bool]:
    with translated():
        found = path.stat()
        return found.st_size, found.st_mtime_ns, is_there(log_of(path))
