"""The manifest of a backup: what it holds, sealed by the data key so that it cannot be forged."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bodymap.chart.audit import AuditHead
from bodymap.chart.backups import Backup, Manifest, Reason
from bodymap.errors import StorageError
from bodymap.storage.branches import newest_first
from bodymap.storage.problems import translated
from bodymap.storage.vault.keys import DataKey

MANIFEST = "manifest.json"
PREFIX = "bodymap-"
PART = ".part"
"""Ends the name of a backup that is not finished."""

_FORMAT = 1
_SEAL = "bodymap backup seal"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def as_text(manifest: Manifest, key: DataKey) -> str:
    """A manifest as it is stored, with its seal."""
    body = _body(manifest)
    return json.dumps(body | {"seal": _seal(body, key)}, indent=1, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """What a backup says of itself; nobody has looked yet whether it is so.

    Raises:
        StorageError: There is no manifest, or it cannot be read.
    """
    try:
        return _manifest(_told(folder))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _unreadable(folder) from None


def check_seal(folder: Path, key: DataKey) -> None:
    """See that the manifest was made by this clinic and that nobody has changed it since.

    Raises:
        StorageError: It is another clinic's, or somebody has.
    """
    try:
        told = _told(folder)
        seal = str(told.pop("seal", ""))
    except (ValueError, AttributeError):
        raise _unreadable(folder) from None
    if not hmac.compare_digest(seal.encode(), _seal(told, key).encode()):
        raise StorageError(
            f"The backup {folder} is of another clinic, or its manifest was changed. "
            "Choose another backup."
        )


def known_backups(folder: Path, key: DataKey | None = None) -> tuple[Backup, ...]:
    """The finished backups in a folder, the newest first.

    Args:
        folder: Where to look; several clinics may keep theirs in one place.
        key: With it, other clinics' backups are passed over; None where nobody has a key yet.
    """
    found = []
    try:
        named = [one for one in folder.iterdir() if _is_finished(one)]
    except OSError:
        return ()
    for one in named:
        try:
            if key is not None:
                check_seal(one, key)
            found.append(Backup(one, read_manifest(one)))
        except StorageError:
            continue
    return newest_first(found)


def backup_at(path: Path) -> Backup:
    """The backup that a folder, or any file in it, belongs to.

    Raises:
        StorageError: There is none.
    """
    folder = path if path.is_dir() else path.parent
    return Backup(folder, read_manifest(folder))


def sha256_of(path: Path) -> str:
    """The digest of a file.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_finished(folder: Path) -> bool:
    return folder.name.startswith(PREFIX) and folder.suffix != PART and folder.is_dir()


def _told(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise StorageError(
            f"There is no backup in {folder}. Name the folder of a backup, or a file in it."
        )
    with translated():
        text = path.read_bytes()
    told: dict[str, Any] = json.loads(text)
    return told


def _unreadable(folder: Path) -> StorageError:
    return StorageError(f"The manifest of the backup {folder} is damaged. Choose another backup.")


def _body(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "made": manifest.made.astimezone(UTC).strftime(_TIME),
        "reason": manifest.reason.value,
        "program": manifest.program,
        "revision": manifest.revision,
        "atlas": manifest.atlas,
        "rows": dict(sorted(manifest.rows.items())),
        "audit": {"count": manifest.trail.count, "hash": manifest.trail.hash.hex()},
        "data": {"bytes": manifest.data_bytes, "sha256": manifest.data_sha256},
        "keys": {"sha256": manifest.keys_sha256},
    }


def _manifest(told: dict[str, Any]) -> Manifest:
    return Manifest(
        made=datetime.strptime(told["made"], _TIME).replace(tzinfo=UTC),
        reason=Reason(told["reason"]),
        program=str(told["program"]),
        revision=int(told["revision"]),
        atlas=str(told["atlas"]),
        rows={str(table): int(count) for table, count in told["rows"].items()},
        trail=AuditHead(int(told["audit"]["count"]), bytes.fromhex(told["audit"]["hash"])),
        data_bytes=int(told["data"]["bytes"]),
        data_sha256=str(told["data"]["sha256"]),
        keys_sha256=str(told["keys"]["sha256"]),
    )


def _seal(body: dict[str, Any], key: DataKey) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return key.derived(_SEAL).seal(text.encode()).hex()
