"""Two instances on one file, a full disk, and a kill in the middle of a migration."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bodymap.chart.change import Change
from bodymap.chart.people import PatientId
from bodymap.errors import ConflictError
from bodymap.storage.connections import connected
from bodymap.storage.copies import check
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from tests.builders import a_needle_site, a_patient, a_visit, an_id
from tests.storage.revisions import with_one_more
from tests.storage.test_migrate import frozen
from tests.torture import put_down, times
from tests.vaults import KEY, a_data_file

ROOT = Path(__file__).parents[2]


def child(what: str, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.children", what, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=times(600, 1200))
    assert process.returncode == 0
    return out


def test_two_processes_chart_one_visit_without_losing_a_mark(clinic: DataFile) -> None:
    visits = [a_visit(0, 0, 0, number=number) for number in range(1, times(1, 20) + 1)]
    with clinic.open_work() as work:
        for visit in visits:
            work.visits.add(visit)
        work.commit()
    folder, each = clinic.path.parent, times(60, 100)
    asked = (str(len(visits)), str(each))
    both = [child("chart-together", folder, who, *asked) for who in ("one", "two")]
    for process in both:
        answer(process)
    with clinic.open_work() as work:
        stored = [work.visits.get(visit.id) for visit in visits]
    put_down("R7", "gestures of two programs on the same visits", 2 * each * len(visits), 0)
    for visit in stored:
        assert {mark.id for mark in visit.marks} == {
            an_id(f"{visit.id}/{who}/{n}") for who in ("one", "two") for n in range(each)
        }
        assert visit.version == 2 * each + 1
    with connected(clinic.path, KEY) as connection:
        check(connection)


def test_a_second_instance_sees_what_the_first_has_committed(clinic: DataFile) -> None:
    second = a_data_file(clinic.path.parent)
    with clinic.open_work() as work:
        work.people.put_patient(a_patient(7))
        with second.open_work() as other:
            assert len(other.people.patients()) == 2
        work.commit()
    with second.open_work() as other:
        assert len(other.people.patients()) == 3
    second.close()


def test_what_was_read_before_somebody_else_wrote_is_not_overwritten(clinic: DataFile) -> None:
    second = a_data_file(clinic.path.parent)
    with clinic.open_work() as slow:
        number = f"P-{len(slow.people.patients()) + 1:04d}"
        with second.open_work() as quick:
            quick.people.put_patient(a_patient(3))
            quick.commit()
        late = a_patient(4, id=PatientId(an_id("late")))
        assert a_patient(3).number == number
        with pytest.raises(ConflictError, match="meanwhile"):
            slow.people.put_patient(late)
    second.close()


def test_one_window_in_two_instances_gets_a_conflict(clinic: DataFile) -> None:
    visit = a_visit()
    second = a_data_file(clinic.path.parent)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    with second.open_work() as work:
        work.visits.apply(visit.id, 1, Change(put=(a_needle_site(8),)))
        work.commit()
    with clinic.open_work() as work, pytest.raises(ConflictError, match="another window"):
        work.visits.apply(visit.id, 1, Change(put=(a_needle_site(9),)))
    second.close()


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files, which only POSIX can")
def test_a_full_disk_is_told_in_words_and_loses_nothing(clinic: DataFile) -> None:
    visit = a_visit(0, 0, 0)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    clinic.close()
    told = json.loads(answer(child("fill-the-disk", clinic.path.parent)))
    put_down("R4", "full disks, charting", 40, 0)
    assert len(told["refusals"]) >= 20
    assert all("disk" in words for words in told["refusals"])
    again = a_data_file(clinic.path.parent)
    with again.open_work() as work:
        stored = work.visits.get(visit.id)
    again.close()
    assert len(stored.marks) == told["acknowledged"]
    assert stored.version == told["version"]


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_a_migration_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    scripts = with_one_more(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    frozen(folder).rename(folder / "old.sqlite")
    outcomes = answer(child("migrate-and-be-killed", folder, scripts, "30")).splitlines()
    assert len(outcomes) == 30
    assert "migrated again" in outcomes
    with connected(folder / FILE_NAME, KEY) as connection:
        check(connection)


def test_threads_may_take_turns_on_one_data_file(clinic: DataFile) -> None:
    visit = a_visit(0, 0, 0)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()

    def look(_: int) -> int:
        with clinic.open_work() as work:
            return len(work.visits.get(visit.id).marks)

    with ThreadPoolExecutor(3) as pool:
        for number in range(1, 20):
            with clinic.open_work() as work:
                work.visits.apply(visit.id, number, Change(put=(a_needle_site(number),)))
                work.commit()
            assert set(pool.map(look, range(4))) == {number}
