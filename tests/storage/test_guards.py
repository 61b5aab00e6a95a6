"""Somebody with the key and a SQL client tries to change what is signed."""
# ruff: noqa: S608 - attacks are made of strings

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from sqlcipher3 import dbapi2 as driver

from bodymap.chart.states import Move, steps_between_states
from bodymap.chart.visit import Visit, VisitState
from bodymap.errors import BodymapError
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.tables import Row
from tests.builders import a_patient, a_visit, an_episode, an_id
from tests.storage.afterwards import an_afterward
from tests.storage.conftest import with_people
from tests.storage.full_record import full_visit
from tests.storage.reviewing import review
from tests.storage.signing import a_signature, sign
from tests.vaults import KEY, a_data_file

KEPT = (
    "audit",
    "audit_head",
    "signing_key",
    "visit_signature",
    "visit_round",
    "review_comment",
    "review_answer",
    "review_decision",
    "visit_afterward",
)
OF_VISITS = sorted(
    table.name
    for table in Row.metadata.sorted_tables
    if {"visit_id", "mark_id"} & set(table.columns.keys()) and table.name not in KEPT
)


def with_signed(data: DataFile) -> Visit:
    """Store a full visit and sign it."""
    visit = full_visit()
    with data.open_work() as work:
        work.visits.add(visit)
        work.commit()
    return sign(data, visit)


@pytest.fixture
def signed(clinic: DataFile) -> Visit:
    """A signed visit."""
    return with_signed(clinic)


@dataclass(frozen=True)
class Kept:
    """A file that nobody manages to change."""

    data: DataFile
    signed: Visit
    draft: Visit


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A signed visit and a draft, for attacks that fail."""
    data = with_people(a_data_file(tmp_path_factory.mktemp("clinic")), patients=2)
    draft, reviewed = full_visit(2), full_visit(3)
    with data.open_work() as work:
        work.visits.add(draft)
        work.visits.add(reviewed)
        work.commit()
    review(data, reviewed)
    signed = with_signed(data)
    with data.open_work() as work:
        work.afterwards.add(an_afterward(signed))
        work.commit()
    yield Kept(data, signed, draft)
    data.close()


def attacks(names: Sequence[str], table: str) -> Iterator[str]:
    mine = "" if table in KEPT else f" WHERE {MINE[table]}"
    listed = ", ".join(f'"{name}"' for name in names)
    every = f'SELECT {listed} FROM "{table}"{mine or " WHERE true"}'
    for name in names:
        yield f'UPDATE "{table}" SET "{name}" = \'zz\'{mine}'
        yield f'UPDATE OR REPLACE "{table}" SET "{name}" = NULL{mine}'
    yield f'DELETE FROM "{table}"{mine}'
    yield f'INSERT INTO "{table}" ({listed}) {every}'
    yield f'INSERT OR REPLACE INTO "{table}" ({listed}) {every}'
    yield f'REPLACE INTO "{table}" {every}'
    yield (
        f'INSERT INTO "{table}" {every}'
        f' ON CONFLICT DO UPDATE SET "{names[-1]}" = excluded."{names[-1]}"'
    )


def contents(data: DataFile) -> dict[str, list[tuple[object, ...]]]:
    with connected(data.path, KEY) as connection:
        tables = [table.name for table in Row.metadata.sorted_tables]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def mine(table: str, of: str) -> str:
    """Which rows of a table belong to the visit."""
    if table == "visit":
        return f"id = '{of}'"
    if "visit_id" in Row.metadata.tables[table].columns:
        return f"visit_id = '{of}'"
    return f"mark_id IN (SELECT id FROM mark WHERE visit_id = '{of}')"


MINE = {table: mine(table, an_id("visit/1")) for table in ("visit", *OF_VISITS)}


@pytest.mark.parametrize("table", ["visit", *OF_VISITS, *KEPT])
@pytest.mark.parametrize("recursive", [1, 0], ids=["recursive", "not recursive"])
def test_no_statement_changes_what_is_signed(kept: Kept, table: str, recursive: int) -> None:
    before = contents(kept.data)
    assert before[table], f"nothing in {table} to attack"
    names = [column.name for column in Row.metadata.tables[table].columns]
    with connected(kept.data.path, KEY) as client:
        client.execute(f"PRAGMA recursive_triggers = {recursive}")
        client.execute("PRAGMA foreign_keys = OFF")
        for statement in attacks(names, table):
            with pytest.raises(driver.Error, match=r"bodymap:|constraint failed|mismatch"):
                client.execute(statement)
    assert contents(kept.data) == before


@pytest.mark.parametrize("table", OF_VISITS)
def test_nothing_is_hung_on_a_signed_visit(kept: Kept, table: str) -> None:
    theirs = mine(table, kept.draft.id)
    of_visit = "visit_id" in Row.metadata.tables[table].columns
    column, value = (
        ("visit_id", kept.signed.id) if of_visit else ("mark_id", kept.signed.marks[0].id)
    )
    with connected(kept.data.path, KEY) as client:
        assert client.execute(f"SELECT count(*) FROM {table} WHERE {theirs}").fetchone() > (0,)
        with pytest.raises(driver.Error, match="the visit is closed"):
            client.execute(f"UPDATE {table} SET {column} = '{value}' WHERE {theirs}")


def test_every_table_that_hangs_on_a_visit_is_guarded(data: DataFile) -> None:
    with connected(data.path, KEY) as client:
        rows = client.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    names = {name for (name,) in rows}
    for table in OF_VISITS:
        assert {f"closed_{table}_{verb}" for verb in ("insert", "update", "delete")} <= names


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit SET state = 'draft'",
        "UPDATE visit SET state = 'returned'",
        "UPDATE visit SET state = 'submitted'",
        "UPDATE visit SET version = version + 1",
        "UPDATE visit SET patient_id = (SELECT id FROM patient WHERE number = 'P-0002')",
        "UPDATE visit SET episode_id = 'x', state = 'void'",
        "DELETE FROM patient",
        "DELETE FROM user",
    ],
)
def test_a_signed_visit_goes_nowhere_but_to_void(
    clinic: DataFile, signed: Visit, statement: str
) -> None:
    with pytest.raises(BodymapError), clinic.engine.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("state", list(VisitState))
def test_states_change_as_they_do_in_the_record(clinic: DataFile, state: VisitState) -> None:
    with clinic.open_work() as work:
        work.visits.add(a_visit(state=state))
        work.commit()
    for other in VisitState:
        statement = f"UPDATE visit SET state = '{other}', version = version + 1"
        allowed = (state, other) in steps_between_states()
        with connected(clinic.path, KEY) as client:
            client.execute("BEGIN")
            if allowed or (state is other and state in {VisitState.DRAFT, VisitState.RETURNED}):
                client.execute(statement)
            else:
                with pytest.raises(driver.Error, match="bodymap:"):
                    client.execute(statement)
            client.execute("ROLLBACK")


def test_a_signed_visit_is_declared_void_and_then_stays_so(clinic: DataFile, signed: Visit) -> None:
    void = sign(clinic, signed, Move.VOID)
    assert void.state is VisitState.VOID
    with pytest.raises(BodymapError), clinic.open_work() as work:
        work.signatures.add(a_signature(void, text="Once more", meaning="addendum"))


def test_signed_visits_go_along_when_two_records_are_merged(
    clinic: DataFile, signed: Visit
) -> None:
    merged = a_patient(1, merged_into=a_patient(2).id)
    with clinic.open_work() as work:
        work.people.put_patient(merged)
        work.people.put_episode(
            replace(an_episode(), patient=a_patient(2).id, came_from=a_patient(1).id)
        )
        work.commit()
        assert work.visits.get(signed.id).patient == a_patient(2).id
    with clinic.open_work() as work:
        work.people.put_patient(a_patient(1))
        work.people.put_episode(an_episode())
        work.commit()
        assert work.visits.get(signed.id).patient == a_patient(1).id


def test_the_words_of_a_refusal_say_what_was_refused(clinic: DataFile, signed: Visit) -> None:
    with pytest.raises(BodymapError, match="closed and stays as it is"), clinic.engine.begin() as c:
        c.exec_driver_sql("DELETE FROM mark")


def test_the_trail_may_only_grow_by_the_next_entry(clinic: DataFile) -> None:
    row = "'2026-03-02T08:15:00.000000Z', 0, NULL, 'x', 'x', '', NULL, NULL, '', '', zeroblob(32)"
    for number in ("NULL", "1", "99", "-1"):
        with connected(clinic.path, KEY) as client, pytest.raises(driver.Error, match="bodymap:"):
            client.execute(f"INSERT INTO audit VALUES ({number}, {row})")
    for statement in (
        "UPDATE audit_head SET count = count - 1",
        "UPDATE audit_head SET hash = zeroblob(32)",
        "DELETE FROM audit_head",
        "INSERT OR REPLACE INTO audit_head VALUES (1, 0, zeroblob(32))",
    ):
        with connected(clinic.path, KEY) as client, pytest.raises(driver.Error, match="bodymap:"):
            client.execute(statement)


def test_trigger_names_say_what_they_keep(data: DataFile) -> None:
    with connected(data.path, KEY) as client:
        rows = client.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    assert all(re.match(r"(closed|kept)_|audit_goes_on", name) for (name,) in rows)
