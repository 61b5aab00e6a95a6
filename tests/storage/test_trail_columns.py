"""Every column of the audit trail: whichever is changed in the file, the entry is named."""
# ruff: noqa: S608 - tampering is made of strings

import pytest
from sqlalchemy import Connection

from bodymap.chart.audit import FIRST, AuditHead, FindingKind, chained
from bodymap.storage.audit_tables import AuditRow
from bodymap.storage.datafile import DataFile
from bodymap.storage.verify import quick_findings, trail_findings, verify
from tests.builders import a_visit
from tests.storage.conftest import with_people
from tests.storage.signing import sign

COLUMNS = [column.name for column in AuditRow.__table__.columns]
OTHERWISE = {
    "number": "number + 100",
    "at_utc": "'2020-01-01T00:00:00.000000Z'",
    "at_offset_min": "at_offset_min + 1",
    "hash": "randomblob(32)",
}
"""What a column may hold instead; the others hold any text."""


def without_guards(connection: Connection) -> None:
    """Take the trail's triggers away."""
    guards = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit%%'"
    )
    for (name,) in guards.fetchall():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


@pytest.fixture
def connection(data: DataFile):
    """A SQL client of somebody who has the key and has taken the trail's triggers away."""
    with_people(data, patients=3)
    with data.open_work(a_visit().therapist) as work:
        work.visits.add(a_visit())
        work.commit()
    with data.engine.connect() as connection:
        without_guards(connection)
        yield connection
        connection.rollback()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(connection, column: str) -> None:
    driver = connection.connection.driver_connection
    assert trail_findings(driver) == ()
    last = connection.exec_driver_sql("SELECT max(number) FROM audit").scalar()
    other = OTHERWISE.get(column, "'other'")
    connection.exec_driver_sql(f"UPDATE audit SET {column} = {other} WHERE number = {last - 1}")
    (found, *_) = trail_findings(driver)
    assert found.kind is FindingKind.CHAIN
    assert found.where == f"entry {last - 1}"


def test_a_dropped_guard_shows_at_the_start(data: DataFile) -> None:
    assert quick_findings(data.engine, AuditHead()) == ()
    with data.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER kept_audit_update")
    kinds = [finding.kind for finding in quick_findings(data.engine, AuditHead())]
    assert kinds == [FindingKind.SCHEMA] == [f.kind for f in verify(data.engine, AuditHead())]


def test_a_trail_that_is_not_the_one_of_the_key_file_shows_at_the_start(data: DataFile) -> None:
    with_people(data)
    elsewhere = AuditHead(2, bytes(32))
    kinds = [finding.kind for finding in quick_findings(data.engine, elsewhere)]
    assert kinds == [FindingKind.END]


def test_a_missing_entry_is_called_missing(connection) -> None:
    connection.exec_driver_sql("DELETE FROM audit WHERE number = 3")
    (found, *_) = trail_findings(connection.connection.driver_connection)
    assert (found.kind, found.where) == (FindingKind.CHAIN, "entry 3")
    assert found.what.startswith("It is missing")


def test_a_trail_written_anew_is_known_by_whoever_signed(data: DataFile) -> None:
    with_people(data)
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    sign(data, a_visit())
    with data.engine.connect() as connection:
        without_guards(connection)
        rewrite(connection)
        found = trail_findings(connection.connection.driver_connection)
        connection.rollback()
    assert [finding.kind for finding in found] == [FindingKind.END]
    assert found[0].what.startswith("Signature ")


def rewrite(connection: Connection) -> None:
    """Change the first entry and make every link after it anew, and the head with them."""
    last = FIRST
    for row in connection.exec_driver_sql("SELECT * FROM audit ORDER BY number").fetchall():
        values = ("somebody" if row[0] == 1 and at == 3 else v for at, v in enumerate(row[:-1]))
        last = chained(last, tuple(values))
        told = f"hash = x'{last.hex()}'" + (", actor_id = 'somebody'" if row[0] == 1 else "")
        connection.exec_driver_sql(f"UPDATE audit SET {told} WHERE number = {row[0]}")
    connection.exec_driver_sql(f"UPDATE audit_head SET hash = x'{last.hex()}'")
