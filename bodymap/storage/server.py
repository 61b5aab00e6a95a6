"""What is asked for when a clinic is to work on a server; light, for every start imports it."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

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


def url_of(host: str, database: str, role: str, certificate: Path | None) -> str:
    """The address of a database as `Server` takes it.

    Args:
        host: The server's name, with `:port` where it is not the usual one.
        database: The database's name.
        role: Who asks.
        certificate: The authority that vouches for the server; None for those trusted anyway.
    """
    named = "" if certificate is None else f"?sslrootcert={quote(str(certificate), safe='')}"
    who, where = quote(role.strip(), safe=""), quote(host.strip(), safe=":[]")
    return f"postgresql+psycopg://{who}@{where}/{quote(database.strip(), safe='')}{named}"


def url_for(url: str, role: str) -> str:
    """The same database for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(role.strip(), safe='')}@{host}").geturl()


def host_of(url: str) -> str:
    """The server's name, to be shown."""
    return urlsplit(url).hostname or ""


def is_without_tls(url: str) -> bool:
    """Whether the server is one on this very computer, spoken to without TLS."""
    return "sslmode=disable" in urlsplit(url).query
