"""Proves that the data is what bodymap wrote: chain, signatures, tables, pages.

Nothing is changed. What is looked at, in this order: every page of the file, the definitions of
tables and triggers, each link of the audit trail, its end against what was kept elsewhere, and
each signature against its statement, its key and what its visit holds. What was added beside the
visits, and where they stand, is held against the trail.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from sqlite3 import Connection as DriverConnection
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from bodymap.chart.audit import FIRST, AuditHead, Finding, FindingKind, chained
from bodymap.chart.signing import Meaning, Signature, is_before_visit, visit_digest
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.errors import BodymapError, DamagedDataError
from bodymap.storage.audit import CHAINED_NAMES
from bodymap.storage.audit_tables import SigningKeyRow, VisitSignatureRow
from bodymap.storage.retold import retold
from bodymap.storage.review_tables import RoundRow
from bodymap.storage.schema_digest import EXPECTED, schema_digest
from bodymap.storage.signatures import to_signature
from bodymap.storage.signer import is_genuine
from bodymap.storage.snapshots import unpacked
from bodymap.storage.standings import standings
from bodymap.storage.tables import VisitRow
from bodymap.storage.work import SqlWork

Told = Callable[[str, int, int], None]
"""Hears what is being looked at, how much of it is done and how much there is."""

_ENTRIES = f"SELECT {', '.join(CHAINED_NAMES)}, hash FROM audit ORDER BY number"  # noqa: S608
_AT = "SELECT hash FROM audit WHERE number = {}"
_BATCH = 2000


def verify(engine: Engine, anchor: AuditHead, told: Told = lambda *_: None) -> tuple[Finding, ...]:
    """Look at everything and list what is wrong; an empty answer means that all is well.

    Args:
        engine: The data file.
        anchor: The trail's end as it was kept elsewhere.
        told: Hears of the progress; it may raise to stop.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        told("pages of the file", 0, 1)
        damaged = () if _is_server(connection) else tuple(_pages(driver))
    if damaged:
        return damaged  # nothing that is read from it would mean anything
    return as_far_as_it_goes(engine, _looks(engine, anchor, told))


def quick_findings(engine: Engine, anchor: AuditHead) -> tuple[Finding, ...]:
    """What shows at once, at each start: tables, triggers, and the trail's end."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return as_far_as_it_goes(engine, (_definitions(connection), _ends(driver, anchor)))


def _looks(engine: Engine, anchor: AuditHead, told: Told) -> Iterator[Iterable[Finding]]:
    """One look after the other; the definitions first, for the others rely on them."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        yield _definitions(connection)
        yield chain_findings(driver, told)
        yield _ends(driver, anchor)
        if not _is_server(connection):
            yield _of_nobody(driver)
    told("entries of the trail", 0, 1)
    with Session(engine) as session:
        yield retold(session)
        yield standings(session)
    yield _signatures(engine, told)
    yield _rounds(engine)


def as_far_as_it_goes(engine: Engine, looks: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """What several looks find; one that cannot go on is told of, and the others are taken."""
    found: list[Finding] = []
    trouble: Exception | None = None
    for look in looks:
        try:
            found.extend(look)
        except (*_NOT_OURS, engine.dialect.loaded_dbapi.Error) as problem:
            trouble = problem
    if trouble is None:
        return tuple(found)
    if not found:
        raise trouble  # nobody has tampered: it is a fault of the program
    return (*found, Finding(FindingKind.CONTENT, "tables", _NOT_ALL))


_NOT_OURS = (ValueError, LookupError, TypeError, AttributeError, DBAPIError, DamagedDataError)
"""What comes of a table that is missing, or of values that bodymap never writes."""

_NOT_ALL = (
    "Not everything could be looked at: a table or a part of one is missing, or something "
    "stands there that bodymap never writes."
)


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"  # it looks after its pages itself


def _definitions(connection: Connection) -> Iterator[Finding]:
    if _is_server(connection):
        from bodymap.storage.postgres.proof import schema_findings  # noqa: PLC0415 - few need it

        return schema_findings(connection)
    driver: Any = connection.connection.driver_connection
    return _schema(driver)


def _pages(connection: DriverConnection) -> Iterator[Finding]:
    if _is_folded_in(connection):
        for (where,) in connection.execute("PRAGMA cipher_integrity_check").fetchall():
            yield Finding(FindingKind.PAGES, str(where), "This part of the file is damaged.")
    for (words,) in connection.execute("PRAGMA quick_check(5)").fetchall():
        if words != "ok":
            yield Finding(FindingKind.PAGES, str(words), "This part of the file is damaged.")


def _is_folded_in(connection: DriverConnection) -> bool:
    """Whether the file itself holds all; where it may only be read, its log may hold more.

    Pages of the file that the log covers may be half written, and no harm is done.
    """
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.OperationalError:
        return False
    return True


def _of_nobody(driver: DriverConnection) -> Iterator[Finding]:
    """Rows that belong to a visit, mark or person that is not there; a server takes none."""
    for table, row, owner, _ in driver.execute("PRAGMA foreign_key_check").fetchall():
        what = f"It belongs to a row of {owner} that is not there: something else put it in."
        yield Finding(FindingKind.CONTENT, f"{table} {row or ''}".strip(), what)


def _schema(driver: DriverConnection) -> Iterator[Finding]:
    (revision,) = driver.execute("PRAGMA user_version").fetchone()
    if schema_digest(driver) != EXPECTED.get(revision):
        yield Finding(
            FindingKind.SCHEMA,
            f"revision {revision}",
            "Tables or triggers are not those that bodymap made: something else changed them.",
        )


def chain_findings(driver: DriverConnection, told: Told = lambda *_: None) -> Iterator[Finding]:
    """Follow the chain from its beginning to the first link that does not hold."""
    total, last, number = _head(driver).count, FIRST, 0
    with closing(driver.cursor()) as cursor:
        cursor.execute(_ENTRIES)
        while rows := cursor.fetchmany(_BATCH):
            for *values, stored in rows:
                number += 1
                if values[0] != number:
                    yield _broken(number, f"It is missing; entry {values[0]} follows instead.")
                    return
                last = chained(last, tuple(values))
                if last != stored:
                    yield _broken(number, "It was changed, or the one before it was.")
                    return
            told("audit trail", number, total)


def trail_findings(driver: DriverConnection) -> tuple[Finding, ...]:
    """What the audit trail alone shows."""
    return (*chain_findings(driver), *_ends(driver, AuditHead()))


def _broken(number: int, what: str) -> Finding:
    return Finding(FindingKind.CHAIN, f"entry {number}", what)


def _head(driver: DriverConnection) -> AuditHead:
    row = driver.execute("SELECT count, hash FROM audit_head").fetchone()
    return AuditHead(*row) if row else AuditHead()


def _ends(driver: DriverConnection, anchor: AuditHead) -> Iterator[Finding]:
    last = driver.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    ends = AuditHead(*last) if last else AuditHead()
    head = _head(driver)
    if ends != head:
        yield Finding(
            FindingKind.END,
            f"entry {ends.count}",
            f"The trail ends here; it once had {head.count} entries.",
        )
    if anchor.count and driver.execute(_AT.format(anchor.count)).fetchone() != (anchor.hash,):
        yield Finding(
            FindingKind.END,
            f"entry {anchor.count}",
            "The key file knows another trail: its end was cut off, it was written anew, "
            "or an older data file was put in place of this one.",
        )
    yield from _ends_signed(driver)


def _ends_signed(driver: DriverConnection) -> Iterator[Finding]:
    query = """
        SELECT s.id, s.audit_count, s.audit_head, a.hash FROM visit_signature s
        LEFT JOIN audit a ON a.number = s.audit_count
        WHERE s.audit_count > 0 ORDER BY s.sequence
    """
    for signature, count, head, found in driver.execute(query):
        if found is not None and found.hex() == head:
            continue
        yield Finding(
            FindingKind.END,
            f"entry {count}",
            f"Signature {signature} knows another trail: it was cut off or written anew.",
        )


def _signatures(engine: Engine, told: Told) -> Iterator[Finding]:
    with SqlWork(engine) as work, Session(engine) as session:
        keys = dict(session.execute(select(SigningKeyRow.public_key, SigningKeyRow.user_id)).all())
        signed: dict[str, list[Signature]] = {}
        rows = session.scalars(select(VisitSignatureRow).order_by(VisitSignatureRow.sequence))
        for row in rows:
            signed.setdefault(row.visit_id, []).append(to_signature(row))
        closed = select(VisitRow.id).where(VisitRow.state == VisitState.SIGNED)
        visits = sorted({*signed, *session.scalars(closed)})
        for done, visit in enumerate(visits):
            yield from _of_visit(work, VisitId(visit), signed.get(visit, []), keys)
            if done % 100 == 0:
                told("signatures", done, len(visits))


def _rounds(engine: Engine) -> Iterator[Finding]:
    """What was handed in for review, each against the digest that was signed then."""
    with Session(engine) as session:
        for row in session.scalars(select(RoundRow).order_by(RoundRow.sequence)):
            if not _is_sound(row):
                yield Finding(
                    FindingKind.CONTENT,
                    f"visit {row.visit_id}",
                    f"Round {row.number} of its review is not what was handed in.",
                )


def _is_sound(row: RoundRow) -> bool:
    try:
        return visit_digest(unpacked(row.content)) == row.digest
    except ValueError:
        return False


def _of_visit(
    work: SqlWork, visit: VisitId, signatures: Sequence[Signature], keys: dict[bytes, str]
) -> Iterator[Finding]:
    where = f"visit {visit}"
    for signature in signatures:
        statement = signature.statement
        if keys.get(signature.public_key) != statement.user:
            yield Finding(FindingKind.SIGNATURE, where, f"{statement.name} never had this key.")
        if not is_genuine(signature):
            yield Finding(
                FindingKind.SIGNATURE, where, f"{statement.name} did not sign this as it stands."
            )
    try:
        held = work.visits.get(visit)
    except BodymapError as problem:
        yield Finding(FindingKind.CONTENT, where, str(problem))
        return
    yield from _content(work, held, signatures, where)


def _content(
    work: SqlWork, visit: Visit, signatures: Sequence[Signature], where: str
) -> Iterator[Finding]:
    content = [s for s in signatures if s.statement.meaning in _OF_CONTENT]
    if visit.state is VisitState.SIGNED and not content:
        yield Finding(FindingKind.SIGNATURE, where, "It is signed, but nobody's name is under it.")
    if visit.is_open or not signatures:
        return
    yield from _times(visit, signatures, where)
    digest = visit_digest(visit)
    bound = [s for s in signatures if s.statement.meaning not in _OF_CONTENT]
    for signature in (*content[-1:], *bound):
        statement = signature.statement
        if statement.digest != digest:
            yield Finding(
                FindingKind.CONTENT,
                where,
                f"It no longer holds what {statement.name} signed as {statement.meaning}.",
            )
        if statement.patient != visit.patient and not _is_merged(work, visit, statement.patient):
            yield Finding(FindingKind.CONTENT, where, "It was signed for another patient.")


def _times(visit: Visit, signatures: Sequence[Signature], where: str) -> Iterator[Finding]:
    for statement in (signature.statement for signature in signatures):
        if is_before_visit(statement, visit.began):
            yield Finding(
                FindingKind.CLOCK,
                where,
                f"By the computer's clock {statement.name} signed as {statement.meaning} before "
                "the visit began: the clock was set back. The order of entries holds.",
            )


_OF_CONTENT = frozenset({Meaning.AUTHOR, Meaning.CO_SIGNER})


def _is_merged(work: SqlWork, visit: Visit, patient: str) -> bool:
    return any(patient == merged.id for merged in work.people.merged_into(visit.patient))
