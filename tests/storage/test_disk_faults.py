"""A disk that fails: the k-th write, sync or open is refused, once or from then on.

strace lets the call fail in the kernel's stead, so that all of bodymap and SQLite is as it is.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bodymap.chart.audit import AuditHead
from bodymap.errors import StorageError
from bodymap.storage.connections import connected
from bodymap.storage.copies import check, check_links
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.verify import verify
from tests.builders import a_visit
from tests.storage.conftest import with_people
from tests.storage.fault_session import GESTURES, VISIT
from tests.storage.power_loss import ROOT
from tests.torture import IS_ON, put_down
from tests.vaults import KEY, a_data_file

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None and not os.environ.get("CI"),
    reason="strace lets calls fail; tools/system_libraries.sh installs it",
)

CALLS = {"write": "pwrite64,write", "sync": "fsync,fdatasync", "open": "openat,open"}
ERRORS = ("EIO", "ENOSPC", "EINTR")
WORDS = ("disk", "cannot be opened", "may only be read")


@dataclass
class Told:
    """What a session has said.

    Attributes:
        acknowledged: The version that was last said to be stored.
        tried: Versions that were refused since.
    """

    acknowledged: int = 1
    tried: int = 0
    refusals: list[str] = field(default_factory=list)
    status: str = ""
    calls: str = ""

    @property
    def injected(self) -> int:
        """How many calls have failed."""
        return self.calls.count("(INJECTED)")

    def hear(self, word: str, rest: str) -> None:
        if word == "ACK":
            self.acknowledged, self.tried = int(rest), 0
        elif word == "TRY":
            self.tried = int(rest)
        elif word in {"REFUSED", "NOT-OPENED"}:
            self.refusals.append(rest)


class Sessions:
    """The process that forks sessions, and strace beside each."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._lines, self._folder = process.stdin, process.stdout, folder

    def run(self, what: str, data: Path, calls: str, error: str, when: str) -> Told:
        """One session on a copy of a clinic, in which calls fail."""
        begin = self._folder / "begin"
        begin.unlink(missing_ok=True)
        os.mkfifo(begin)
        print(what, data, begin, file=self._orders, flush=True)
        pid = self._lines.readline().split()[1]
        log = self._folder / "calls"
        files = [f"{data / FILE_NAME}{ending}" for ending in ("", "-wal", "-shm", "-journal")]
        files += [str(data), f"{data / KEY_FILE}.new-{pid}"]
        only = [part for file in files for part in ("-P", file)]
        command = ["strace", "-f", "-y", "-o", str(log), *only, "-p", pid]
        rules = [f"trace={','.join(CALLS.values())}", f"inject={calls}:error={error}:when={when}"]
        rules = [part for rule in rules for part in ("-e", rule)]
        with subprocess.Popen([*command, *rules], stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            assert "attached" in strace.stderr.readline()
            begin.write_bytes(b"!")
            told = self._listen()
        told.calls = log.read_text("utf-8", "replace")
        return told

    def _listen(self) -> Told:
        told = Told()
        for line in self._lines:
            word, _, rest = line.rstrip("\n").partition(" ")
            told.hear(word, rest)
            if word == "GONE":
                told.status = rest
                break
        return told


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty draft, closed."""
    data = with_people(a_data_file(tmp_path_factory.mktemp("faults") / "begun"))
    with data.open_work() as work:
        work.visits.add(a_visit(0, 0, 0))
        work.commit()
    data.close()
    return data.path.parent


@contextmanager
def sessions_in(folder: Path) -> Iterator[Sessions]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.fault_session"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Sessions(process, folder)
    finally:
        process.communicate(timeout=90)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    with sessions_in(tmp_path_factory.mktemp("sessions")) as running:
        yield running


def standing(data: DataFile) -> tuple[int, int]:
    """The visit's version and how many marks it has; one mark goes with each version."""
    with data.open_work() as work:
        visit = work.visits.get(VISIT)
    return visit.version, len(visit.marks)


def wrong_after(folder: Path, told: Told) -> list[str]:
    """What is wrong with a clinic after such a session."""
    wrong = [] if told.status == "0" else ["the session broke down"]
    wrong += [words for words in told.refusals if not any(one in words for one in WORDS)]
    try:
        data = a_data_file(folder)
    except StorageError as problem:
        return [*wrong, f"does not open: {problem}"]
    version, marks = standing(data)
    wrong += [str(finding) for finding in verify(data.engine, AuditHead())]
    if marks != version - 1:
        wrong.append(f"{marks} marks at version {version}")
    if version not in {told.acknowledged, told.tried}:
        wrong.append(f"lost: {version}, not {told.acknowledged}")
    wrong += [data.only_reading] if data.only_reading else []
    data.close()
    with connected(folder / FILE_NAME, KEY) as connection:
        check(connection)
        check_links(connection)
    return wrong + [file.name for file in folder.iterdir() if file.name != FILE_NAME]


def faults(what: str) -> list[str]:
    """Which calls of a kind fail: some in every run, 200 of them under `make torture`."""
    if IS_ON:
        return [str(k) for k in range(1, (200 if what == "write" else 60) + 1)]
    return {"write": ["2", "24", "99"], "sync": ["1", "4", "9"], "open": ["1", "3", "5"]}[what]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("what", CALLS)
def test_a_call_that_fails_is_told_and_loses_nothing(
    begun: Path, sessions: Sessions, tmp_path: Path, what: str, error: str
) -> None:
    wrong: list[str] = []
    done = refused = 0
    for when in faults(what):
        folder = tmp_path / when
        shutil.copytree(begun, folder)
        told = sessions.run("chart", folder, CALLS[what], error, when)
        done += told.injected
        refused += bool(told.refusals)
        wrong += [f"{what} {when}: {fault}" for fault in wrong_after(folder, told)]
        shutil.rmtree(folder)
    put_down("R5", f"calls to {what} that fail with {error}", done, len(wrong))
    assert wrong == []
    assert done
    assert refused or error == "EINTR" or what == "open"


def test_what_was_said_to_be_stored_and_is_not_would_be_caught(
    begun: Path, sessions: Sessions, tmp_path: Path
) -> None:
    folder = tmp_path / "clinic"
    shutil.copytree(begun, folder)
    told = sessions.run("chart", folder, CALLS["write"], "EIO", "60000")
    assert told.injected == 0
    assert told.acknowledged == GESTURES + 1
    assert wrong_after(folder, told) == []
    told.acknowledged, told.tried = GESTURES + 2, 0
    assert [words[:4] for words in wrong_after(folder, told)] == ["lost"]


def test_after_a_failed_sync_nothing_is_logged_before_the_file_was_opened_anew(
    begun: Path, sessions: Sessions, tmp_path: Path
) -> None:
    """What was not synced may never reach the disk, though it reads well; nobody builds on it."""
    opened_anew = 0
    for when in ("1", "2", "3"):
        folder = tmp_path / when
        shutil.copytree(begun, folder)
        told = sessions.run("chart", folder, CALLS["sync"], "EIO", when)
        _, _, after = told.calls.partition("(INJECTED)")
        if told.refusals:
            log = re.search(r"pwrite64\(\d+<[^>]*-wal>", after)
            opened = re.search(rf"openat\([^)]*{FILE_NAME}", after)
            assert log is not None
            assert opened is not None
            assert opened.start() < log.start()
            opened_anew += 1
    assert opened_anew


@pytest.mark.parametrize("what", ["write", "sync"])
def test_a_disk_that_fails_for_good_is_told_and_what_was_stored_stays(
    begun: Path, sessions: Sessions, tmp_path: Path, what: str
) -> None:
    for when in ["11+", "40+"] if not IS_ON else [f"{k}+" for k in range(1, 41)]:
        folder = tmp_path / when
        shutil.copytree(begun, folder)
        told = sessions.run("chart", folder, CALLS[what], "EIO", when)
        assert told.refusals
        assert told.acknowledged <= GESTURES
        assert wrong_after(folder, told) == []
        put_down("R5", f"disks on which no {what} works any more", 1, 0)


@pytest.mark.parametrize("what", CALLS)
def test_the_key_file_is_the_old_one_or_the_new_one(
    sessions: Sessions, tmp_path: Path, what: str
) -> None:
    done = 0
    for error in ERRORS:
        for when in ("1", "2", "5") if not IS_ON else map(str, range(1, 13)):
            folder = tmp_path / f"{error}-{when}"
            folder.mkdir()
            (folder / KEY_FILE).write_text(Envelope("1", ()).sealed(KEY).to_text(), "utf-8")
            told = sessions.run("keys", folder, CALLS[what], error, when)
            envelope = Envelope.from_text((folder / KEY_FILE).read_bytes())
            envelope.check_seal(KEY)
            assert int(envelope.clinic) in {told.acknowledged, told.tried}
            assert told.status == "0"
            assert all(any(one in words for one in WORDS) for words in told.refusals)
            done += told.injected
    put_down("R5", f"calls to {what} the key file that fail", done, 0)
    assert done
