"""A data file with as many patients and visits as one likes: what P6 and P7 measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.strewn_map import strewn_marks
from bodymap.chart.marks import Mark, MarkId
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.visit import Visit, VisitId, in_order
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.vault.keys import DataKey

FAMILIES = ("Almeida", "Brandt", "Čapek", "Dubois", "Eriksson", "Ferrari", "Gruber", "Haddad")
GIVEN = ("Ana", "Bela", "Chiara", "Dario", "Emil", "Fatou", "Gerd", "Hana", "Ida", "Jan", "Kim")
WHEN = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
USER = User(UserId("00000000-0000-4000-a000-000000000000"), "Noor Placeholder")


@dataclass(frozen=True, slots=True)
class Crowd:
    """The file, its key, its patients and one visit with marks among the others."""

    data: DataFile
    key: DataKey
    patients: tuple[Patient, ...]
    visit: VisitId


def _id(kind: int, number: int) -> str:
    return f"00000000-0000-4000-a{kind:03d}-{number:012d}"


def _patient(number: int) -> Patient:
    family, given = FAMILIES[number % len(FAMILIES)], GIVEN[number % len(GIVEN)]
    born = date(1940, 1, 1) + timedelta(days=number % 25_000)
    name = f"{family}-{number // len(FAMILIES):x}"
    return Patient(PatientId(_id(1, number)), f"P-{number:06d}", name, given, born)


def _renamed(mark: Mark, number: int) -> Mark:
    return replace(mark, id=MarkId(_id(4, number)))


@contextmanager
def crowd(patients: int, marks: int = 0) -> Iterator[Crowd]:
    """Fill a file: one visit for each patient; that of the one in the middle has marks."""
    with TemporaryDirectory() as folder:
        key = DataKey.new()
        data = open_data_file(Path(folder), key)
        people = tuple(_patient(number) for number in range(patients))
        strewn = in_order([_renamed(mark, at) for at, mark in enumerate(strewn_marks(marks))])
        middle = patients // 2
        with data.open_work() as work:
            work.people.put_user(USER)
            for number, person in enumerate(people):
                work.people.put_patient(person)
                episode = Episode(EpisodeId(_id(2, number)), person.id, "Back pain")
                work.people.put_episode(episode)
                own = strewn if number == middle else ()
                visit = VisitId(_id(3, number))
                work.visits.add(Visit(visit, person.id, episode.id, USER.id, WHEN, marks=own))
            work.commit()
        yield Crowd(data, key, people, VisitId(_id(3, middle)))
        data.close()
