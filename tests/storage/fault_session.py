"""Sessions on a disk that fails: `python -m tests.storage.fault_session`.

The process loads everything once and forks a session for each line it is sent, `WHAT FOLDER FIFO`.
Each waits for a word in its FIFO, so that what is to fail can be arranged, and then charts, or
writes the key file again and again.
Whoever listens is told, in lines of text:

- `BORN pid`: the session waits
- `TRY version`: something is about to be stored, which leads to this version
- `ACK version`: it has been committed
- `REFUSED words`: it has not, and this is what the therapist is told
- `NOT-OPENED words`: the data file does not open
- `GONE status`: the session has ended, as `os.waitpid` says it
"""

import os
import signal
import sys
from pathlib import Path
from unittest import mock

import alembic.command  # noqa: F401 - loaded once, before forking

from bodymap.chart.change import Change
from bodymap.chart.visit import VisitId
from bodymap.errors import StorageError
from bodymap.storage import engine
from bodymap.storage.datafile import DataFile
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE, replace_file
from tests.builders import a_note, an_id
from tests.vaults import KEY, a_data_file

VISIT = VisitId(an_id("visit/1"))
GESTURES = 30
TRIES = 3
RENAMES = 8
CHECKPOINT_PAGES = 25
"""The log is folded in so often that the data file itself is written many times."""

LONGEST_LIFE_S = 60


def chart(folder: Path) -> None:
    """Chart, one transaction after the other; what is refused is tried again, as a person would.

    In the end the file is closed, which folds the log in.
    """
    try:
        data = a_data_file(folder)
    except StorageError as problem:
        tell("NOT-OPENED", problem)
        return
    try:
        with data.open_work() as work:
            version = work.visits.version(VISIT)
        for number in range(1, GESTURES + 1):
            version = _place(data, version, number)
    except StorageError as problem:
        tell("REFUSED", problem)
    finally:
        data.close()


def _place(data: DataFile, version: int, number: int) -> int:
    change = Change(put=(a_note(number, text="x" * 900),))
    for _ in range(TRIES):
        tell("TRY", version + 1)
        try:
            with data.open_work() as work:
                newer = work.visits.apply(VISIT, version, change)
                work.commit()
        except StorageError as problem:
            tell("REFUSED", problem)
        else:
            tell("ACK", newer)
            return newer
    return version


def tell(*words: object) -> None:
    """One line in one write."""
    os.write(1, (" ".join(map(str, words)).replace("\n", " ") + "\n").encode())


def change_keys(folder: Path) -> None:
    """Write the key file anew again and again; the number goes into the clinic's name."""
    for number in range(2, RENAMES + 2):
        envelope = Envelope(str(number), ()).sealed(KEY)
        tell("TRY", number)
        try:
            replace_file(folder / KEY_FILE, envelope.to_text().encode())
        except StorageError as problem:
            tell("REFUSED", problem)
        else:
            tell("ACK", number)


WHAT = {"chart": chart, "keys": change_keys}


def fork_a_session(what: str, folder: str, begin: str) -> None:
    """Let one wait for its word in a process of its own, and say when it is born and gone."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_LIFE_S)
        status = 1
        try:
            Path(begin).read_bytes()
            WHAT[what](Path(folder))
            status = 0
        finally:
            os._exit(status)
    tell("BORN", child)
    _, status = os.waitpid(child, 0)
    tell("GONE", status)


if __name__ == "__main__":
    more = (*engine.PRAGMAS, f"wal_autocheckpoint = {CHECKPOINT_PAGES}")
    with mock.patch.object(engine, "PRAGMAS", more):
        for line in sys.stdin:
            fork_a_session(*line.split())
