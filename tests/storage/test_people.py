from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from bodymap.atlas.ids import Side
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Contact, Identifier
from bodymap.chart.people import EpisodeId, PatientId, Role, UserId
from bodymap.errors import ConflictError, NotFoundError, StorageError
from bodymap.storage.datafile import DataFile
from bodymap.storage.people_records import patient_values
from bodymap.storage.statements import table_of
from bodymap.storage.tables import PatientRow
from tests.builders import a_patient, a_user, an_episode, an_id

BOTH_DATABASES = True


def test_people_come_back_as_they_were(data: DataFile) -> None:
    patient, episode, user = (
        a_patient(alerts=(Alert(AlertKind.NEEDLE_PHOBIA), Alert(AlertKind.PREGNANCY, "twins", 2))),
        an_episode(),
        a_user(),
    )
    bare = replace(episode, id=EpisodeId(an_id("bare")), side=None, onset=None)
    with data.open_work() as work:
        work.people.put_patient(patient)
        work.people.put_episode(episode)
        work.people.put_episode(bare)
        work.people.put_user(user)
        work.commit()
    with data.open_work() as work:
        assert work.people.patient(patient.id) == patient
        assert work.people.episode(episode.id) == episode
        assert work.people.user(user.id) == user
        assert work.people.episodes(patient.id) == [bare, episode]


def test_each_of_many_has_what_is_known_of_it(data: DataFile) -> None:
    bare = a_patient(1, alerts=())  # as the first program wrote them: one row, and no more
    alerts = (Alert(AlertKind.PREGNANCY, "twins", 2), Alert(AlertKind.NEEDLE_PHOBIA))
    numbers = (Identifier("Insurance", "756.1"), Identifier("Hospital", "H-22"))
    known = (
        a_patient(2, alerts=alerts, identifiers=numbers[:1], notes="Comes by bus."),
        a_patient(3, alerts=(), identifiers=numbers, contact=Contact("044 123 45 67")),
    )
    with data.engine.begin() as connection:
        connection.execute(insert(table_of(PatientRow)), patient_values(bare))
    with data.open_work() as work:
        for patient in known:
            work.people.put_patient(patient)
        assert work.people.patients() == [bare, *known]


def test_putting_again_replaces(data: DataFile) -> None:
    with data.open_work() as work:
        work.people.put_user(a_user())
        work.people.put_user(a_user(name="Sam Newname", role=Role.SUPERVISOR))
        work.people.put_patient(a_patient())
        work.people.put_patient(a_patient(family_name="Married", alerts=()))
        work.people.put_episode(an_episode())
        work.people.put_episode(an_episode(side=Side.LEFT, onset=date(2026, 2, 1)))
        assert work.people.users() == [a_user(name="Sam Newname", role=Role.SUPERVISOR)]
        assert work.people.patients() == [a_patient(family_name="Married", alerts=())]
        assert [episode.side for episode in work.people.episodes(a_patient().id)] == [Side.LEFT]


def test_a_replaced_patient_keeps_episodes(data: DataFile) -> None:
    with data.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.people.put_patient(a_patient(given_name="Patricia"))
        assert work.people.episodes(a_patient().id) == [an_episode()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [1, 2, 3, 4]),
        ("muller", [1]),
        ("MÜLLER", [1]),
        ("ann", [1, 2]),
        ("ann mu", [1]),
        ("  ann   b ", [2]),
        ("0002", [2]),
        ("田中", [3]),
        ("%", [4]),
        ("_", []),
        ("straße", [4]),
        ("STRASSE", [4]),
        ("nobody", []),
    ],
)
def test_patients_are_found_by_every_word_of_name_or_number(
    data: DataFile, text: str, found: list[int]
) -> None:
    names = {1: ("Müller", "Anna"), 2: ("Brown", "Ann"), 3: ("田中", "花子"), 4: ("Straße", "50%")}
    with data.open_work() as work:
        for number, (family, given) in names.items():
            patient = a_patient(number, family_name=family, given_name=given)
            work.people.put_patient(patient)
        work.commit()
    with data.open_work() as work:
        numbers = {int(patient.number[2:]) for patient in work.people.patients(text)}
    assert numbers == set(found)


def test_patients_are_listed_by_name(data: DataFile) -> None:
    with data.open_work() as work:
        for number, name in enumerate(("zebra", "Ábel", "Möwe", "mole"), start=1):
            work.people.put_patient(a_patient(number, family_name=name))
        listed = [patient.family_name for patient in work.people.patients()]
        first = work.people.patients("", 2)
        found = work.people.patients("mo", 1)
        whole = work.people.patients()
    assert listed == ["Ábel", "mole", "Möwe", "zebra"]
    assert first == whole[:2]
    assert found == whole[1:2]


def test_a_number_belongs_to_one_patient(data: DataFile) -> None:
    with data.open_work() as work:
        work.people.put_patient(a_patient(1))
        work.commit()
    with pytest.raises(ConflictError, match="number"), data.open_work() as work:
        work.people.put_patient(replace(a_patient(2), number=a_patient(1).number))


def test_an_episode_needs_its_patient(data: DataFile) -> None:
    with data.open_work() as work, pytest.raises(StorageError, match="breaks a rule"):
        work.people.put_episode(an_episode())


def test_who_is_not_there_is_not_found(data: DataFile) -> None:
    nobody = an_id("nobody")
    with data.open_work() as work:
        with pytest.raises(NotFoundError):
            work.people.patient(PatientId(nobody))
        with pytest.raises(NotFoundError):
            work.people.episode(EpisodeId(nobody))
        with pytest.raises(NotFoundError):
            work.people.user(UserId(nobody))


def test_users_are_listed_by_name(data: DataFile) -> None:
    with data.open_work() as work:
        work.people.put_user(a_user(1, name="Zoe"))
        work.people.put_user(a_user(2, name="Abe"))
        assert [user.name for user in work.people.users()] == ["Abe", "Zoe"]
