"""What becomes known after a visit is closed, in the data file."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, exists, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.afterwards import Afterward, AfterwardId, Retraction, Told
from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import VisitId
from bodymap.errors import NotFoundError, StorageError
from bodymap.storage.afterwards_tables import AfterwardRow
from bodymap.storage.audit import Fields, SqlAudit
from bodymap.storage.audited import fields_of
from bodymap.storage.engine import start_writing
from bodymap.storage.problems import DAMAGED
from bodymap.storage.records import Values, local_time, utc_values
from bodymap.storage.statements import table_of
from bodymap.storage.tables import VisitRow
from bodymap.storage.visit_record_tables import AdverseEventRow, FollowUpRow

_TABLE = table_of(AfterwardRow)


class SqlAfterwards:
    """The desk's `Afterwards` on SQLAlchemy; nothing in it is ever changed or removed."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def of(self, visit: VisitId) -> Sequence[Afterward]:
        """Every entry under a visit, in the order they were made.

        Raises:
            StorageError: What is kept is no entry.
        """
        query = select(AfterwardRow).where(AfterwardRow.visit_id == visit)
        try:
            rows = self._session.scalars(query.order_by(AfterwardRow.sequence))
            return [to_afterward(row) for row in rows]
        except (ValueError, LookupError) as problem:
            raise StorageError(DAMAGED) from problem

    def add(self, entry: Afterward) -> None:
        """Keep an entry.

        Raises:
            NotFoundError: No such visit.
            StorageError: The visit is not closed, or what it corrects is corrected already.
        """
        start_writing(self._session)
        patient = self._session.scalar(
            select(VisitRow.patient_id).where(VisitRow.id == entry.visit)
        )
        if patient is None:
            raise NotFoundError("There is no such visit.")
        self._session.connection().execute(insert(_TABLE), _values(entry))
        subject = Subject(Entity.AFTERWARD, entry.id, PatientId(patient), entry.visit)
        self._audit.note(AuditAction.ADDED, subject, new=afterward_told(entry))


def afterward_told(entry: Afterward) -> Fields:
    """What the audit trail tells of an entry."""
    own = {"by": entry.by, "at": entry.at, "corrects": entry.corrects}
    kind = type(entry.told).__name__
    return {**fields_of(own), "told": kind, **fields_of(entry.told)}


def counts_afterwards(
    session: Session, which: ColumnElement[bool]
) -> Mapping[str, tuple[int, int]]:
    """Adverse events, and entries of how the patient was, that count for each visit.

    Those of the visit itself and those that became known since are counted alike.
    """
    later = aliased(AfterwardRow)
    stands = ~exists().where(later.corrects_id == AfterwardRow.id)
    events = _counted(session, AdverseEventRow.visit_id, which)
    events += _counted(
        session, AfterwardRow.visit_id, which & AfterwardRow.event.is_not(None) & stands
    )
    heard = _counted(session, FollowUpRow.visit_id, which)
    heard += _counted(
        session, AfterwardRow.visit_id, which & AfterwardRow.follow_up.is_not(None) & stands
    )
    counts: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    counts.update({visit: (events[visit], heard[visit]) for visit in {*events, *heard}})
    return counts


def _counted(
    session: Session, visit: InstrumentedAttribute[str], which: ColumnElement[bool]
) -> Counter[str]:
    query = (
        select(visit, func.count())
        .join(VisitRow, VisitRow.id == visit)
        .where(which)
        .group_by(visit)
    )
    return Counter(dict(session.execute(query).all()))


def _values(entry: Afterward) -> Values:
    return {
        "id": entry.id,
        "visit_id": entry.visit,
        "user_id": entry.by,
        **utc_values("at", entry.at),
        "corrects_id": entry.corrects,
        **_NOTHING,
        **_told_values(entry.told),
    }


_NOTHING: Values = {
    **dict.fromkeys(("event", "severity", "onset", "outcome", "follow_up")),
    **dict.fromkeys(("told_on", "pain", "soreness", "relief")),
    "action": "",
    "reported_to": "",
}


def _told_values(told: Told) -> Values:
    match told:
        case AdverseEvent():
            return {
                "event": told.kind,
                "severity": told.severity,
                "onset": told.onset,
                "outcome": told.outcome,
                "action": told.action,
                "reported_to": told.reported_to,
                "text": told.text,
            }
        case FollowUp():
            return {
                "follow_up": told.kind,
                "told_on": told.on,
                "pain": told.pain,
                "soreness": told.soreness,
                "relief": told.relief,
                "text": told.text,
            }
        case Retraction():
            return {"text": told.reason}


def to_afterward(row: AfterwardRow) -> Afterward:
    """The entry of a row.

    Raises:
        ValueError: It is none.
    """
    return Afterward(
        id=AfterwardId(row.id),
        visit=VisitId(row.visit_id),
        by=UserId(row.user_id),
        at=local_time(row.at_utc, row.at_offset_min),
        told=_to_told(row),
        corrects=None if row.corrects_id is None else AfterwardId(row.corrects_id),
    )


def _to_told(row: AfterwardRow) -> Told:
    if row.event is not None and row.severity and row.onset and row.outcome:
        return AdverseEvent(
            kind=row.event,
            severity=row.severity,
            onset=row.onset,
            outcome=row.outcome,
            action=row.action,
            reported_to=row.reported_to,
            text=row.text,
        )
    if row.follow_up is not None and row.on is not None:
        return FollowUp(row.follow_up, row.on, row.pain, row.soreness, row.relief, row.text)
    return Retraction(row.text)
