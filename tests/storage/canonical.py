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
    """Everything in a visit, as JSON."""
    return json.dumps(asdict(visit), default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(value)
