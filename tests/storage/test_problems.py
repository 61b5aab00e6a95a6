import errno
import sqlite3
from pathlib import Path

import pytest
from psycopg import errors
from sqlcipher3 import dbapi2 as driver

from bodymap.errors import DamagedDataError, StorageError
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.engine import open_engine
from bodymap.storage.postgres.problems import in_words as on_server
from bodymap.storage.problems import in_words, translated
from tests.builders import a_user
from tests.vaults import KEY, a_data_file


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "may only be read"),
        (errno.EACCES, "may only be read"),
        (errno.EIO, "disk did not take"),
        (errno.ENOENT, "cannot be opened"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(code: int, words: str) -> None:
    def meet_it() -> None:
        with translated():
            raise OSError(code, "no", "bodymap.sqlite")

    with pytest.raises(StorageError, match=rf"{words}.*bodymap\.sqlite"):
        meet_it()


def test_a_bug_is_not_told_as_if_it_were_the_disks_doing() -> None:
    def make_it() -> None:
        with translated():
            driver.connect(":memory:").execute("SELEKT 1")

    with pytest.raises(driver.OperationalError):
        make_it()


@pytest.mark.parametrize("problem", [KeyError("x"), None, sqlite3.Error(), driver.Error()])
def test_other_problems_have_no_words(problem: BaseException | None) -> None:
    assert in_words(problem) is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("25P03", "cannot be reached"),
        ("25006", "takes no changes just now"),
        ("58030", "disk or system has failed"),
        ("XX001", "damaged on the server"),
        ("XX002", "damaged on the server"),
    ],
)
def test_what_a_server_in_trouble_says_is_told_in_words(state: str, words: str) -> None:
    told = on_server(errors.lookup(state)("no"))
    assert isinstance(told, StorageError)
    assert words in str(told)


def test_a_file_from_which_a_table_was_taken_is_damaged(tmp_path: Path) -> None:
    a_data_file(tmp_path).close()
    with connected(tmp_path / FILE_NAME, KEY) as client:
        client.execute("DROP TABLE audit_head")
    data = a_data_file(tmp_path)
    with data.open_work() as work, pytest.raises(DamagedDataError, match="A backup can be put"):
        work.people.put_user(a_user())
    data.close()


def test_a_file_that_turns_out_bad_on_connecting_is_told_in_words(tmp_path: Path) -> None:
    letter = tmp_path / "letter.sqlite"
    letter.write_bytes(b"Dear colleague, " * 900)
    engine = open_engine(letter, KEY)
    with pytest.raises(StorageError, match="damaged"):
        engine.connect()
    engine.dispose()
