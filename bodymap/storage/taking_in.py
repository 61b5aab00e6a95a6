"""Takes in a data file from before there was encryption.

The encrypted copy is made and counted first; it takes the file's place only when the key file
is safely stored. A kill in between leaves either the old file alone or both, and the next
start goes on from there. The old file stays as a backup: only its owner may decide to delete it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from bodymap.errors import StorageError
from bodymap.storage import copies
from bodymap.storage.connections import connected, held_alone
from bodymap.storage.datafolder import FILE_NAME, backups_beside, sync_folder
from bodymap.storage.header import APPLICATION_ID, is_plain, is_there, read_header
from bodymap.storage.obstacles import obstacle_at_opening
from bodymap.storage.problems import translated
from bodymap.storage.vault.keys import DataKey

_PLAIN = "-not-encrypted"


def prepare_folder(folder: Path, key: DataKey) -> None:
    """Before there is a key file: encrypt the data of a folder, if it holds a plain file.

    Raises:
        StorageError: There is a data file that cannot be taken in, the folder is no place for
            one, or the disk refuses.
    """
    path = folder / FILE_NAME
    if why := obstacle_at_opening(path):
        raise StorageError(why)
    with translated():
        if not path.exists():
            return
        if not is_plain(path):
            raise StorageError(
                f"There is an encrypted data file in {folder}, but its key file "
                "bodymap.keys.json is missing. Put the key file back beside it."
            )
    encrypt_beside(path, key)


def encrypt_beside(path: Path, key: DataKey) -> None:
    """Make an encrypted copy beside a plain data file, and count its rows.

    Raises:
        StorageError: The plain file is damaged or not ours, is open elsewhere, or the disk
            refuses; it stays as it was.
    """
    read_header(path, None)
    copy = _copy_of(path)
    with held_alone(path, None) as plain, translated():
        copies.check(plain)
        copies.clear(copy)
        copy.touch(mode=0o600)
        _export(plain, copy, key)
        with connected(copy, key, "immutable") as encrypted:
            copies.check(encrypted)
            if copies.row_counts(encrypted) != copies.row_counts(plain):
                raise StorageError("The encrypted copy is not complete. Nothing was changed.")
        copies.make_durable(copy)


def finish(path: Path, key: DataKey, now: Callable[[], datetime] | None = None) -> Path | None:
    """Put the encrypted copy in the plain file's place, if there is one that the key fits.

    Returns:
        Where the plain file is kept now; None when there was nothing to do.

    Raises:
        StorageError: The copy is damaged or the disk refuses.
    """
    copy = _copy_of(path)
    if not is_there(copy):
        return None
    with translated():
        if path.exists() and not is_plain(path):
            copy.unlink()  # the place was taken already
            return None
        read_header(copy, key)
        kept = _put_aside(path, (now or _now)()) if path.exists() else _kept_last(path)
        copy.rename(path)
        sync_folder(path.parent)
    return kept


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.encrypted")


def _put_aside(path: Path, now: datetime) -> Path:
    folder = backups_beside(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"{path.stem}-{now:%Y%m%dT%H%M%SZ}{_PLAIN}"
    while (target := folder / f"{stem}{path.suffix}").exists():
        stem += "-again"
    path.rename(target)
    sync_folder(folder)
    return target


def _kept_last(path: Path) -> Path | None:
    """The plain file that was put aside before a kill came; its owner has to hear of it."""
    kept = sorted(backups_beside(path).glob(f"{path.stem}-*{_PLAIN}*{path.suffix}"))
    return kept[-1] if kept else None


def _now() -> datetime:
    return datetime.now(UTC)


def _export(plain: DriverConnection, target: Path, key: DataKey) -> None:
    (revision,) = plain.execute("PRAGMA user_version").fetchone()
    plain.execute("ATTACH DATABASE ? AS encrypted KEY ?", (str(target), key.pragma))
    plain.execute("SELECT sqlcipher_export('encrypted')")
    plain.execute(f"PRAGMA encrypted.user_version = {int(revision)}")
    plain.execute(f"PRAGMA encrypted.application_id = {APPLICATION_ID}")
    plain.execute("DETACH DATABASE encrypted")
