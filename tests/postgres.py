"""A real PostgreSQL on loopback, from Debian's packages, that lives as long as the tests.

The server refuses to run as root, so root hands it to the unprivileged user of the package.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine

from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.database import Database, open_database
from bodymap.storage.postgres.engine import open_server
from bodymap.storage.postgres.tables import allow, upgrade

SUPER, OWNER, SEAT = "postgres", "clinic_owner", "clinic_seat"
PASSWORD = "loopback only"  # noqa: S105 - of a server that lives for a test
TEMPLATE = "clinic_template"

_PATIENCE_S = 300

UNSAFE_AND_FAST = {"fsync": "off", "full_page_writes": "off"}
"""What most tests need nothing of: that it survives a power cut."""


def binaries() -> Path:
    """Where Debian keeps the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError(
            "PostgreSQL is missing: apt install postgresql (tools/system_libraries.sh)"
        )
    return Path(on_path).resolve().parent


def _major(program: Path) -> int:
    return int(program.parents[1].name)


class Server:
    """A running server.

    Attributes:
        port: On loopback.
        folder: With its data, and its log.
    """

    def __init__(self, folder: Path, port: int, control: Sequence[str | Path]) -> None:
        self.folder = folder
        self.port = port
        self._control = control
        self._has_template = False

    def stop(self) -> None:
        """Let it go down; whoever is connected is sent away."""
        _run([*self._control, "-m", "fast", "stop"])

    def start(self) -> None:
        """Let it come up again as it was."""
        _run([*self._control, "-l", self.folder / "log", "start"])

    def give_up(self) -> None:
        """Let it go down at once; it may be down already."""
        with suppress(RuntimeError):
            _run([*self._control, "-m", "immediate", "stop"])

    def restart(self) -> None:
        """Down and up again."""
        self.stop()
        self.start()

    def url(self, database: str, role: str = SEAT) -> str:
        """The address without a password, as somebody would type it."""
        return f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/{database}"

    def address(self, database: str, role: str = SEAT) -> Address:
        """The address of a database for a role."""
        return Address.of(self.url(database, role), PASSWORD, insecure_loopback=True)

    def empty_database(self) -> str:
        """Make a database that nothing is in."""
        name = f"clinic_{secrets.token_hex(4)}"
        self.run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 LOCALE 'C.UTF-8'")
        return name

    def with_tables(self) -> str:
        """Make a database with the clinic's tables."""
        if not self._has_template:
            self.run(
                f"CREATE DATABASE {TEMPLATE} OWNER {OWNER} TEMPLATE template0 LOCALE 'C.UTF-8'"
            )
            make_tables(self.address(TEMPLATE, OWNER), SEAT)
            self._has_template = True
        name = f"clinic_{secrets.token_hex(4)}"
        self.run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {TEMPLATE}")
        return name

    def drop(self, database: str) -> None:
        """Take a database away, with whoever is in it."""
        self.run(f"DROP DATABASE {database} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Have the server's master do something."""
        engine = create_engine(
            f"postgresql+psycopg://{SUPER}:{PASSWORD}@127.0.0.1:{self.port}/{database}".replace(
                " ", "%20"
            ),
            isolation_level="AUTOCOMMIT",
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def make_tables(owner: Address, role: str) -> None:
    """What `bodymap connect` makes in an empty database."""
    engine = open_server(owner)
    upgrade(engine)
    with engine.begin() as connection:
        allow(connection, role)
    engine.dispose()


@contextmanager
def running_server(**settings: str) -> Iterator[Server]:
    """Start a server, and stop it at the end, whatever became of it meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="bodymap-postgres-"))
    try:
        server = _started(folder, settings or UNSAFE_AND_FAST)
        try:
            for role in (OWNER, SEAT):
                server.run(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            server.give_up()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, settings: Mapping[str, str]) -> Server:
    as_user = _unprivileged(folder)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if as_user:
        shutil.chown(secret, SUPER)
    data = folder / "data"
    initdb = [binaries() / "initdb", "-D", data, "-U", SUPER, "-A", "scram-sha-256"]
    _run([*as_user, *initdb, "--pwfile", secret, "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"])
    port = _free_port()
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
        "max_connections": "60",
        **settings,
    }
    told = " ".join(f"-c {name}={value}" for name, value in options.items())
    control = [*as_user, binaries() / "pg_ctl", "-D", data, "-w", "-t", f"{_PATIENCE_S}", "-o"]
    server = Server(folder, port, [*control, told])
    server.start()
    return server


def open_seat(server: Server, database: str) -> Database:
    """The clinic of a database, as a seat opens it."""
    return open_database(server.address(database))


def _unprivileged(folder: Path) -> list[str]:
    if os.name != "posix" or os.geteuid() != 0:
        return []
    folder.chmod(0o755)
    shutil.chown(folder, SUPER)
    return ["runuser", "-u", SUPER, "--"]


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stdout}{done.stderr}")


def _free_port() -> int:
    """Find one below those that the system gives away, so that it is still free when it is used."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
