"""A map over a visit that is stored on disk: what P2 measures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.strewn_map import VIEW, PaintedMap, atlas, settle, strewn_map, strewn_marks
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.visit import Visit, VisitId, in_order
from bodymap.desk.charting import Charting
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.vault.keys import DataKey

__all__ = ["VIEW", "ChartedMap", "charted_map"]

WHEN = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
_ID = "00000000-0000-4000-9000-00000000000{}"
PATIENT = Patient(PatientId(_ID.format(1)), "B-1", "Bench", "Pat", WHEN.date())
THERAPIST = User(UserId(_ID.format(2)), "Tilda Testwell")
EPISODE = Episode(EpisodeId(_ID.format(3)), PATIENT.id, "Back pain")


class OneMoment:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same time."""
        return WHEN


@dataclass(frozen=True, slots=True)
class ChartedMap:
    """The map and the visit at its table."""

    map: PaintedMap
    charting: Charting


@contextmanager
def charted_map(marks: int, width: int, height: int) -> Iterator[ChartedMap]:
    """Open a map over a stored visit; each step is stored as the window would.

    Args:
        marks: How many the visit has to begin with.
        width: Of the map in pixels.
        height: Of the map in pixels.
    """
    with tempfile.TemporaryDirectory() as folder, strewn_map(0, width, height) as body:
        file = open_data_file(Path(folder), DataKey.new())
        charting = Charting(file.open_work, atlas(), OneMoment(), _stored(file, marks))
        body.set_charting(charting)
        body.step_made.connect(charting.do)
        settle(body)
        yield ChartedMap(body, charting)
        body.set_charting(None)
        file.close()


def _stored(file: DataFile, marks: int) -> Visit:
    strewn = in_order(strewn_marks(marks))
    visit_id = VisitId(_ID.format(4))
    visit = Visit(visit_id, PATIENT.id, EPISODE.id, THERAPIST.id, WHEN, marks=strewn)
    with file.open_work() as work:
        work.people.put_patient(PATIENT)
        work.people.put_user(THERAPIST)
        work.people.put_episode(EPISODE)
        work.visits.add(visit)
        work.commit()
    return visit
