"""P6: a visit opened until it is painted, among few visits and among many.

Beside the store's part the same SQL sent by the bare driver to the same encrypted file, its rows
fetched and dropped.
"""

import math
import sys
import time

from benchmarks.charted_map import OneMoment
from benchmarks.crowd import Crowd, crowd
from benchmarks.measure import Result, compared, in_turns, limited, report, share
from benchmarks.strewn_map import atlas, settle, strewn_map
from benchmarks.taken_down import send, taken_down
from bodymap.desk.charting import Charting
from bodymap.storage.connections import connected

COUNTS = (200, 2_000)
MARKS = 30
WHOLE_MS, STORE, SLOPE = 50.0, 3.5, 0.1
OPENINGS = 15


def run() -> list[Result]:
    """Measure among few and among many."""
    stores, bares = [], []
    for count in COUNTS:
        with crowd(count, MARKS) as people:
            store, bare = _store(people)
            stores.append(store)
            bares.append(bare)
            painted = _painted(people)
    slope = math.log(stores[1] / stores[0]) / math.log(COUNTS[1] / COUNTS[0])
    of = f"a visit of {MARKS} marks among {COUNTS[1]:,}"
    return [
        limited("P6", f"{of}, opened and painted, p95 ms", painted, WHOLE_MS),
        compared("P6", f"{of}, read; the bare driver beside it, ms", stores[1], bares[1], STORE),
        limited("P6", "its growth from few to many, log-log", slope, SLOPE),
    ]


def _store(people: Crowd) -> tuple[float, float]:
    def ours() -> None:
        with people.data.open_work() as work:
            work.visits.get(people.visit)

    sent = taken_down(people.data, ours)
    with connected(people.data.path, people.key) as connection:
        mine, theirs = in_turns(ours, lambda: send(connection, sent), rounds=51)
    return mine * 1e3, theirs * 1e3


def _painted(people: Crowd) -> float:
    taken = []
    with strewn_map(0, 1200, 900) as body:
        for _ in range(OPENINGS):
            body.set_charting(None)
            body.repaint()
            began = time.perf_counter()
            with people.data.open_work() as work:
                visit = work.visits.get(people.visit)
            body.set_charting(Charting(people.data.open_work, atlas(), OneMoment(), visit))
            body.repaint()
            taken.append((time.perf_counter() - began) * 1e3)
            settle(body)
        body.set_charting(None)
    return share(taken, 0.95)


if __name__ == "__main__":
    sys.exit(report(run()))
