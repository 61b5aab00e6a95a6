"""The desk's `Backups` on the files of one data folder."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from bodymap.chart.backups import Backup, Damage, KeyDamage, Loss, Reason
from bodymap.chart.people import User
from bodymap.errors import StorageError, WrongPasswordError
from bodymap.storage.backup import Told, Wanted, back_up, clear_stale, first_good
from bodymap.storage.backup_manifest import backup_at, known_backups
from bodymap.storage.branches import branch_of, in_common, nearest_first, newest_first
from bodymap.storage.datafolder import BACKUPS, FILE_NAME, usable
from bodymap.storage.key_rescue import examine_keys, put_keys_back
from bodymap.storage.losses import losses
from bodymap.storage.problems import translated
from bodymap.storage.quarantine import put_in_quarantine
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.signer import ANCHOR, anchored
from bodymap.storage.vault.vault import Vault

PLACE = "backups"
"""The name of the note that says where backups go."""


_OF_SERVER = ".of-server-"
"""In the name of a file that is there only while it is backed up."""


class FolderBackups:
    """Backups of one data folder.

    Args:
        folder: Where the data lies.
        vault: The keys; they must be in hand for all but `known`, `at` and `where`.
        alone: Round a restore: nothing of this program has the data open meanwhile.
        server: The clinic's server, where it is on one; a backup is a file all the same.
    """

    def __init__(
        self,
        folder: Path,
        vault: Vault,
        alone: Callable[[], AbstractContextManager[None]],
        server: Engine | None = None,
    ) -> None:
        self.folder = folder
        self._vault = vault
        self._alone = alone
        self._server = server

    @property
    def where(self) -> Path:
        """Where backups go: the folder that was chosen, else one beside the data."""
        with suppress(StorageError):
            if chosen := self._vault.note(PLACE):
                return Path(chosen)
        return self.folder / BACKUPS

    @property
    def _is_there(self) -> bool:
        """Whether backups can go where they go; a folder that was chosen may be on a lost disk."""
        return self.where == self.folder / BACKUPS or self.where.is_dir()

    def choose(self, where: Path) -> None:
        """Let backups go elsewhere from now on.

        Raises:
            StorageError: Nothing can be written there.
        """
        self._vault.put_note(PLACE, str(usable(where.expanduser().absolute())))

    def known(self) -> tuple[Backup, ...]:
        """The backups in the chosen folder and beside the data, the newest first.

        Once the keys are in hand, those of other clinics in the same folder are passed over.
        """
        key = None
        with suppress(WrongPasswordError):  # nobody is signed in
            key = self._vault.data_key
        return newest_first(one for place in self._places for one in known_backups(place, key))

    @property
    def _places(self) -> Iterable[Path]:
        """Where backups lie, each place once."""
        return dict.fromkeys((self.where, self.folder / BACKUPS))

    def at(self, path: Path) -> Backup:
        """The backup that a folder, or a file in it, belongs to.

        Raises:
            StorageError: There is none.
        """
        return backup_at(path.expanduser().absolute())

    def make(self, reason: Reason, made: datetime, told: Told, where: Path | None) -> Backup:
        """Make one, open it and count it.

        Raises:
            StorageError: It could not be made; no older one was touched.
        """
        if where is None and not self._is_there:
            raise StorageError(
                f"The folder for backups {self.where} is not there. Plug in the disk it is on, "
                "or choose another folder under Data and backups."
            )
        wanted = Wanted((where or self.where).expanduser().absolute(), reason, made, told)
        with self._file() as path:
            return back_up(path, self._vault.data_key, wanted)

    def restore(self, backup: Backup, told: Told, allow: Callable[[User], None]) -> Path | None:
        """Put one in the place of the data; say where that is kept which was there before.

        Raises:
            StorageError: The backup is not sound or the disk refuses; all is as it was.
        """
        if self._server is not None:
            raise StorageError(
                "The clinic is on a server. Bring it back into the data file first (several "
                "seats, on the page of data and backups), put the backup back, and move it again."
            )
        job = Restore(
            backup=backup,
            folder=self.folder,
            key=self._vault.data_key,
            actor=self._vault.user,
            where=self.where if self._is_there else self.folder / BACKUPS,
            told=told,
            allow=allow,
        )
        with self._alone():
            kept = restore(job)
        return kept.quarantine if kept.backup is None else kept.backup.folder

    @contextmanager
    def _file(self) -> Iterator[Path]:
        """The data file, or one made of the server's rows for as long as the block lasts."""
        if self._server is None:
            yield self.folder / FILE_NAME
            return
        from bodymap.storage.postgres.connecting import as_file  # noqa: PLC0415 - few need it

        with translated():
            clear_stale(self.folder, f"{FILE_NAME}{_OF_SERVER}*")
        path = self.folder / f"{FILE_NAME}{_OF_SERVER}{os.getpid()}-{time.monotonic_ns()}"
        try:
            as_file(self._server, path, self._vault.data_key)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def examine_keys(self) -> KeyDamage | None:
        """What is wrong with the key file, and what could be put in its place.

        Raises:
            StorageError: The disk cannot be read.
        """
        return examine_keys(self.folder, self._places)

    def put_keys_back(self, backup: Backup) -> Path | None:
        """Take the key file of a backup; say where the damaged one is kept.

        Raises:
            StorageError: That of the backup is no good, or the disk refuses.
        """
        return put_keys_back(self.folder, backup, datetime.now(UTC))

    def examine(self, problem: str) -> Damage:
        """Keep a data file that does not open, and say what could be put in its place.

        Raises:
            StorageError: The disk refuses.
        """
        quarantine = put_in_quarantine(self.folder, datetime.now(UTC))
        key, anchor = self._vault.data_key, anchored(self._vault.note(ANCHOR))
        present = branch_of(self.folder)
        best = first_good(nearest_first(self.known(), present), key)
        known = in_common(best, present) if best else 0
        if quarantine is None:
            return Damage(problem, None, best, Loss(max(anchor.count - known, 0)))
        return Damage(problem, quarantine, best, losses(quarantine, known, key, anchor))
