"""Writes a small file so that after a kill or a power cut it is the old one or the new one."""

from pathlib import Path

from bodymap.storage.datafolder import KEY_FILE, sync_folder
from bodymap.storage.problems import translated
from bodymap.whole_file import put_private

__all__ = ["KEY_FILE", "replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Store the content under the name, for this user alone.

    Raises:
        StorageError: The disk refuses; the old file is still there.
    """
    with translated():
        put_private(content, path)
        sync_folder(path.parent)
