"""What a damaged data file held that is in no backup, as far as it can still be read."""

import shutil
from collections import Counter
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from sqlcipher3 import dbapi2 as driver

from bodymap.chart.audit import AuditHead
from bodymap.chart.backups import Loss, LostVisit
from bodymap.errors import StorageError
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.header import is_there, log_of
from bodymap.storage.vault.keys import DataKey

_SINCE = "SELECT visit_id FROM audit WHERE number > ? ORDER BY number"
_NAMED = """
    SELECT p.family_name || ', ' || p.given_name, date(v.began_utc)
    FROM visit v JOIN patient p ON p.id = v.patient_id WHERE v.id = ?
"""


def losses(quarantine: Path, known: int, key: DataKey, anchor: AuditHead) -> Loss:
    """Compare what is left of a damaged file with a backup.

    Args:
        quarantine: Where the damaged file is kept; it is read from a copy.
        known: How many entries of its trail are in what would be put in its place.
        key: What it is encrypted with.
        anchor: Where the trail ended when the key file last heard of it.
    """
    touched, names = _read(quarantine, key, known)
    entries = max(touched.total(), anchor.count - known, 0)
    visits = tuple(
        LostVisit(visit, *names.get(visit, ("", "")), count)
        for visit, count in touched.items()
        if visit
    )
    return Loss(entries, visits, is_certain=bool(touched) and touched.total() >= entries)


def _read(
    quarantine: Path, key: DataKey, known: int
) -> tuple[Counter[str], dict[str, tuple[str, str]]]:
    touched: Counter[str] = Counter()
    names: dict[str, tuple[str, str]] = {}
    scratch = quarantine / "reading"
    try:
        path = _copied(quarantine, scratch)
        with connected(path, key, "rw") as connection:
            for (visit,) in connection.execute(_SINCE, (known,)):
                touched[visit or ""] += 1
            names = {visit: _name(connection, visit) for visit in touched if visit}
    except (StorageError, OSError, driver.Error):
        return touched, names  # what could be read until then
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return touched, names


def _copied(quarantine: Path, scratch: Path) -> Path:
    scratch.mkdir(mode=0o700, exist_ok=True)
    path = scratch / FILE_NAME
    shutil.copyfile(quarantine / FILE_NAME, path)
    if is_there(log_of(quarantine / FILE_NAME)):
        shutil.copyfile(log_of(quarantine / FILE_NAME), log_of(path))
    return path


def _name(connection: DriverConnection, visit: str) -> tuple[str, str]:
    row = connection.execute(_NAMED, (visit,)).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")
