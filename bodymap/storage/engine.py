"""The one safe way to open the data file.

The driver is SQLCipher's: every page is encrypted (AES-256) and carries a mark by which damage
shows. It brings a SQLite that is free of the write-ahead-log reset bug (3.7.0 to 3.51.2: two
connections that write and checkpoint at once may damage the file), which the SQLite of many
Pythons still has. Nothing else may open the file.

Each gesture is one transaction. `synchronous=FULL` is what makes an acknowledged mark survive
a power cut: with the write-ahead log, `NORMAL` may lose the last commits.
"""

from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection as DriverConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as driver

from bodymap.errors import StorageError
from bodymap.storage.connections import unlock, uri_of
from bodymap.storage.header import without_a_trace
from bodymap.storage.prepared import hear_failures, tell
from bodymap.storage.problems import in_words, translated
from bodymap.storage.vault.keys import DataKey

OLDEST_SAFE_SQLITE = (3, 51, 3)
"""The first release without the write-ahead-log reset bug."""

BUSY_TIMEOUT_MS = 5000
"""How long a gesture waits for another instance to finish writing."""

PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "temp_store = MEMORY",  # no record in files elsewhere
    "recursive_triggers = ON",  # REPLACE may not slip past a delete trigger
)

MIGRATION_PRAGMAS = (
    "foreign_keys = OFF",  # tables are rebuilt one by one; checked as a whole afterwards
    "journal_mode = DELETE",  # one file, with nothing beside it that could be left behind
    "synchronous = FULL",
    "temp_store = MEMORY",
)

READING_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "query_only = ON",
    "temp_store = MEMORY",
)

WRITING = "bodymap_writing"
"""The option of a connection that will write in its next transaction."""


def open_engine(
    path: Path, key: DataKey, hear: Callable[[ExceptionContext], None] | None = None
) -> Engine:
    """Open the data file; connections are made when they are first needed.

    Args:
        path: The data file.
        key: What it is encrypted with.
        hear: Hears of everything that fails, before it is put in words.

    Raises:
        StorageError: The SQLite in use may damage the file.
    """
    return _engine(path, key, PRAGMAS, hear=hear)


def open_for_migration(path: Path, key: DataKey) -> Engine:
    """Open a copy that nobody else knows of, to change its tables.

    Raises:
        StorageError: The SQLite in use may damage the file.
    """
    return _engine(path, key, MIGRATION_PRAGMAS)


def open_for_reading(
    path: Path, key: DataKey, hear: Callable[[ExceptionContext], None] | None = None
) -> Engine:
    """Open a file that is not to be changed; nothing is made beside it that is not there yet.

    Args:
        path: The data file.
        key: What it is encrypted with.
        hear: Hears of everything that fails, before it is put in words.

    Raises:
        StorageError: The SQLite in use may damage the file.
    """

    def connect() -> DriverConnection:
        with translated():
            connection: DriverConnection = driver.connect(
                uri_of(path, without_a_trace(path)),
                uri=True,
                isolation_level=None,
                check_same_thread=False,  # the pool hands it to one thread at a time
            )
            return connection

    return _engine(path, key, READING_PRAGMAS, connect, hear)


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that is known to damage files.

    Raises:
        StorageError: The version is older than `OLDEST_SAFE_SQLITE`.
    """
    if version < OLDEST_SAFE_SQLITE:
        found, needed = (".".join(map(str, v)) for v in (version, OLDEST_SAFE_SQLITE))
        raise StorageError(
            f"The SQLite {found} on this computer can damage data files; "
            f"bodymap needs {needed} or newer. Reinstall bodymap to get it."
        )


def start_writing(session: Session) -> Connection:
    """Take the write lock now, so that nobody changes between what is read and what is written.

    A session that has read before keeps its view of the data; the database refuses its first
    write if somebody else has written in between.
    """
    if session.in_transaction():
        return session.connection()
    return session.connection(execution_options={WRITING: True})


def _engine(
    path: Path,
    key: DataKey,
    pragmas: tuple[str, ...],
    connect: Callable[[], DriverConnection] | None = None,
    hear: Callable[[ExceptionContext], None] | None = None,
) -> Engine:
    check_sqlite_version(driver.sqlite_version_info)

    def prepare(connection: DriverConnection, _record: object) -> None:
        with translated():
            unlock(connection, key)
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")

    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=driver,
        connect_args={"isolation_level": None},  # the driver may not begin or end anything itself
        hide_parameters=True,  # what is in the record never reaches a log
        **({"creator": connect} if connect else {}),
    )
    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkin", _leave_nothing_open)
    event.listen(engine, "begin", _begin)
    if hear is not None:
        event.listen(engine, "handle_error", hear)
    event.listen(engine, "handle_error", _translate)
    hear_failures(engine)
    return engine


def _leave_nothing_open(connection: DriverConnection | None, _record: object) -> None:
    # A refused COMMIT leaves SQLite's transaction open, but SQLAlchemy takes it for ended and
    # would give the connection, lock and all, to the next gesture.
    if connection is not None:
        connection.rollback()


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(WRITING)
    tell(connection, "BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _translate(context: ExceptionContext) -> None:
    problem: Any = context.original_exception
    words = in_words(problem, context.statement or "COMMIT")
    if words is not None:
        raise words from problem
