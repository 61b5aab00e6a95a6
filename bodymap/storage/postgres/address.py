"""Where a clinic's database is, and how it is spoken to: never in the clear past this computer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bodymap.errors import BodymapError

DRIVER = "postgresql+psycopg"
_LEAST_TLS = "verify-full"
_ALLOWED = frozenset({"sslrootcert", "sslcert", "sslkey", "sslmode", "passfile"})
_PORT = 5432
_EXAMPLE = f"{DRIVER}://bodymap@server.example/clinic"


class AddressError(BodymapError):
    """This is no address of a clinic's database, or not a safe one."""


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server, and who asks.

    Attributes:
        url: Without a password.
        password: Of the role; empty where a password file or a certificate does.
    """

    url: str
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, text: str, password: str = "", *, insecure_loopback: bool = False) -> Self:
        """Read an address.

        Args:
            text: `postgresql+psycopg://role@host[:port]/database[?sslrootcert=…]`.
            password: Of the role; one that stands in the address counts as well.
            insecure_loopback: Leave out TLS; for a server on this very computer.

        Raises:
            AddressError: It is none, or it would let somebody listen.
        """
        url = _parsed(text)
        if unknown := set(url.query) - _ALLOWED:
            raise AddressError(f"The address has a part that is not known: {min(unknown)}.")
        if insecure_loopback:
            if not _is_loopback(url.host or ""):
                raise AddressError("Only a server on this computer may do without TLS.")
            url = url.update_query_dict({"sslmode": "disable"})
        elif url.query.get("sslmode", _LEAST_TLS) != _LEAST_TLS:
            raise AddressError(
                "The server has to prove who it is: leave sslmode out of the address "
                "(it is verify-full), and name its authority with sslrootcert."
            )
        else:
            url = url.update_query_dict({"sslmode": _LEAST_TLS})
        own = password or url.password or ""
        return cls(_without_password(url).render_as_string(hide_password=False), own)

    def as_url(self) -> URL:
        """With the password, for the driver alone."""
        url = make_url(self.url)
        return url.set(password=self.password) if self.password else url

    @property
    def role(self) -> str:
        """Who asks."""
        return make_url(self.url).username or ""

    @property
    def database(self) -> tuple[str, int, str]:
        """Which database it is, whoever asks: host, port and name."""
        url = make_url(self.url)
        return (url.host or "").casefold(), url.port or _PORT, url.database or ""

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody can listen on the way."""
        query: Mapping[str, object] = make_url(self.url).query
        return query.get("sslmode") == _LEAST_TLS


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise AddressError(f"This is no address of a database. One looks like {_EXAMPLE}") from None
    if url.drivername not in {DRIVER, "postgresql"}:
        raise AddressError(f"The address begins otherwise: {_EXAMPLE}")
    if not (url.host and url.username and url.database):
        raise AddressError(f"The address names a role, a host and a database: {_EXAMPLE}")
    return url.set(drivername=DRIVER)


def _without_password(url: URL) -> URL:
    """The same address for somebody else to fill in; `URL.set` takes None for “as it is”."""
    return URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
