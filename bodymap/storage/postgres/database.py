"""A clinic's database, open: what `app.py` hands to the desk in place of the data file."""

from pathlib import Path

from sqlalchemy import Engine

from bodymap.chart.people import UserId
from bodymap.storage.clock import ClockWatch
from bodymap.storage.letting_go import let_go
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.engine import open_server
from bodymap.storage.postgres.tables import check_revision
from bodymap.storage.work import SqlWork


class Database:
    """One clinic's record on a server.

    Attributes:
        address: Where it is.
        engine: For questions that no repository answers yet.
        kept_plain: None; only a file can have been plain before.
        only_reading: Empty; whether anything can be written is the server's to say.
    """

    kept_plain: Path | None = None
    only_reading = ""

    def __init__(self, address: Address, engine: Engine) -> None:
        self.address = address
        self.engine = engine
        self._watch = ClockWatch()

    def open_work(self, actor: UserId | None = None) -> SqlWork:
        """Begin one transaction; the desk's `OpenWork`.

        Args:
            actor: Who is signed in, for the audit trail.
        """
        return SqlWork(self.engine, actor, watch=self._watch)

    def close(self) -> None:
        """Let go of the server."""
        let_go(self.engine)


def open_database(address: Address) -> Database:
    """Open the record of a clinic on a server.

    Raises:
        StorageError: The server is not there, does not let us in or is too old, or the tables
            are of another version of bodymap.
    """
    engine = open_server(address)
    try:
        with engine.connect() as connection:
            check_revision(connection)
    except BaseException:
        engine.dispose()
        raise
    return Database(address, engine)
