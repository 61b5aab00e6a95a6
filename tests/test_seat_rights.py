"""What the role of the seats may do on the server, and that more than that shows."""

from collections.abc import Iterator

import pytest

from bodymap.chart.audit import AuditHead, FindingKind
from bodymap.storage.verify import verify
from tests.postgres import SEAT, Server, open_seat, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


def test_no_visit_is_deleted_and_no_table_emptied(server: Server) -> None:
    seat = open_seat(server, server.with_tables())
    with seat.engine.connect() as connection:
        asked = "SELECT has_table_privilege('visit', 'DELETE')"
        assert connection.exec_driver_sql(asked).scalar() is False
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (table,) in connection.exec_driver_sql(tables).all():
            asked = f"SELECT has_table_privilege('{table}', 'TRUNCATE, TRIGGER')"
            assert connection.exec_driver_sql(asked).scalar() is False, table
    seat.close()


@pytest.mark.parametrize(
    ("table", "right"),
    [
        ("audit", "UPDATE"),
        ("audit", "DELETE"),
        ("audit", "TRUNCATE"),
        ("audit_head", "INSERT"),
        ("visit", "DELETE"),
        ("needle_site", "TRUNCATE"),
        ("patient", "TRIGGER"),
    ],
)
def test_a_right_that_a_seat_must_not_have_is_found(server: Server, table: str, right: str) -> None:
    name = server.with_tables()
    seat = open_seat(server, name)
    assert verify(seat.engine, AuditHead()) == ()
    server.run(f"GRANT {right} ON {table} TO {SEAT}", name)
    found = verify(seat.engine, AuditHead())
    assert [(one.kind, one.where) for one in found] == [(FindingKind.SCHEMA, f"table {table}")]
    seat.close()
