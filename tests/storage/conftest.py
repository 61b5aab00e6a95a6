from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile
from bodymap.storage.postgres.database import Database, open_database
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.postgres import Server, open_seat, running_server
from tests.vaults import a_data_file


def with_people(data: DataFile, patients: int = 1) -> DataFile:
    """One therapist, and so many patients with one episode each."""
    with data.open_work() as work:
        work.people.put_user(a_user())
        for number in range(1, patients + 1):
            work.people.put_patient(a_patient(number))
            work.people.put_episode(an_episode(patient=number))
        work.commit()
    return data


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say `BOTH_DATABASES` run on a data file, then on a server."""
    if getattr(metafunc.module, "BOTH_DATABASES", False):
        for name in {"data", "shared_clinic"} & set(metafunc.fixturenames):
            metafunc.parametrize(name, ["file", "server"], indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL on loopback."""
    with running_server() as server:
        yield server


@contextmanager
def a_clinic(request: pytest.FixtureRequest, folder: Path) -> Iterator[DataFile]:
    """An empty data file or, where the test asks for it, an empty database on a server."""
    if getattr(request, "param", "file") == "file":
        data = a_data_file(folder)
        yield data
        data.close()
        return
    server: Server = request.getfixturevalue("server")
    name = server.with_tables()
    seat = open_seat(server, name)
    yield cast("DataFile", seat)  # it can all that these tests do with a file
    seat.close()
    server.drop(name)


def reopened(data: DataFile) -> DataFile:
    """The same clinic, as another window or another seat opens it."""
    if isinstance(data, Database):
        return cast("DataFile", open_database(data.address))
    return a_data_file(data.path.parent)


@pytest.fixture
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DataFile]:
    """An empty data file."""
    with a_clinic(request, tmp_path) as data:
        yield data


@pytest.fixture
def clinic(data: DataFile) -> DataFile:
    """A data file with one therapist and two patients."""
    return with_people(data, patients=2)


@pytest.fixture
def visit(clinic: DataFile) -> Visit:
    """A stored draft: two trigger points, three needles, two zones, a note."""
    visit = a_visit(3, 2, 2, 1)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    return visit


@pytest.fixture(scope="module")
def shared_clinic(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataFile]:
    """One file for many generated examples; each uses ids of its own."""
    with a_clinic(request, tmp_path_factory.mktemp("clinic")) as data:
        yield with_people(data)
