"""The rows of what a visit holds besides its marks; all of them go with their visit."""

from datetime import date
from typing import Annotated

from sqlalchemy import Boolean, CheckConstraint, Date, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.adverse_events import EventKind, Onset, Outcome, Severity
from bodymap.chart.consent import ConsentForm, ConsentGiver, ConsentScope, Told
from bodymap.chart.follow_up import FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Position, SkinPreparation
from bodymap.chart.measures import SCALES, MeasureKind
from bodymap.chart.narrative import Chapter
from bodymap.chart.screening import Answer
from bodymap.storage.columns import NO_ROWID, choice
from bodymap.storage.tables import Position as ListPosition
from bodymap.storage.tables import Row

VisitKey = Annotated[
    str,
    mapped_column(String(36), ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True),
]
"""The visit that the row says more about."""


def _in_range(column: str) -> CheckConstraint:
    ranges = " OR ".join(
        f"kind = '{kind}' AND {column} BETWEEN {scale.low} AND {scale.high}"
        for kind, scale in SCALES.items()
    )
    return CheckConstraint(f"{column} IS NULL OR {ranges}", name=column)


class ScreeningAnswerRow(Row):
    """What was answered to one item of the checklist."""

    __tablename__ = "visit_screening"
    __table_args__ = (Index(None, "item"), NO_ROWID)

    visit_id: Mapped[VisitKey]
    item: Mapped[str] = mapped_column(String, primary_key=True)
    answer: Mapped[Answer | None] = mapped_column(choice(Answer, "answer"))
    note: Mapped[str]
    override: Mapped[str]


class BarredAreaRow(Row):
    """Where on the body an item applies; the polygons are a JSON list of lists of rings."""

    __tablename__ = "visit_barred_area"
    __table_args__ = (
        CheckConstraint(
            "json_valid(polygons) AND json_type(polygons) = 'array'"
            " AND json_array_length(polygons) > 0",
            name="polygons",
        ),
    )

    visit_id: Mapped[VisitKey]
    item: Mapped[str] = mapped_column(String, primary_key=True)
    view: Mapped[ViewId] = mapped_column(choice(ViewId, "view"), primary_key=True)
    u_mm: Mapped[float] = mapped_column(Float)
    v_mm: Mapped[float] = mapped_column(Float)
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    region: Mapped[str]
    landmark: Mapped[str]
    atlas_version: Mapped[str]
    polygons: Mapped[str]


class ConsentRow(Row):
    """Consent to the visit's treatment; the signature is a JSON list of pen lines."""

    __tablename__ = "visit_consent"
    __table_args__ = (
        CheckConstraint(
            "json_valid(signature) AND json_type(signature) = 'array'", name="signature"
        ),
    )

    visit_id: Mapped[VisitKey]
    form: Mapped[ConsentForm | None] = mapped_column(choice(ConsentForm, "form"))
    given_by: Mapped[ConsentGiver] = mapped_column(choice(ConsentGiver, "given_by"))
    guardian: Mapped[str]
    scope: Mapped[ConsentScope] = mapped_column(choice(ConsentScope, "scope"))
    withdrawn: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="withdrawn"))
    signature: Mapped[str]
    note: Mapped[str]


class ToldRow(Row):
    """What was explained before the treatment."""

    __tablename__ = "visit_told"
    __table_args__ = (NO_ROWID,)

    visit_id: Mapped[VisitKey]
    told: Mapped[Told] = mapped_column(choice(Told, "told"), primary_key=True)


class HygieneRow(Row):
    """What was done before the first needle."""

    __tablename__ = "visit_hygiene"

    visit_id: Mapped[VisitKey]
    hands: Mapped[HandHygiene | None] = mapped_column(choice(HandHygiene, "hands"))
    gloves: Mapped[Gloves | None] = mapped_column(choice(Gloves, "gloves"))
    skin: Mapped[SkinPreparation | None] = mapped_column(choice(SkinPreparation, "skin"))
    note: Mapped[str]


class PositionRow(Row):
    """How the patient lay or sat."""

    __tablename__ = "visit_position"
    __table_args__ = (NO_ROWID,)

    visit_id: Mapped[VisitKey]
    position: Mapped[Position] = mapped_column(choice(Position, "position"), primary_key=True)


class NeedleCountRow(Row):
    """Needles counted outside the body."""

    __tablename__ = "visit_needle_count"
    __table_args__ = (
        CheckConstraint("opened BETWEEN 0 AND 999", name="opened"),
        CheckConstraint("in_sharps BETWEEN 0 AND 999", name="in_sharps"),
    )

    visit_id: Mapped[VisitKey]
    opened: Mapped[int | None]
    in_sharps: Mapped[int | None]
    difference: Mapped[str]


class MeasureRow(Row):
    """One thing measured before and after."""

    __tablename__ = "visit_measure"
    __table_args__ = (
        _in_range("value_before"),
        _in_range("value_after"),
        Index(None, "kind"),
        NO_ROWID,
    )

    visit_id: Mapped[VisitKey]
    position: Mapped[ListPosition]
    kind: Mapped[MeasureKind] = mapped_column(choice(MeasureKind, "kind"))
    subject: Mapped[str]
    side: Mapped[Side | None] = mapped_column(choice(Side, "side"))
    value_before: Mapped[float | None] = mapped_column(Float)
    value_after: Mapped[float | None] = mapped_column(Float)
    note: Mapped[str]


class ChapterRow(Row):
    """One part of the running text."""

    __tablename__ = "visit_text"
    __table_args__ = (NO_ROWID,)

    visit_id: Mapped[VisitKey]
    chapter: Mapped[Chapter] = mapped_column(choice(Chapter, "chapter"), primary_key=True)
    text: Mapped[str]


class AftercareRow(Row):
    """One piece of advice the patient was given."""

    __tablename__ = "visit_aftercare"
    __table_args__ = (NO_ROWID,)

    visit_id: Mapped[VisitKey]
    position: Mapped[ListPosition]
    text: Mapped[str]


class ConditionRow(Row):
    """One condition that was treated."""

    __tablename__ = "visit_condition"
    __table_args__ = (Index(None, "text"), NO_ROWID)

    visit_id: Mapped[VisitKey]
    position: Mapped[ListPosition]
    text: Mapped[str]


class FollowUpRow(Row):
    """One thing heard of the patient after the session."""

    __tablename__ = "visit_follow_up"
    __table_args__ = (
        CheckConstraint("pain BETWEEN 0 AND 10", name="pain"),
        CheckConstraint("soreness BETWEEN 0 AND 10", name="soreness"),
        NO_ROWID,
    )

    visit_id: Mapped[VisitKey]
    position: Mapped[ListPosition]
    kind: Mapped[FollowUpKind] = mapped_column(choice(FollowUpKind, "kind"))
    on: Mapped[date] = mapped_column("told_on", Date)
    pain: Mapped[int | None]
    soreness: Mapped[int | None]
    relief: Mapped[Relief | None] = mapped_column(choice(Relief, "relief"))
    text: Mapped[str]


class ClinicChoiceRow(Row):
    """One choice of the clinic, as JSON."""

    __tablename__ = "clinic_choice"
    __table_args__ = (CheckConstraint("json_valid(value)", name="value"), NO_ROWID)

    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str]


class AdverseEventRow(Row):
    """One thing that went wrong."""

    __tablename__ = "visit_adverse_event"
    __table_args__ = (Index(None, "kind"), NO_ROWID)

    visit_id: Mapped[VisitKey]
    position: Mapped[ListPosition]
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "kind"))
    severity: Mapped[Severity] = mapped_column(choice(Severity, "severity"))
    onset: Mapped[Onset] = mapped_column(choice(Onset, "onset"))
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, "outcome"))
    action: Mapped[str]
    reported_to: Mapped[str]
    text: Mapped[str]
