"""The rows of patients and their episodes besides the first of each.

A patient or an episode of whom nothing more is known has no such row.
"""

from datetime import date
from typing import Annotated

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.chart.alerts import AlertKind
from bodymap.chart.course import EpisodeStatus
from bodymap.storage.columns import NO_ROWID, choice
from bodymap.storage.tables import Position, Row

PatientKey = Annotated[
    str,
    mapped_column(String(36), ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True),
]
"""The patient that the row says more about."""


class PatientAlertRow(Row):
    """What must stay in sight."""

    __tablename__ = "patient_alert"
    __table_args__ = (
        CheckConstraint(
            "trimester IS NULL OR trimester BETWEEN 1 AND 3 AND kind = 'pregnancy'",
            name="trimester",
        ),
        CheckConstraint("kind <> 'other' OR trim(words) <> ''", name="words"),
        Index(None, "kind"),
        NO_ROWID,
    )

    patient_id: Mapped[PatientKey]
    position: Mapped[Position]
    kind: Mapped[AlertKind] = mapped_column(choice(AlertKind, "kind"))
    words: Mapped[str]
    trimester: Mapped[int | None]
    came_from_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("patient.id"))


class PatientDetailRow(Row):
    """How a patient is called and reached, and where the record went when it was merged."""

    __tablename__ = "patient_detail"
    __table_args__ = (
        CheckConstraint("merged_into_id <> patient_id", name="merged_into_id"),
        Index(None, "merged_into_id"),
    )

    patient_id: Mapped[PatientKey]
    preferred_name: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    address: Mapped[str]
    language: Mapped[str]
    emergency_name: Mapped[str]
    emergency_relation: Mapped[str]
    emergency_phone: Mapped[str]
    notes: Mapped[str]
    merged_into_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("patient.id"))


class PatientIdentifierRow(Row):
    """A number that somebody else knows the patient by."""

    __tablename__ = "patient_identifier"
    __table_args__ = (
        CheckConstraint("trim(system) <> '' AND trim(value) <> ''", name="said"),
        Index(None, "value"),
        NO_ROWID,
    )

    patient_id: Mapped[PatientKey]
    position: Mapped[Position]
    system: Mapped[str]
    value: Mapped[str]


class EpisodeCourseRow(Row):
    """How a complaint came about and what is planned for it."""

    __tablename__ = "episode_course"
    __table_args__ = (
        CheckConstraint("days_between BETWEEN 1 AND 365", name="days_between"),
        CheckConstraint("planned_visits BETWEEN 1 AND 200", name="planned_visits"),
        CheckConstraint(
            "icd_10 = '' OR icd_10 GLOB '[A-Z][0-9][0-9AB]'"
            " OR icd_10 GLOB '[A-Z][0-9][0-9AB].[0-9A-Z]*'",
            name="icd_10",
        ),
        Index(None, "icd_10"),
    )

    episode_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("episode.id", ondelete="CASCADE"), primary_key=True
    )
    mechanism: Mapped[str]
    referral_source: Mapped[str]
    goals: Mapped[str]
    days_between: Mapped[int | None]
    planned_visits: Mapped[int | None]
    reassess_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[EpisodeStatus] = mapped_column(choice(EpisodeStatus, "status"))
    icd_10: Mapped[str]
    came_from_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("patient.id"))
