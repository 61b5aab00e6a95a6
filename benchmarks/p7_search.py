"""P7: a patient looked for as the name is typed, among few and among many.

Beside the query the same SQL sent by the bare driver to the same encrypted file, its rows fetched
and dropped.
"""

import math
import sys

from benchmarks.crowd import FAMILIES, GIVEN, Crowd, crowd
from benchmarks.measure import Result, compared, in_turns, limited, report
from benchmarks.taken_down import send, taken_down
from bodymap.storage.connections import connected
from bodymap.widgets.people.lists import LISTED

COUNTS = (500, 5_000)
KEYSTROKE_MS, SLOPE = 16.0, 0.3


def run() -> list[Result]:
    """Measure among few and among many."""
    found = []
    for count in COUNTS:
        with crowd(count) as people:
            found.append(_both(people))
    (few, _), (many, bare) = found
    slope = math.log(many / few) / math.log(COUNTS[1] / COUNTS[0])
    what = f"a keystroke's query among {COUNTS[1]:,} patients, mean ms"
    return [
        compared("P7", f"{what}, the bare driver beside it", many, bare, 2.0),
        limited("P7", what, many, KEYSTROKE_MS),
        limited("P7", "its growth from few to many, log-log", slope, SLOPE),
    ]


def _both(people: Crowd) -> tuple[float, float]:
    typed = [name[:length] for name in (*FAMILIES, *GIVEN) for length in range(2, len(name) + 1)]

    def ours() -> None:
        for text in typed:
            with people.data.open_work() as work:
                work.people.patients(text, LISTED)

    sent = taken_down(people.data, ours)
    with connected(people.data.path, people.key) as connection:
        mine, theirs = in_turns(ours, lambda: send(connection, sent), rounds=3)
    return mine / len(typed) * 1e3, theirs / len(typed) * 1e3


if __name__ == "__main__":
    sys.exit(report(run()))
