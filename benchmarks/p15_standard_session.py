"""P15: how many clicks and keys a session takes, counted through the real window.

Once the standard session with its whole record, once thirty marks in a row. The window's share of
the time is told for somebody who does one thing a second.
"""

import statistics
import sys
from random import Random

from PySide6.QtCore import Qt

from benchmarks.hands import XY
from benchmarks.measure import Result, limited, report
from benchmarks.sitting import Sitting, demo_sitting
from benchmarks.standard_session import StandardSession

MOST = 60
POINTS, NEEDLES, TWITCHED = 10, 20, 15
MOST_A_MARK = 2.0
MOST_MS = 20.0
"""Of each event: 2 % of a second."""


def run() -> list[Result]:
    """Chart the standard session and thirty marks, and count."""
    with demo_sitting() as sitting:
        results = _standard(sitting)
    with demo_sitting() as sitting:
        return results + _thirty_marks(sitting)


def _standard(sitting: Sitting) -> list[Result]:
    session = StandardSession(sitting)
    spent = session.chart()
    if lacks := session.lacks():
        raise AssertionError(f"the session was not charted whole: {', '.join(lacks)}")
    steps = ", ".join(f"{step} {events}" for step, events in spent.items())
    what = f"standard session, clicks and keys ({steps})"
    return [limited("P15", what, sum(spent.values()), MOST)]


def _thirty_marks(sitting: Sitting) -> list[Result]:
    """Points with tenderness, most needles with twitches; muscle and side come by themselves."""
    session, hands = StandardSession(sitting), sitting.hands
    session.begin()
    before, deeds = hands.events, len(hands.answered_s)
    spots = _spots(session.first)
    hands.key(Qt.Key.Key_T)
    for at in range(POINTS):
        hands.click(spots[at])
        hands.press(f"trigger-point-intensity-{at % 10 + 1}")
    hands.key(Qt.Key.Key_N)
    for at in range(NEEDLES):
        hands.click(spots[POINTS + at])
        if at < TWITCHED:
            hands.press(f"twitches-{at % 3 + 1}")
    events = hands.events - before
    charting = sitting.window.session.charting
    assert charting is not None
    assert len(charting.visit.marks) == POINTS + NEEDLES
    each_ms = statistics.median(hands.answered_s[deeds:]) * 1e3
    return [
        limited("P15", "30 marks, clicks and keys a mark", events / 30, MOST_A_MARK),
        limited("P15", "30 marks, the window's answer to an event, median ms", each_ms, MOST_MS),
    ]


def _spots(around: XY) -> list[XY]:
    chance = Random(15)  # noqa: S311 - repeatable on purpose
    return [
        (around[0] + chance.uniform(-45, 45), around[1] + chance.uniform(-60, 60))
        for _ in range(POINTS + NEEDLES)
    ]


if __name__ == "__main__":
    sys.exit(report(run()))
