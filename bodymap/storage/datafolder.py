"""Where the record lies on this computer."""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bodymap.errors import StorageError

VARIABLE = "BODYMAP_DATA"
"""The environment variable that names another folder."""

FILE_NAME = "bodymap.sqlite"
KEY_FILE = "bodymap.keys.json"
"""Lies beside the data file; each is of no use without the other."""

BACKUPS = "backups"


def data_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """The folder that was asked for, else `BODYMAP_DATA`, else the platform's own place."""
    if chosen is not None:
        return chosen.expanduser().resolve()
    named = environment.get(VARIABLE, "").strip()
    if named:
        return Path(named).expanduser().resolve()
    from platformdirs import user_data_path  # noqa: PLC0415 - not where a folder was named

    return user_data_path("bodymap", appauthor=False)


def usable(folder: Path) -> Path:
    """The folder, made if it is missing (for this user alone) and found to be writable.

    Raises:
        StorageError: It cannot be made or nothing can be written into it.
    """
    import tempfile  # noqa: PLC0415 - the first window waits for all that is imported above

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"bodymap")
    except OSError as problem:
        raise StorageError(
            f"bodymap cannot write into the folder {folder}. Allow writing to it, "
            f"or name another one with --data or {VARIABLE}. ({problem.strerror})"
        ) from problem
    return folder


def may_write(place: Path) -> bool:
    """Whether the system lets this user write to a folder or a file, as far as it tells."""
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def free_log(data_file: Path) -> None:
    """Let the log beside a data file be written again, once the file itself may be.

    SQLite makes the log with the rights of the file: one that was made while the file could only
    be read would refuse every change from then on.
    """
    for ending in ("-wal", "-shm"):
        log = data_file.with_name(f"{data_file.name}{ending}")
        with suppress(OSError):  # there is none, or another window takes it away meanwhile
            if _may_be_written(data_file) and not _may_be_written(log):
                log.chmod(0o600)


def _may_be_written(file: Path) -> bool:
    return bool(file.stat().st_mode & stat.S_IWUSR)


def backups_beside(data_file: Path) -> Path:
    """Where the backups of a data file lie unless another place was chosen."""
    return data_file.parent / BACKUPS


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
