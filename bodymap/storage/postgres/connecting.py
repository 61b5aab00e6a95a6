"""Moves a clinic from its data file to a server, and back.

At every moment either the file or the server is the clinic's record, and the key file says
which: it is written last. A kill before that leaves the clinic where it was.

That it was moved is put down where it went, in the transaction that keeps it there, after both
sides were compared. What it left stays as it was: of a move that is refused it tells nothing.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import UserId
from bodymap.errors import DamagedKeysError, StorageError
from bodymap.storage import migrate
from bodymap.storage.audit import SqlAudit
from bodymap.storage.connections import held_alone
from bodymap.storage.copies import clear, make_durable
from bodymap.storage.datafile import open_data_file
from bodymap.storage.datafolder import FILE_NAME, sync_folder
from bodymap.storage.engine import open_for_migration
from bodymap.storage.header import log_of
from bodymap.storage.moving import Content, Told, copied, held_still
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.database import open_database
from bodymap.storage.postgres.engine import open_server
from bodymap.storage.postgres.tables import allow, forbid, revision_of, upgrade
from bodymap.storage.problems import translated
from bodymap.storage.server import SERVER, Server
from bodymap.storage.vault.keys import DataKey, Key, NotUnwrappedError
from bodymap.storage.vault.vault import Vault

PASSWORD_NOTE = "server-password"  # noqa: S105 - the name of a note
KEPT = "before-the-move"
"""The folder where a data file goes that is no longer the clinic's record."""


@dataclass(frozen=True, slots=True)
class Move:
    """A clinic between its data file and a server.

    Attributes:
        folder: The data folder.
        vault: The keys, in hand.
        seat: The server, for the role that works there every day.
        owner: The same, for the role that owns the database.
        told: Hears of the progress.
        actor: Who moves it, for the audit trail.
        now: The time, for the name of what is set aside.
    """

    folder: Path
    vault: Vault
    seat: Address
    owner: Address
    told: Told = field(default=lambda *_: None, repr=False)
    actor: UserId | None = None
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), repr=False)

    def there(self) -> Content:
        """To the server.

        Raises:
            StorageError: Something refuses; the data file is the clinic's record as before.
        """
        path, key = self.folder / FILE_NAME, self.vault.data_key
        open_data_file(self.folder, key).close()  # brought up to date, and checked
        with held_alone(path, key):
            pass  # another window would go on charting into what is set aside
        file, owner = open_for_migration(path, key), open_server(self.owner)  # lets nobody in
        try:
            with held_still(file) as source:
                moved = self._fill(source, owner)
                open_database(self.seat).close()  # the everyday role gets in
                remember(self.vault, self.seat)
        finally:
            file.dispose()
            owner.dispose()
        self._set_aside(path)
        return moved

    def back(self) -> Content:
        """From the server; seats that were connected to it are let in no more.

        Raises:
            StorageError: Something refuses; the server is the clinic's record as before.
        """
        path, key = self.folder / FILE_NAME, self.vault.data_key
        new = path.with_name(f"{path.name}.moving-{os.getpid()}")
        self._set_aside(path)
        owner = open_server(self.owner)
        try:
            with held_still(owner) as source:
                _make_file(new, key)
                moved = _copied_to_file(source, new, key, self.told, self._put_down_back)
                with translated():
                    make_durable(new)
                    new.rename(path)
                    sync_folder(self.folder)
                forbid(source, self.seat.role)
        finally:
            owner.dispose()
            clear(new)
        forget(self.vault)
        return moved

    def _fill(self, source: Connection, owner: Engine) -> Content:
        with owner.connect() as connection:
            if not revision_of(connection):
                connection.rollback()
                upgrade(owner)
        with owner.begin() as target:
            moved = copied(source, target, self.told)
            self._put_down(target, "server")
            allow(target, self.seat.role)
        return moved

    def _put_down_back(self, target: Connection) -> None:
        self._put_down(target, "data file")

    def _put_down(self, target: Connection, to: str) -> None:
        """Tell the trail that goes on there from now on."""
        with Session(target) as session:
            trail = SqlAudit(session, self.actor, lambda: self.now().astimezone())
            trail.note(AuditAction.MOVED, Subject(Entity.CLINIC), new={"to": to})

    def _set_aside(self, path: Path) -> None:
        """Keep a data file that is not the clinic's record any more, where nobody opens it."""
        if not path.exists():
            return
        with translated():
            kept = self.folder / KEPT / f"{self.now():%Y%m%dT%H%M%S%fZ}"
            kept.mkdir(mode=0o700, parents=True)
            for part in (path, log_of(path), path.with_name(f"{path.name}-shm")):
                if part.exists():
                    part.rename(kept / part.name)
            sync_folder(self.folder)


def moved(
    folder: Path, vault: Vault, server: Server, told: Told, actor: UserId | None = None
) -> Content:
    """Move a clinic where somebody wants it; say what went, without the entry that tells of it.

    Raises:
        StorageError: Something refuses; the clinic is where it was.
    """
    known = remembered(vault)
    if (known is not None) != server.back:
        raise StorageError(
            "The clinic is in the data file already."
            if server.back
            else "The clinic is on a server already; bring it back first with --back."
        )
    loose = server.insecure_loopback
    seat = known or Address.of(server.url, server.password, insecure_loopback=loose)
    owner = _owner_of(seat, server)
    move = Move(folder, vault, seat, owner, told, actor)
    return move.back() if server.back else move.there()


def _owner_of(seat: Address, server: Server) -> Address:
    """The address for the owner of the very database that the seats work on."""
    loose = server.insecure_loopback
    owner = Address.of(server.owner_url, server.owner_password, insecure_loopback=loose)
    if owner.database != seat.database:
        raise StorageError(
            "The address of the owner names another database than the clinic’s. "
            "Nothing was changed; name the same host, port and database."
        )
    return owner


def upgraded(vault: Vault, server: Server) -> int:
    """Bring the tables of the clinic's server up to date, with the rights of the seats.

    Raises:
        StorageError: The clinic is not on a server, or the server refuses.
    """
    seat = remembered(vault)
    if seat is None:
        raise StorageError("The clinic is in the data file, not on a server.")
    owner = open_server(_owner_of(seat, server))
    try:
        upgrade(owner)
        with owner.begin() as connection:
            allow(connection, seat.role)
            return revision_of(connection)
    finally:
        owner.dispose()


def remember(vault: Vault, seat: Address) -> None:
    """Put down in the key file where the clinic is; the password only as the data key wraps it."""
    wrapped = _wrapping(vault).wrap(seat.password.encode(), seat.url.encode())
    vault.put_note(PASSWORD_NOTE, b64encode(wrapped).decode())
    vault.put_note(SERVER, seat.url)  # last: from now on the server counts


def forget(vault: Vault) -> None:
    """Put down that the clinic is in the data file again."""
    vault.put_note(SERVER, "")
    vault.put_note(PASSWORD_NOTE, "")


def remembered(vault: Vault) -> Address | None:
    """Where the clinic is; None when it is in the data file.

    Raises:
        DamagedKeysError: Somebody changed what the key file says of it.
    """
    url = vault.note(SERVER)
    if not url:
        return None
    try:
        wrapped = b64decode(vault.note(PASSWORD_NOTE))
        password = _wrapping(vault).unwrap(wrapped, url.encode())
    except (ValueError, NotUnwrappedError):
        raise DamagedKeysError(
            "The key file names a server that was not put there by us."
        ) from None
    return Address(url, password.decode())


def as_file(server: Engine, path: Path, key: DataKey) -> None:
    """A copy of a server's rows as a data file, such as a backup needs.

    Raises:
        StorageError: Something refuses; there is no file then.
    """
    try:
        _make_file(path, key)
        with server.connect() as source, source.begin():
            _copied_to_file(source, path, key)
    except BaseException:
        clear(path)
        raise


def _make_file(path: Path, key: DataKey) -> None:
    with translated():
        clear(path)
        path.touch(mode=0o600)
    migrate.upgrade(path, key, migrate.HEAD)


def _copied_to_file(
    source: Connection,
    path: Path,
    key: DataKey,
    told: Told = lambda *_: None,
    then: Callable[[Connection], None] = lambda _: None,
) -> Content:
    engine = open_for_migration(path, key)
    try:
        with engine.begin() as target:
            moved = copied(source, target, told)
            then(target)
        return moved
    finally:
        engine.dispose()


def _wrapping(vault: Vault) -> Key:
    return vault.data_key.derived("the password of the clinic's database")
