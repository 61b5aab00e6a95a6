"""The last steps of a restore: what was made ready takes the place of what is there.

There is one moment that decides: the new data file gets the name that ends in `.restored`. A
kill before it leaves the old clinic; after it, the next start goes through these same steps
again and comes out with the new one. Nothing here needs a key or a database.
"""

from pathlib import Path

from bodymap.storage.datafolder import FILE_NAME, KEY_FILE, sync_folder

READY = ".restored"

_BESIDE = ("-wal", "-shm", "-journal")
"""What belongs to the old data file and would be played back into the new one."""


def ready_data(folder: Path) -> Path:
    """Where the new data file waits; when it is there, it is whole."""
    return folder / f"{FILE_NAME}{READY}"


def ready_keys(folder: Path) -> Path:
    """Where the new key file waits; it counts only when the data file waits too."""
    return folder / f"{KEY_FILE}{READY}"


def finish_restore(folder: Path) -> bool:
    """Put in place what a restore has made ready, if anything.

    Returns:
        Whether there was anything.

    Raises:
        StorageError: The disk refuses; the next start tries again.
    """
    data, keys = ready_data(folder), ready_keys(folder)
    if not data.exists():
        return False
    from bodymap.storage.problems import translated  # noqa: PLC0415 - every start comes by here

    with translated():
        for ending in _BESIDE:
            (folder / f"{FILE_NAME}{ending}").unlink(missing_ok=True)
        sync_folder(folder)  # an old log must be gone for good before the new file is there
        if keys.exists():
            keys.replace(folder / KEY_FILE)
        sync_folder(folder)
        data.replace(folder / FILE_NAME)
        sync_folder(folder)
    return True
