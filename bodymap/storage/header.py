"""What the first bytes of a data file say, read without opening it as a database.

Opening a database may already write to it (a log is played back, a lock file appears). A file
that is to be refused must stay as it is, so it is looked at from outside first.
The layout is SQLite's own: https://sqlite.org/fileformat2.html#the_database_header
"""

import struct
from dataclasses import dataclass
from pathlib import Path

from bodymap.errors import StorageError
from bodymap.storage.problems import DAMAGED, translated

APPLICATION_ID = int.from_bytes(b"bdym", "big")
"""Marks an SQLite file as one of ours."""

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_CHANGE_COUNTER, _PAGES, _USER_VERSION, _APPLICATION_ID, _VALID_FOR = 24, 28, 60, 68, 92


@dataclass(frozen=True, slots=True)
class Header:
    """The part of the header that says what the file is.

    Attributes:
        revision: The migration the tables are at.
    """

    revision: int


def read_header(path: Path) -> Header:
    """Say what the file is; it is only read.

    Raises:
        StorageError: It is damaged, cut short, not a database or not one of ours.
    """
    with translated(), path.open("rb") as file:
        head = file.read(_LENGTH)
        size = file.seek(0, 2)
    if not head:
        raise StorageError(f"The data file {path} is empty. {DAMAGED}")
    if len(head) < _LENGTH or not head.startswith(_MAGIC):
        raise StorageError(f"{path} is not a data file of bodymap, or it is damaged. {DAMAGED}")
    if _number(head, _APPLICATION_ID) != APPLICATION_ID or _number(head, _USER_VERSION) < 1:
        raise StorageError(f"{path} is a database, but not one of bodymap's. It was left alone.")
    if _is_cut_short(head, size) and not is_there(log_of(path)):
        raise StorageError(f"The data file {path} is cut short. {DAMAGED}")
    return Header(revision=_number(head, _USER_VERSION))


def log_of(path: Path) -> Path:
    """The write-ahead log beside a data file."""
    return path.with_name(f"{path.name}-wal")


def journal_of(path: Path) -> Path:
    """The rollback journal that a killed migration leaves beside a data file."""
    return path.with_name(f"{path.name}-journal")


def is_there(path: Path) -> bool:
    """Whether a file exists and holds anything."""
    return path.is_file() and path.stat().st_size > 0


def _number(head: bytes, offset: int) -> int:
    (number,) = struct.unpack_from(">i", head, offset)
    return int(number)


def _is_cut_short(head: bytes, size: int) -> bool:
    (page_size,) = struct.unpack_from(">H", head, 16)
    counted = _number(head, _CHANGE_COUNTER) == _number(head, _VALID_FOR)
    bytes_told = _number(head, _PAGES) * (65536 if page_size == 1 else page_size)
    return counted and size < bytes_told
