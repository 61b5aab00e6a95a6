"""The rows that prove what happened: the audit trail, its head, keys and signatures.

They are only ever added to; triggers made by the migration refuse everything else.
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.chart.signing import Meaning
from bodymap.storage.columns import choice
from bodymap.storage.tables import Row, Sequence


class AuditRow(Row):
    """One entry of the trail; `at_utc` is text, so that it is chained as it is stored."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("length(hash) = 32", name="hash"),
        CheckConstraint("at_utc LIKE '____-__-__T__:__:__.______Z'", name="at_utc"),
        CheckConstraint("action <> '' AND entity <> ''", name="action"),
        Index(None, "patient_id"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at_utc: Mapped[str] = mapped_column(String(27))
    at_offset_min: Mapped[int]
    actor_id: Mapped[str | None] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(32))
    entity: Mapped[str] = mapped_column(String(16))
    entity_id: Mapped[str]
    patient_id: Mapped[str | None] = mapped_column(String(36))
    visit_id: Mapped[str | None] = mapped_column(String(36))
    old: Mapped[str]
    new: Mapped[str]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHeadRow(Row):
    """How many entries the trail has and the hash of the last, so that a cut end shows."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    count: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class SigningKeyRow(Row):
    """The public half of a key that somebody signs with, or has signed with."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("length(public_key) = 32", name="public_key"),
        Index(None, "user_id"),
    )

    public_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    made_utc: Mapped[datetime] = mapped_column(DateTime)
    made_offset_min: Mapped[int]


class VisitSignatureRow(Row):
    """A signature under a visit, an addendum to it, or its being declared void."""

    __tablename__ = "visit_signature"
    __table_args__ = (
        UniqueConstraint("id"),
        CheckConstraint("length(value) = 64", name="value"),
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("(meaning IN ('addendum', 'void')) = (trim(text) <> '')", name="text"),
        Index(None, "visit_id"),
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    visit_id: Mapped[str] = mapped_column(String(36), ForeignKey("visit.id"))
    patient_id: Mapped[str] = mapped_column(String(36), ForeignKey("patient.id"))
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    name: Mapped[str]
    meaning: Mapped[Meaning] = mapped_column(choice(Meaning, "meaning"))
    signed_utc: Mapped[datetime] = mapped_column(DateTime)
    signed_offset_min: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    audit_count: Mapped[int]
    audit_head: Mapped[str] = mapped_column(String(64))
    public_key: Mapped[bytes] = mapped_column(LargeBinary, ForeignKey("signing_key.public_key"))
    value: Mapped[bytes] = mapped_column(LargeBinary)
