"""The whole record of a data file as text that two files can be compared by."""

import json
from dataclasses import asdict
from datetime import date

from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile


def canonical(data: DataFile) -> str:
    """Everything in it, sorted, as JSON."""
    with data.open_work() as work:
        people, visits = work.people, work.visits
        patients = people.patients()
        record = {
            "users": [asdict(user) for user in people.users()],
            "patients": [asdict(patient) for patient in patients],
            "episodes": [asdict(e) for patient in patients for e in people.episodes(patient.id)],
            "visits": [asdict(visits.get(listed.id)) for listed in visits.summaries()],
        }
    return json.dumps(record, default=_plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


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
        case date():
            return value.isoformat()
        case _:
            raise TypeError(value)
