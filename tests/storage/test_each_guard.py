"""Every guard of the tables by itself: it refuses, and without it nothing of ours does.

Each trigger is taken away alone, in a transaction that is rolled back. So a guard that is lost,
or that something else merely seems to stand in for, is noticed on either database.
"""
# ruff: noqa: S608 - attacks are made of strings

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError
from bodymap.storage.datafile import DataFile
from bodymap.storage.postgres.engine import open_server
from bodymap.storage.tables import Row
from tests.builders import a_user, a_visit
from tests.postgres import OWNER, Server, open_seat
from tests.storage.afterwards import an_afterward
from tests.storage.conftest import with_people
from tests.storage.full_record import full_visit
from tests.storage.reviewing import a_submission, review
from tests.storage.signing import a_signature, sign
from tests.storage.test_guards import KEPT, MINE

SIGNED, DRAFT = full_visit(), full_visit(2)
RETURNED, REVIEWED, SUBMITTED = (a_visit(number=number) for number in (3, 4, 5))
NOT_GUARDS = {"audit_goes_on"}
BEHIND = {
    "kept_audit_insert": ("kept_audit_head_update",),
    "closed_trigger_point_delete": (
        "closed_trigger_point_referral_delete",
        "closed_needle_site_update",
    ),
    "closed_pain_zone_delete": (
        "closed_pain_zone_quality_delete",
        "closed_pain_zone_region_delete",
        "closed_polygon_ring_delete",
        "closed_trigger_point_referral_delete",
    ),
}
"""Guards that stand behind another one; they are taken away together with it."""


def fill(data: DataFile) -> None:
    """A visit in every state, with rounds, signatures and what came afterwards."""
    with_people(data, patients=2)
    with data.open_work() as work:
        for visit in (SIGNED, DRAFT, RETURNED, REVIEWED, SUBMITTED):
            work.visits.add(visit)
        work.commit()
    sign(data, SIGNED)
    with data.open_work(a_user().id) as work:
        work.signatures.add(a_signature(RETURNED))
        work.afterwards.add(an_afterward(SIGNED))
        work.reviews.add_round(SUBMITTED.id, a_submission(SUBMITTED))
        work.visits.move(SUBMITTED.id, 1, Move.SUBMIT)
        work.commit()
    review(data, RETURNED)
    sign(data, review(data, REVIEWED))


def copied(table: str, of: Visit, **other: str) -> str:
    """Put a row of a visit in once more, with some columns changed."""
    columns = [column.name for column in Row.metadata.tables[table].columns]
    listed = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(other.get(name, f'"{name}"') for name in columns)
    held = "id" if table == "visit" else "visit_id"
    mine = f" WHERE {held} = '{of.id}'" if held in columns else ""
    return f'INSERT INTO "{table}" ({listed}) SELECT {values} FROM "{table}"{mine}'


NEW = {"sequence": "999", "id": "'another'"}
APART: dict[str, str] = {
    "closed_visit_update": f"UPDATE visit SET version = version + 1 WHERE id = '{SIGNED.id}'",
    "closed_visit_insert": copied("visit", SIGNED),
    "kept_visit_delete": f"DELETE FROM visit WHERE id = '{DRAFT.id}'",
    "kept_visit_state": f"UPDATE visit SET state = 'returned' WHERE id = '{DRAFT.id}'",
    "kept_audit_insert": copied("audit", SIGNED, number="9999"),
    "kept_visit_signature_insert": copied("visit_signature", RETURNED),
    "kept_visit_signature_state": copied("visit_signature", SIGNED, **NEW),
    "kept_visit_round_insert": copied("visit_round", RETURNED, number="2"),
    "kept_visit_round_state": copied("visit_round", REVIEWED, sequence="999", number="2"),
    "kept_review_comment_state": copied("review_comment", REVIEWED, **NEW),
    "kept_review_answer_state": copied("review_answer", REVIEWED, **NEW)
    + " WHERE comment_id IN (SELECT id FROM review_comment"
    f" WHERE visit_id = '{REVIEWED.id}')",
    "kept_review_decision_insert": copied(
        "review_decision", RETURNED, visit_id=f"'{SUBMITTED.id}'"
    ),
    "kept_review_decision_state": copied(
        "review_decision", RETURNED, sequence="999", visit_id=f"'{DRAFT.id}'"
    ),
    "kept_visit_afterward_insert": copied("visit_afterward", SIGNED),
    "kept_visit_afterward_state": copied(
        "visit_afterward", SIGNED, **NEW, visit_id=f"'{DRAFT.id}'"
    ),
}
"""What only this one guard stands against, where it is not simply any change."""


def attack_on(guard: str) -> str:
    """What a guard has to refuse."""
    if guard in APART:
        return APART[guard]
    named = re.fullmatch(r"(?:closed|kept)_(\w+)_(insert|update|delete|whole)", guard)
    assert named, f"nothing is known to attack {guard} with"
    table, verb = named.groups()
    last = [column.name for column in Row.metadata.tables[table].columns][-1]
    mine = "" if table in KEPT else f" WHERE {MINE[table]}"
    return {
        "insert": f'INSERT INTO "{table}" SELECT * FROM "{table}"{mine or " WHERE true"}',
        "update": f'UPDATE "{table}" SET "{last}" = "{last}"{mine}',
        "delete": f'DELETE FROM "{table}"{mine}',
        "whole": f'TRUNCATE "{table}" CASCADE',
    }[verb]


def is_refused(connection: Connection, attack: str) -> bool:
    """Whether a guard of ours says no; a broken rule of the tables is another matter."""
    point = connection.begin_nested()
    try:
        connection.exec_driver_sql(attack)
    except (BodymapError, DBAPIError) as problem:
        return "bodymap:" in str(problem.__cause__ or problem)
    finally:
        point.rollback()
    return False


@contextmanager
def without(connection: Connection, *statements: str) -> Iterator[None]:
    """For as long as the block lasts, guards are gone."""
    point = connection.begin_nested()
    for statement in statements:
        connection.exec_driver_sql(statement)
    yield
    point.rollback()


def check_each(
    connection: Connection, guards: Mapping[str, str], gone: Callable[[str, str], str]
) -> None:
    """Attack with each guard in place, and with it gone.

    Args:
        connection: In a transaction.
        guards: Their names, each with the table it stands on.
        gone: The statement that takes one away.
    """
    loose, idle = [], []
    for guard in guards:
        behind = [gone(other, guards[other]) for other in BEHIND.get(guard, ())]
        with without(connection, *behind):
            if not is_refused(connection, attack_on(guard)):
                loose.append(guard)
            with without(connection, gone(guard, guards[guard])):
                if is_refused(connection, attack_on(guard)):
                    idle.append(guard)
    assert (loose, idle) == ([], []), "not refused; refused by something else as well"


def test_each_guard_of_the_file_is_needed(data: DataFile) -> None:
    fill(data)
    with data.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        connection.exec_driver_sql("BEGIN")
        found = connection.exec_driver_sql(
            "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'"
        )
        guards = {guard: table for guard, table in found if guard not in NOT_GUARDS}
        assert len(guards) > 100
        check_each(connection, guards, lambda guard, _: f"DROP TRIGGER {guard}")


def switched(how: str, guard: str, table: str) -> str:
    return f"ALTER TABLE {table} {how} TRIGGER {guard}"


def test_each_guard_of_the_server_is_needed(server: Server) -> None:
    name = server.with_tables()
    seat = open_seat(server, name)
    fill(cast("DataFile", seat))
    seat.close()
    owner = open_server(server.address(name, OWNER))
    with owner.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal"
        )
        guards = {guard: table for guard, table in found if guard not in NOT_GUARDS}
        emptying = {guard: guards.pop(guard) for guard in [*guards] if guard.endswith("_whole")}
        assert len(guards) > 100
        assert len(emptying) > 30
        check_each(connection, guards, partial(switched, "DISABLE"))
        # Emptying one table empties those that hang on it, each with a guard of its own.
        with without(connection, *(switched("DISABLE", *one) for one in emptying.items())):
            for guard, table in emptying.items():
                assert not is_refused(connection, attack_on(guard)), guard
                with without(connection, switched("ENABLE", guard, table)):
                    assert is_refused(connection, attack_on(guard)), guard
        connection.rollback()
    owner.dispose()
    server.drop(name)
