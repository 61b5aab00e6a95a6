"""The whole record of a data file as text that two files can be compared by."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from bodymap.chart.people import Patient
from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile


def canonical(data: DataFile) -> str:
    """Everything in it, sorted, as JSON."""
    with data.open_work() as work:
        people, visits = work.people, work.visits
        patients = people.patients()
        record = {
            "users": [asdict(user) for user in people.users()],
            "patients": [_patient(patient) for patient in patients],
            "episodes": [asdict(e) for patient in patients for e in people.episodes(patient.id)],
            "visits": [asdict(visits.get(listed.id)) for listed in visits.summaries()],
        }
    return json.dumps(record, default=_plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def lost(frozen: str, read: str) -> list[str]:
    """What stands in the text of an older file and no longer in what is read from it.

    Fields that came later may stand beside it.
    """
    return list(_lost(json.loads(frozen), json.loads(read), "record"))


def _lost(old: object, new: object, where: str) -> Iterator[str]:
    match old, new:
        case dict(), dict():
            for name, part in old.items():
                yield from _lost(part, new.get(name, "nothing"), f"{where}.{name}")
        case list(), list() if len(old) == len(new):
            for at, (one, other) in enumerate(zip(old, new, strict=True)):
                yield from _lost(one, other, f"{where}[{at}]")
        case _ if old != new:
            yield f"{where}: {old!r} became {new!r}"


def _patient(patient: Patient) -> dict[str, object]:
    alerts = {"alerts": [alert.label for alert in patient.alerts]}  # all that there once was
    return asdict(patient) | alerts | {"alerts_in_full": [asdict(a) for a in patient.alerts]}


def visit_text(visit: Visit) -> str:
    """Everything in a visit, as JSON; two visits have the same if and only if they are equal."""
    return json.dumps(
        _unsigned_zeros(asdict(visit)), default=_plain, ensure_ascii=False, sort_keys=True
    )


def _unsigned_zeros(value: object) -> object:
    """The same, where -0.0 reads 0.0: they are equal, and SQLite keeps no sign of nothing."""
    match value:
        case float():
            return value + 0.0
        case dict():
            return {name: _unsigned_zeros(part) for name, part in value.items()}
        case list() | tuple():
            return [_unsigned_zeros(part) for part in value]
        case _:
            return value


def _plain(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case bytes():
            return value.hex()
        case date():
            return value.isoformat()
        case _:
            raise TypeError(value)
