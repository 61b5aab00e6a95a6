"""Patients, their episodes and the clinic's users in the data file."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    String,
    bindparam,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.naming import dates_meant, folded
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.errors import NotFoundError
from bodymap.storage import people_records as records
from bodymap.storage.audit import NOTHING, SqlAudit
from bodymap.storage.audited import fields_of
from bodymap.storage.engine import start_writing
from bodymap.storage.people_tables import (
    EpisodeCourseRow,
    PatientAlertRow,
    PatientDetailRow,
    PatientIdentifierRow,
)
from bodymap.storage.prepared import Rows
from bodymap.storage.records import Values
from bodymap.storage.statements import add_or_replace, table_of
from bodymap.storage.tables import EpisodeRow, PatientRow, UserRow, VisitRow
from bodymap.storage.users import read_users, write_user

P = TypeVar("P", PatientDetailRow, PatientAlertRow, PatientIdentifierRow)

_PUT_PATIENT = add_or_replace(PatientRow)
_PUT_DETAIL = add_or_replace(PatientDetailRow, "patient_id")
_PUT_EPISODE = add_or_replace(EpisodeRow)
_PUT_COURSE = add_or_replace(EpisodeCourseRow, "episode_id")
_ALERTS = table_of(PatientAlertRow)
_IDENTIFIERS = table_of(PatientIdentifierRow)
_VISIT = table_of(VisitRow)
_LINKS_LATER = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "SET CONSTRAINTS fk_visit_patient_id_episode_id_episode DEFERRED",
}
_BORN = cast(PatientRow.birth_date, String)
_ESCAPE = "/"
_PART_OF_DATE, _NO_DATE = -1, -2
_ALL = 2**31 - 1
"""No clinic has as many patients."""

_MERGED = select(PatientDetailRow.patient_id).where(PatientDetailRow.merged_into_id.is_not(None))
_ORDER = (PatientRow.search_key, PatientRow.id)
_THAT_ONE = Rows(PatientRow, PatientRow.id == bindparam("patient"))
_BORN_ON = Rows(
    PatientRow,
    PatientRow.id.not_in(_MERGED),
    PatientRow.birth_date == bindparam("day"),
    order=_ORDER,
)
_SECOND_ONES = Rows(
    PatientRow,
    PatientRow.id.in_(_MERGED.where(PatientDetailRow.merged_into_id == bindparam("patient"))),
    order=_ORDER,
)


def _of_patients(kind: type[P]) -> Rows[P]:
    ids: BindParameter[str] = bindparam("ids", type_=String)
    listed = func.json_each(ids).table_valued("value")
    on_server = func.json_array_elements_text(cast(ids, JSON)).table_valued("value")
    return Rows(
        kind,
        kind.patient_id.in_(select(listed.c.value)),
        on_server=[kind.patient_id.in_(select(on_server.c.value))],
        order=tuple(table_of(kind).primary_key),
    )


_DETAILS = _of_patients(PatientDetailRow)
_ALERTS_OF = _of_patients(PatientAlertRow)
_IDENTIFIERS_OF = _of_patients(PatientIdentifierRow)


class SqlPeople:
    """The desk's `People` on SQLAlchemy."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def patients(self, text: str = "", most: int | None = None) -> Sequence[Patient]:
        """Patients by name, without those merged into others.

        `text` narrows to those of whom every word is a part of a name, a number or the date of
        birth. Neither case nor accents matter: `muller` finds Müller. No more than `most`.
        """
        words = _words(text)
        days = [dates_meant(word) for word in words]
        sought = _search(tuple(map(_shape, words, days)))
        values = {
            name: value
            for at, word in enumerate(words)
            for name, value in _sought(at, word, days[at])
        }
        return self._patients(sought, values | {"most": _ALL if most is None else most})

    def born_on(self, birth_date: date) -> Sequence[Patient]:
        """Patients born on one day, without those merged into others."""
        return self._patients(_BORN_ON, {"day": birth_date})

    def merged_into(self, patient: PatientId) -> Sequence[Patient]:
        """The records that were found to be second ones of this patient."""
        return self._patients(_SECOND_ONES, {"patient": patient})

    def numbers(self) -> Sequence[str]:
        """Every number that is taken, of merged records too."""
        return self._session.scalars(select(PatientRow.number)).all()

    def patient(self, patient: PatientId) -> Patient:
        """One patient.

        Raises:
            NotFoundError: No such patient.
        """
        found = self._patients(_THAT_ONE, {"patient": patient})
        if not found:
            raise NotFoundError("There is no such patient.")
        return found[0]

    def put_patient(self, patient: Patient) -> None:
        """Add the patient or replace the one with its id.

        Raises:
            ConflictError: Another patient has the number.
        """
        start_writing(self._session)
        known = self._patients(_THAT_ONE, {"patient": patient.id})
        writer = self._session.connection()
        writer.execute(_PUT_PATIENT.on(writer), records.patient_values(patient))
        writer.execute(_PUT_DETAIL.on(writer), records.detail_values(patient))
        for table, values in (
            (_ALERTS, list(records.alert_values(patient))),
            (_IDENTIFIERS, list(records.identifier_values(patient))),
        ):
            writer.execute(delete(table).where(table.c.patient_id == patient.id))
            if values:
                writer.execute(insert(table), values)
        self._put_down(Subject(Entity.PATIENT, patient.id, patient.id), known, patient)

    def episodes(self, patient: PatientId) -> Sequence[Episode]:
        """The patient's episodes, newest first."""
        return self._episodes(EpisodeRow.patient_id == patient)

    def episode(self, episode: EpisodeId) -> Episode:
        """One episode.

        Raises:
            NotFoundError: No such episode.
        """
        found = self._episodes(EpisodeRow.id == episode)
        if not found:
            raise NotFoundError("There is no such episode.")
        return found[0]

    def put_episode(self, episode: Episode) -> None:
        """Add the episode or replace the one with its id; visits stay with their episode.

        One that is replaced may go to another patient; its visits go with it.
        """
        start_writing(self._session)
        known = self._episodes(EpisodeRow.id == episode.id)
        writer = self._session.connection()
        treated = select(EpisodeRow.patient_id).where(EpisodeRow.id == episode.id)
        if self._session.scalar(treated) not in {None, episode.patient}:
            # A visit names its patient and its episode: looked at when both have changed, at
            # the end of the transaction.
            writer.execute(text(_LINKS_LATER[writer.dialect.name]))
            moved = update(_VISIT).where(_VISIT.c.episode_id == episode.id)
            writer.execute(moved.values(patient_id=episode.patient))
        writer.execute(_PUT_EPISODE.on(writer), records.episode_values(episode))
        writer.execute(_PUT_COURSE.on(writer), records.course_values(episode))
        self._put_down(Subject(Entity.EPISODE, episode.id, episode.patient), known, episode)

    def users(self) -> Sequence[User]:
        """Everyone who works here, by name."""
        return read_users(self._session)

    def user(self, user: UserId) -> User:
        """One user.

        Raises:
            NotFoundError: No such user.
        """
        found = read_users(self._session, [UserRow.id == user])
        if not found:
            raise NotFoundError("There is no such user.")
        return found[0]

    def put_user(self, user: User) -> None:
        """Add the user or replace the one with its id.

        Raises:
            ConflictError: Somebody else signs in with the name.
        """
        start_writing(self._session)
        known = read_users(self._session, [UserRow.id == user.id])
        write_user(self._session.connection(), user)
        self._put_down(Subject(Entity.USER, user.id), known, user)

    def _put_down(self, subject: Subject, known: Sequence[object], new: object) -> None:
        """Tell the trail what was written in place of what was known, if anything was."""
        action = AuditAction.CHANGED if known else AuditAction.ADDED
        old = fields_of(known[0]) if known else NOTHING
        self._audit.note(action, subject, old=old, new=fields_of(new))

    def _patients(self, which: Rows[PatientRow], values: Values) -> list[Patient]:
        reader = self._session.connection()
        rows = which.ask(reader, values)
        if not rows:
            return []
        those: Values = {"ids": json.dumps([row.id for row in rows])}
        details = {more.patient_id: more for more in _DETAILS.ask(reader, those)}
        alerts = records.alerts_of(_ALERTS_OF.ask(reader, those))
        identifiers = records.identifiers_of(_IDENTIFIERS_OF.ask(reader, those))
        return [
            records.to_patient(
                row,
                details.get(row.id, records.NothingMore),
                alerts.get(row.id, ()),
                identifiers.get(row.id, ()),
            )
            for row in rows
        ]

    def _episodes(self, which: ColumnElement[bool]) -> list[Episode]:
        query = (
            select(EpisodeRow, EpisodeCourseRow)
            .outerjoin(EpisodeCourseRow, EpisodeCourseRow.episode_id == EpisodeRow.id)
            .where(which)
            .order_by(EpisodeRow.sequence.desc())
        )
        return [records.to_episode(row, more) for row, more in self._session.execute(query)]


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;]+", folded(text)) if word]


def _shape(word: str, days: Collection[date]) -> int:
    """How many days a word means, or whether it may be a part of one."""
    return len(days) or (_PART_OF_DATE if word[0].isdigit() else _NO_DATE)


@lru_cache(maxsize=64)
def _search(shapes: tuple[int, ...]) -> Rows[PatientRow]:
    """The question for words of these shapes; few occur, and each is put into SQL once."""
    found: list[ColumnElement[bool]] = [PatientRow.id.not_in(_MERGED)]
    for at, shape in enumerate(shapes):
        named = PatientRow.search_key.like(bindparam(f"word{at}"), escape=_ESCAPE)
        if shape > 0:
            days = (PatientRow.birth_date == bindparam(f"day{at}_{day}") for day in range(shape))
            found.append(or_(named, *days))
        else:
            begun = _BORN.like(bindparam(f"word{at}"), escape=_ESCAPE)
            found.append(named if shape == _NO_DATE else or_(named, begun))
    return Rows(PatientRow, *found, order=_ORDER, limited=True)


def _sought(at: int, word: str, days: Iterable[date]) -> Iterator[tuple[str, object]]:
    escaped = re.sub(f"[{_ESCAPE}%_]", lambda found: f"{_ESCAPE}{found[0]}", word)
    yield f"word{at}", f"%{escaped}%"
    for number, day in enumerate(days):
        yield f"day{at}_{number}", day
