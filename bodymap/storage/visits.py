"""Visits with their marks in the data file."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from bodymap.chart.audit import Entity, Subject
from bodymap.chart.change import Change
from bodymap.chart.marks import MarkKind
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.states import Move, after
from bodymap.chart.visit import Visit, VisitId, VisitStanding, VisitState, VisitSummary
from bodymap.errors import ConflictError, NotFoundError, StorageError
from bodymap.storage import records
from bodymap.storage.afterwards import counts_afterwards
from bodymap.storage.audit import SqlAudit
from bodymap.storage.audited import MOVES, Before, visit_added, visit_changed
from bodymap.storage.engine import start_writing
from bodymap.storage.marks import load_marks, load_some, put_marks, remove_marks
from bodymap.storage.prepared import Prepared, Rows
from bodymap.storage.problems import DAMAGED
from bodymap.storage.records import Values
from bodymap.storage.statements import table_of
from bodymap.storage.tables import EpisodeRow, MarkRow, PatientRow, UserRow, VisitRow
from bodymap.storage.visit_record import load_record, replace_record

_VISIT = table_of(VisitRow)
_OWN = (
    _VISIT.c.patient_id,
    _VISIT.c.state,
    _VISIT.c.version,
    _VISIT.c.pain_before,
    _VISIT.c.pain_after,
)
_OPEN = (VisitState.DRAFT, VisitState.RETURNED)
_WHOLE = Rows(VisitRow, VisitRow.id == bindparam("visit"))
_READ = Prepared(select(*_OWN).where(_VISIT.c.id == bindparam("visit")))
_GO_ON = Prepared(
    update(_VISIT)
    .where(
        _VISIT.c.id == bindparam("visit"),
        _VISIT.c.version == bindparam("known"),
        or_(*(_VISIT.c.state == state for state in _OPEN)),
    )
    .values(version=bindparam("next"))
    .returning(*_OWN)
)
"""Counts the version up where a change may be made, and tells what the visit has of its own."""

_RATE = Prepared(update(_VISIT).where(_VISIT.c.id == bindparam("visit")))
_WAY = {
    VisitState.DRAFT: (),
    VisitState.RETURNED: (VisitState.SUBMITTED, VisitState.RETURNED),
}
"""The states a visit that is taken over goes through from draft to where it stands."""

_CHANGED_MEANWHILE = (
    "The visit was changed in another window meanwhile. "
    "Nothing was written; open the visit again to see the change."
)


class RowOfVisit(NamedTuple):
    """What a change must know of a visit beforehand."""

    patient_id: str
    state: VisitState
    version: int
    pain_before: int | None
    pain_after: int | None


class SqlVisits:
    """The desk's `Visits` on SQLAlchemy."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def get(self, visit: VisitId) -> Visit:
        """One visit with all its marks.

        Raises:
            NotFoundError: No such visit.
            StorageError: Its rows do not make a visit.
        """
        try:
            reader = self._session.connection()
            rows = _WHOLE.ask(reader, {"visit": visit})
            if not rows:
                raise NotFoundError("There is no such visit.")
            marks, record = load_marks(reader, visit), load_record(reader, visit)
            return records.to_visit(rows[0], marks, record)
        except (ValueError, LookupError) as problem:  # a row is missing, or from no version
            raise StorageError(DAMAGED) from problem

    def version(self, visit: VisitId) -> int:
        """How often a visit has been changed.

        Raises:
            NotFoundError: No such visit.
        """
        return self._row(visit).version

    def standing(self, states: Collection[VisitState]) -> Sequence[VisitStanding]:
        """Visits in these states, the oldest first."""
        query = (
            select(VisitRow.id, VisitRow.version, VisitRow.state, VisitRow.therapist_id)
            .where(VisitRow.state.in_(states))
            .order_by(VisitRow.sequence)
        )
        return [
            VisitStanding(VisitId(one), version, state, UserId(therapist))
            for one, version, state, therapist in self._session.execute(query)
        ]

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, or all, newest first.

        Newest is what was stored last: the clock may have been wrong.
        """
        which = true() if patient is None else VisitRow.patient_id == patient
        counts, afterwards = self._counts(which), counts_afterwards(self._session, which)
        query = (
            select(VisitRow, PatientRow, UserRow.name, EpisodeRow.complaint)
            .join(PatientRow, PatientRow.id == VisitRow.patient_id)
            .join(UserRow, UserRow.id == VisitRow.therapist_id)
            .join(EpisodeRow, EpisodeRow.id == VisitRow.episode_id)
            .where(which)
            .order_by(VisitRow.sequence.desc())
        )
        return [
            records.to_summary(
                row, treated, therapist, complaint, counts[row.id], afterwards[row.id]
            )
            for row, treated, therapist, complaint in self._session.execute(query)
        ]

    def add(self, visit: Visit) -> None:
        """Store a new visit with any marks it has.

        Raises:
            ConflictError: There is such a visit already.
        """
        writer = start_writing(self._session)
        # It is filled as a draft: what is closed takes nothing in.
        draft = records.visit_values(visit) | {"state": VisitState.DRAFT}
        writer.execute(insert(_VISIT), draft)
        put_marks(writer, visit.id, visit.marks)
        replace_record(writer, visit.id, visit.record)
        for state in _WAY.get(visit.state, (visit.state,)):
            writer.execute(update(_VISIT).where(_VISIT.c.id == visit.id).values(state=state))
        self._audit.append(*visit_added(self._audit, visit))

    def apply(
        self, visit: VisitId, version: int, change: Change, undo: Change | None = None
    ) -> int:
        """Write one change and return the visit's new version.

        Args:
            visit: Which one.
            version: The version that the change was made on.
            change: What to write.
            undo: What would take it back, as known from that version; read when not given.

        Raises:
            ConflictError: The stored version is not `version`, or the visit is not open.
            NotFoundError: No such visit.
        """
        writer = start_writing(self._session)
        before = self._before(writer, visit, version, change, undo)
        if change.pain is not None:
            rated = dict(zip(("pain_before", "pain_after"), change.pain, strict=True))
            _RATE.run(writer, [{"visit": visit, **rated}])
        remove_marks(writer, visit, change.removed)
        put_marks(writer, visit, change.put, before.marks)
        if change.record is not None:
            replace_record(writer, visit, change.record)
        self._audit.append(*visit_changed(self._audit, visit, before, change))
        return version + 1

    def move(self, visit: VisitId, version: int, move: Move) -> int:
        """Take a visit to another state and return its new version.

        What it means to get there, who signs and with which words, is written beside it in the
        same transaction, before.

        Raises:
            ConflictError: The stored version is not `version`.
            WrongMoveError: The visit's state does not allow it.
            NotFoundError: No such visit.
        """
        start_writing(self._session)
        row = self._row(visit)
        if row.version != version:
            raise ConflictError(_CHANGED_MEANWHILE)
        state = after(row.state, move)
        self._session.connection().execute(
            update(_VISIT).where(_VISIT.c.id == visit).values(state=state, version=version + 1)
        )
        self._audit.note(
            MOVES[move],
            Subject(Entity.VISIT, visit, PatientId(row.patient_id), visit),
            old={"state": row.state.value},
            new={"state": state.value},
        )
        return version + 1

    def _before(
        self,
        writer: Connection,
        visit: VisitId,
        version: int,
        change: Change,
        undo: Change | None,
    ) -> Before:
        """Count the version up, and tell what is there of all that the change touches."""
        row = self._gone_on(writer, visit, version)
        patient, pain = PatientId(row.patient_id), (row.pain_before, row.pain_after)
        if undo is not None:
            return Before(patient, pain, undo.put, undo.record)
        marks = load_some(writer, visit, change.mark_ids)
        record = None if change.record is None else load_record(writer, visit)
        return Before(patient, pain, marks, record)

    def _gone_on(self, writer: Connection, visit: VisitId, version: int) -> RowOfVisit:
        step: Values = {"visit": visit, "known": version, "next": version + 1}
        for row in _GO_ON.ask(writer, step):
            return RowOfVisit(*row)
        row = self._row(visit)
        if row.state not in _OPEN:
            raise ConflictError(f"The visit is {row.state}; its marks can no longer be changed.")
        raise ConflictError(_CHANGED_MEANWHILE)

    def _row(self, visit: VisitId) -> RowOfVisit:
        for row in _READ.ask(self._session.connection(), {"visit": visit}):
            return RowOfVisit(*row)
        raise NotFoundError("There is no such visit.")

    def _counts(self, which: ColumnElement[bool]) -> dict[str, dict[MarkKind, int]]:
        query = (
            select(MarkRow.visit_id, MarkRow.kind, func.count())
            .join(VisitRow, VisitRow.id == MarkRow.visit_id)
            .where(which)
            .group_by(MarkRow.visit_id, MarkRow.kind)
        )
        counts: defaultdict[str, dict[MarkKind, int]] = defaultdict(records.no_marks)
        for visit, kind, number in self._session.execute(query):
            counts[visit][kind] = number
        return counts
