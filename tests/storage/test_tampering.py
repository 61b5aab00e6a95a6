"""Whoever gets past the triggers is found out: every column of every guarded table."""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from bodymap.chart.audit import AuditHead, Finding
from bodymap.errors import ConflictError
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.engine import open_engine
from bodymap.storage.verify import verify
from tests.postgres import PASSWORD, SEAT, Server, open_seat
from tests.storage.tampering import (
    VERBS,
    WAYS,
    Target,
    Way,
    fill,
    removal,
    replacement,
    targets,
    update,
    upsert,
)
from tests.torture import put_down, times
from tests.vaults import KEY, a_data_file

SAYS_NOTHING = {
    "visit.version": "counts changes, for those who write at the same time",
    "visit_adverse_event.position": "orders several",
    "visit_aftercare.position": "orders several",
    "visit_condition.position": "orders several",
    "visit_follow_up.position": "orders several",
    "visit_measure.position": "orders several",
    "pain_zone_region.position": "orders several",
    "polygon_ring.polygon": "orders several",
    "polygon_ring.ring": "orders several",
    "visit_round.sequence": "orders several",
    "review_comment.sequence": "orders several",
    "review_answer.sequence": "orders several",
    "review_decision.sequence": "orders several",
}
"""Columns that alone tell nobody anything; the order of several rows is tested by itself."""

BY_ITSELF = {("visit_told.told", VERBS.index(replacement))}
"""Cells in which the row that is put in stands there already, so that nothing changes."""


@dataclass(frozen=True)
class Spoilt:
    """A clinic whose file is spoilt again and again."""

    sound: Path
    path: Path
    engine: Engine
    end: AuditHead
    targets: tuple[Target, ...]

    def findings(self, way: Way, *statements: str) -> tuple[int, tuple[Finding, ...]]:
        """How many rows were changed, and what verifying says."""
        self.engine.dispose()
        for file in self.path.parent.glob(f"{FILE_NAME}*"):
            file.unlink()
        shutil.copyfile(self.sound, self.path)
        changed = sum(way(self.path, statement) for statement in statements)
        return changed, verify(self.engine, self.end)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoilt]:
    folder = tmp_path_factory.mktemp("clinic")
    data = a_data_file(folder / "sound")
    signed = fill(data)
    with data.open_work() as work:
        end = work.audit.head()
    data.close()
    with connected(folder / "sound" / FILE_NAME, KEY) as client:
        found = tuple(targets(client, signed))
    path = folder / FILE_NAME
    engine = open_engine(path, KEY)
    yield Spoilt(folder / "sound" / FILE_NAME, path, engine, end, found)
    engine.dispose()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_way_round_the_triggers_alone_leaves_no_trace(clinic: Spoilt, way: Way) -> None:
    """So that what is found below is found by what was changed, not by how."""
    assert clinic.findings(way, "UPDATE visit SET version = version WHERE false") == (0, ())


def test_another_value_in_any_column_is_found(clinic: Spoilt) -> None:
    chosen = clinic.targets[:: times(3, 1)]
    missed = [target.name for target in chosen if _is_missed(clinic, target, 0, 0)]
    bad = set(missed) - SAYS_NOTHING.keys()
    put_down("R19", "columns overwritten, then verified", len(chosen), len(bad))
    assert bad == set()


def test_any_verb_by_any_way_is_found(clinic: Spoilt) -> None:
    cells = [
        (target, verb, way)
        for target in clinic.targets
        for verb in range(len(VERBS))
        for way in range(len(WAYS))
        if target.name not in SAYS_NOTHING and (target.name, verb) not in BY_ITSELF
    ]
    chance = random.Random(19)  # noqa: S311 - the same on every run
    chosen = chance.sample(cells, times(20, len(cells)))
    missed = [(cell[0].name, *cell[1:]) for cell in chosen if _is_missed(clinic, *cell)]
    put_down("R19", "columns x verbs x ways, then verified", len(chosen), len(missed))
    assert missed == []


def test_a_row_that_belongs_to_nobody_is_found(clinic: Spoilt) -> None:
    (target,) = (one for one in clinic.targets if one.name == "visit_text.visit_id")
    changed, found = clinic.findings(WAYS[0], replacement(target))
    assert changed
    assert {finding.where.split()[0] for finding in found} == {"visit_text"}


def _is_missed(clinic: Spoilt, target: Target, verb: int, way: int) -> bool:
    try:
        changed, found = clinic.findings(WAYS[way], VERBS[verb](target))
    except ConflictError:
        return False  # another row has this value, which only one may have
    assert changed, f"{target.name} was not changed"
    return not found


ORDERED = ("visit_signature", "visit_round", "review_comment", "review_answer", "review_decision")


@pytest.mark.parametrize("table", [*ORDERED, "visit_afterward", "visit"])
def test_another_order_is_found(clinic: Spoilt, table: str) -> None:
    last = f"(SELECT max(sequence) FROM {table})"  # noqa: S608 - names of this file
    move = f"UPDATE {table} SET sequence = -1 WHERE sequence = {last}"  # noqa: S608
    changed, found = clinic.findings(WAYS[0], move)
    assert changed == 1
    assert any("stands in another place" in finding.what for finding in found)


SAID = {
    "UPDATE visit_afterward SET text = 'Fine'": "no longer as it was put down: text",
    "UPDATE visit_afterward SET at_offset_min = 7": "no longer as it was put down: at",
    "UPDATE visit_afterward SET user_id = 'x'": "no longer as it was put down: by",
    "DELETE FROM visit_afterward": "of the audit trail tells of is gone: entry",
    "UPDATE review_comment SET text = 'Well done'": "A comment of the review is no longer",
    "UPDATE review_comment SET severity = 'note'": "is no longer as it was put down: severity",
    "UPDATE review_answer SET settles = 1": "An answer in the review is no longer",
    "DELETE FROM review_answer": "tells of is gone: comment or answer",
    "UPDATE review_decision SET verdict = 'approved'": "The decision about round 1 is no longer",
    "DELETE FROM review_decision": "tells of is gone: decision 1",
    "UPDATE visit_round SET user_id = 'x'": "Round 1 of the review is no longer",
    "UPDATE visit_signature SET text = 'All well' WHERE meaning = 'addendum'": "text.",
    "DELETE FROM visit_signature WHERE meaning = 'addendum'": "tells of is gone: signature",
    "DELETE FROM visit_signature WHERE meaning = 'void'": "tells of is gone: signature",
    "UPDATE visit SET state = 'draft' WHERE state = 'signed'": "It is draft here",
    "UPDATE visit SET state = 'signed' WHERE state = 'void'": "It is signed here",
    "UPDATE signing_key SET made_offset_min = 5": "A signing key is no longer",
    "DELETE FROM visit WHERE state = 'draft'": "It is gone.",
}  # fmt: skip


@pytest.mark.parametrize(("statement", "words"), SAID.items(), ids=list(SAID))
def test_what_was_changed_is_said(clinic: Spoilt, statement: str, words: str) -> None:
    changed, found = clinic.findings(WAYS[0], statement)
    assert changed
    assert [finding.what for finding in found if words in finding.what], found


def test_on_a_server_no_verb_gets_through(server: Server) -> None:
    name = server.with_tables()
    seat = open_seat(server, name)
    signed = fill(seat)
    seat.close()
    address = {"host": "127.0.0.1", "port": server.port, "dbname": name}
    with psycopg.connect(**address, user=SEAT, password=PASSWORD, autocommit=True) as client:
        found = tuple(targets(client, signed))
        tried = [verb(one) for verb in (update, upsert, removal) for one in found if _is_sql(one)]
        for statement in tried:
            with pytest.raises(psycopg.Error, match=r"bodymap:|permission denied"):
                client.execute(re.sub("x'([0-9a-f]{64})'", r"'\\x\1'", statement))
    server.drop(name)
    put_down("R19", "columns x verbs on a server, as the seats' role", len(tried), 0)


def _is_sql(target: Target) -> bool:
    """Whether a server too can make another value: it has no random bytes."""
    return target.column.type.python_type is not bytes
