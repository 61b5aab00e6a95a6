"""What SQLAlchemy sends while something is read, so that the bare driver can be sent the same."""

from collections.abc import Callable, Sequence
from sqlite3 import Connection as DriverConnection
from typing import Any

from sqlalchemy import event

from bodymap.storage.datafile import DataFile

Statement = tuple[str, Any]


def taken_down(data: DataFile, act: Callable[[], object]) -> Sequence[Statement]:
    """The statements and their parameters, in order, of one act that only reads."""
    sent: list[Statement] = []

    def hear(*told: Any) -> None:  # noqa: ANN401 - SQLAlchemy tells six things
        _connection, _cursor, statement, parameters, *_ = told
        sent.append((statement, parameters))

    event.listen(data.engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(data.engine, "before_cursor_execute", hear)
    return [(text, values) for text, values in sent if text.lstrip().startswith("SELECT")]


def send(connection: DriverConnection, statements: Sequence[Statement]) -> None:
    """Send them all and fetch every row."""
    for text, values in statements:
        connection.execute(text, values).fetchall()
