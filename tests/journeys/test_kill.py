"""The process is killed at any moment: nothing that was acknowledged may be lost."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from bodymap.chart.audit import AuditHead
from bodymap.chart.visit import Visit
from bodymap.storage.connections import connected
from bodymap.storage.copies import check, check_links
from bodymap.storage.datafile import open_data_file
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.tries import TRIES_FILE
from bodymap.storage.vault.vault import Vault
from bodymap.storage.verify import verify
from tests.builders import a_patient, a_visit, an_episode
from tests.journeys.therapist import state_of
from tests.torture import put_down, times
from tests.vaults import OWNER, PASSWORD, found_clinic

ROOT = Path(__file__).parents[2]
VISIT = a_visit(needles=3, trigger_points=1, zones=1, notes=1)
FOLDERS, KILLS_EACH = times(6, 50), 10
DESKS = 2
MOST_GESTURES = 10
LONGEST_S = 0.1

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.name != "posix", reason="forks, and kills what it has forked"),
]


@dataclass
class Told:
    """What a therapist has said until it was killed."""

    pid: int
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    tried: tuple[int, str] = (0, "")
    status: int = 0

    def hear(self, word: str, version: str, state: str) -> None:
        if word == "ACK":
            self.acknowledged.append((int(version), state))
        else:
            self.tried = int(version), state


class Clinic:
    """The process that forks therapists, and the one who kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._lines = process.stdin, process.stdout
        assert self._lines.readline() == "READY\n"

    def let_work_and_kill(
        self, folder: Path, seed: str, moment: tuple[int, float], honesty: str
    ) -> Told:
        """One therapist, killed so many seconds after so many acknowledgements."""
        gestures, after_s = moment
        print(folder, VISIT.id, seed, honesty, file=self._orders, flush=True)
        told = Told(pid=int(self._lines.readline().removeprefix("BORN ")))
        killing = threading.Timer(after_s, os.kill, (told.pid, signal.SIGKILL))
        for line in self._lines:
            word, *rest = line.split()
            if word == "GONE":
                told.status = int(rest[0])
                break
            told.hear(word, *rest)
            if len(told.acknowledged) >= gestures and killing.ident is None:
                killing.start()
        assert killing.ident is not None, "the therapist died before its marks were stored"
        killing.join()
        return told


@contextmanager
def clinic_in(home: Path) -> Iterator[Clinic]:
    """A process that keeps its settings and its cache to itself."""
    home.mkdir()
    private = {"XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.therapist", str(home)],
        cwd=ROOT,
        env={**os.environ, **private, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Clinic(process)
    finally:
        process.communicate(timeout=90)


def begin(folder: Path) -> Visit:
    """A new data file with one draft."""
    application = found_clinic(folder)
    with application.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(VISIT)
        work.commit()
    application.close()
    return VISIT


def reopen(folder: Path) -> Visit:
    """The visit as it is found after the kill; the file opens and is sound."""
    vault = Vault(folder)
    vault.sign_in(OWNER.login, PASSWORD)
    data = open_data_file(folder, vault.data_key)
    assert data.backup is None
    with data.open_work() as work:
        visit = work.visits.get(VISIT.id)
    assert verify(data.engine, AuditHead()) == (), "the audit trail goes with the gestures"
    with connected(data.path, vault.data_key) as connection:
        check(connection)
        check_links(connection)
    data.close()
    return visit


@dataclass(frozen=True)
class Shift:
    """What came of killing therapists on one data file, one after the other."""

    gestures: int
    in_between: int


def kill_and_look(clinic: Clinic, folder: Path) -> Shift:
    """Kill so many therapists; after each, the visit is as last acknowledged, or as next tried."""
    chance = Random(folder.name)  # noqa: S311 - no secret
    begin(folder)
    gestures = in_between = 0
    for kill in range(KILLS_EACH):
        moment = chance.randint(1, MOST_GESTURES), chance.uniform(0, LONGEST_S)
        told = clinic.let_work_and_kill(folder, f"{folder.name}-{kill}", moment, "honest")
        assert told.status == signal.SIGKILL, "the therapist died of something else"
        found = reopen(folder)
        last = told.acknowledged[-1]
        at_hand = (found.version, state_of(found))
        assert at_hand in {last, told.tried}, (folder.name, kill, last, told.tried, at_hand)
        gestures += len(told.acknowledged)
        in_between += at_hand != last
    known = {FILE_NAME, BACKUPS, KEY_FILE, TRIES_FILE}
    left = {file.name.split(".new-")[0] for file in folder.iterdir()}  # half of a small file
    assert left <= known
    return Shift(gestures, in_between)


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    def work_through(desk: int) -> list[Shift]:
        with clinic_in(tmp_path / f"home-{desk}") as clinic:
            folders = range(desk, FOLDERS, DESKS)
            return [kill_and_look(clinic, tmp_path / f"R1-{number}") for number in folders]

    with ThreadPoolExecutor(DESKS) as pool:
        shifts = [shift for desk in pool.map(work_through, range(DESKS)) for shift in desk]
    put_down("R1", "kills while charting in the real window", FOLDERS * KILLS_EACH, 0)
    gestures = sum(shift.gestures for shift in shifts)
    unheard = sum(shift.in_between for shift in shifts)
    print(f"{gestures} gestures acknowledged; {unheard} kills between commit and word of it")  # noqa: T201
    assert gestures > FOLDERS * KILLS_EACH * 2, "too few to prove anything"


def test_a_program_that_acknowledges_too_soon_would_be_caught(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    begin(folder)
    with clinic_in(tmp_path / "home") as clinic:
        for kill in range(10):
            moment = 1, 0.05 + 0.07 * kill
            told = clinic.let_work_and_kill(folder, f"liar-{kill}", moment, "dishonest")
            if reopen(folder).version < told.acknowledged[-1][0]:
                return
    pytest.fail("ten kills, and none told the liar from an honest program")
