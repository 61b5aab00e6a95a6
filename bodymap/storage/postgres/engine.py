"""The one way to speak to a clinic's database.

A transaction sees the data of its first question and is refused if it writes after somebody
else has, as with the data file. One that writes first takes its turn before it looks: the audit
trail is one chain, so there is one writer at a time.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext

from bodymap.errors import StorageError
from bodymap.storage.engine import WRITING
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.problems import in_words
from bodymap.storage.prepared import hear_failures

OLDEST_VERSION = 15
"""Older ones let every role make tables in the schema `public`."""

LOCK_TIMEOUT_MS = 5000
"""How long a gesture waits for another seat to finish writing."""

_GIVE_UP_S = 8
"""A network that swallows everything is given up after this; a person is waiting."""

_NETWORK = {
    "connect_timeout": _GIVE_UP_S,
    "tcp_user_timeout": 1000 * _GIVE_UP_S,
    "keepalives_idle": _GIVE_UP_S,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
"""Of libpq, https://www.postgresql.org/docs/15/libpq-connect.html"""

_SETTINGS = {
    "synchronous_commit": "on",  # what is acknowledged survives a power cut
    "timezone": "UTC",
    "search_path": "public",
    "lock_timeout": str(LOCK_TIMEOUT_MS),
    "idle_in_transaction_session_timeout": "60000",
    "client_min_messages": "warning",
}
_TAKE_TURN = "LOCK TABLE writers_turn IN EXCLUSIVE MODE"
"""Before the first question, so that what is seen is what the one before has left."""


def open_server(address: Address) -> Engine:
    """Open a database; connections are made when they are first needed."""
    options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    engine = create_engine(
        address.as_url(),
        isolation_level="REPEATABLE READ",
        connect_args={"options": options, "application_name": "bodymap", **_NETWORK},
        hide_parameters=True,  # what is in the record never reaches a log
        pool_pre_ping=True,  # a server that was started anew is no reason to fail
    )
    event.listen(engine, "connect", _check)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _translate)
    hear_failures(engine)
    return engine


def check_version(number: int) -> None:
    """Refuse a server that is too old.

    Args:
        number: As the server tells it: 150018 for 15.18.

    Raises:
        StorageError: It is.
    """
    if number < OLDEST_VERSION * 10_000:
        raise StorageError(
            f"The server runs PostgreSQL {number // 10_000}; "
            f"bodymap needs {OLDEST_VERSION} or newer."
        )


def is_server(engine: Engine) -> bool:
    """Whether the engine speaks to a server, not to a file."""
    return engine.dialect.name == "postgresql"


def advice(engine: Engine) -> str:
    """What whoever runs the server should look at; empty when there is nothing."""
    with engine.connect() as connection:
        keeps_checksums = connection.exec_driver_sql("SHOW data_checksums").scalar() == "on"
    if keeps_checksums:
        return ""
    return (
        "The server keeps no checksums of its pages (data_checksums), so damage on its disk may "
        "go unseen. Whoever runs it can turn them on with pg_checksums."
    )


def host_of(address: Address) -> str:
    """The server's name, to be shown."""
    return make_url(address.url).host or ""


def _check(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    check_version(connection.info.server_version)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITING):
        connection.exec_driver_sql(_TAKE_TURN)


def _translate(context: ExceptionContext) -> None:
    if context.is_pre_ping:
        return  # the pool connects anew where an old connection is found to be dead
    problem: Any = context.original_exception
    words = in_words(problem)
    if words is not None:
        raise words from problem
