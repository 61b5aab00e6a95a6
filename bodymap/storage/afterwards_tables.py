"""The rows of what becomes known after a visit is closed.

They are only ever added to; triggers made by the migration refuse everything else.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.chart.adverse_events import EventKind, Onset, Outcome, Severity
from bodymap.chart.follow_up import FollowUpKind, Relief
from bodymap.storage.columns import choice
from bodymap.storage.tables import Row, Sequence


class AfterwardRow(Row):
    """One entry: an adverse event, a follow-up, or neither where it takes an earlier one back."""

    __tablename__ = "visit_afterward"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("corrects_id"),
        UniqueConstraint("visit_id", "id"),
        ForeignKeyConstraint(
            ["visit_id", "corrects_id"], ["visit_afterward.visit_id", "visit_afterward.id"]
        ),
        CheckConstraint("corrects_id <> id", name="corrects"),
        CheckConstraint(
            "(event IS NULL) = (severity IS NULL) AND (event IS NULL) = (onset IS NULL)"
            " AND (event IS NULL) = (outcome IS NULL)"
            " AND (event IS NOT NULL OR (action = '' AND reported_to = ''))",
            name="event_whole",
        ),
        CheckConstraint(
            "(follow_up IS NULL) = (told_on IS NULL) AND (follow_up IS NOT NULL"
            " OR (pain IS NULL AND soreness IS NULL AND relief IS NULL))",
            name="follow_up_whole",
        ),
        CheckConstraint(
            "event IS NULL OR follow_up IS NULL",
            name="one",
        ),
        CheckConstraint(
            "event IS NOT NULL OR follow_up IS NOT NULL"
            " OR (corrects_id IS NOT NULL AND trim(text) <> '')",
            name="retraction",
        ),
        CheckConstraint("pain BETWEEN 0 AND 10", name="pain"),
        CheckConstraint("soreness BETWEEN 0 AND 10", name="soreness"),
        Index(None, "visit_id"),
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    visit_id: Mapped[str] = mapped_column(String(36), ForeignKey("visit.id"))
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    at_utc: Mapped[datetime] = mapped_column(DateTime)
    at_offset_min: Mapped[int]
    corrects_id: Mapped[str | None] = mapped_column(String(36))
    event: Mapped[EventKind | None] = mapped_column(choice(EventKind, "event"))
    severity: Mapped[Severity | None] = mapped_column(choice(Severity, "severity"))
    onset: Mapped[Onset | None] = mapped_column(choice(Onset, "onset"))
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"))
    action: Mapped[str]
    reported_to: Mapped[str]
    follow_up: Mapped[FollowUpKind | None] = mapped_column(choice(FollowUpKind, "follow_up"))
    on: Mapped[date | None] = mapped_column("told_on", Date)
    pain: Mapped[int | None]
    soreness: Mapped[int | None]
    relief: Mapped[Relief | None] = mapped_column(choice(Relief, "relief"))
    text: Mapped[str]
