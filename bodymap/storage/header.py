"""What a data file is, found out without leaving a trace.

Opening a database may already write to it (a log is played back, a lock file appears). A file
that is to be refused must stay as it is, so it is looked at from outside first. All of ours is
encrypted, from the first byte: without the key it looks like chance.
The layout is SQLite's own: https://sqlite.org/fileformat2.html#the_database_header
"""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as DriverConnection
from stat import S_ISREG

from bodymap.errors import DamagedDataError
from bodymap.storage.connections import connected
from bodymap.storage.problems import DAMAGED, translated
from bodymap.storage.vault.keys import DataKey

APPLICATION_ID = int.from_bytes(b"bdym", "big")
"""Marks an SQLite file as one of ours."""

_MAGIC = b"SQLite format 3\x00"
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Header:
    """The part of the header that says what the file is.

    Attributes:
        revision: The migration the tables are at.
    """

    revision: int


def read_header(path: Path, key: DataKey | None) -> Header:
    """Say what the file is; it is only read.

    Args:
        path: The data file.
        key: What it is encrypted with; None for a file from before there was encryption.

    Raises:
        StorageError: It is damaged, cut short, not encrypted, not a database or not one of ours.
    """
    with translated():
        size = path.stat().st_size
        plain = path.is_file() and is_plain(path)
    if not size:
        raise DamagedDataError(f"The data file {path} is empty. {DAMAGED}")
    if plain and key is not None:
        raise DamagedDataError(
            f"The data file {path} is not encrypted, but a key file lies beside it. It was left "
            "alone: it is not the file that this key file was made for."
        )
    if size % _PAGE and not is_there(log_of(path)):
        raise DamagedDataError(f"The data file {path} is cut short. {DAMAGED}")
    with connected(path, key, without_a_trace(path)) as connection:
        revision, ours = _number(connection, "user_version"), _number(connection, "application_id")
    if ours != APPLICATION_ID or revision < 1:
        raise DamagedDataError(
            f"{path} is a database, but not one of bodymap's. It was left alone."
        )
    return Header(revision)


def is_plain(path: Path) -> bool:
    """Whether a file is a database that anybody can read."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def without_a_trace(path: Path) -> str:
    """How to connect so that the file stays as it is: see `connected`."""
    return "ro" if is_there(log_of(path)) else "immutable"


def log_of(path: Path) -> Path:
    """The write-ahead log beside a data file."""
    return path.with_name(f"{path.name}-wal")


def journal_of(path: Path) -> Path:
    """The rollback journal that a killed migration leaves beside a data file."""
    return path.with_name(f"{path.name}-journal")


def is_there(path: Path) -> bool:
    """Whether a file exists and holds anything; another window may take it away meanwhile."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return S_ISREG(found.st_mode) and found.st_size > 0


def _number(connection: DriverConnection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
