"""P-seats: a gesture stored on PostgreSQL while ten seats chart, beside one seat alone.

Each seat is a process of its own with its own visit. It places a needle, waits as long as a hand
does (half a second, so ten seats store twenty gestures a second) and places the next. The server
is Debian's, on loopback, with everything synced to the disk. Rounds of one seat and of ten take
turns, so that the machine's moods fall on both alike.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from random import Random

from benchmarks.measure import Result, compared, limited, report, share
from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId, NeedleSite, NeedleSize
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit, VisitId
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.database import open_database
from tests.postgres import running_server

SEATS = 10
ROUNDS = 4
GESTURES = 12
PAUSE_S = 0.5
WARM_UP = 3

USER = User(UserId("u"), "Noor Placeholder")
PATIENT = Patient(PatientId("p"), "P-0001", "Example", "Amara", date(1984, 3, 12))
EPISODE = Episode(EpisodeId("e"), PATIENT.id, "Right shoulder")
WHEN = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def run() -> list[Result]:
    """Measure one seat and ten, in turns."""
    with running_server(fsync="on") as server:
        address = server.address(server.with_tables())
        _fill(address)
        alone, among = _measure(address)
    return [
        compared(
            "P-seats", "stored among ten seats, p95 ms", share(among, 0.95), share(alone, 0.95), 1.5
        ),
        compared("P-seats", "the same, p50 ms", share(among, 0.5), share(alone, 0.5), 1.5),
        limited("P-seats", "stored among ten seats, worst ms", max(among), 250.0),
    ]


def _measure(address: Address) -> tuple[list[float], list[float]]:
    alone: list[float] = []
    among: list[float] = []
    with ProcessPoolExecutor(SEATS, mp_context=get_context("spawn")) as seats:
        for turn in range(ROUNDS):
            # One seat alone stores as often as ten together, so both have as many figures.
            first = seats.submit(_chart, address, f"alone-{turn}", GESTURES * 3)
            alone += first.result()
            jobs = [
                seats.submit(_chart, address, f"{turn}-{seat}", GESTURES) for seat in range(SEATS)
            ]
            for job in jobs:
                among += job.result()
    return alone, among


def _fill(address: Address) -> None:
    data = open_database(address)
    with data.open_work() as work:
        work.people.put_user(USER)
        work.people.put_patient(PATIENT)
        work.people.put_episode(EPISODE)
        for name in _names():
            work.visits.add(Visit(VisitId(name), PATIENT.id, EPISODE.id, USER.id, WHEN))
        work.commit()
    data.close()


def _names() -> Iterator[str]:
    for turn in range(ROUNDS):
        yield f"alone-{turn}"
        yield from (f"{turn}-{seat}" for seat in range(SEATS))


def _chart(address: Address, visit: str, gestures: int) -> Sequence[float]:
    """One seat's work; how long each gesture took, in ms."""
    data, taken = open_database(address), []
    hand = Random(visit)  # noqa: S311 - so that seats do not press in step
    for number in range(1, gestures + WARM_UP + 1):
        time.sleep(hand.uniform(0.5, 1.5) * PAUSE_S)
        change = Change(put=(_needle(visit, number),))
        began = time.perf_counter()
        with data.open_work(USER.id) as work:
            work.visits.apply(VisitId(visit), number, change, Change(removed=(change.put[0].id,)))
            work.commit()
        taken.append(1000 * (time.perf_counter() - began))
    data.close()
    return taken[WARM_UP:]


def _needle(visit: str, number: int) -> NeedleSite:
    place = Place(
        view=ViewId.POSTERIOR,
        u_mm=60.0 + number,
        v_mm=400.0,
        side=Side.RIGHT,
        region=RegionId("shoulder-blade"),
        landmark="",
        structures=(),
        atlas_version="1",
    )
    return NeedleSite(
        id=MarkId(f"{visit}/{number}"), number=number, place=place, needle=NeedleSize(0.3, 40)
    )


if __name__ == "__main__":
    sys.exit(report(run()))
