"""Closing a store for good, also where somebody is still reading it."""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


def let_go(engine: Engine) -> None:
    """Close every connection: at once, or as soon as whoever uses it gives it back.

    `Engine.dispose` alone keeps those that are in use open until Python collects them, and the
    file or the server with them.
    """
    event.listen(engine.pool, "checkin", _close)
    engine.dispose()


def _close(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()
