"""The rows of reviews: rounds, comments, answers, decisions.

They are only ever added to; triggers made by the migration refuse everything else.
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.review import Severity, Verdict
from bodymap.storage.columns import choice
from bodymap.storage.tables import Row, Sequence


class RoundRow(Row):
    """A visit as it was handed in, whole; see `snapshots`."""

    __tablename__ = "visit_round"
    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    sequence: Mapped[Sequence]
    visit_id: Mapped[str] = mapped_column(String(36), ForeignKey("visit.id"))
    number: Mapped[int]
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    at_utc: Mapped[datetime] = mapped_column(DateTime)
    at_offset_min: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ReviewCommentRow(Row):
    """A comment; without a view it is about the whole visit, with a mark's id about that mark."""

    __tablename__ = "review_comment"
    __table_args__ = (
        UniqueConstraint("id"),
        ForeignKeyConstraint(
            ["visit_id", "number"], ["visit_round.visit_id", "visit_round.number"]
        ),
        CheckConstraint("trim(text) <> ''", name="text"),
        CheckConstraint(
            "(view IS NULL) = (u_mm IS NULL) AND (view IS NULL) = (v_mm IS NULL)"
            " AND (view IS NULL) = (side IS NULL) AND (view IS NULL) = (region IS NULL)",
            name="place",
        ),
        CheckConstraint(
            "radius_mm BETWEEN 0 AND 300"
            " AND (view IS NOT NULL OR (mark_id IS NULL AND radius_mm = 0))"
            " AND (mark_id IS NULL OR radius_mm = 0)",
            name="pin",
        ),
        Index(None, "visit_id"),
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    visit_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    at_utc: Mapped[datetime] = mapped_column(DateTime)
    at_offset_min: Mapped[int]
    severity: Mapped[Severity] = mapped_column(choice(Severity, "severity"))
    text: Mapped[str]
    mark_id: Mapped[str | None] = mapped_column(String(36))
    view: Mapped[ViewId | None] = mapped_column(choice(ViewId, "view"))
    u_mm: Mapped[float | None]
    v_mm: Mapped[float | None]
    side: Mapped[Side | None] = mapped_column(choice(Side, "side"))
    region: Mapped[str | None]
    landmark: Mapped[str]
    structures: Mapped[str]
    atlas_version: Mapped[str]
    radius_mm: Mapped[float]


class ReviewAnswerRow(Row):
    """A reply to a comment; it may close it or open it again."""

    __tablename__ = "review_answer"
    __table_args__ = (
        UniqueConstraint("id"),
        CheckConstraint("settles IS NOT NULL OR trim(text) <> ''", name="text"),
        CheckConstraint("settles IN (0, 1)", name="settles"),
        Index(None, "comment_id"),
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    comment_id: Mapped[str] = mapped_column(String(36), ForeignKey("review_comment.id"))
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    at_utc: Mapped[datetime] = mapped_column(DateTime)
    at_offset_min: Mapped[int]
    text: Mapped[str]
    settles: Mapped[int | None]


class ReviewDecisionRow(Row):
    """What was decided about a round; once for each."""

    __tablename__ = "review_decision"
    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        ForeignKeyConstraint(
            ["visit_id", "number"], ["visit_round.visit_id", "visit_round.number"]
        ),
    )

    sequence: Mapped[Sequence]
    visit_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    at_utc: Mapped[datetime] = mapped_column(DateTime)
    at_offset_min: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "verdict"))
    reasons: Mapped[str]
