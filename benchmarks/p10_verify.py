"""P10: the audit trail followed link by link, beside a bare loop that only reads and hashes.

The bare loop does what nobody can leave out: every row is read, written as JSON and hashed. What
bodymap does more is compare. Pages and signatures are measured by themselves.
"""

import json
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection as DriverConnection

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.measure import Result, compared, in_turns, limited, report
from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.audit import FIRST, AuditAction, AuditHead, Entity, Subject
from bodymap.chart.marks import MarkId, NeedleSite
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place
from bodymap.chart.signing import Meaning, Signature, SignatureId, Statement, visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitId
from bodymap.storage.audited import fields_of
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.vault.keys import DataKey
from bodymap.storage.verify import chain_findings, verify

ENTRIES = 100_000
SIGNED = 200
NEEDLES = 12
ROUNDS = 7

USER = User(UserId("u"), "Noor Placeholder")
PATIENT = Patient(PatientId("p"), "P-0001", "Example", "Amara", date(1984, 3, 12))
EPISODE = Episode(EpisodeId("e"), PATIENT.id, "Right shoulder")
WHEN = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)

_COLUMNS = (
    "number, at_utc, at_offset_min, actor_id, action, entity, entity_id, patient_id, visit_id,"
    " old, new"
)


def run() -> list[Result]:
    """Measure a trail of 100,000 entries, then signatures."""
    key = DataKey.new()
    with tempfile.TemporaryDirectory() as name:
        data = open_data_file(Path(name), key)
        _fill_people(data)
        _sign_visits(data)
        (all_s,) = in_turns(lambda: verify(data.engine, AuditHead()), rounds=3)
        assert verify(data.engine, AuditHead()) == ()
        _fill_trail(data)
        size = data.path.stat().st_size
        with connected(data.path, key) as driver:
            ours, bare = in_turns(lambda: _followed(driver), lambda: _bare(driver), rounds=ROUNDS)
            (pages_s,) = in_turns(lambda: _pages(driver), rounds=3)
        data.close()
    return [
        compared("P10", "100,000 entries followed, s", ours, bare, 1.5),
        limited("P10", "100,000 entries and every page of their file, s", ours + pages_s, 3.0),
        limited("P10", "a visit with 12 needles and its signature, ms", all_s / SIGNED * 1e3, 30.0),
        limited("P10", "bytes of the file for each entry", size / ENTRIES, 300.0),
    ]


def _followed(driver: DriverConnection) -> None:
    assert not list(chain_findings(driver))


def _bare(driver: DriverConnection) -> bytes:
    last = FIRST
    as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in driver.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number"):  # noqa: S608
        last = sha256(last + as_json(row).encode()).digest()
    return last


def _pages(driver: DriverConnection) -> None:
    assert not driver.execute("PRAGMA cipher_integrity_check").fetchall()


def _needle(number: int, visit: str) -> NeedleSite:
    place = Place(
        ViewId.POSTERIOR,
        99.25 + number,
        404.5 + number,
        Side.RIGHT,
        RegionId("shoulder-blade"),
        "32 mm lateral and 12 mm below the spinous process of T5, right",
        (StructureId("trapezius"), StructureId("infraspinatus")),
    )
    name = MarkId(f"{visit:0>23}-{number:012d}")
    return NeedleSite(name, number, place, StructureId("infraspinatus"), depth_mm=18.0)


def _fill_people(data: DataFile) -> None:
    with data.open_work(USER.id) as work:
        work.people.put_user(USER)
        work.people.put_patient(PATIENT)
        work.people.put_episode(EPISODE)
        work.commit()


def _fill_trail(data: DataFile) -> None:
    subject = Subject(Entity.MARK, "0" * 36, PATIENT.id, VisitId("0" * 36))
    mark = fields_of(_needle(1, "0"))
    moved = {**mark, "depth_mm": 22, "number": 2}
    with data.open_work(USER.id) as work:
        while work.audit.head().count < ENTRIES:
            added = work.audit.event(AuditAction.ADDED, subject, new=mark)
            changed = work.audit.event(AuditAction.CHANGED, subject, old=mark, new=moved)
            work.audit.append(*([added, changed, changed] * 500))
        work.commit()


def _sign_visits(data: DataFile) -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    with data.open_work(USER.id) as work:
        work.signatures.add_key(USER.id, public, WHEN)
        for number in range(SIGNED):
            name = VisitId(f"{number:036d}")
            marks = tuple(_needle(one, str(number)) for one in range(1, NEEDLES + 1))
            began = WHEN + timedelta(hours=number)
            visit = Visit(name, PATIENT.id, EPISODE.id, USER.id, began, marks=marks)
            work.visits.add(visit)
            statement = Statement(
                visit=name,
                patient=PATIENT.id,
                user=USER.id,
                name=USER.name,
                meaning=Meaning.AUTHOR,
                signed_at=began,
                digest=visit_digest(visit),
            )
            proof = private.sign(statement.as_bytes())
            work.signatures.add(Signature(SignatureId(name), statement, public, proof))
            work.visits.move(name, visit.version, Move.SIGN)
        work.commit()


if __name__ == "__main__":
    sys.exit(report(run()))
