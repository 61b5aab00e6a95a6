"""What only a server has: seats beside each other, roles, and connections that break."""
# ruff: noqa: S608 - attacks are made of strings

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum

import psycopg
import pytest
from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bodymap.chart.audit import AuditHead
from bodymap.chart.change import Change
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError, ConflictError, StorageError
from bodymap.storage.migrate import HEAD as FILE_HEAD
from bodymap.storage.postgres.database import Database, open_database
from bodymap.storage.postgres.engine import check_version
from bodymap.storage.postgres.proof import EXPECTED, database_digest
from bodymap.storage.postgres.tables import ADDED_TO, HEAD, READ_ONLY
from bodymap.storage.tables import Row
from bodymap.storage.verify import verify
from tests.builders import a_note, a_user, a_visit, an_id
from tests.postgres import OWNER, PASSWORD, SEAT, Server, open_seat
from tests.storage.conftest import with_people
from tests.storage.signing import sign
from tests.storage.test_guards import KEPT, MINE, OF_VISITS, full_visit

SEATS, ROUNDS = 6, 12


@pytest.fixture(scope="module")
def name(server: Server) -> Iterator[str]:
    """A database with a signed visit and a draft."""
    name = server.with_tables()
    seat = with_people(open_seat(server, name), patients=2)
    with seat.open_work() as work:
        work.visits.add(full_visit())
        work.visits.add(full_visit(2))
        work.commit()
        signed = work.visits.get(full_visit().id)
    sign(seat, signed)
    seat.close()
    yield name
    server.drop(name)


@pytest.fixture
def seat(server: Server, name: str) -> Iterator[Database]:
    seat = open_seat(server, name)
    yield seat
    seat.close()


def raw(server: Server, name: str, role: str) -> psycopg.Connection:
    """A SQL client with the password of a role."""
    return psycopg.connect(
        host="127.0.0.1", port=server.port, dbname=name, user=role, password=PASSWORD
    )


def attacks(table: str) -> Iterator[str]:
    mine = "" if table in KEPT else f" WHERE {MINE[table]}"
    columns = [column.name for column in Row.metadata.tables[table].columns]
    for column in columns:
        yield f'UPDATE "{table}" SET "{column}" = "{column}"{mine}'
    yield f'DELETE FROM "{table}"{mine}'
    yield f'INSERT INTO "{table}" SELECT * FROM "{table}"{mine} ON CONFLICT DO NOTHING'
    yield f'TRUNCATE "{table}" CASCADE'
    yield f'DROP TABLE "{table}" CASCADE'
    yield f'ALTER TABLE "{table}" DISABLE TRIGGER ALL'


@pytest.mark.parametrize("table", [*OF_VISITS, *(t for t in KEPT if not t.startswith("review"))])
def test_no_statement_of_a_seat_changes_what_is_signed(
    server: Server, name: str, table: str
) -> None:
    with raw(server, name, SEAT) as client:
        before = client.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        client.rollback()
        for statement in attacks(table):
            if before == (0,) and not statement.startswith(("TRUNCATE", "DROP", "ALTER")):
                continue
            with pytest.raises(psycopg.Error, match=r"bodymap:|permission denied|must be owner"):
                client.execute(statement)
            client.rollback()


@pytest.mark.parametrize("table", sorted({*OF_VISITS, "visit", "audit", "visit_signature"}))
def test_not_even_the_owner_does_it_by_mistake(server: Server, name: str, table: str) -> None:
    with raw(server, name, OWNER) as client:
        mine = "" if table in KEPT else f" WHERE {MINE[table]}"
        for statement in (f'DELETE FROM "{table}"{mine}', f'TRUNCATE "{table}" CASCADE'):
            with pytest.raises(psycopg.Error, match="bodymap:"):
                client.execute(statement)
            client.rollback()


def test_rights_of_the_seats_are_the_least(server: Server, name: str) -> None:
    with raw(server, name, SEAT) as client:
        for table in sorted(ADDED_TO | READ_ONLY):
            asked = "SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
            assert client.execute(asked, (table,)).fetchone() == (False,), table


def test_a_dropped_guard_shows(server: Server, seat: Database, name: str) -> None:
    assert verify(seat.engine, AuditHead()) == ()
    with raw(server, name, OWNER) as client:
        client.execute("ALTER TABLE mark DISABLE TRIGGER closed_mark_update")
        client.execute("UPDATE mark SET text = text || '!'")
        client.commit()
        kinds = {finding.kind.value for finding in verify(seat.engine, AuditHead())}
        assert {"schema", "content"} <= kinds
        client.execute("UPDATE mark SET text = left(text, -1)")
        client.execute("ALTER TABLE mark ENABLE TRIGGER closed_mark_update")


def test_every_table_is_guarded_as_in_the_file(server: Server, name: str) -> None:
    with raw(server, name, SEAT) as client:
        found = client.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall()
    names = {trigger for (trigger,) in found}
    for table in OF_VISITS:
        if table != "visit_afterward":
            assert {f"closed_{table}_{verb}" for verb in ("insert", "update", "delete")} <= names
    assert all(re.match(r"(closed|kept)_|audit_goes_on", trigger) for trigger in names)


def test_the_tables_are_of_the_same_revision(seat: Database) -> None:
    assert HEAD == FILE_HEAD
    with seat.engine.connect() as connection:
        assert database_digest(connection) == EXPECTED[HEAD]


@pytest.mark.parametrize("table", Row.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_tables_are_what_the_rows_say(seat: Database, table: Table) -> None:
    found = inspect(seat.engine)
    columns = {
        column["name"]: (column["nullable"], column["type"].python_type)
        for column in found.get_columns(table.name)
    }
    assert columns == {
        column.name: (column.nullable, _stored_as(column.type.python_type))
        for column in table.columns
    }
    names = {key["name"] for key in found.get_foreign_keys(table.name)}
    names |= {rule["name"] for rule in found.get_unique_constraints(table.name)}
    names |= {rule["name"] for rule in found.get_check_constraints(table.name)}
    names.add(found.get_pk_constraint(table.name)["name"])
    assert names == _named(table)


def _stored_as(kind: type) -> type:
    return str if issubclass(kind, StrEnum) else kind


def _named(table: Table) -> set[str]:
    """The rules of a table by the names that PostgreSQL gives room for."""
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    return set(re.findall(r"CONSTRAINT (\w+)", statement))


def test_a_seat_whose_connection_is_killed_loses_nothing(
    server: Server, seat: Database, name: str
) -> None:
    visit = a_visit(0, 0, 0, number=40)
    with seat.open_work() as work:
        work.visits.add(visit)
        work.commit()
    acknowledged = 0
    for number in range(1, 51):
        ending = pytest.raises(StorageError, match="cannot be reached")
        is_killed = number % 2 == 0
        with ending if is_killed else nullcontext(), seat.open_work(a_user().id) as work:
            change = Change(put=(a_note(number, 40),))
            work.visits.apply(visit.id, acknowledged + 1, change)
            if is_killed:
                server.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
                )
            work.commit()
            acknowledged += 1
    with seat.open_work() as work:
        stored = work.visits.get(visit.id)
    assert (len(stored.marks), stored.version) == (acknowledged, acknowledged + 1)
    assert acknowledged == 25
    assert verify(seat.engine, AuditHead()) == ()


def test_seats_beside_each_other_overwrite_nothing(server: Server, name: str) -> None:
    visits = [a_visit(0, 0, 0, number=50 + number) for number in range(SEATS)]
    first = open_seat(server, name)
    with first.open_work() as work:
        for visit in visits:
            work.visits.add(visit)
        work.commit()

    def chart(visit: Visit) -> int:
        own, stored = open_seat(server, name), 0
        for number in range(1, ROUNDS + 1):
            for target in (visit, visits[0]):
                stored += attempt(own, target, number, visit)
        own.close()
        return stored

    def attempt(own: Database, target: Visit, number: int, by: Visit) -> int:
        try:
            with own.open_work() as work:
                version = work.visits.get(target.id).version
            with own.open_work(a_user().id) as work:
                mark = replace(a_note(1, 1), id=an_id(f"{by.id}/{target.id}/{number}"))
                mark = replace(mark, number=1000 * visits.index(by) + number + version)
                work.visits.apply(target.id, version, Change(put=(mark,)))
                work.commit()
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(SEATS) as pool:
        stored = sum(pool.map(chart, visits))
    with first.open_work() as work:
        held = [work.visits.get(visit.id) for visit in visits]
    assert sum(visit.version - 1 for visit in held) == stored
    assert stored >= SEATS * ROUNDS
    assert verify(first.engine, AuditHead()) == ()
    first.close()


@pytest.mark.parametrize("role", ["nobody", SEAT])
def test_who_is_not_let_in_is_told_so(server: Server, name: str, role: str) -> None:
    address = replace(server.address(name, role), password="wrong")  # noqa: S106
    with pytest.raises(BodymapError, match="does not let this role in"):
        open_database(address)


def test_an_older_server_is_refused() -> None:
    with pytest.raises(StorageError, match="PostgreSQL 14"):
        check_version(140_011)


def test_an_empty_database_is_no_clinic(server: Server) -> None:
    name = server.empty_database()
    with pytest.raises(StorageError, match="holds no clinic"):
        open_seat(server, name)
    server.drop(name)
