import os
from pathlib import Path
from typing import NoReturn

import pytest

from bodymap.errors import StorageError
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME, VARIABLE, data_folder, usable
from bodymap.storage.engine import check_sqlite_version
from bodymap.storage.header import is_there
from tests.vaults import KEY, a_data_file


def test_the_argument_comes_first(tmp_path: Path) -> None:
    assert data_folder(tmp_path, {VARIABLE: "/elsewhere"}) == tmp_path


def test_then_the_variable(tmp_path: Path) -> None:
    assert data_folder(None, {VARIABLE: f" {tmp_path} "}) == tmp_path


@pytest.mark.parametrize("environment", [{}, {VARIABLE: ""}])
def test_then_the_platforms_own_place(environment: dict[str, str]) -> None:
    assert data_folder(None, environment).name == "bodymap"
    assert data_folder(None, environment).is_absolute()


def test_a_relative_folder_is_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder(Path("clinic"), {}) == tmp_path / "clinic"


def test_a_missing_folder_is_made_for_this_user_alone(tmp_path: Path) -> None:
    folder = usable(tmp_path / "new" / "clinic")
    assert folder.is_dir()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"cannot write into the folder .*file"):
        usable(tmp_path / "file" / "clinic")


def test_odd_folder_names_work(tmp_path: Path) -> None:
    folder = tmp_path / "Praxis Müller ?%20 #1 & 'x'"
    for _ in range(2):
        data = a_data_file(folder)
        with data.open_work() as work:
            assert not work.people.users()
        data.close()
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_the_file_is_for_this_user_alone(tmp_path: Path) -> None:
    data = a_data_file(tmp_path)
    data.close()
    if os.name == "posix":
        assert data.path.stat().st_mode & 0o077 == 0


def test_a_log_that_another_window_takes_away_is_not_there() -> None:
    class Vanishing(type(Path())):  # type: ignore[misc]  # the class of this system's paths
        def is_file(self) -> bool:
            return True

        def stat(self, **_: object) -> NoReturn:
            raise FileNotFoundError(self)

    assert not is_there(Vanishing("bodymap.sqlite-wal"))


def test_data_that_is_taken_away_while_it_is_read_is_told_of(tmp_path: Path) -> None:
    a_data_file(tmp_path).close()
    data = DataFile(tmp_path / FILE_NAME, KEY, why_only_read="It may only be read.")
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(StorageError, match="cannot be opened"):
        data.open_work()
    data.close()


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_sqlite_that_damages_files_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StorageError, match=r"3\.51\.3 or newer"):
        check_sqlite_version(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4)])
def test_a_sound_sqlite_is_taken(version: tuple[int, ...]) -> None:
    check_sqlite_version(version)
