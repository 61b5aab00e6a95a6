"""P5: a gesture stored at once, beside raw sqlcipher3 running the same SQL, and unencrypted.

A gesture places, moves or deletes a needle: one transaction with the version check, the entry
of the audit trail and its hash, synced to the disk. Everything that is sent, from BEGIN over the
visit's version and the trail's end to the writes, is taken down and sent to a twin of the file by
the bare driver, gesture by gesture in turns.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection as DriverConnection
from statistics import median, quantiles
from time import perf_counter
from unittest import mock

from benchmarks.measure import Result, compared, limited, report
from benchmarks.taken_down import Statement, taking_down
from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId, NeedleSite, NeedleSize
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit, VisitId
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.engine import PRAGMAS
from bodymap.storage.migrate import HEAD, upgrade
from bodymap.storage.vault.keys import DataKey

GESTURES = 600
WARM_UP = 60

USER = User(UserId("u"), "Noor Placeholder")
PATIENT = Patient(PatientId("p"), "P-0001", "Example", "Amara", date(1984, 3, 12))
EPISODE = Episode(EpisodeId("e"), PATIENT.id, "Right shoulder")
WHEN = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
VISIT = Visit(VisitId("v"), PATIENT.id, EPISODE.id, USER.id, WHEN)


def run() -> list[Result]:
    """Measure encrypted and unencrypted, each beside the bare driver, in turns."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        encrypted = opened.enter_context(twins(Path(name) / "encrypted", DataKey.new()))
        with mock.patch("bodymap.storage.engine.unlock"):
            plain = opened.enter_context(twins(Path(name) / "plain", None))
        for version, gesture in enumerate(_gestures(), start=1):
            for pair in (encrypted, plain):
                pair.gesture(version, gesture)
    mine, theirs = encrypted.ours[WARM_UP:], encrypted.bare[WARM_UP:]
    open_to_all, bare = plain.ours[WARM_UP:], plain.bare[WARM_UP:]
    return [
        compared("P5", "a gesture stored, p50 ms", median(mine), median(theirs), 2.0),
        limited("P5", "a gesture stored, p99 ms", quantiles(mine, n=100)[98], 5.0),
        compared("P5", "encrypted beside plain, p50 ms", median(mine), median(open_to_all), 1.3),
        compared("P5", "the same, bare driver, p50 ms", median(theirs), median(bare), 1.3),
    ]


class Twins:
    """A data file, and its twin that is sent the same SQL by the bare driver."""

    def __init__(self, data: DataFile, driver: DriverConnection) -> None:
        self._data = data
        self._driver = driver
        self.ours: list[float] = []
        self.bare: list[float] = []

    def gesture(self, version: int, gesture: tuple[Change, Change]) -> None:
        """Store one gesture in both and keep the milliseconds."""
        with taking_down(self._data.engine) as sent:
            self.ours.append(_timed_gesture(self._data, version, gesture))
        self.bare.append(_timed_replay(self._driver, sent))


@contextmanager
def twins(folder: Path, key: DataKey | None) -> Iterator[Twins]:
    """A data file with one empty visit, twice."""
    folder.mkdir()
    path, twin = folder / FILE_NAME, folder / "twin.sqlite"
    data = _data_file(path, key)
    with connected(path, key) as source, connected(twin, key, "rwc") as target:
        source.backup(target)
    with connected(twin, key) as driver:
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}")
        yield Twins(data, driver)
    data.close()


def _data_file(path: Path, key: DataKey | None) -> DataFile:
    key = key or DataKey.new()  # not looked at where `unlock` is patched away
    upgrade(path, key, HEAD)
    data = DataFile(path, key)
    with data.open_work() as work:
        work.people.put_user(USER)
        work.people.put_patient(PATIENT)
        work.people.put_episode(EPISODE)
        work.visits.add(VISIT)
        work.commit()
    return data


def _gestures() -> Iterator[tuple[Change, Change]]:
    """Placed, moved, moved and deleted, each with what takes it back; every fourth stays."""
    for number in range(1, GESTURES // 4 + 1):
        place = Place(
            ViewId.POSTERIOR, 96.0, 402.0, Side.RIGHT, RegionId("shoulder-blade"), "32 mm lateral"
        )
        needle = NeedleSite(MarkId(f"m{number}"), number, place, needle=NeedleSize(0.3, 40))
        gone = Change(removed=(needle.id,))
        yield Change(put=(needle,)), gone
        for u_mm in (97.5, 99.0):
            back = Change(put=(needle,))
            needle = replace(needle, place=replace(place, u_mm=u_mm))
            yield Change(put=(needle,)), back
        back = Change(put=(needle,))
        yield back if number % 4 == 0 else gone, back


def _timed_gesture(data: DataFile, version: int, gesture: tuple[Change, Change]) -> float:
    began = perf_counter()
    with data.open_work() as work:
        work.visits.apply(VISIT.id, version, *gesture)
        work.commit()
    return (perf_counter() - began) * 1e3


def _timed_replay(driver: DriverConnection, sent: list[Statement]) -> float:
    began = perf_counter()
    cursor = driver.cursor()
    for statement, rows in sent:
        for row in rows:
            cursor.execute(statement, row).fetchall()
    driver.execute("COMMIT")
    return (perf_counter() - began) * 1e3


if __name__ == "__main__":
    sys.exit(report(run()))
