"""Which backup is the newest, though a restore takes the record back.

Each restore begins another branch of the record: the trail is short again and grows anew, while
backups of the branch that was left may tell of more entries. The key file, which no restore takes
back, knows the branch; each backup has a copy of the key file as it was then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bodymap.chart import backups as chart
from bodymap.chart.backups import Backup
from bodymap.errors import DamagedKeysError
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE

BRANCH = "branch"
"""The name of the note that tells the branch."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A stretch of the record between two restores.

    Attributes:
        number: How many restores there were before it.
        first: The number of the first entry of the trail that is in no earlier branch.
    """

    number: int = 0
    first: int = 1

    def as_note(self) -> str:
        """As the key file keeps it."""
        return f"{self.number} {self.first}"


def branch_of(folder: Path) -> Branch:
    """The branch that a data folder or a backup is on; the first where no key file tells."""
    try:
        note = Envelope.from_text((folder / KEY_FILE).read_bytes()).notes.get(BRANCH, "")
        number, _, first = note.partition(" ")
        return Branch(int(number), int(first)) if note else Branch()
    except (OSError, DamagedKeysError, ValueError):
        return Branch()


def newest_first(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those of the last branch first, and of each branch those that hold most of the trail."""
    ordered = chart.newest_first(backups)  # this order stays within a branch
    return tuple(sorted(ordered, key=lambda one: branch_of(one.folder).number, reverse=True))


def in_common(backup: Backup, present: Branch) -> int:
    """How many entries of the trail, at most, a backup has in common with the present record."""
    count = backup.manifest.trail.count
    if branch_of(backup.folder).number < present.number:
        return min(count, present.first - 1)
    return count


def nearest_first(backups: Iterable[Backup], present: Branch) -> tuple[Backup, ...]:
    """Those with most of the present record first; of two alike the one with the least besides."""

    def near(backup: Backup) -> tuple[int, int]:
        shared = in_common(backup, present)
        return shared, shared - backup.manifest.trail.count

    return tuple(sorted(newest_first(backups), key=near, reverse=True))


def outlived(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that need not be kept any longer.

    Whatever was backed up on branches that were left takes nothing away from the last one.
    """
    ordered = newest_first(backups)
    if not ordered:
        return ()
    last = branch_of(ordered[0].folder)
    going_on = [one for one in ordered if branch_of(one.folder).number == last.number]
    left = [one for one in ordered if one not in going_on]
    dropped = chart.to_be_dropped(ordered)
    return (*chart.to_be_dropped(going_on), *(one for one in dropped if one in left))
