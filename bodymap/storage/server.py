"""What is asked for when a clinic is to work on a server; light, for every start imports it."""

from dataclasses import dataclass, field

SERVER = "server"
"""The name of the key file's note that says where the clinic is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server as somebody names it.

    Attributes:
        url: `postgresql+psycopg://role@host/database`, for the role of every day; empty for the
            one that the clinic is on.
        owner_url: The same for the role that owns the database.
        password: Of the role of every day.
        owner_password: Of the owner.
        insecure_loopback: Without TLS, to a server on this very computer.
        back: From the server into the data file.
    """

    url: str
    owner_url: str
    password: str = field(repr=False)
    owner_password: str = field(repr=False)
    insecure_loopback: bool = False
    back: bool = False
