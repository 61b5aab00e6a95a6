from collections.abc import Iterator
from pathlib import Path

import pytest

from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile
from tests.builders import a_patient, a_user, a_visit, an_episode
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


@pytest.fixture
def data(tmp_path: Path) -> Iterator[DataFile]:
    """An empty data file."""
    data = a_data_file(tmp_path)
    yield data
    data.close()


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
def shared_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    """One file for many generated examples; each uses ids of its own."""
    data = with_people(a_data_file(tmp_path_factory.mktemp("clinic")))
    yield data
    data.close()
