"""Keeps a damaged clinic byte for byte, so that nobody's attempt to mend it makes it worse."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from bodymap.storage import copies
from bodymap.storage.backup_manifest import PART, sha256_of
from bodymap.storage.datafolder import FILE_NAME, sync_folder
from bodymap.storage.problems import translated
from bodymap.storage.vault.file import KEY_FILE

QUARANTINE = "quarantine"

_KEPT = (FILE_NAME, *(f"{FILE_NAME}{ending}" for ending in ("-wal", "-shm", "-journal")), KEY_FILE)


def put_in_quarantine(folder: Path, now: datetime) -> Path | None:
    """Copy the data file and what lies beside it into a folder of their own.

    The same damage is kept once, however often the clinic is opened.

    Returns:
        Where they are kept; None if there is no data file at all.

    Raises:
        StorageError: The disk refuses; nothing was changed.
    """
    kept = [folder / name for name in _KEPT if (folder / name).is_file()]
    if not any(file.name != KEY_FILE for file in kept):
        return None
    with translated():
        known = _known(folder / QUARANTINE, kept)
        if known is not None:
            return known
        part = folder / QUARANTINE / f"{os.getpid()}{PART}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700, parents=True)
        for file in kept:
            _keep(file, part)
        sync_folder(part)
        target = _free_name(folder / QUARANTINE, now)
        part.rename(target)
        sync_folder(target.parent)
    return target


def keep_key_file(folder: Path, now: datetime) -> Path | None:
    """Copy the key file alone into a folder of its own; None if there is no key file.

    Raises:
        StorageError: The disk refuses; nothing was changed.
    """
    file = folder / KEY_FILE
    with translated():
        if not file.is_file():
            return None
        target = _free_name(folder / QUARANTINE, now)
        target.mkdir(mode=0o700, parents=True)
        _keep(file, target)
        sync_folder(target)
        sync_folder(target.parent)
    return target


def _keep(file: Path, target: Path) -> None:
    copy = target / file.name
    shutil.copy2(file, copy)
    copy.chmod(0o600)  # one that may only be read could not be made durable
    copies.make_durable(copy)


def _known(quarantine: Path, kept: list[Path]) -> Path | None:
    if not quarantine.is_dir():
        return None
    digests = {file.name: sha256_of(file) for file in kept if not file.name.endswith("-shm")}
    for one in sorted(quarantine.iterdir(), reverse=True):
        if one.suffix != PART and one.is_dir() and _digests(one) == digests:
            return one
    return None


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.name: sha256_of(file)
        for file in folder.iterdir()
        if file.name in _KEPT and not file.name.endswith("-shm")
    }


def _free_name(quarantine: Path, now: datetime) -> Path:
    stem = f"{now:%Y%m%dT%H%M%SZ}"
    while (target := quarantine / stem).exists():
        stem += "-again"
    return target
