"""Statements that more than one repository needs."""

from collections.abc import Collection

from sqlalchemy import Table, and_
from sqlalchemy.dialects.sqlite import Insert, insert

from bodymap.storage.tables import Row


def table_of(row: type[Row]) -> Table:
    """The table behind a row class, for statements that write."""
    return Row.metadata.tables[row.__tablename__]


def add_or_replace(row: type[Row], key: str = "id", *, fixed: Collection[str] = ()) -> Insert:
    """Add a row, or give the one with its key the new values; what refers to it stays.

    Args:
        row: The kind of row.
        key: The column that says which row it is.
        fixed: Columns that must be as they were; otherwise the row is left alone.
    """
    table = table_of(row)
    adding = insert(table)
    names = {column.name for column in table.columns} - {key, "sequence", *fixed}
    return adding.on_conflict_do_update(
        index_elements=[key],
        set_={name: adding.excluded[name] for name in sorted(names)},
        where=and_(*(table.c[name] == adding.excluded[name] for name in fixed)) if fixed else None,
    )
