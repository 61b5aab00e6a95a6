"""Damaged files: told in words and left byte for byte, or read as if nothing had happened."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from bodymap.chart.change import Change
from bodymap.errors import DamagedDataError, StorageError
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.header import log_of
from tests.builders import a_needle_site, a_visit
from tests.storage.canonical import canonical
from tests.storage.conftest import with_people
from tests.torture import put_down, times
from tests.vaults import a_data_file

EACH = times(100, 300)
PAGE = 4096

Harm = Callable[[bytearray, Random], bytes | bytearray]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A file with visits, and what is in it."""
    data = with_people(a_data_file(tmp_path_factory.mktemp("sound")), patients=2)
    with data.open_work() as work:
        for number in range(1, 9):
            work.visits.add(a_visit(8, 3, 2, 1, number=number))
        work.commit()
    read = canonical(data)
    data.close()
    return data.path.read_bytes(), read


def flipped(content: bytearray, chance: Random) -> bytearray:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut_short(content: bytearray, chance: Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def zeroed(content: bytearray, chance: Random) -> bytearray:
    at = PAGE * chance.randrange(len(content) // PAGE)
    content[at : at + PAGE] = bytes(PAGE)
    return content


def swapped(content: bytearray, chance: Random) -> bytearray:
    one, other = (PAGE * page for page in chance.sample(range(len(content) // PAGE), 2))
    first = content[one : one + PAGE]
    content[one : one + PAGE] = content[other : other + PAGE]
    content[other : other + PAGE] = first
    return content


def chance_bytes(content: bytearray, chance: Random) -> bytes:
    return chance.randbytes(chance.randrange(1, len(content)))


def grown(content: bytearray, chance: Random) -> bytearray:
    return content + chance.randbytes(PAGE * chance.randrange(1, 300))


@pytest.mark.parametrize("harm", [flipped, cut_short, zeroed, swapped, chance_bytes, grown])
def test_damage_is_noticed_or_does_no_harm(
    sound: tuple[bytes, str], tmp_path: Path, harm: Harm
) -> None:
    good, read = sound
    chance = Random(harm.__name__)  # noqa: S311 - no secret
    path, noticed = tmp_path / FILE_NAME, 0
    count = EACH // 5 if harm is grown else EACH  # those open, and are read as a whole
    for _ in range(count):
        for left in tmp_path.iterdir():
            left.unlink()
        harmed = bytes(harm(bytearray(good), chance))
        path.write_bytes(harmed)
        try:
            data = a_data_file(tmp_path)
        except DamagedDataError:
            noticed += 1
            assert path.read_bytes() == harmed
            assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]
        else:
            assert canonical(data) == read
            data.close()
    put_down("R10", f"files {harm.__name__.replace('_', ' ')}", count, 0)
    assert noticed > count * 0.8 or harm is grown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + bytes(8176),
        b"%PDF-1.7\n" * 900,
    ],
    ids=["empty", "one byte", "a plain header", "a plain file", "a PDF"],
)
def test_what_is_no_data_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(DamagedDataError):
        a_data_file(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def chart_without_end(data: DataFile, stop: Event) -> None:
    with data.open_work() as work:
        version = work.visits.get(a_visit().id).version
    number = 100
    while not stop.is_set():
        number += 1
        with data.open_work() as work:
            change = Change(put=(a_needle_site(number),))
            version = work.visits.apply(a_visit().id, version, change)
            work.commit()


LOGS = (
    *("copied", "gone", "of another file", "chance", "half"),
    *("with its index", "with an index of chance"),
)


@pytest.mark.parametrize("log", LOGS)
def test_a_copy_made_while_somebody_charts_opens_whole_or_is_refused(
    tmp_path: Path, log: str
) -> None:
    """Copied byte by byte, which nobody should: never half a gesture, never a mix of two."""
    data = with_people(a_data_file(tmp_path / "at work"))
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    data.close()  # so that the visit is in the file, not in its log alone
    data = a_data_file(tmp_path / "at work")
    stop = Event()
    charting = Thread(target=chart_without_end, args=(data, stop))
    charting.start()
    copies = tmp_path / "copies"
    copies.mkdir()
    count = times(15, 300)
    chance = Random(log)  # noqa: S311 - no secret
    other = another_log(tmp_path / "other")
    for number in range(count):
        shutil.copy(data.path, copies / f"{number}")
        shutil.copy(log_of(data.path), copies / f"{number}-wal")
        harm_log(copies / f"{number}-wal", log, other, chance)
        if "index" in log:
            copy_index(data.path, copies / f"{number}-shm", chance if "chance" in log else None)
    stop.set()
    charting.join()
    data.close()
    opened = sum(opens_whole(copies / f"{number}", tmp_path / "look") for number in range(count))
    put_down("R3", f"copies of a file at work, log {log}", count, 0)
    assert opened > 0 or log == "of another file"  # which no seal fits


def another_log(folder: Path) -> bytes:
    data = with_people(a_data_file(folder))
    content = log_of(data.path).read_bytes()
    data.close()
    return content


def harm_log(path: Path, how: str, other: bytes, chance: Random) -> None:
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "of another file":
        path.write_bytes(other)
    elif how == "chance":
        path.write_bytes(chance.randbytes(len(content)))
    elif how == "half":
        path.write_bytes(content[: chance.randrange(len(content) + 1)])


def copy_index(data_file: Path, copy: Path, chance: Random | None) -> None:
    """SQLite's index of the log, as it is just now or in its place chance bytes."""
    content = data_file.with_name(f"{data_file.name}-shm").read_bytes()
    copy.write_bytes(chance.randbytes(len(content)) if chance else content)


def opens_whole(copy: Path, folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(copy, folder / FILE_NAME)
    for beside in ("-wal", "-shm"):
        if (file := copy.with_name(f"{copy.name}{beside}")).exists():
            shutil.copy(file, folder / f"{FILE_NAME}{beside}")
    try:
        data = a_data_file(folder)
    except StorageError:
        return False
    try:
        with data.open_work() as work:
            visit = work.visits.get(a_visit().id)
            entries = work.audit.head().count
            assert len(work.audit.entries()) == entries
    except StorageError:
        return False
    finally:
        data.close()
    assert len(visit.marks) - len(a_visit().marks) == visit.version - 1
    return True
