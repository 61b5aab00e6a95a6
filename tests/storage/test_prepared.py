"""Statements that are handed to the driver as they are: the same values, the same failures."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from bodymap.chart.people import AdministrativeSex
from bodymap.chart.visit import VisitState
from bodymap.errors import BodymapError
from bodymap.storage.datafile import DataFile
from bodymap.storage.prepared import Prepared, Rows, tell
from bodymap.storage.statements import table_of
from bodymap.storage.tables import PatientRow, VisitRow
from tests.builders import a_visit, an_id
from tests.storage.conftest import with_people

BOTH_DATABASES = True

_PATIENT = table_of(PatientRow)
_VISIT = table_of(VisitRow)


@pytest.fixture
def on(data: DataFile) -> Iterator[Connection]:
    """A transaction on a clinic with a patient and a visit, on either database."""
    with with_people(data).open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    with data.engine.connect() as connection:
        yield connection


def test_rows_have_the_values_that_the_session_reads(on: Connection) -> None:
    (row,) = Rows(VisitRow, VisitRow.id == bindparam("visit")).ask(on, {"visit": a_visit().id})
    expected = on.execute(select(_VISIT).where(_VISIT.c.id == a_visit().id)).one()
    assert {name: getattr(row, name) for name in expected._fields} == expected._asdict()
    assert row.state is VisitState.DRAFT


def test_a_question_without_an_answer_has_no_rows(on: Connection) -> None:
    assert Rows(VisitRow, VisitRow.id == bindparam("visit")).ask(on, {"visit": "nobody"}) == []


def test_values_are_written_as_the_session_writes_them(on: Connection) -> None:
    rename = Prepared(update(_PATIENT).where(_PATIENT.c.id == bindparam("patient")))
    (patient,) = on.execute(select(_PATIENT)).all()
    new = {"sex": AdministrativeSex.FEMALE, "family_name": "Ünal"}
    assert rename.run(on, [{"patient": patient.id, **new}]) == 1
    assert on.execute(select(_PATIENT)).one()._asdict() == patient._asdict() | new


def test_each_set_of_values_counts(on: Connection) -> None:
    rename = Prepared(update(_PATIENT).where(_PATIENT.c.id == bindparam("patient")))
    (patient,) = on.execute(select(_PATIENT.c.id)).all()
    names = [{"patient": one, "given_name": "Ida"} for one in (patient.id, "nobody", patient.id)]
    assert rename.run(on, names) == 2
    assert rename.run(on, []) == 0


def test_the_same_statement_takes_different_columns(on: Connection) -> None:
    rename = Prepared(update(_PATIENT).where(_PATIENT.c.id == bindparam("patient")))
    (patient,) = on.execute(select(_PATIENT.c.id)).all()
    rename.run(on, [{"patient": patient.id, "given_name": "Ida"}])
    rename.run(on, [{"patient": patient.id, "family_name": "Placeholder"}])
    read = select(_PATIENT.c.given_name, _PATIENT.c.family_name)
    assert on.execute(read).one() == ("Ida", "Placeholder")


def test_what_the_database_refuses_is_refused_in_the_same_words(on: Connection) -> None:
    (known,) = on.execute(select(_PATIENT)).all()
    again = {**known._asdict(), "id": an_id("somebody")}
    with pytest.raises(BodymapError) as ours, on.begin_nested():
        Prepared(insert(_PATIENT)).run(on, [again])
    with pytest.raises(type(ours.value)) as theirs, on.begin_nested():
        on.execute(insert(_PATIENT), again)
    assert str(ours.value) == str(theirs.value)


def test_an_unknown_word_is_a_failure_of_the_engine(on: Connection) -> None:
    with pytest.raises(DBAPIError):
        tell(on, "NO SUCH THING")
