"""Where the clinic's rows are: in the data file of one computer, or on a server for several."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bodymap.chart.permissions import Action
from bodymap.desk.access import Access
from bodymap.desk.entry import InvalidEntryError

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done and how much there is; it may raise to stop."""

_COUNTED = (("patient", "patients"), ("visit", "visits"), ("mark", "marks"), ("user", "users"))


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the server, and its password."""

    name: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Destination:
    """A database on a server, as somebody names it.

    Attributes:
        host: The server's name, with `:port` where it is not the usual one.
        database: The database's name.
        daily: The role that works there every day.
        owner: The role that owns the database.
        certificate: The authority that vouches for the server; None for those that the
            computer trusts anyway.
        is_this_computer: It runs here, and is spoken to without TLS.
    """

    host: str
    database: str
    daily: Role
    owner: Role
    certificate: Path | None = None
    is_this_computer: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What went from one place to the other, counted and compared on both sides.

    Attributes:
        rows: How many, by table.
        advice: What whoever runs the server should look at; empty when there is nothing.
    """

    rows: Mapping[str, int]
    advice: str = ""

    @property
    def words(self) -> str:
        """What went, for a person."""
        counts = ", ".join(
            f"{self.rows[table]:,} {name}" for table, name in _COUNTED if table in self.rows
        )
        return f"{counts}: {sum(self.rows.values()):,} rows in all, counted and compared."


class Places(Protocol):
    """The two places. Errors are those of `bodymap.errors`."""

    @property
    def server(self) -> str:
        """The server's name; empty while the clinic is in the data file."""
        ...

    def to_server(self, wanted: Destination, told: Told) -> Moved:
        """Move the clinic there; where anything refuses, it stays where it is."""
        ...

    def to_file(self, owner: Role, told: Told) -> Moved:
        """Bring it back; where anything refuses, it stays where it is."""
        ...


class Relocating:
    """Moves the clinic, for an administrator.

    Args:
        places: The two places.
        access: Who is at the desk.
    """

    def __init__(self, places: Places, access: Access) -> None:
        self._places = places
        self._access = access

    @property
    def may_move(self) -> bool:
        """Whether the one who is signed in may move the clinic."""
        return self._access.might(Action.RESTORE)

    @property
    def server(self) -> str:
        """The name of the server that the clinic is on; empty while it is in the data file."""
        return self._places.server

    def to_server(self, wanted: Destination, told: Told = lambda *_: None) -> Moved:
        """Move the clinic to a server; the data file is kept aside.

        Raises:
            InvalidEntryError: Something is missing.
            DeniedError: Only an administrator may.
            BodymapError: Something refuses; the clinic is where it was.
        """
        self._access.require(Action.RESTORE)
        for what, text in (
            ("name of the server", wanted.host),
            ("name of the database", wanted.database),
            ("name of the role for every day", wanted.daily.name),
            ("name of the role that owns the database", wanted.owner.name),
        ):
            if not text.strip():
                raise InvalidEntryError(f"The {what} is missing.")
        if wanted.daily.name.strip() == wanted.owner.name.strip():
            raise InvalidEntryError(
                "The two roles have to be different ones: the one for every day may change "
                "nothing of what is signed."
            )
        return self._places.to_server(wanted, told)

    def to_file(self, owner: Role, told: Told = lambda *_: None) -> Moved:
        """Bring the clinic back into the data file of this computer.

        Raises:
            InvalidEntryError: The owner's name is missing.
            DeniedError: Only an administrator may.
            BodymapError: Something refuses; the clinic is where it was.
        """
        self._access.require(Action.RESTORE)
        if not owner.name.strip():
            raise InvalidEntryError("The name of the role that owns the database is missing.")
        return self._places.to_file(owner, told)
