"""Whatever is changed behind bodymap's back is found, and the first bad place is named."""
# ruff: noqa: S608 - tampering is made of strings

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import DBAPIError

from bodymap.chart.audit import FIRST, AuditHead, Finding, FindingKind, chained
from bodymap.chart.change import Change
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitState
from bodymap.storage.audit import CHAINED_NAMES
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.engine import open_engine
from bodymap.storage.migrate import HEAD
from bodymap.storage.schema_digest import EXPECTED, schema_digest
from bodymap.storage.snapshots import packed
from bodymap.storage.verify import as_far_as_it_goes, quick_findings, trail_findings, verify
from tests.builders import a_needle_site, a_patient, a_visit
from tests.storage.conftest import with_people
from tests.storage.reviewing import review
from tests.storage.signing import sign
from tests.torture import put_down, times
from tests.vaults import KEY, a_data_file

ENTRIES = 41


@pytest.fixture(scope="module")
def clinic_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One signed visit, one draft, and some forty entries of the trail; closed."""
    folder = tmp_path_factory.mktemp("clinic")
    data = with_people(a_data_file(folder), patients=2)
    with data.open_work() as work:
        work.visits.add(a_visit(4, 2, 1))
        work.visits.add(a_visit(0, 0, 0, number=2))
        work.commit()
    sign(data, a_visit(4, 2, 1))
    for number in range(1, 30):
        with data.open_work() as work:
            change = Change(put=(a_needle_site(number, 2),))
            work.visits.apply(a_visit(number=2).id, number, change)
            work.commit()
    data.close()
    return folder


@pytest.fixture
def path(clinic_folder: Path, tmp_path: Path) -> Path:
    """A copy of the clinic's file, to be spoilt."""
    return Path(shutil.copy(clinic_folder / FILE_NAME, tmp_path / FILE_NAME))


def end_of(path: Path) -> AuditHead:
    with connected(path, KEY) as client:
        return AuditHead(*client.execute("SELECT count, hash FROM audit_head").fetchone())


def findings(path: Path, anchor: AuditHead | None = None) -> tuple[Finding, ...]:
    engine = open_engine(path, KEY)
    try:
        return verify(engine, anchor or AuditHead())
    finally:
        engine.dispose()


def tamper(path: Path, *statements: str) -> None:
    """Change the file as somebody would who knows how: the triggers come back afterwards."""
    with connected(path, KEY) as client:
        guards = client.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        client.execute("PRAGMA foreign_keys = OFF")
        for name, _ in guards:
            client.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            client.execute(statement)
        for _, sql in guards:
            client.execute(sql)


def test_what_bodymap_wrote_is_found_to_be_so(path: Path) -> None:
    assert findings(path, end_of(path)) == ()


def test_the_known_digest_is_that_of_the_newest_tables(path: Path) -> None:
    with connected(path, KEY) as client:
        found = schema_digest(client)
    assert found == EXPECTED[HEAD], "a new revision needs its digest in schema_digest.py"


_FALSE = "'2026-03-02T08:15:00.000000Z',0,'','added','mark','','','','','',zeroblob(32)"

CHANGES: dict[str, tuple[str, FindingKind, str]] = {
    "time": ("UPDATE audit SET at_utc = '2020-01-01T00:00:00.000000Z' WHERE number = 7",
             FindingKind.CHAIN, "entry 7"),
    "actor": ("UPDATE audit SET actor_id = 'x' WHERE number = 7", FindingKind.CHAIN, "entry 7"),
    "new": ("UPDATE audit SET new = new || ' ' WHERE number = 9", FindingKind.CHAIN, "entry 9"),
    "hash": ("UPDATE audit SET hash = randomblob(32) WHERE number = 9",
             FindingKind.CHAIN, "entry 9"),
    "first gone": ("DELETE FROM audit WHERE number = 1", FindingKind.CHAIN, "entry 1"),
    "middle gone": ("DELETE FROM audit WHERE number = 11", FindingKind.CHAIN, "entry 11"),
    "last gone": ("DELETE FROM audit WHERE number > 35", FindingKind.END, "entry 35"),
    "one more": (f"INSERT INTO audit VALUES (99, {_FALSE})", FindingKind.CHAIN, "entry"),
    "content": ("UPDATE needle_site SET depth_mm = 3", FindingKind.CONTENT, "visit"),
    "a mark gone": ("DELETE FROM mark WHERE kind = 'needle-site' AND number = 4",
                    FindingKind.CONTENT, "visit"),
    "pain": ("UPDATE visit SET pain_before = 1", FindingKind.CONTENT, "visit"),
    "somebody else": ("UPDATE visit SET therapist_id = 'x'", FindingKind.CONTENT, "visit"),
    "patient": ("UPDATE visit_signature SET patient_id = 'x'", FindingKind.SIGNATURE, "visit"),
    "name": ("UPDATE visit_signature SET name = 'Dr. Else'", FindingKind.SIGNATURE, "visit"),
    "words": ("UPDATE visit_signature SET signed_utc = '2026-01-01 00:00:00'",
              FindingKind.SIGNATURE, "visit"),
    "nobody": ("DELETE FROM visit_signature", FindingKind.SIGNATURE, "visit"),
    "key": ("UPDATE signing_key SET user_id = 'x'", FindingKind.SIGNATURE, "visit"),
    "never signed": ("UPDATE visit SET state = 'signed'", FindingKind.SIGNATURE, "visit"),
    "a trigger": ("CREATE TRIGGER mine AFTER INSERT ON mark BEGIN SELECT 1; END",
                  FindingKind.SCHEMA, "revision"),
    "an index": ("DROP INDEX ix_audit_patient_id", FindingKind.SCHEMA, "revision"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "where"), CHANGES.values(), ids=CHANGES.keys())
def test_each_change_is_found_where_it_is(
    path: Path, statement: str, kind: FindingKind, where: str
) -> None:
    tamper(path, statement)
    found = findings(path)
    assert kind in {finding.kind for finding in found}
    assert any(f.where.startswith(where) for f in found if f.kind is kind), found


@pytest.mark.parametrize("change", [
    "DROP TABLE audit", "DROP TABLE audit_head", "DROP TABLE visit_signature", "DROP TABLE mark",
    "DROP TABLE review_comment", "ALTER TABLE signing_key RENAME COLUMN user_id TO whose",
])  # fmt: skip
def test_what_can_no_longer_be_looked_at_is_said(path: Path, change: str) -> None:
    """Instead of an error: whoever took a table away must not get away with that."""
    with connected(path, KEY) as client:
        client.execute("PRAGMA foreign_keys = OFF")
        client.execute(change)
    found = findings(path)
    assert found[0].kind is FindingKind.SCHEMA
    assert found[-1].what.startswith(("Not everything could be looked at", "The data file is dam"))
    engine = open_engine(path, KEY)
    assert quick_findings(engine, AuditHead())[0] == found[0]
    engine.dispose()


@pytest.mark.parametrize("change", [
    "UPDATE visit_signature SET signed_utc = 'never'",
    "UPDATE visit_signature SET signed_offset_min = 99999",
    "UPDATE signing_key SET made_utc = 'never'",
    "UPDATE audit SET new = '{'",
    "UPDATE audit SET new = '[]'",
    "UPDATE visit_round SET at_utc = 'never'",
])  # fmt: skip
def test_what_bodymap_never_writes_is_found_and_is_no_error(path: Path, change: str) -> None:
    data = a_data_file(path.parent)
    with data.open_work() as work:
        work.visits.add(a_visit(1, number=3))
        work.commit()
    review(data, a_visit(1, number=3))
    data.close()
    tamper(path, change)
    kinds = {finding.kind for finding in findings(path)}
    assert kinds
    assert FindingKind.SCHEMA not in kinds


def test_an_error_that_nobody_caused_is_no_finding(path: Path) -> None:
    engine = open_engine(path, KEY)

    def looks() -> Iterator[tuple[Finding, ...]]:
        yield ()
        with engine.connect() as connection:
            connection.exec_driver_sql("SELEKT nothing")

    with pytest.raises(DBAPIError):
        as_far_as_it_goes(engine, looks())
    engine.dispose()


def test_a_dropped_trigger_shows_even_when_nothing_else_changed(path: Path) -> None:
    with connected(path, KEY) as client:
        client.execute("DROP TRIGGER closed_mark_update")
    assert [finding.kind for finding in findings(path)] == [FindingKind.SCHEMA]


def rewritten(path: Path) -> None:
    """The whole chain made anew after a change, as one would who can program."""
    with connected(path, KEY) as client:
        rows = client.execute("SELECT * FROM audit ORDER BY number").fetchall()
    last, statements = FIRST, []
    for row in rows:
        values = list(row[:-1])
        if row[0] == 7:
            values[10] = "{}"
        last = chained(last, tuple(values))
        told = values[10].replace("'", "''")
        statements.append(
            f"UPDATE audit SET hash = x'{last.hex()}', new = '{told}' WHERE number = {row[0]}"
        )
    statements.append(f"UPDATE audit_head SET hash = x'{last.hex()}'")
    tamper(path, *statements)


def cut(path: Path) -> None:
    """The tail cut off, and the head put back to match."""
    tamper(
        path,
        "DELETE FROM audit WHERE number > 38",
        "UPDATE audit_head SET count = 38, hash = (SELECT hash FROM audit WHERE number = 38)",
    )


@pytest.mark.parametrize("spoil", [rewritten, cut])
def test_what_the_file_alone_cannot_show_the_kept_end_does(
    path: Path, spoil: Callable[[Path], None]
) -> None:
    anchor = end_of(path)
    spoil(path)
    found = findings(path, anchor)
    assert FindingKind.END in {finding.kind for finding in found}
    assert FindingKind.CHAIN not in {finding.kind for finding in found}


def test_an_older_file_in_place_of_this_one_shows(path: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(path, tmp_path / "older.sqlite"))
    (tmp_path / "now").mkdir()
    path = Path(shutil.move(path, tmp_path / "now" / FILE_NAME))
    data = a_data_file(tmp_path / "now")
    with data.open_work() as work:
        work.people.put_patient(a_patient(9))
        work.commit()
        anchor = work.audit.head()
    data.close()
    assert findings(path, anchor) == ()
    assert [finding.kind for finding in findings(older, anchor)] == [FindingKind.END]


def test_a_signature_by_a_strangers_key_is_found(data: DataFile) -> None:
    with_people(data)
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.signatures.add_key(a_visit().therapist, bytes(32), a_visit().began)
        work.commit()
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(Exception, match=r"rule|changed|entry"):
        sign(data, a_visit(), private=stranger)


def test_a_signature_over_another_content_is_found(data: DataFile) -> None:
    with_people(data)
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    sign(data, a_visit(), digest="0" * 64)
    assert [f.kind for f in verify(data.engine, AuditHead())] == [FindingKind.CONTENT]


def test_a_damaged_page_is_named_and_nothing_else_is_believed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[9 * 4096 + 77] ^= 1
    path.write_bytes(content)
    assert {finding.kind for finding in findings(path)} == {FindingKind.PAGES}


Spoiler = Callable[[random.Random, int], tuple[str, int]]
"""Makes a statement, and says which entry has to be named as the first that is wrong."""


def _gone(chance: random.Random, count: int) -> tuple[str, int]:
    first = chance.choice((1, chance.randint(2, count - 1)))
    last = chance.randint(first, count - 1)
    return f"DELETE FROM audit WHERE number BETWEEN {first} AND {last}", first


def _cut(chance: random.Random, count: int) -> tuple[str, int]:
    kept = chance.randint(1, count - 1)
    return f"DELETE FROM audit WHERE number > {kept}", kept


def _swapped(chance: random.Random, count: int) -> tuple[str, int]:
    one, other = sorted(chance.sample(range(1, count + 1), 2))
    values = ", ".join(
        f"{name} = (SELECT {name} FROM audit b WHERE b.number = {one + other} - audit.number)"
        for name in (*CHAINED_NAMES[1:], "hash")
    )
    return f"UPDATE audit SET {values} WHERE number IN ({one}, {other})", one


def _put_in(chance: random.Random, count: int) -> tuple[str, int]:
    """One entry too many takes the number of another, and those after it move on."""
    at = chance.randint(1, count)
    same = ", ".join(CHAINED_NAMES[1:])
    entry = f"SELECT {count + 1}, {same}, randomblob(32) FROM audit WHERE number = {at}"
    return f"INSERT INTO audit (number, {same}, hash) {entry}", count + 1


def _renumbered(chance: random.Random, count: int) -> tuple[str, int]:
    number = chance.randint(1, count - 1)
    return f"UPDATE audit SET number = {count + 5} WHERE number = {number}", number


def _one_byte(chance: random.Random, count: int) -> tuple[str, int]:
    """Any column, one character of it other than it was."""
    number, name = chance.randint(1, count), chance.choice(CHAINED_NAMES[1:])
    if name == "at_offset_min":
        return f"UPDATE audit SET at_offset_min = at_offset_min + 1 WHERE number = {number}", number
    at = f"1 + {chance.randrange(60)} % max(1, length(coalesce({name}, '')))"
    other = f"CASE substr({name}, {at}, 1) WHEN '7' THEN '8' ELSE '7' END"
    changed = f"coalesce(substr({name}, 1, {at} - 1) || {other} || substr({name}, {at} + 1), '7')"
    return f"UPDATE audit SET {name} = {changed} WHERE number = {number}", number


def _hash(chance: random.Random, count: int) -> tuple[str, int]:
    number = chance.randint(1, count)
    return f"UPDATE audit SET hash = randomblob(32) WHERE number = {number}", number


def _copied(chance: random.Random, count: int) -> tuple[str, int]:
    """What one entry tells takes the place of what another does, its hash too."""
    one, other = chance.sample(range(1, count + 1), 2)
    values = ", ".join(
        f"{name} = (SELECT {name} FROM audit b WHERE b.number = {other})"
        for name in (*CHAINED_NAMES[1:], "hash")
    )
    return f"UPDATE audit SET {values} WHERE number = {one}", one


SPOILERS: tuple[Spoiler, ...] = (
    _gone,
    _cut,
    _swapped,
    _put_in,
    _renumbered,
    _one_byte,
    _hash,
    _copied,
)


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__[1:])
def test_chance_changes_of_the_trail_are_found_and_the_first_is_named(
    path: Path, spoil: Spoiler
) -> None:
    chance = random.Random(spoil.__name__)  # noqa: S311 - the same on every run
    count, rounds, bad = end_of(path).count, times(25, 1000), 0
    with connected(path, KEY) as client:
        client.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in client.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%audit%'"
        ).fetchall():
            client.execute(f"DROP TRIGGER {name}")
        for _ in range(rounds):
            client.execute("SAVEPOINT before")
            statement, first = spoil(chance, count)
            assert client.execute(statement).rowcount > 0
            found = trail_findings(client)
            bad += not found or found[0].where != f"entry {first}"
            client.execute("ROLLBACK TO before")
            client.execute("RELEASE before")
    put_down("R20", f"tampers of the trail: {spoil.__name__[1:]}", rounds, bad)
    assert bad == 0


def test_progress_is_told_and_may_stop_it(path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    engine = open_engine(path, KEY)
    verify(engine, AuditHead(), lambda *step: told.append(step))
    engine.dispose()
    assert list(dict.fromkeys(what for what, *_ in told)) == [
        "pages of the file",
        "audit trail",
        "entries of the trail",
        "signatures",
    ]
    assert end_of(path).count >= ENTRIES


def test_a_visit_that_is_void_keeps_its_proof(data: DataFile) -> None:
    with_people(data)
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    signed: Visit = sign(data, a_visit())
    assert sign(data, signed, Move.VOID).state is VisitState.VOID
    assert verify(data.engine, AuditHead()) == ()


def test_a_round_that_is_not_what_was_handed_in_is_found(data: DataFile) -> None:
    visit = a_visit(number=7)
    with_people(data)
    with data.open_work() as work:
        work.visits.add(visit)
        work.commit()
    review(data, visit)
    assert not verify(data.engine, AuditHead())
    other = packed(replace(visit, pain_after=1))
    with connected(data.path, KEY) as client:
        client.execute("DROP TRIGGER kept_visit_round_update")
        client.execute("UPDATE visit_round SET content = ?", (other,))
    found = verify(data.engine, AuditHead())
    assert [finding.kind for finding in found] == [FindingKind.SCHEMA, FindingKind.CONTENT]
    assert "Round 1" in found[-1].what
