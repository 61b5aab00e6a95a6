"""Writes a small file so that after a kill or a power cut it is the old one or the new one."""

import os
from pathlib import Path

from bodymap.storage.datafolder import KEY_FILE, sync_folder
from bodymap.storage.problems import translated

__all__ = ["KEY_FILE", "replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Store the content under the name, for this user alone.

    Raises:
        StorageError: The disk refuses; the old file is still there.
    """
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    with translated():
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
