"""Whole copies of a data file, made and checked through SQLite itself.

Copying a live file byte by byte may miss its log; SQLite's backup does not.
"""

import os
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from bodymap.errors import DamagedDataError, StorageError
from bodymap.storage.connections import connected
from bodymap.storage.header import without_a_trace
from bodymap.storage.problems import DAMAGED, translated
from bodymap.storage.vault.keys import DataKey

CHECKED_AT_START_BYTES = 64 * 2**20
"""Files up to this size are checked page by page at each start: 0.2 s at most."""


def check_untouched(path: Path, key: DataKey) -> None:
    """Check the pages of a file without changing it; a large one is left to its readers.

    Raises:
        StorageError: It is damaged.
    """
    if path.stat().st_size > CHECKED_AT_START_BYTES:
        return
    with connected(path, key, without_a_trace(path)) as connection:
        check(connection, "quick_check")


def check(connection: DriverConnection, how: str = "integrity_check") -> None:
    """Check pages, indexes and constraints.

    Raises:
        StorageError: Something is wrong.
    """
    found = connection.execute(f"PRAGMA {how}(1)").fetchall()
    if [tuple(row) for row in found] != [("ok",)]:
        raise DamagedDataError(DAMAGED)


def check_links(connection: DriverConnection) -> None:
    """Check that every row another one refers to is there.

    Raises:
        StorageError: A row is missing.
    """
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedDataError(DAMAGED)


def row_counts(connection: DriverConnection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {name: _rows(connection, name) for (name,) in names}


def clear(path: Path) -> None:
    """Take away a file that a kill may have left half written, with all that SQLite kept for it.

    A journal that stayed behind would be rolled back into the next file of that name.

    Raises:
        OSError: The disk refuses.
    """
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def copy_verified(source: DriverConnection, target: Path, key: DataKey | None) -> None:
    """Copy a data file under the same key, then open the copy, check it and count its rows.

    The copy gets its name only when all of that went well.

    Raises:
        StorageError: The copy could not be written or differs.
    """
    unproven = target.with_name(f"{target.name}.part")
    with translated():
        clear(unproven)
        unproven.touch(mode=0o600)
        with connected(unproven, key) as copy:
            source.backup(copy)
        with connected(unproven, key, "immutable") as copy:
            check(copy)
            if row_counts(copy) != row_counts(source):
                raise StorageError("The copy of the data file is not complete. Try again.")
        unproven.rename(target)


def make_durable(path: Path) -> None:
    """Have the system write a finished file to the disk.

    Raises:
        OSError: The disk refuses.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _rows(connection: DriverConnection, table: str) -> int:
    (rows,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - a name from the schema
    return int(rows)
