"""What backups and damage are called in the window; plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bodymap.chart.backups import Backup, Damage, KeyDamage, Loss, Reason
from bodymap.chart.day_words import day

REASONS: Mapping[Reason, str] = {
    Reason.DAILY: "Daily",
    Reason.ASKED: "On demand",
    Reason.BEFORE_MIGRATION: "Before an update",
    Reason.BEFORE_IMPORT: "Before an import",
    Reason.BEFORE_RESTORE: "Before a backup was put back",
}
NONE_YET = "There is no backup yet."
NO_GOOD_BACKUP = (
    "There is no good backup where bodymap looks. Choose one that lies elsewhere, such as on "
    "another disk."
)
OLD_PASSWORDS = (
    "Passwords are those of then: whoever has changed theirs since signs in with the one before. "
    "Whoever was let in since needs to be let in again by an administrator. "
    "The recovery key is the one of then as well."
)
NO_GOOD_KEYS = (
    "There is no good copy of the key file where bodymap looks. Choose a backup that lies "
    "elsewhere, such as on another disk. Without a key file the data cannot be read."
)
MOST_LOST = 6
"""So many lost visits are named one by one."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup in the list.

    Attributes:
        backup: Which one.
        title: When it was made, and why.
        detail: What it holds.
    """

    backup: Backup
    title: str
    detail: str


def row_of(backup: Backup) -> BackupRow:
    """A backup as the list shows it."""
    manifest = backup.manifest
    return BackupRow(backup, f"{when(manifest.made)} · {REASONS[manifest.reason]}", holds(backup))


def when(made: datetime) -> str:
    """A time, as it was here."""
    here = made.astimezone()
    return f"{day(here)}, {here:%H:%M}"


def holds(backup: Backup) -> str:
    """What a backup holds."""
    manifest = backup.manifest
    return " · ".join(
        (
            counted(manifest.patients, "patient"),
            counted(manifest.visits, "visit"),
            size(manifest.data_bytes),
        )
    )


def size(count: int) -> str:
    """A number of bytes as people say it."""
    megabytes = count / 1e6
    return f"{megabytes:.1f} MB" if megabytes < 100 else f"{megabytes:.0f} MB"


def counted(count: int, what: str) -> str:
    """So many of something."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def asked_to_restore(backup: Backup) -> str:
    """What putting a backup back means."""
    return (
        f"Put the backup of {when(backup.manifest.made)} in the place of the clinic’s data? "
        "What was entered since then will no longer be there; it is kept as a backup of its own, "
        "made just before. Everybody has to sign in again."
    )


def made_words(backup: Backup) -> str:
    """That a backup was made."""
    return f"Backed up, opened and counted: {holds(backup)}."


def kept_words(damage: Damage) -> str:
    """Where the damaged file is kept."""
    if damage.quarantine is None:
        return ""
    return f"It is kept byte for byte in {damage.quarantine}."


def key_loss_words(damage: KeyDamage) -> tuple[str, ...]:
    """What the key file of a backup does not know, line by line."""
    if damage.backup is None:
        return (NO_GOOD_KEYS,)
    return (OLD_PASSWORDS, "Charts and signatures are not touched.")


def loss_words(damage: Damage) -> tuple[str, ...]:
    """What would be lost, line by line."""
    if damage.backup is None:
        return (NO_GOOD_BACKUP,)
    loss = damage.loss
    if not loss.entries:
        return ("As far as can be seen, nothing was entered after it.",)
    named = [_visit_words(*one) for one in _named(loss)]
    more = len(loss.visits) - len(named)
    rest = [f"and {counted(more, 'more visit')}"] if more > 0 else []
    return (_lead(loss), *named, *rest)


def _lead(loss: Loss) -> str:
    changes = counted(loss.entries, "entry") if loss.entries == 1 else f"{loss.entries:,} entries"
    if not loss.visits:
        return f"After it, {changes} were made in the record that are lost with the damage."
    if loss.is_certain:
        return f"After it, {changes} were made in the record. They are lost; enter these again:"
    return f"After it, at least {changes} were made in the record. What could be read of them:"


def _named(loss: Loss) -> list[tuple[str, str, int]]:
    return [
        (one.patient or f"visit {one.visit[:8]}", one.began, one.entries)
        for one in loss.visits[:MOST_LOST]
    ]


def _visit_words(patient: str, began: str, entries: int) -> str:
    of_visit = f", visit of {day(datetime.fromisoformat(began))}" if began else ""
    return f"{patient}{of_visit}: {entries} {'entry' if entries == 1 else 'entries'}"
