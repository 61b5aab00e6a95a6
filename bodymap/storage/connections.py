"""Bare connections for work on a data file as a whole."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from sqlcipher3 import dbapi2 as driver

from bodymap.errors import StorageError
from bodymap.storage.problems import is_in_use, translated
from bodymap.storage.vault.keys import DataKey

_WAIT_S = 5.0

_OPEN_ELSEWHERE = (
    "Another bodymap has the data file open. Nothing was changed. Close it, then try again."
)


def unlock(connection: DriverConnection, key: DataKey) -> None:
    """Give a new connection the key; nothing else may have been asked of it before."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f'PRAGMA key = "{key.pragma}"')


def uri_of(path: Path, mode: str) -> str:
    """What SQLite calls a file that is opened in a mode; see `connected`."""
    how = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"{path.absolute().as_uri()}?{how}"


@contextmanager
def connected(path: Path, key: DataKey | None, mode: str = "rw") -> Iterator[DriverConnection]:
    """A bare connection.

    Args:
        path: The file; it must exist unless the mode is `rwc`.
        key: What it is encrypted with; None for a file from before there was encryption.
        mode: `ro`, `rw`, `rwc` as in SQLite's URIs; `immutable` reads and leaves no trace.

    Raises:
        StorageError: The file cannot be opened, read or written.
    """
    with translated():
        uri = uri_of(path, mode)
        connection = driver.connect(uri, uri=True, isolation_level=None, timeout=_WAIT_S)
        with closing(connection):
            if key is not None:
                unlock(connection, key)
            yield connection


@contextmanager
def held_alone(path: Path, key: DataKey | None) -> Iterator[DriverConnection]:
    """The file, with everybody else locked out until the block ends.

    Raises:
        StorageError: Somebody else has it open.
    """
    with connected(path, key) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # refused while another has it open
            connection.execute("BEGIN EXCLUSIVE")
        except driver.OperationalError as problem:
            if is_in_use(problem):
                raise StorageError(_OPEN_ELSEWHERE) from problem
            raise
        connection.execute("COMMIT")
        yield connection


def fold_in(path: Path, key: DataKey) -> bool:
    """Bring what is in the log into the data file, on the disk, and empty the log.

    After a failed write, or one whose end nobody knows, what the log holds may be in the
    system's memory alone, though it reads well. Its pages are written and synced once more.

    Returns:
        Whether it is done; False when somebody else is reading or writing just now.

    Raises:
        StorageError: The disk refuses.
    """
    with connected(path, key) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # takes up the log
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
