"""Statements that more than one repository needs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Executable, Table, and_
from sqlalchemy.dialects import postgresql, sqlite

from bodymap.storage.prepared import Prepared
from bodymap.storage.tables import Row

_Insert = TypeVar("_Insert", sqlite.Insert, postgresql.Insert)


def table_of(row: type[Row]) -> Table:
    """The table behind a row class, for statements that write."""
    return Row.metadata.tables[row.__tablename__]


@dataclass(frozen=True, slots=True)
class AddOrReplace:
    """Add a row, or give the one with its key the new values: once for each database."""

    in_file: sqlite.Insert
    on_server: postgresql.Insert

    def on(self, writer: Connection) -> Executable:
        """The statement as the writer's database understands it."""
        return self.on_server if writer.dialect.name == "postgresql" else self.in_file


def add_or_replace(row: type[Row], key: str = "id", *, fixed: Collection[str] = ()) -> AddOrReplace:
    """Add a row, or give the one with its key the new values; what refers to it stays.

    Args:
        row: The kind of row.
        key: The column that says which row it is.
        fixed: Columns that must be as they were; otherwise the row is left alone.
    """
    table = table_of(row)
    on_server = _replacing(postgresql.insert(table), key, fixed)
    return AddOrReplace(
        _replacing(sqlite.insert(table), key, fixed),
        on_server.execution_options(preserve_rowcount=True),  # counted as SQLite's driver does
    )


def prepared_put(put: AddOrReplace) -> Prepared:
    """The same, for what is written with every gesture."""
    return Prepared(put.in_file, put.on_server)


def _replacing(adding: _Insert, key: str, fixed: Collection[str]) -> _Insert:
    columns = adding.table.c
    kept = {column.name for column in columns} - {key, "sequence", *fixed}
    same = [columns[name] == adding.excluded[name] for name in fixed]
    return adding.on_conflict_do_update(
        index_elements=[key],
        set_={name: adding.excluded[name] for name in sorted(kept)},
        where=and_(*same) if same else None,
    )
