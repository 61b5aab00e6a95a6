"""What is sent to the data file, so that the bare driver can be sent the same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection as DriverConnection
from typing import Any
from unittest import mock

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor

from bodymap.storage import prepared
from bodymap.storage.datafile import DataFile

Statement = tuple[str, Sequence[Any]]
"""The text, and the sets of values it is sent with, one after the other."""


@contextmanager
def taking_down(engine: Engine) -> Iterator[list[Statement]]:
    """Everything that is sent while the block runs: by SQLAlchemy, and what is prepared."""
    sent: list[Statement] = []
    send = prepared.send

    def hear(*told: Any) -> None:  # noqa: ANN401 - SQLAlchemy tells six things
        _connection, _cursor, statement, parameters, _context, many = told
        sent.append((statement, list(parameters) if many else [parameters]))

    def take_down(on: Connection, cursor: DBAPICursor, text: str, given: Sequence[Any]) -> None:
        sent.append((text, list(given)))
        send(on, cursor, text, given)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        with mock.patch.object(prepared, "send", take_down):
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def taken_down(data: DataFile, act: Callable[[], object]) -> Sequence[Statement]:
    """The statements and their parameters, in order, of one act that only reads."""
    with taking_down(data.engine) as sent:
        act()
    return [(text, values) for text, values in sent if text.lstrip().startswith("SELECT")]


def send(connection: DriverConnection, statements: Sequence[Statement]) -> None:
    """Send them all and fetch every row."""
    for text, rows in statements:
        for values in rows:
            connection.execute(text, values).fetchall()
