"""Puts the key file of a backup in the place of one that is damaged or gone.

Nobody can sign in without it, so nobody can be asked who they are; but whoever signs in afterwards
needs a password that was good when the backup was made, and it is put down then.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bodymap.chart.backups import Backup, KeyDamage
from bodymap.errors import DamagedKeysError, StorageError
from bodymap.storage.backup_manifest import known_backups, sha256_of
from bodymap.storage.branches import newest_first
from bodymap.storage.datafolder import FILE_NAME, KEY_FILE
from bodymap.storage.problems import translated
from bodymap.storage.quarantine import keep_key_file
from bodymap.storage.vault.envelope import Envelope, NewerKeysError
from bodymap.storage.vault.file import replace_file

_GONE = "The key file {} is gone. Nobody can sign in without it."


def examine_keys(folder: Path, places: Iterable[Path]) -> KeyDamage | None:
    """What is wrong with a key file, and the newest good copy; None when nothing can be done.

    Args:
        folder: Where the data lies.
        places: Where backups may lie.

    Raises:
        StorageError: The disk cannot be read.
    """
    path = folder / KEY_FILE
    with translated():
        content = path.read_bytes() if path.is_file() else None
    if content is None and not (folder / FILE_NAME).exists():
        return None  # there is no clinic here yet
    try:
        if content is not None:
            Envelope.from_text(content)
            return None
        problem = _GONE.format(path)
    except NewerKeysError:
        return None  # an older copy must not take its place
    except DamagedKeysError as damage:
        problem = str(damage)
    backups = [backup for place in places for backup in known_backups(place)]
    return KeyDamage(problem, next(filter(has_good_keys, newest_first(backups)), None))


def put_keys_back(folder: Path, backup: Backup, now: datetime) -> Path | None:
    """Take the key file of a backup; say where the damaged one is kept, if there was any.

    Raises:
        StorageError: The backup has no good key file, that of the clinic is sound, or the disk
            refuses; all is as it was.
    """
    if examine_keys(folder, ()) is None:
        raise StorageError("The key file is sound; nothing was put back. Sign in.")
    if not has_good_keys(backup):
        raise StorageError(f"The key file in {backup.folder} is not sound. Choose another backup.")
    with translated():
        content = (backup.folder / KEY_FILE).read_bytes()
    kept = keep_key_file(folder, now)
    replace_file(folder / KEY_FILE, content)
    return kept


def has_good_keys(backup: Backup) -> bool:
    """Whether the key file of a backup is as it was when the backup was made."""
    path = backup.folder / KEY_FILE
    try:
        Envelope.from_text(path.read_bytes())
        return sha256_of(path) == backup.manifest.keys_sha256
    except (OSError, DamagedKeysError):
        return False
