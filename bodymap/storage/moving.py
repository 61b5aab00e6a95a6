"""A clinic's rows, taken whole from one database to another.

All is one transaction on either side: where the rows come from nobody writes meanwhile, and
where they go there is all of them or none. Before that is kept, both sides are counted and
digested and have to be alike.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, text

from bodymap.errors import StorageError
from bodymap.storage import work  # noqa: F401 - with it every table is known
from bodymap.storage.audit_tables import AuditHeadRow
from bodymap.storage.engine import WRITING
from bodymap.storage.statements import table_of
from bodymap.storage.tables import Row

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done and how much there is; it may raise to stop."""

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Content:
    """What the tables hold: rows by table, and a digest over all of it."""

    rows: dict[str, int]
    digest: str


@contextmanager
def held_still(source: Engine) -> Iterator[Connection]:
    """One transaction on a database in which nobody else writes until the block ends."""
    with source.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        yield connection


def copied(source: Connection, target: Connection, told: Told = lambda *_: None) -> Content:
    """Copy every row into the empty tables of the target and prove that nothing is missing.

    Args:
        source: Where they are; nobody may write there meanwhile.
        target: Where they go; kept by the caller's commit.
        told: Hears of the progress.

    Raises:
        StorageError: The target holds a clinic already, does not take a row, or differs.
    """
    _check_is_empty(target)
    before = content_of(source)
    whole, done = sum(before.rows.values()), 0
    with _without_triggers(target):
        target.execute(delete(table_of(AuditHeadRow)))
        for table in Row.metadata.sorted_tables:
            for rows in _batches(source, table):
                target.execute(insert(table), rows)
                done += len(rows)
                told("moving", done, whole)
        _count_on(target)
    after = content_of(target)
    if after != before:
        raise StorageError("The copy is not like the original. Nothing was changed; try again.")
    return after


def content_of(connection: Connection) -> Content:
    """Count and digest every table; the order of the rows does not matter."""
    rows, digest = {}, sha256()
    for table in Row.metadata.sorted_tables:
        marks = sorted(_digest(row) for row in _rows(connection, table))
        rows[table.name] = len(marks)
        digest.update(table.name.encode())
        digest.update(b"".join(marks))
    return Content(rows, digest.hexdigest())


def _check_is_empty(target: Connection) -> None:
    for table in Row.metadata.sorted_tables:
        most = 1 if table.name == AuditHeadRow.__tablename__ else 0
        if (target.scalar(select(func.count()).select_from(table)) or 0) > most:
            raise StorageError(
                "The database holds a clinic already. Nothing was changed; name an empty one."
            )


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    ordered = select(table).order_by(*table.primary_key)
    for rows in source.execute(ordered).mappings().partitions(_BATCH):
        yield [dict(row) for row in rows]


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    for rows in connection.execute(select(table)).partitions(_BATCH):
        yield from map(tuple, rows)


def _digest(row: tuple[Any, ...]) -> bytes:
    return sha256(repr(tuple(map(_told, row))).encode("utf-8", "surrogatepass")).digest()


def _told(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def _without_triggers(target: Connection) -> Iterator[None]:
    """The guards would refuse visits that are closed; they stand again before anything is kept."""
    if target.dialect.name == "postgresql":
        with _disabled(target):
            yield
    else:
        with _taken_down(target):
            yield


@contextmanager
def _disabled(target: Connection) -> Iterator[None]:
    quote = target.dialect.identifier_preparer.quote
    tables = [quote(table.name) for table in Row.metadata.sorted_tables]
    for table in tables:
        target.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    target.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # what is looked at late, now
    for table in tables:
        target.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _taken_down(target: Connection) -> Iterator[None]:
    asked = text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
    triggers = target.execute(asked).all()
    for name, _ in triggers:
        target.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, statement in triggers:
        target.exec_driver_sql(statement)


def _count_on(target: Connection) -> None:
    """Let what is added later be numbered after what was moved."""
    if target.dialect.name != "postgresql":
        return  # SQLite looks at the rows
    for table in Row.metadata.sorted_tables:
        if "sequence" in table.columns:
            name = table.name
            target.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'sequence'),"  # noqa: S608 - ours
                f" coalesce((SELECT max(sequence) FROM {name}), 0) + 1, false)"
            )
