"""Patients, their episodes and the clinic's users in the data file."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.errors import NotFoundError
from bodymap.storage import records
from bodymap.storage.engine import start_writing
from bodymap.storage.statements import add_or_replace, table_of
from bodymap.storage.tables import EpisodeRow, PatientAlertRow, PatientRow, UserRow

_PUT_PATIENT = add_or_replace(PatientRow)
_PUT_EPISODE = add_or_replace(EpisodeRow)
_PUT_USER = add_or_replace(UserRow)
_ALERTS = table_of(PatientAlertRow)


class SqlPeople:
    """The desk's `People` on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def patients(self, text: str = "") -> Sequence[Patient]:
        """Patients by name; `text` narrows to names or numbers that contain every word of it.

        Neither case nor accents matter: `muller` finds Müller.
        """
        words = records.folded(text).split()
        found = [PatientRow.search_key.contains(word, autoescape=True) for word in words]
        query = select(PatientRow).where(*found).order_by(PatientRow.search_key, PatientRow.id)
        rows = self._session.scalars(query).all()
        alerts = self._alerts(*found)
        return [records.to_patient(row, alerts[row.id]) for row in rows]

    def patient(self, patient: PatientId) -> Patient:
        """One patient.

        Raises:
            NotFoundError: No such patient.
        """
        row = self._session.scalar(select(PatientRow).where(PatientRow.id == patient))
        if row is None:
            raise NotFoundError("There is no such patient.")
        return records.to_patient(row, self._alerts(PatientRow.id == patient)[row.id])

    def put_patient(self, patient: Patient) -> None:
        """Add the patient or replace the one with its id.

        Raises:
            ConflictError: Another patient has the number.
        """
        start_writing(self._session)
        writer = self._session.connection()
        writer.execute(_PUT_PATIENT, records.patient_values(patient))
        writer.execute(delete(_ALERTS).where(_ALERTS.c.patient_id == patient.id))
        if patient.alerts:
            writer.execute(
                insert(_ALERTS),
                [
                    {"patient_id": patient.id, "position": position, "text": text}
                    for position, text in enumerate(patient.alerts)
                ],
            )

    def episodes(self, patient: PatientId) -> Sequence[Episode]:
        """The patient's episodes, newest first."""
        query = select(EpisodeRow).where(EpisodeRow.patient_id == patient)
        rows = self._session.scalars(query.order_by(EpisodeRow.sequence.desc()))
        return [records.to_episode(row) for row in rows]

    def episode(self, episode: EpisodeId) -> Episode:
        """One episode.

        Raises:
            NotFoundError: No such episode.
        """
        row = self._session.scalar(select(EpisodeRow).where(EpisodeRow.id == episode))
        if row is None:
            raise NotFoundError("There is no such episode.")
        return records.to_episode(row)

    def put_episode(self, episode: Episode) -> None:
        """Add the episode or replace the one with its id."""
        start_writing(self._session)
        self._session.connection().execute(_PUT_EPISODE, records.episode_values(episode))

    def users(self) -> Sequence[User]:
        """Everyone who works here, by name."""
        rows = self._session.scalars(select(UserRow).order_by(UserRow.name, UserRow.id))
        return [records.to_user(row) for row in rows]

    def user(self, user: UserId) -> User:
        """One user.

        Raises:
            NotFoundError: No such user.
        """
        row = self._session.scalar(select(UserRow).where(UserRow.id == user))
        if row is None:
            raise NotFoundError("There is no such user.")
        return records.to_user(row)

    def put_user(self, user: User) -> None:
        """Add the user or replace the one with its id."""
        start_writing(self._session)
        self._session.connection().execute(_PUT_USER, records.user_values(user))

    def _alerts(self, *which: ColumnElement[bool]) -> defaultdict[str, list[str]]:
        query = (
            select(PatientAlertRow)
            .join(PatientRow, PatientRow.id == PatientAlertRow.patient_id)
            .where(*which)
            .order_by(PatientAlertRow.patient_id, PatientAlertRow.position)
        )
        alerts: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._session.scalars(query):
            alerts[row.patient_id].append(row.text)
        return alerts
