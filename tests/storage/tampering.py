"""Changes behind bodymap's back, made by somebody who has the key and knows SQL."""
# ruff: noqa: S608 - attacks are made of strings

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection as DriverConnection
from typing import Any

from sqlalchemy import Column, Enum, Table

from bodymap.chart.signing import Meaning
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.tables import Row
from tests.builders import a_user, a_visit
from tests.storage.afterwards import an_afterward
from tests.storage.conftest import with_people
from tests.storage.full_record import full_visit
from tests.storage.reviewing import review
from tests.storage.signing import a_signature, sign
from tests.storage.test_guards import KEPT, OF_VISITS, mine
from tests.vaults import KEY

GUARDED = ("visit", *OF_VISITS, *KEPT)

ACTOR = a_user().id


def fill(data: DataFile) -> Visit:
    """Something in every guarded table: what was signed, added, voided, reviewed, heard later."""
    with_people(data, patients=2)
    draft, reviewed, void = full_visit(2), full_visit(3), a_visit(1, 1, 1, number=4)
    other = a_visit(1, 1, 1, number=5)
    with data.open_work(ACTOR) as work:
        for visit in (full_visit(), draft, reviewed, void, other):
            work.visits.add(visit)
        work.commit()
        stored = [work.visits.get(visit.id) for visit in (full_visit(), reviewed, other, void)]
    signed = sign(data, stored[0])
    review(data, stored[1])
    review(data, stored[2])
    sign(data, sign(data, stored[3]), Move.VOID)
    with data.open_work(ACTOR) as work:
        work.signatures.add(a_signature(signed, Meaning.ADDENDUM))
        for number in (1, 2):
            work.afterwards.add(an_afterward(signed, number))
        work.commit()
    return signed


@dataclass(frozen=True)
class Target:
    """One column of one row of a guarded table."""

    table: Table
    column: Column[Any]
    where: str

    @property
    def name(self) -> str:
        """Which one."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def other(self) -> str:
        """Another value that could stand there, as SQL of either database."""
        column, kind = f'"{self.column.name}"', self.column.type
        if isinstance(kind, Enum):
            first, second = kind.enums[:2]
            return f"CASE {column} WHEN '{first}' THEN '{second}' ELSE '{first}' END"
        return _OTHER[kind.python_type].format(column)

    @property
    def changed(self) -> str:
        """The row with the other value, as a SELECT."""
        listed = (
            self.other if column is self.column else f'"{column.name}"'
            for column in self.table.columns
        )
        return f'SELECT {", ".join(listed)} FROM "{self.table.name}" WHERE {self.where}'


_OTHER: dict[type, str] = {
    bool: "NOT coalesce({0}, FALSE)",
    int: "coalesce({0}, 0) + 1000",
    float: "coalesce({0}, 0) + 0.5",
    bytes: "randomblob(length({0}))",
    date: "'2020-02-03'",
    datetime: "'2020-02-03 04:05:06.000000'",
    str: "coalesce(substr({0}, 2), '') || 'x'",  # no longer than it was
}


def targets(client: DriverConnection, signed: Visit) -> Iterator[Target]:
    """Every column of every guarded table, in the first row that may not be changed."""
    for name in GUARDED:
        table = Row.metadata.tables[name]
        keys = [column.name for column in table.primary_key]
        which = "true" if name in KEPT else mine(name, signed.id)
        query = f'SELECT {", ".join(keys)} FROM "{name}" WHERE {which}'
        row = client.execute(query).fetchone()
        assert row, f"nothing in {name} to attack"
        where = " AND ".join(
            f"{key} = {_literal(value)}" for key, value in zip(keys, row, strict=True)
        )
        for column in table.columns:
            yield Target(table, column, where)


def _literal(value: object) -> str:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else repr(value)


def update(target: Target) -> str:
    """Write another value over it."""
    name = target.column.name
    return f'UPDATE "{target.table.name}" SET "{name}" = {target.other} WHERE {target.where}'


def replacement(target: Target) -> str:
    """Put another row in its place."""
    return f'INSERT OR REPLACE INTO "{target.table.name}" {target.changed}'


def upsert(target: Target) -> str:
    """Run into a conflict, and write another value over it then."""
    table, name = target.table, target.column.name
    keys = ", ".join(column.name for column in table.primary_key)
    whole = f'SELECT * FROM "{table.name}" WHERE {target.where}'
    value = target.other.replace(f'"{name}"', f'"{table.name}"."{name}"')
    return (
        f'INSERT INTO "{table.name}" {whole} ON CONFLICT ({keys}) DO UPDATE SET "{name}" = {value}'
    )


def removal(target: Target) -> str:
    """Take the row away."""
    return f'DELETE FROM "{target.table.name}" WHERE {target.where}'


Verb = Callable[[Target], str]
VERBS: tuple[Verb, ...] = (update, replacement, upsert, removal)


def _free(client: DriverConnection) -> None:
    for rule in ("foreign_keys = OFF", "ignore_check_constraints = ON", "recursive_triggers = OFF"):
        client.execute(f"PRAGMA {rule}")


def _triggers(client: DriverConnection, of: str = "main") -> list[tuple[str, str]]:
    query = f"SELECT name, sql FROM {of}.sqlite_schema WHERE type = 'trigger'"
    return client.execute(query).fetchall()


def without_triggers(path: Path, statement: str) -> int:
    """Drop the triggers and make them again; say how many rows were changed."""
    with connected(path, KEY) as client:
        _free(client)
        guards = _triggers(client)
        client.execute("BEGIN")
        for name, _ in guards:
            client.execute(f"DROP TRIGGER {name}")
        changed = client.execute(statement).rowcount
        for _, sql in guards:
            client.execute(sql)
        client.execute("COMMIT")
    return changed


def with_writable_schema(path: Path, statement: str) -> int:
    """Take the triggers out of the schema's own table and put them back."""
    with connected(path, KEY) as client:
        _free(client)
        guards = client.execute("SELECT * FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        client.execute("PRAGMA writable_schema = ON")
        client.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
    with connected(path, KEY) as client:
        _free(client)
        changed = client.execute(statement).rowcount
        client.execute("PRAGMA writable_schema = ON")
        client.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", guards)
    return changed


def in_a_copy(path: Path, statement: str) -> int:
    """Change a copy that was attached to an empty file, and put it in the place of the data."""
    with connected(path.with_name("empty"), KEY, "rwc") as client:
        _free(client)
        client.execute("ATTACH ? AS theirs", (str(path),))
        guards = _triggers(client, "theirs")
        client.execute("BEGIN")
        for name, _ in guards:
            client.execute(f"DROP TRIGGER theirs.{name}")
        changed = client.execute(statement).rowcount  # the empty file has no such table
        for _, sql in guards:
            client.execute(sql.replace("CREATE TRIGGER ", "CREATE TRIGGER theirs.", 1))
        client.execute("COMMIT")
    return changed


Way = Callable[[Path, str], int]
WAYS: tuple[Way, ...] = (without_triggers, with_writable_schema, in_a_copy)
