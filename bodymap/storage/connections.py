"""Bare connections for work on a data file as a whole."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from sqlcipher3 import dbapi2 as driver

from bodymap.storage.problems import translated
from bodymap.storage.vault.keys import DataKey

_WAIT_S = 5.0


def unlock(connection: DriverConnection, key: DataKey) -> None:
    """Give a new connection the key; nothing else may have been asked of it before."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f'PRAGMA key = "{key.pragma}"')


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
    how = "immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"{path.absolute().as_uri()}?{how}"
    with translated():
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
        connection.execute("PRAGMA journal_mode = DELETE")  # refused while another has it open
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection
