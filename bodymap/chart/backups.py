"""Backups of a clinic's record: what each one holds, and which of them are kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bodymap.chart.audit import AuditHead

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many days, weeks and months that have backups the newest one each is kept."""

KEPT_BEFORE = timedelta(days=30)
"""How long a backup is kept that was made before something risky."""


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    ASKED = "asked"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, as it was counted when it was made.

    Attributes:
        made: When, in UTC.
        program: The version of bodymap that made it.
        revision: The migration its tables are at.
        atlas: The version of the drawings its marks lie on.
        rows: How many rows each table has.
        trail: Where the audit trail ended.
        data_bytes: The size of the data file.
        data_sha256: Its digest.
        keys_sha256: The digest of the key file; empty where there was none.
    """

    made: datetime
    reason: Reason
    program: str
    revision: int
    atlas: str
    rows: Mapping[str, int]
    trail: AuditHead
    data_bytes: int
    data_sha256: str
    keys_sha256: str = ""

    @property
    def patients(self) -> int:
        """How many patients there are."""
        return self.rows.get("patient", 0)

    @property
    def visits(self) -> int:
        """How many visits there are."""
        return self.rows.get("visit", 0)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup, and the folder that holds its three files."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class LostVisit:
    """A visit that was changed after a backup.

    Attributes:
        visit: Its id.
        patient: The patient's name, where it could still be read.
        began: The day of the visit, likewise.
        entries: How many entries of the audit trail tell of it.
    """

    visit: str
    patient: str
    began: str
    entries: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What is in no backup, as far as it can be known.

    Attributes:
        entries: How many entries of the audit trail are missing from the backup, at least.
        visits: The visits they tell of, as far as they could be read.
        is_certain: Whether every one of them could be read.
    """

    entries: int = 0
    visits: tuple[LostVisit, ...] = field(default=())
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """A data file that does not open.

    Attributes:
        what: What is wrong with it, in words.
        quarantine: Where it is kept, byte for byte; None if there was nothing to keep.
        backup: The newest good backup; None if there is none.
        loss: What would be lost with it.
    """

    what: str
    quarantine: Path | None
    backup: Backup | None
    loss: Loss


@dataclass(frozen=True, slots=True)
class KeyDamage:
    """A key file that does not open, or is gone.

    Attributes:
        what: What is wrong with it, in words.
        backup: The newest backup whose key file is good; None if there is none.
    """

    what: str
    backup: Backup | None


def newest_first(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """The one that holds most of the trail first: clocks may be set, the trail only grows."""
    return tuple(sorted(backups, key=_age, reverse=True))


def is_due(backups: Iterable[Backup], today: date) -> bool:
    """Whether the day's backup is still to be made; `today` is in UTC."""
    return not any(
        backup.manifest.reason is Reason.DAILY and backup.manifest.made.date() == today
        for backup in backups
    )


def to_be_dropped(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """Those that need not be kept any longer.

    Days, weeks and months are counted where there are backups, so that a clock that jumps ahead
    drops none of the daily ones. Those that somebody asked for are kept for good; those made
    before something risky for 30 days, and then like daily ones.
    """
    aging = [backup for backup in backups if backup.manifest.reason is not Reason.ASKED]
    if not aging:
        return ()
    kept = {backup.folder for backup in backups if backup not in aging}
    latest = max(backup.manifest.made for backup in aging)
    kept |= {backup.folder for backup in aging if _is_young(backup.manifest, latest)}
    for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept |= _newest_of_each(aging, period, count)
    return tuple(backup for backup in aging if backup.folder not in kept)


Period = tuple[int, ...]


def _newest_of_each(
    backups: Sequence[Backup], period: Callable[[date], Period], count: int
) -> set[Path]:
    newest: dict[Period, Backup] = {}
    for backup in sorted(backups, key=_age):
        newest[period(backup.manifest.made.date())] = backup
    return {newest[one].folder for one in sorted(newest, reverse=True)[:count]}


def _is_young(manifest: Manifest, latest: datetime) -> bool:
    return manifest.reason is not Reason.DAILY and manifest.made > latest - KEPT_BEFORE


def _age(backup: Backup) -> tuple[int, datetime, str]:
    return backup.manifest.trail.count, backup.manifest.made, backup.folder.name


def _day(day: date) -> Period:
    return day.year, day.month, day.day


def _week(day: date) -> Period:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> Period:
    return day.year, day.month
