"""Where the record lies on this computer."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from bodymap.errors import StorageError

VARIABLE = "BODYMAP_DATA"
"""The environment variable that names another folder."""

FILE_NAME = "bodymap.sqlite"
BACKUPS = "backups"


def data_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """The folder that was asked for, else `BODYMAP_DATA`, else the platform's own place."""
    if chosen is not None:
        return chosen.expanduser().resolve()
    named = environment.get(VARIABLE, "").strip()
    if named:
        return Path(named).expanduser().resolve()
    return user_data_path("bodymap", appauthor=False)


def usable(folder: Path) -> Path:
    """The folder, made if it is missing (for this user alone) and found to be writable.

    Raises:
        StorageError: It cannot be made or nothing can be written into it.
    """
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
