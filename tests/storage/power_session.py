"""A session to be recorded call by call: `python -m tests.storage.power_session WHAT FOLDER …`.

It says on standard output what has been acknowledged; the recorder sees the words in their place
among the writes. Run without a recorder it tells what stands after each gesture.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from unittest import mock

from bodymap.chart.change import Change
from bodymap.chart.marks import Mark
from bodymap.chart.visit import VisitId
from bodymap.storage import engine
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE, replace_file
from tests.builders import a_needle_site, a_note, an_id
from tests.vaults import KEY, a_data_file

VISIT = VisitId(an_id("visit/1"))
GESTURES = 60
RENAMES = 25
CHECKPOINT_PAGES = 60
"""The log is folded in so often that a session sees it many times."""


def gestures(seed: int) -> Iterator[Change]:
    """The same gestures each time: needles and notes placed, moved, taken off together."""
    chance, there = Random(seed), dict[int, Mark]()  # noqa: S311 - no secret
    for number in range(1, GESTURES + 1):
        what = chance.random() if len(there) > 6 else 0.0
        if what < 0.6:
            there[number] = a_needle_site(number) if what < 0.4 else a_note(number, text="x" * 500)
            yield Change(put=(there[number],))
        elif what < 0.85:
            moved = chance.choice(list(there))
            yield (
                Change(put=(a_note(moved, text="y" * chance.randint(1, 900)),))
                if isinstance(there[moved], type(a_note(1)))
                else Change(put=(a_needle_site(moved, text="moved"),))
            )
        else:
            gone = chance.sample(list(there), 3)
            yield Change(removed=tuple(there.pop(one).id for one in gone))


def standing(folder: Path) -> tuple[int, int, int]:
    """The visit's version, its marks and the entries of the trail, read from a sound file."""
    with connected(folder / FILE_NAME, KEY) as connection:
        return _standing(connection)


def _standing(connection: engine.DriverConnection) -> tuple[int, int, int]:
    (version,) = connection.execute("SELECT version FROM visit WHERE id = ?", (VISIT,)).fetchone()
    (marks,) = connection.execute(
        "SELECT count(*) FROM mark WHERE visit_id = ?", (VISIT,)
    ).fetchone()
    count, entries = connection.execute(
        "SELECT (SELECT count FROM audit_head), (SELECT count(*) FROM audit)"
    ).fetchone()
    return version, marks, count if count == entries else -1


def chart(folder: Path, seed: int, synchronous: str) -> None:
    """Chart, one transaction after the other, acknowledging each."""
    pragmas = tuple(
        f"synchronous = {synchronous}" if "synchronous" in one else one for one in engine.PRAGMAS
    )
    pragmas += (f"wal_autocheckpoint = {CHECKPOINT_PAGES}",)
    with mock.patch.object(engine, "PRAGMAS", pragmas):
        data = a_data_file(folder)
        with data.open_work() as work:
            version = work.visits.get(VISIT).version
        tell("ACK", version)
        for change in gestures(seed):
            with data.open_work() as work:
                version = work.visits.apply(VISIT, version, change)
                work.commit()
            tell("ACK", version, *(() if "--quiet" in sys.argv else standing(folder)))
    os._exit(0)  # nothing is folded in at the end: that would be kinder than a power cut


def change_keys(folder: Path, _seed: int, how: str) -> None:
    """Write the key file anew again and again; `careless` skips what makes it durable."""
    careless = mock.patch("os.fsync", return_value=None) if how == "careless" else mock.MagicMock()
    with careless:
        for number in range(RENAMES):
            envelope = Envelope(f"clinic {number}", ()).sealed(KEY)
            replace_file(folder / KEY_FILE, envelope.to_text().encode())
            tell("ACK", number)
    os._exit(0)


def tell(*words: object) -> None:
    """One line in one write."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


if __name__ == "__main__":
    what = {"chart": chart, "keys": change_keys}[sys.argv[1]]
    what(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
