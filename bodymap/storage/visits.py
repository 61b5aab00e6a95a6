"""Visits with their marks in the data file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy.orm import Session

from bodymap.chart.change import Change
from bodymap.chart.marks import MarkKind
from bodymap.chart.people import PatientId
from bodymap.chart.visit import Visit, VisitId, VisitState, VisitSummary
from bodymap.errors import BodymapError, ConflictError, NotFoundError, StorageError
from bodymap.storage import records
from bodymap.storage.engine import start_writing
from bodymap.storage.marks import load_marks, put_marks, remove_marks
from bodymap.storage.problems import DAMAGED
from bodymap.storage.records import Values
from bodymap.storage.statements import table_of
from bodymap.storage.tables import EpisodeRow, MarkRow, PatientRow, UserRow, VisitRow
from bodymap.storage.visit_record import load_record, replace_record

_VISIT = table_of(VisitRow)
_OPEN = (VisitState.DRAFT, VisitState.RETURNED)


class SqlVisits:
    """The desk's `Visits` on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, visit: VisitId) -> Visit:
        """One visit with all its marks.

        Raises:
            NotFoundError: No such visit.
            StorageError: Its rows do not make a visit.
        """
        try:
            row = self._session.scalar(select(VisitRow).where(VisitRow.id == visit))
            if row is None:
                raise NotFoundError("There is no such visit.")
            stored = records.to_visit(row, load_marks(self._session, visit))
            return replace(stored, record=load_record(self._session, visit))
        except (ValueError, LookupError) as problem:  # a row is missing, or from no version
            raise StorageError(DAMAGED) from problem

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, or all, newest first.

        Newest is what was stored last: the clock may have been wrong.
        """
        which = true() if patient is None else VisitRow.patient_id == patient
        counts = self._counts(which)
        query = (
            select(VisitRow, PatientRow, UserRow.name, EpisodeRow.complaint)
            .join(PatientRow, PatientRow.id == VisitRow.patient_id)
            .join(UserRow, UserRow.id == VisitRow.therapist_id)
            .join(EpisodeRow, EpisodeRow.id == VisitRow.episode_id)
            .where(which)
            .order_by(VisitRow.sequence.desc())
        )
        return [
            records.to_summary(row, treated, therapist, complaint, counts[row.id])
            for row, treated, therapist, complaint in self._session.execute(query)
        ]

    def add(self, visit: Visit) -> None:
        """Store a new visit with any marks it has.

        Raises:
            ConflictError: There is such a visit already.
        """
        start_writing(self._session)
        writer = self._session.connection()
        writer.execute(insert(_VISIT), records.visit_values(visit))
        put_marks(writer, visit.id, visit.marks)
        replace_record(writer, visit.id, visit.record)

    def apply(self, visit: VisitId, version: int, change: Change) -> int:
        """Write one change and return the visit's new version.

        Raises:
            ConflictError: The stored version is not `version`, or the visit is not open.
            NotFoundError: No such visit.
        """
        start_writing(self._session)
        writer = self._session.connection()
        own_fields: Values = {"version": version + 1}
        if change.pain is not None:
            own_fields["pain_before"], own_fields["pain_after"] = change.pain
        expected = (_VISIT.c.id == visit, _VISIT.c.version == version, _VISIT.c.state.in_(_OPEN))
        done = writer.execute(update(_VISIT).where(*expected).values(own_fields))
        if done.rowcount != 1:
            raise self._why_not(visit)
        if change.removed:
            remove_marks(writer, visit, change.removed)
        put_marks(writer, visit, change.put)
        if change.record is not None:
            replace_record(writer, visit, change.record)
        return version + 1

    def _why_not(self, visit: VisitId) -> BodymapError:
        state = self._session.scalar(select(VisitRow.state).where(VisitRow.id == visit))
        if state is None:
            return NotFoundError("There is no such visit.")
        if state not in _OPEN:
            return ConflictError(f"The visit is {state}; its marks can no longer be changed.")
        return ConflictError(
            "The visit was changed in another window meanwhile. "
            "Nothing was written; open the visit again to see the change."
        )

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
