"""The audit trail in the data file: every entry chained by hash to the one before it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, insert, select
from sqlalchemy.orm import Session

from bodymap.chart.audit import (
    AuditAction,
    AuditEntry,
    AuditEvent,
    AuditHead,
    AuditQuestion,
    Entity,
    Subject,
    chained,
    row_of,
    utc_text,
)
from bodymap.chart.canonical import Plain, written
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import VisitId
from bodymap.storage.audit_tables import AuditHeadRow, AuditRow
from bodymap.storage.clock import ClockWatch
from bodymap.storage.engine import start_writing
from bodymap.storage.prepared import Prepared
from bodymap.storage.records import Values
from bodymap.storage.statements import table_of

Fields = Mapping[str, Plain]
"""A record without its classes, by field."""

LONGEST_VALUE = 1000
"""Characters of one field that the trail keeps; of a longer one it keeps digest and length."""

_AUDIT = table_of(AuditRow)
_HEAD = table_of(AuditHeadRow)
_LAST = Prepared(select(_HEAD.c.count, _HEAD.c.hash))
_ADD = Prepared(insert(_AUDIT))
_CHAINED = tuple(column for column in _AUDIT.columns if column.name != "hash")
CHAINED_NAMES = tuple(column.name for column in _CHAINED)

NOTHING: Fields = {}
"""What there was before something was added, or is after it was removed."""


class SqlAudit:
    """The desk's `AuditTrail` on SQLAlchemy; an entry is kept with the transaction it is in.

    Args:
        session: The transaction.
        actor: Who is signed in.
        now: The time with the local offset.
        watch: Notices that the clock was set; nobody does where there is none.
    """

    def __init__(
        self,
        session: Session,
        actor: UserId | None,
        now: Callable[[], datetime],
        watch: ClockWatch | None = None,
    ) -> None:
        self._session = session
        self._now = now
        self._watch = watch
        self._has_told_jump = False
        self.actor = actor

    def append(self, *events: AuditEvent) -> None:
        """Put events at the end of the trail."""
        if not events:
            return
        writer = start_writing(self._session)
        head = _head(writer)
        last, rows = head.hash, list[Values]()
        told = (*self._clock_set(), *events)
        for number, event in enumerate(told, start=head.count + 1):
            row = row_of(number, event)
            last = chained(last, row)
            rows.append({**dict(zip(CHAINED_NAMES, row, strict=True)), "hash": last})
        _ADD.run(writer, rows)

    def note(
        self, action: AuditAction, subject: Subject, *, old: Fields = NOTHING, new: Fields = NOTHING
    ) -> None:
        """Put down what the one who is signed in does now."""
        self.append(self.event(action, subject, old=old, new=new))

    def event(
        self, action: AuditAction, subject: Subject, *, old: Fields = NOTHING, new: Fields = NOTHING
    ) -> AuditEvent:
        """What the one who is signed in does now; of old and new, what differs."""
        before, after = differences(old, new)
        return AuditEvent(self.actor, self._now(), action, subject, before, after)

    def settle_clock(self) -> None:
        """What was put down of the clock is stored for good."""
        if self._watch is not None and self._has_told_jump:
            self._watch.settle()

    def _clock_set(self) -> Iterator[AuditEvent]:
        """That the clock was set, before the first entry with the new time."""
        if self._watch is None or self._has_told_jump:
            return
        jump = self._watch.look(self._last_time)
        if jump is not None:
            self._has_told_jump = True
            old: Fields = {"clock": jump.expected.isoformat()}
            new: Fields = {
                "clock": jump.shown.isoformat(),
                "by_s": round(jump.by.total_seconds()),
            }
            yield self.event(AuditAction.CLOCK_SET, Subject(Entity.CLINIC), old=old, new=new)

    def _last_time(self) -> datetime | None:
        last = select(_AUDIT.c.at_utc).order_by(_AUDIT.c.number.desc()).limit(1)
        text = self._session.scalar(last)
        return None if text is None else datetime.fromisoformat(text)

    def head(self) -> AuditHead:
        """Where the trail ends."""
        return _head(self._session.connection())

    def has(self, head: AuditHead) -> bool:
        """Whether the trail once ended like this: it goes on from there and was not rewritten."""
        stored = select(_AUDIT.c.hash).where(_AUDIT.c.number == head.count)
        return not head.count or self._session.scalar(stored) == head.hash

    def entries(self, question: AuditQuestion | None = None) -> Sequence[AuditEntry]:
        """Entries that answer a question, the newest first."""
        asked = question or AuditQuestion()
        query = select(AuditRow).where(*_wanted(asked)).order_by(AuditRow.number.desc())
        if asked.most is not None:
            query = query.limit(asked.most)
        return [_to_entry(row) for row in self._session.scalars(query)]


def differences(old: Fields, new: Fields) -> tuple[str, str]:
    """The fields that differ, before and after, as canonical JSON; empty where there are none."""
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return _told(old, names), _told(new, names)


def told_in(text: str) -> Fields:
    """The fields that an entry tells, before or after; none where something else wrote it."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return NOTHING
    return told if isinstance(told, dict) else NOTHING


def _told(fields: Fields, names: Sequence[str]) -> str:
    kept = [f"{written(name)}:{_shortened(fields[name])}" for name in names if name in fields]
    return f"{{{','.join(kept)}}}" if kept else ""


def _shortened(value: Plain) -> str:
    text = written(value)
    if len(text) <= LONGEST_VALUE:
        return text
    return written({"length": len(text), "sha256": sha256(text.encode("utf-8")).hexdigest()})


def _head(reader: Connection) -> AuditHead:
    ((count, last),) = _LAST.ask(reader)
    return AuditHead(count, last)


def _wanted(asked: AuditQuestion) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (_AUDIT.c.patient_id, asked.patient),
        (_AUDIT.c.actor_id, asked.actor),
        (_AUDIT.c.action, asked.action),
    ):
        if value is not None:
            yield column == value
    if asked.since is not None:
        yield _AUDIT.c.at_utc >= utc_text(asked.since)
    if asked.until is not None:
        yield _AUDIT.c.at_utc < utc_text(asked.until)


def _to_entry(row: AuditRow) -> AuditEntry:
    here = timezone(timedelta(minutes=row.at_offset_min))
    subject = Subject(
        entity=Entity(row.entity),
        id=row.entity_id,
        patient=None if row.patient_id is None else PatientId(row.patient_id),
        visit=None if row.visit_id is None else VisitId(row.visit_id),
    )
    event = AuditEvent(
        actor=None if row.actor_id is None else UserId(row.actor_id),
        at=datetime.fromisoformat(row.at_utc).astimezone(here),
        action=AuditAction(row.action),
        subject=subject,
        old=row.old,
        new=row.new,
    )
    return AuditEntry(row.number, event, row.hash)
