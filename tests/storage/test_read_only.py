"""Data that may only be read is read: every change is refused in words before it is tried."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bodymap.app import Application
from bodymap.errors import StorageError
from bodymap.storage import obstacles
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.header import log_of
from bodymap.storage.shares import KINDS, is_on_share, kind_of
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.tries import TRIES_FILE
from tests.builders import a_patient, a_visit, an_episode
from tests.storage.power_loss import ROOT
from tests.storage.reading import MARK
from tests.storage.test_migrate import frozen
from tests.torture import put_down
from tests.vaults import CHEAP, OWNER, PASSWORD, a_data_file, found_clinic, signed_in

MARKS = len(a_visit().marks)
on_posix = pytest.mark.skipif(os.name != "posix", reason="takes rights away as POSIX has them")


CASES = (
    *("the folder", "the file", "all", "while it runs", "the key file", "the backups"),
    *("the folder, with a log", "the file, with a log"),
)

Told = dict[str, dict[str, Any]]


def found(folder: Path) -> None:
    """A clinic with a visit."""
    application = found_clinic(folder)
    with application.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit(therapist=OWNER.id))
        work.commit()
    application.close()


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """What came of each case; not below pytest's own folder, which nobody else may enter."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o777)
        found(home / "clinic")
        folders = {case: home / f"clinic{at}" for at, case in enumerate(CASES)}
        for case, folder in folders.items():
            shutil.copytree(home / "clinic", folder)
            if "log" in case:
                with_a_log(folder)
        yield told_by_nobody(home, folders)


def told_by_nobody(home: Path, folders: Mapping[str, Path]) -> Told:
    session = [sys.executable, "-m", "tests.storage.reading", str(home / "first.pdf")]
    session += [f"{case}={folder}" for case, folder in folders.items()]
    if shutil.which("strace"):
        calls = "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,newfstatat,stat"
        recorder = ["strace", "-ff", "--seccomp-bpf", "-y", "-o", str(home / "calls"), "-e", calls]
        session = [*recorder, *session]
    done = subprocess.run(
        session,
        cwd=ROOT,
        env={**os.environ, "HOME": name_of(home), "TMPDIR": name_of(home)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = {one["case"]: one for one in map(json.loads, done.stdout.splitlines())}
    for one in told.values():
        calls_of = home / f"calls.{one['pid']}"
        one["calls"] = calls_of.read_text("utf-8", "replace") if calls_of.exists() else ""
    return told


def name_of(home: Path) -> str:
    (home / "home").mkdir(exist_ok=True)
    (home / "home").chmod(0o777)
    return str(home / "home")


@on_posix
@pytest.mark.parametrize("case", ["the folder", "the file", "all", "while it runs"])
def test_it_is_read_printed_and_verified_and_not_changed(told: Told, case: str) -> None:
    one = told[case]
    put_down("R6", "clinics that may only be read", 1, 0)
    assert (one["patients"], one["marks"], one["findings"]) == (1, MARKS, [])
    assert one["printed"] > 1000
    assert "may only be read" in one["why"]
    for what, words in one["refused"].items():
        if what == "a backup":  # in its usual place, which may be in the folder
            continue
        assert words.startswith(one["why"])
        assert words.endswith("Nothing was changed.")
    assert one["works again"]
    assert not one["editable"]


@on_posix
@pytest.mark.parametrize("case", ["the folder", "all"])
def test_nothing_is_touched_where_nothing_may_be_written(told: Told, case: str) -> None:
    assert told[case]["touched"] == []


@on_posix
@pytest.mark.parametrize("case", CASES[:-2])
def test_a_backup_can_be_made_elsewhere(told: Told, case: str) -> None:
    assert told[case]["rescued"] > 10


@on_posix
def test_in_a_file_that_may_only_be_read_failed_tries_are_counted_beside_it(told: Told) -> None:
    assert set(told["the file"]["touched"]) <= {TRIES_FILE, KEY_FILE}


@on_posix
def test_a_key_file_that_may_only_be_read_is_replaced_as_always(told: Told) -> None:
    one = told["the key file"]
    assert set(one["refused"].values()) == {""}
    assert one["works again"]


@on_posix
def test_where_no_backup_can_be_put_the_rest_works(told: Told) -> None:
    one = told["the backups"]
    refused = dict(one["refused"])
    assert "may only be read" in refused.pop("a backup")
    assert set(refused.values()) == {""}
    assert one["why"] == ""


@on_posix
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace sees what is written")
@pytest.mark.parametrize("case", ["the folder", "all"])
def test_nothing_is_written_elsewhere_instead(told: Told, case: str) -> None:
    _, session, _ = told[case]["calls"].split(f'"{MARK}"')
    made = re.findall(r".*(?:O_WRONLY|O_RDWR|mkdir|rename|creat\().*", session)
    asked_for = (".pdf", "backups")
    wrong = [line for line in made if not any(o in line for o in (" = -1 ", "/dev/", *asked_for))]
    assert wrong == []


@on_posix
def test_a_log_beside_a_file_that_may_only_be_read_is_read(told: Told) -> None:
    assert told["the file, with a log"]["patients"] == 2


@on_posix
def test_a_log_that_cannot_be_read_is_named(told: Told) -> None:
    """For SQLite can make no index of it."""
    one = told["the folder, with a log"]
    assert "log of changes" in one["does not open"]
    assert "copy the whole folder" in one["does not open"]
    assert one["works again"]


def with_a_log(clinic: Path) -> None:
    """Leave the clinic as a kill does: the last gesture is in the log alone."""
    application = signed_in(clinic)
    with application.open_work() as work:
        work.people.put_patient(a_patient(2))
        work.commit()
    kept = (clinic / FILE_NAME, log_of(clinic / FILE_NAME))
    content = {file: file.read_bytes() for file in kept}
    application.close()
    for file, was in content.items():
        file.write_bytes(was)


def reading_only(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setattr(obstacles, "_on_share", lambda _: why)


def test_the_printed_key_gives_no_way_in_that_nobody_hears_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = Application(tmp_path, CHEAP)
    key = application.vault.set_up("Practice Sample", (OWNER.id, OWNER.login), PASSWORD)
    with application.open_work() as work:
        work.people.put_user(OWNER)
        work.commit()
    application.close()
    reading_only(monkeypatch, "It is so.")
    with pytest.raises(StorageError, match="It is so"):
        application.sign_in.recover(key, OWNER.login, "another horse, of another colour")
    assert application.sign_in.sign_in(OWNER.login, PASSWORD).id == OWNER.id
    application.close()


def test_what_somebody_else_writes_meanwhile_is_read(
    data: DataFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.close()
    reading_only(monkeypatch, "Here one may only read.")
    reader = a_data_file(data.path.parent)
    assert count(reader) == 0
    monkeypatch.undo()
    writer = a_data_file(data.path.parent)
    for number in range(1, 4):
        with writer.open_work() as work:
            work.people.put_patient(a_patient(number))
            work.commit()
        assert count(reader) == number
    writer.close()
    assert count(reader) == 3
    with reader.open_work() as work, pytest.raises(StorageError, match="may only read"):
        work.people.put_patient(a_patient(9))
    reader.close()


def count(data: DataFile) -> int:
    with data.open_work() as work:
        return len(work.people.patients())


def test_a_file_of_an_older_program_waits_until_it_may_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    reading_only(monkeypatch, "Here one may only read.")
    with pytest.raises(StorageError, match="older bodymap"):
        a_data_file(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


MOUNTS = (
    ("/", "ext4"),
    ("/home", "nfs4"),
    ("/home/anna/here", "ext4"),
    ("/mnt/clinic share", "fuse.sshfs"),
    ("/media/stick", "fuseblk"),
    ("/srv", "CIFS"),
)


@pytest.mark.parametrize(
    ("folder", "is_shared"),
    [
        ("/var/data", False),
        ("/home/anna/data", True),
        ("/home/anna/here/data", False),
        ("/homes/anna", False),
        ("/mnt/clinic share/data", True),
        ("/media/stick", False),
        ("/srv/clinic", True),
    ],
)
def test_a_network_share_is_known_by_its_file_system(folder: str, *, is_shared: bool) -> None:
    assert (kind_of(Path(folder), MOUNTS) in KINDS) == is_shared


def test_this_disk_is_none(tmp_path: Path) -> None:
    assert not is_on_share(tmp_path)


def test_no_clinic_is_begun_on_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obstacles, "is_on_share", lambda _: True)
    with pytest.raises(StorageError, match=r"network share.*bodymap connect"):
        found_clinic(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_clinic_on_a_share_is_read(data: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    data.close()
    monkeypatch.setattr(obstacles, "is_on_share", lambda _: True)
    reader = a_data_file(data.path.parent)
    assert "network share" in reader.only_reading
    assert count(reader) == 0
    reader.close()
