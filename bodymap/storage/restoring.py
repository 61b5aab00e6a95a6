"""Puts a backup in the place of a clinic's data, or founds the clinic anew from one.

What is there is kept first: as a backup if it is sound, in quarantine if it is not. The copy of
the backup is then brought to this program's tables, and the trail's entry about the restore is
written into it, before it takes the place of anything (see `swapping`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bodymap.chart.audit import AuditAction, AuditHead, Entity, Subject
from bodymap.chart.backups import Backup, Reason
from bodymap.chart.people import User, UserId
from bodymap.errors import DamagedDataError, DamagedKeysError, StorageError
from bodymap.storage import copies
from bodymap.storage.backup import Told, Wanted, back_up, prove
from bodymap.storage.backup_manifest import known_backups
from bodymap.storage.branches import BRANCH, Branch, branch_of
from bodymap.storage.connections import held_alone
from bodymap.storage.datafolder import FILE_NAME, sync_folder, usable
from bodymap.storage.engine import open_for_migration
from bodymap.storage.header import read_header
from bodymap.storage.migrate import HEAD, upgrade
from bodymap.storage.problems import translated
from bodymap.storage.quarantine import put_in_quarantine
from bodymap.storage.signer import ANCHOR, anchor_text
from bodymap.storage.swapping import finish_restore, ready_data, ready_keys
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE, replace_file
from bodymap.storage.vault.keys import DataKey
from bodymap.storage.work import SqlWork

_CHUNK = 4 * 2**20


def _anybody(_: User) -> None:
    return None


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Restore:
    """One restore that is to be done.

    Attributes:
        backup: What is put back.
        folder: The data folder that it goes to.
        key: What backup and data are encrypted with.
        actor: Who does it.
        where: The folder for the backup of what is there now.
        told: Hears of the progress; it may raise to stop.
        allow: Asked about the actor as the backup knows them; it raises if they may not.
        now: The time with the local offset.
    """

    backup: Backup
    folder: Path
    key: DataKey
    actor: UserId
    where: Path
    told: Told = lambda *_: None
    allow: Callable[[User], None] = _anybody
    now: Callable[[], datetime] = field(default=_now)

    @property
    def data(self) -> Path:
        """The data file."""
        return self.folder / FILE_NAME


@dataclass(frozen=True, slots=True)
class Kept:
    """Where that is which was there before a restore; at most one of the two.

    Attributes:
        backup: Its backup, if it was sound.
        quarantine: The folder it is kept in, if it was not.
    """

    backup: Backup | None = None
    quarantine: Path | None = None


def restore(job: Restore) -> Kept:
    """Put a backup in place; nobody may have the data open, this program neither.

    Raises:
        StorageError: The backup is not sound, somebody has the data open, or the disk refuses;
            all is as it was.
        BodymapError: Who does it may not, or has stopped it; all is as it was.
    """
    usable(job.folder)
    prove(job.backup, job.key, job.told)
    part = ready_data(job.folder).with_suffix(".part")
    try:
        with translated():
            copies.clear(part)
            _copy(job, part)
            _make_current(job, part)
            copies.make_durable(part)
            kept = _keep_present(job)  # last: what another window charts after it would be lost
            part.rename(ready_data(job.folder))
            sync_folder(job.folder)
    finally:
        copies.clear(part)
        if not ready_data(job.folder).exists():
            ready_keys(job.folder).unlink(missing_ok=True)
    finish_restore(job.folder)
    return kept


def _copy(job: Restore, target: Path) -> None:
    whole, done = job.backup.manifest.data_bytes, 0
    with (job.backup.folder / FILE_NAME).open("rb") as source, target.open("wb") as copy:
        target.chmod(0o600)
        while content := source.read(_CHUNK):
            copy.write(content)
            done += len(content)
            job.told("copying", done, whole)


def _make_current(job: Restore, part: Path) -> None:
    """Bring the copy to this program's tables, and put down in it that it was restored."""
    job.told("checking", 0, 1)
    revision = read_header(part, job.key).revision
    if revision > HEAD:
        raise StorageError("The backup was made by a newer bodymap. Install the newest one.")
    if revision < HEAD:
        upgrade(part, job.key, HEAD)
    manifest = job.backup.manifest
    engine = open_for_migration(part, job.key)
    try:
        with SqlWork(engine, job.actor, job.now) as work:
            job.allow(work.people.user(job.actor))
            work.audit.note(
                AuditAction.RESTORED,
                Subject(Entity.CLINIC),
                new={
                    "backup": manifest.made.astimezone(UTC).isoformat(),
                    "entries": manifest.trail.count,
                    "sha256": manifest.data_sha256,
                },
            )
            head = work.audit.head()
            work.commit()
    finally:
        engine.dispose()
    replace_file(ready_keys(job.folder), _keys(job, head).to_text().encode())
    job.told("checking", 1, 1)


def _keys(job: Restore, head: AuditHead) -> Envelope:
    """The key file of now, else that of the backup, knowing where the restored trail ends."""
    for folder in (job.folder, job.backup.folder):
        try:
            envelope = Envelope.from_text((folder / KEY_FILE).read_bytes())
            envelope.check_seal(job.key)
        except (OSError, DamagedKeysError):
            continue
        notes = {
            **envelope.notes,
            ANCHOR: anchor_text(head),
            BRANCH: _next_branch(job).as_note(),
        }
        return replace(envelope, notes=notes, seal=b"").sealed(job.key)
    raise DamagedKeysError(
        "Neither the key file of the clinic nor that of the backup is sound. Choose another backup."
    )


def _next_branch(job: Restore) -> Branch:
    """The one that begins now; the key file may be an older one, so that backups are asked too."""
    backups = [backup.folder for backup in known_backups(job.where, job.key)]
    before = max(branch_of(one).number for one in (job.folder, job.backup.folder, *backups))
    return Branch(before + 1, job.backup.manifest.trail.count + 1)


def _keep_present(job: Restore) -> Kept:
    wanted = Wanted(job.where, Reason.BEFORE_RESTORE, job.now().astimezone(UTC), job.told)
    if not job.data.exists():  # a log may have been left behind
        return Kept(quarantine=put_in_quarantine(job.folder, wanted.made))
    try:
        read_header(job.data, job.key)
        copies.check_untouched(job.data, job.key)
        with held_alone(job.data, job.key) as held:
            return Kept(backup=back_up(job.data, job.key, wanted, source=held))
    except (DamagedDataError, DamagedKeysError):
        return Kept(quarantine=put_in_quarantine(job.folder, wanted.made))
