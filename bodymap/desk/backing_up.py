"""Backups from the desk: made each day and on demand, and put back when the worst has happened."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.backups import Backup, Damage, KeyDamage, Reason, is_due
from bodymap.chart.day_words import day
from bodymap.chart.people import User
from bodymap.chart.permissions import Action, may
from bodymap.desk.access import Access
from bodymap.desk.ports import Clock, OpenWork
from bodymap.errors import BodymapError, DeniedError

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done and how much there is; it may raise to stop."""


class Backups(Protocol):
    """The store's backups. Errors are those of `bodymap.errors`."""

    @property
    def folder(self) -> Path:
        """Where the clinic's data lies."""
        ...

    @property
    def where(self) -> Path:
        """Where backups go."""
        ...

    def choose(self, where: Path) -> None:
        """Let backups go elsewhere from now on."""
        ...

    def known(self) -> tuple[Backup, ...]:
        """The backups there are, the newest first."""
        ...

    def at(self, path: Path) -> Backup:
        """The backup that a folder, or a file in it, belongs to."""
        ...

    def make(self, reason: Reason, made: datetime, told: Told, where: Path | None) -> Backup:
        """Make one, open it and count it."""
        ...

    def restore(self, backup: Backup, told: Told, allow: Callable[[User], None]) -> Path | None:
        """Put one in the place of the data; say where that is kept which was there before."""
        ...

    def examine(self, problem: str) -> Damage:
        """Keep a data file that does not open, and say what could be put in its place."""
        ...

    def examine_keys(self) -> KeyDamage | None:
        """What is wrong with the key file, and what could be put in its place."""
        ...

    def put_keys_back(self, backup: Backup) -> Path | None:
        """Take the key file of a backup; say where the damaged one is kept."""
        ...


class BackingUp:
    """Makes backups and puts them back.

    Args:
        backups: Gives the store's backups; what they need is loaded when they are used.
        open_work: The store, unguarded: the day's backup is made whoever is there.
        access: Who is at the desk.
        clock: Which day it is.
    """

    def __init__(
        self, backups: Callable[[], Backups], open_work: OpenWork, access: Access, clock: Clock
    ) -> None:
        self._open_backups = backups
        self._open_work = open_work
        self._access = access
        self._clock = clock
        self._news = ""
        self._keys_of: Backup | None = None

    @cached_property
    def _backups(self) -> Backups:
        return self._open_backups()

    def look_anew(self) -> None:
        """The clinic has moved: what is backed up lies elsewhere."""
        self.__dict__.pop("_backups", None)

    @property
    def folder(self) -> Path:
        """Where the clinic's data lies."""
        return self._backups.folder

    @property
    def where(self) -> Path:
        """Where backups go."""
        return self._backups.where

    @property
    def may_restore(self) -> bool:
        """Whether the one who is signed in may put a backup back."""
        return self._access.might(Action.RESTORE)

    def choose(self, where: Path) -> None:
        """Let backups go elsewhere from now on; those made so far stay where they are.

        Raises:
            DeniedError: The one who is signed in may not.
            StorageError: Nothing can be written there.
        """
        self._access.require(Action.BACK_UP)
        before = self._backups.where
        self._backups.choose(where)
        old, new = {"backups": str(before)}, {"backups": str(self._backups.where)}
        with self._open_work() as work:
            subject = Subject(Entity.CLINIC)
            work.audit.note(AuditAction.CHANGED, subject, old=dict(old), new=dict(new))
            work.commit()

    def known(self) -> tuple[Backup, ...]:
        """The backups there are, the newest first."""
        return self._backups.known()

    def at(self, path: Path) -> Backup:
        """The backup that a folder, or a file in it, belongs to.

        Raises:
            StorageError: There is none.
        """
        return self._backups.at(path)

    def back_up(self, told: Told = lambda *_: None, where: Path | None = None) -> Backup:
        """Make a backup because somebody asks for it; it is never thinned out.

        Args:
            told: Hears of the progress; it may raise to stop.
            where: The folder it goes into, if not the usual one.

        Raises:
            DeniedError: The one who is signed in may not.
            StorageError: It could not be made; no older one was touched.
        """
        self._access.require(Action.BACK_UP)
        return self._made(Reason.ASKED, told, where)

    def back_up_daily(self, told: Told = lambda *_: None) -> Backup | None:
        """Make the day's backup, unless there is one or nothing can be written.

        Raises:
            StorageError: It could not be made; no older one was touched.
        """
        if self._access.only_reading or not is_due(self.known(), self._now().date()):
            return None
        return self._made(Reason.DAILY, told, None)

    def back_up_before_import(self, told: Told = lambda *_: None) -> Backup:
        """Make a backup before much is changed at once.

        Raises:
            StorageError: It could not be made; no older one was touched.
        """
        return self._made(Reason.BEFORE_IMPORT, told, None)

    def restore(self, backup: Backup, told: Told = lambda *_: None) -> Path | None:
        """Put a backup in the place of the data. Everybody has to sign in again.

        Nobody needs to be signed in, but the keys must be in hand: where the data is damaged or
        gone, the backup tells what the one who holds them may do.

        Returns:
            Where that is kept which was there before; None if nothing was.

        Raises:
            DeniedError: Only an administrator may.
            StorageError: The backup is not sound or the disk refuses; all is as it was.
        """
        if self._access.is_signed_in:
            self._access.require(Action.RESTORE)
        kept = self._backups.restore(backup, told, _allow)
        where = f" What was there before is kept in {kept}." if kept else ""
        self._news = f"The backup of {_when(backup)} was put back.{where}"
        return kept

    def take_news(self) -> str:
        """What was put back since anybody asked last; empty when nothing was."""
        news, self._news = self._news, ""
        return news

    def examine(self, problem: BodymapError) -> Damage:
        """Keep a data file that does not open, and say what could be put in its place."""
        return self._backups.examine(str(problem))

    def examine_keys(self) -> KeyDamage | None:
        """What is wrong with the key file, and what could be put in its place; most often None.

        Raises:
            StorageError: The disk cannot be read.
        """
        return self._backups.examine_keys()

    def put_keys_back(self, backup: Backup) -> None:
        """Put the key file of a backup in the place of one that is damaged or gone.

        Nobody can be signed in then; it is put down as soon as somebody is, see `put_down_keys`.

        Raises:
            StorageError: That of the backup is no good, that of the clinic is, or the disk
                refuses; all is as it was.
        """
        kept = self._backups.put_keys_back(backup)
        self._keys_of = backup
        where = f" The damaged one is kept in {kept}." if kept else ""
        self._news = f"The key file of {_when(backup)} was put back.{where}"

    def put_down_keys(self) -> None:
        """Put down in the audit trail that a key file was put back, once somebody is signed in."""
        if self._keys_of is None:
            return
        manifest = self._keys_of.manifest
        with self._open_work() as work:
            new = {"keys": manifest.made.isoformat(), "sha256": manifest.keys_sha256}
            work.audit.note(AuditAction.RESTORED, Subject(Entity.CLINIC), new=dict(new))
            work.commit()
        self._keys_of = None

    def _made(self, reason: Reason, told: Told, where: Path | None) -> Backup:
        backup = self._backups.make(reason, self._now(), told, where)
        with suppress(BodymapError), self._open_work() as work:  # the backup is good without it
            new = {
                "reason": reason.value,
                "folder": str(backup.folder),
                "entries": backup.manifest.trail.count,
                "sha256": backup.manifest.data_sha256,
            }
            work.audit.note(AuditAction.BACKED_UP, Subject(Entity.CLINIC), new=new)
            work.commit()
        return backup

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)


def _when(backup: Backup) -> str:
    here = backup.manifest.made.astimezone()
    return f"{day(here)}, {here:%H:%M}"


def _allow(user: User) -> None:
    if not may(user, Action.RESTORE):
        raise DeniedError(f"You may not {Action.RESTORE}. Ask an administrator.")
