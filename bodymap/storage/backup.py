"""Makes backups: a whole copy of the data, of its key file, and a manifest of what is in them.

A backup is a folder of three files. It is written under another name, opened, checked page by
page and counted, and made durable; only then does it get its name, and only then are older ones
dropped. The copy is made by SQLite itself, so somebody may go on charting meanwhile; it is
encrypted like the data. Each backup is a data folder too: bodymap could be opened on it.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from bodymap import __version__
from bodymap.atlas.ids import ATLAS_VERSION
from bodymap.chart.audit import AuditHead
from bodymap.chart.backups import Backup, Manifest, Reason
from bodymap.errors import BodymapError, DamagedDataError, StorageError
from bodymap.storage import copies
from bodymap.storage.backup_manifest import (
    MANIFEST,
    PART,
    PREFIX,
    as_text,
    check_seal,
    known_backups,
    sha256_of,
)
from bodymap.storage.branches import outlived
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME, sync_folder
from bodymap.storage.header import without_a_trace
from bodymap.storage.obstacles import obstacle
from bodymap.storage.problems import DAMAGED, translated
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.keys import DataKey

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done and how much there is; it may raise to stop."""

_STEPS = 10_000
"""After so many steps of SQLite's machine the progress is told: some 10 ms."""

_STALE_S = 3600.0
"""What is unfinished and nothing was written to for so long was left by a kill, s."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What backup is to be made.

    Attributes:
        where: The folder that it goes into, among others.
        reason: Why it is made.
        made: The time, in UTC.
    """

    where: Path
    reason: Reason
    made: datetime
    told: Told = field(default=lambda *_: None)


def back_up(
    data: Path, key: DataKey, wanted: Wanted, source: DriverConnection | None = None
) -> Backup:
    """Make one backup, prove it, and drop what need not be kept any longer.

    Args:
        data: The data file; its key file lies beside it.
        key: What it is encrypted with.
        wanted: What is to be made; its `told` may raise to stop.
        source: An open connection to the data file, where others are locked out.

    Raises:
        DamagedDataError: The data file is damaged; no backup was made of it.
        StorageError: The disk refuses, or the copy is not good; no older one was touched.
    """
    with translated():
        wanted.where.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_stale(wanted.where, f"{PREFIX}*{PART}")
        with _unfinished(wanted.where) as part:
            if source is not None:
                _copy(source, part / FILE_NAME, wanted.told)
            else:
                mode = without_a_trace(data) if obstacle(data) else "rw"
                with connected(data, key, mode) as connection:
                    _copy(connection, part / FILE_NAME, wanted.told)
            manifest = _finished(part, data.with_name(KEY_FILE), key, wanted)
            target = _free_name(wanted)
            part.rename(target)
        sync_folder(wanted.where)
    for old in outlived(known_backups(wanted.where, key)):
        shutil.rmtree(old.folder, ignore_errors=True)
    return Backup(target, manifest)


def prove(backup: Backup, key: DataKey, told: Told = lambda *_: None) -> None:
    """See that a backup is as it was when it was made, and that the key opens it.

    Raises:
        StorageError: It is not; the words name it.
    """
    manifest, data = backup.manifest, backup.folder / FILE_NAME
    check_seal(backup.folder, key)
    told("looking at the backup", 0, 2)
    with translated():
        is_whole = data.is_file() and sha256_of(data) == manifest.data_sha256
    told("looking at the backup", 1, 2)
    try:
        is_whole = is_whole and _counted(data, key)[0] == manifest.rows
    except DamagedDataError:
        is_whole = False
    if not is_whole:
        raise StorageError(f"The backup {backup.folder} is damaged. Choose another one.")


def first_good(backups: Iterable[Backup], key: DataKey) -> Backup | None:
    """The first backup of several that proves to be sound; None if none does."""
    for backup in backups:
        try:
            prove(backup, key)
        except BodymapError:
            continue
        return backup
    return None


def clear_stale(where: Path, pattern: str) -> None:
    """Take away unfinished folders and files of these names that a kill has left.

    Raises:
        OSError: The disk refuses.
    """
    for part in where.glob(pattern):
        with suppress(FileNotFoundError):  # another window has finished it meanwhile
            if abs(time.time() - part.stat().st_mtime) <= _STALE_S:
                continue
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink()


def _copy(source: DriverConnection, target: Path, told: Told) -> None:
    pages, size = (
        int(source.execute(f"PRAGMA {what}").fetchone()[0]) for what in ("page_count", "page_size")
    )
    raised: list[BaseException] = []

    def look() -> bool:
        try:
            done = target.stat().st_size if target.exists() else 0
            told("copying", min(done, pages * size), pages * size)
        except BodymapError as problem:
            raised.append(problem)
        return bool(raised)

    source.set_progress_handler(look, _STEPS)
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        source.set_progress_handler(None, 0)


def _finished(part: Path, keys: Path, key: DataKey, wanted: Wanted) -> Manifest:
    copy = part / FILE_NAME
    copy.chmod(0o600)
    wanted.told("checking", 0, 1)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(sha256_of, copy)
        rows, revision, trail = _proved(copy, key)
        manifest = Manifest(
            made=wanted.made,
            reason=wanted.reason,
            program=__version__,
            revision=revision,
            atlas=ATLAS_VERSION,
            rows=rows,
            trail=trail,
            data_bytes=copy.stat().st_size,
            data_sha256=digest.result(),
            keys_sha256=_copy_keys(keys, part / KEY_FILE),
        )
    (part / MANIFEST).write_text(as_text(manifest, key), encoding="utf-8")
    for file in part.iterdir():
        copies.make_durable(file)
    sync_folder(part)
    wanted.told("checking", 1, 1)
    return manifest


def _proved(copy: Path, key: DataKey) -> tuple[dict[str, int], int, AuditHead]:
    try:
        return _counted(copy, key)
    except DamagedDataError:
        raise StorageError(
            "The backup could not be read back, so it was not kept. Check the disk it goes to."
        ) from None


def _counted(copy: Path, key: DataKey) -> tuple[dict[str, int], int, AuditHead]:
    """Open a copy, check every page and count all rows.

    Raises:
        DamagedDataError: It is damaged.
        StorageError: Part of it is missing.
    """
    with connected(copy, key, "immutable") as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise DamagedDataError(DAMAGED)
        (revision,) = connection.execute("PRAGMA user_version").fetchone()
        rows = copies.row_counts(connection)
        trail = AuditHead()
        if "audit_head" in rows:
            trail = AuditHead(*connection.execute("SELECT count, hash FROM audit_head").fetchone())
    if rows.get("audit", 0) != trail.count:
        raise StorageError("The copy of the data file is not complete. Try again.")
    return rows, int(revision), trail


def _copy_keys(keys: Path, target: Path) -> str:
    if not keys.is_file():
        return ""
    Envelope.from_text(keys.read_bytes())  # a damaged key file must not take a good one's place
    shutil.copyfile(keys, target)
    target.chmod(0o600)
    return sha256_of(target)


@contextmanager
def _unfinished(where: Path) -> Iterator[Path]:
    part = where / f"{PREFIX}{os.getpid()}-{time.monotonic_ns()}{PART}"
    part.mkdir(mode=0o700)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _free_name(wanted: Wanted) -> Path:
    stem = f"{PREFIX}{wanted.made:%Y%m%dT%H%M%SZ}-{wanted.reason}"
    while (target := wanted.where / stem).exists():
        stem += "-again"
    return target
