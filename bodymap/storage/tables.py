"""The rows of the data file.

Rows are not the record: `records.py` turns one into the other, and no row leaves this package.
Every value that the record limits is limited here again, so that the file stays sound whoever
writes to it. A change here needs a migration; a test compares the two.
"""

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.marks import MarkKind, PainKind, PainPattern, PainQuality, TriggerPointStatus
from bodymap.chart.needling import Direction, Handle, Technique
from bodymap.chart.palpation import PressureUnit
from bodymap.chart.people import AdministrativeSex, Role
from bodymap.chart.visit import VisitState
from bodymap.storage.columns import NO_ROWID, choice

Key = Annotated[str, mapped_column(String(36), primary_key=True)]
"""A UUID in its usual text form."""

Sequence = Annotated[int, mapped_column(Integer, primary_key=True)]
"""Counts up as rows are added; order never rests on the clock, which may jump."""

Position = Annotated[int, mapped_column(Integer, primary_key=True)]
"""The place in a list, from 0."""

MarkKey = Annotated[
    str,
    mapped_column(String(36), ForeignKey("mark.id", ondelete="CASCADE"), primary_key=True),
]
"""The mark that the row says more about."""

ZoneKey = Annotated[
    str,
    mapped_column(
        String(36), ForeignKey("pain_zone.mark_id", ondelete="CASCADE"), primary_key=True
    ),
]
"""The pain zone that the row is a part of."""


class Row(DeclarativeBase):
    """Every table; constraints are named so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _pain(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 0 AND 10", name=column)


def _answer(name: str) -> Boolean:
    return Boolean(create_constraint=True, name=name)


def _short(column: str, most: int = 80) -> CheckConstraint:
    return CheckConstraint(f"length({column}) <= {most}", name=column)


def _between(column: str, least: float, most: float) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {least:g} AND {most:g}", name=column)


def _threshold(column: str) -> CheckConstraint:
    kpa, unit = f"{column}_kpa", f"{column}_unit"
    return CheckConstraint(
        f"({kpa} IS NULL) = ({unit} IS NULL) AND ({kpa} IS NULL OR {kpa} > 0 AND {kpa} <= 2000)",
        name=column,
    )


class UserRow(Row):
    """Someone who works at the clinic."""

    __tablename__ = "user"
    __table_args__ = (
        _short("login"),
        Index(
            "uq_user_login_once",
            "login",
            unique=True,
            sqlite_where=text("login <> ''"),
            postgresql_where=text("login <> ''"),
        ),
    )

    id: Mapped[Key]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    login: Mapped[str]
    disabled: Mapped[bool] = mapped_column(_answer("disabled"))


class PatientRow(Row):
    """A person who is treated.

    `search_key` is the name and number as they are searched: folded, without accents.
    """

    __tablename__ = "patient"
    __table_args__ = (
        CheckConstraint(
            "trim(family_name) <> '' AND trim(given_name) <> ''",
            name="named",
        ),
        UniqueConstraint("number"),
        Index(None, "search_key"),
    )

    id: Mapped[Key]
    number: Mapped[str]
    family_name: Mapped[str]
    given_name: Mapped[str]
    birth_date: Mapped[date] = mapped_column(Date)
    sex: Mapped[AdministrativeSex] = mapped_column(choice(AdministrativeSex, "sex"))
    search_key: Mapped[str]


class EpisodeRow(Row):
    """One complaint followed over several visits."""

    __tablename__ = "episode"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("patient_id", "id"),  # what a visit refers to
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    patient_id: Mapped[str] = mapped_column(String(36), ForeignKey("patient.id"))
    complaint: Mapped[str]
    side: Mapped[Side | None] = mapped_column(choice(Side, "side"))
    onset: Mapped[date | None] = mapped_column(Date)


class VisitRow(Row):
    """One session. Its episode must be of the same patient; the file itself sees to it."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("id"),
        ForeignKeyConstraint(["patient_id", "episode_id"], ["episode.patient_id", "episode.id"]),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("began_offset_min BETWEEN -1080 AND 1080", name="began_offset_min"),
        _pain("pain_before"),
        _pain("pain_after"),
        Index(None, "patient_id", "episode_id"),
        Index(None, "therapist_id"),
        Index(None, "began_utc"),
    )

    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(36))
    patient_id: Mapped[str] = mapped_column(String(36))
    episode_id: Mapped[str] = mapped_column(String(36))
    therapist_id: Mapped[str] = mapped_column(String(36), ForeignKey("user.id"))
    began_utc: Mapped[datetime] = mapped_column(DateTime)
    began_offset_min: Mapped[int]
    state: Mapped[VisitState] = mapped_column(choice(VisitState, "state"))
    version: Mapped[int]
    pain_before: Mapped[int | None]
    pain_after: Mapped[int | None]


class MarkRow(Row):
    """What every mark has, whatever its kind; a note has no more than this."""

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[Key]
    visit_id: Mapped[str] = mapped_column(String(36), ForeignKey("visit.id", ondelete="CASCADE"))
    kind: Mapped[MarkKind] = mapped_column(choice(MarkKind, "kind"))
    number: Mapped[int]
    view: Mapped[ViewId] = mapped_column(choice(ViewId, "view"))
    u_mm: Mapped[float] = mapped_column(Float)
    v_mm: Mapped[float] = mapped_column(Float)
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    region: Mapped[str]
    landmark: Mapped[str]
    atlas_version: Mapped[str]
    text: Mapped[str]


class MarkStructureRow(Row):
    """What lies under the mark, from the skin inwards."""

    __tablename__ = "mark_structure"
    __table_args__ = (Index(None, "structure"), NO_ROWID)

    mark_id: Mapped[MarkKey]
    position: Mapped[Position]
    structure: Mapped[str]


class TriggerPointRow(Row):
    """What only a trigger point has."""

    __tablename__ = "trigger_point"
    __table_args__ = (
        _pain("intensity"),
        _pain("intensity_after"),
        _short("part"),
        _threshold("threshold"),
        _threshold("threshold_after"),
        Index(None, "muscle"),
    )

    mark_id: Mapped[MarkKey]
    muscle: Mapped[str | None]
    status: Mapped[TriggerPointStatus] = mapped_column(choice(TriggerPointStatus, "status"))
    intensity: Mapped[int | None]
    part: Mapped[str]
    intensity_after: Mapped[int | None]
    threshold_kpa: Mapped[float | None] = mapped_column(Float)
    threshold_unit: Mapped[PressureUnit | None] = mapped_column(
        choice(PressureUnit, "threshold_unit")
    )
    threshold_after_kpa: Mapped[float | None] = mapped_column(Float)
    threshold_after_unit: Mapped[PressureUnit | None] = mapped_column(
        choice(PressureUnit, "threshold_after_unit")
    )
    taut_band: Mapped[bool | None] = mapped_column(_answer("taut_band"))
    nodule: Mapped[bool | None] = mapped_column(_answer("nodule"))
    jump_sign: Mapped[bool | None] = mapped_column(_answer("jump_sign"))
    twitch: Mapped[bool | None] = mapped_column(_answer("twitch"))
    familiar_pain: Mapped[bool | None] = mapped_column(_answer("familiar_pain"))


class NeedleSiteRow(Row):
    """What only a needle site has.

    The link to the trigger point is looked at when the transaction ends, because both may
    come in one gesture; it is cut when the trigger point goes.
    """

    __tablename__ = "needle_site"
    __table_args__ = (
        CheckConstraint("diameter_mm BETWEEN 0.1 AND 0.6", name="diameter_mm"),
        CheckConstraint("length_mm BETWEEN 5 AND 150", name="length_mm"),
        CheckConstraint("depth_mm BETWEEN 0 AND length_mm", name="depth_mm"),
        CheckConstraint("twitches >= 0", name="twitches"),
        _between("count", 1, 50),
        _short("brand"),
        _short("lot"),
        CheckConstraint(
            "clock IS NULL OR clock BETWEEN 1 AND 12 AND direction <> 'perpendicular'",
            name="clock",
        ),
        _between("pistoning", 1, 100),
        _between("stimulation_hz", 0.1, 250),
        _between("stimulation_pulse_ms", 0.01, 10),
        _between("stimulation_ma", 0.01, 100),
        _between("stimulation_min", 0.5, 120),
        CheckConstraint("(in_utc IS NULL) = (in_offset_min IS NULL)", name="time_in"),
        CheckConstraint("(out_utc IS NULL) = (out_offset_min IS NULL)", name="time_out"),
        CheckConstraint("out_utc >= in_utc", name="times"),
        Index(None, "muscle"),
        Index(None, "trigger_point_id"),
    )

    mark_id: Mapped[MarkKey]
    muscle: Mapped[str | None]
    trigger_point_id: Mapped[str | None] = mapped_column(
        String(36),
        ForeignKey(
            "trigger_point.mark_id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"
        ),
    )
    diameter_mm: Mapped[float] = mapped_column(Float)
    length_mm: Mapped[int]
    technique: Mapped[Technique] = mapped_column(choice(Technique, "technique"))
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"))
    depth_mm: Mapped[float | None] = mapped_column(Float)
    twitches: Mapped[int | None]
    count: Mapped[int]
    brand: Mapped[str]
    lot: Mapped[str]
    handle: Mapped[Handle | None] = mapped_column(choice(Handle, "handle"))
    clock: Mapped[int | None]
    pistoning: Mapped[int | None]
    bleeding: Mapped[bool | None] = mapped_column(_answer("bleeding"))
    haematoma: Mapped[bool | None] = mapped_column(_answer("haematoma"))
    stimulation_hz: Mapped[float | None] = mapped_column(Float)
    stimulation_pulse_ms: Mapped[float | None] = mapped_column(Float)
    stimulation_ma: Mapped[float | None] = mapped_column(Float)
    stimulation_min: Mapped[float | None] = mapped_column(Float)
    in_utc: Mapped[datetime | None] = mapped_column(DateTime)
    in_offset_min: Mapped[int | None]
    out_utc: Mapped[datetime | None] = mapped_column(DateTime)
    out_offset_min: Mapped[int | None]
    placed_by_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("user.id"))
    removed_by_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("user.id"))


class PainZoneRow(Row):
    """What only a pain zone has."""

    __tablename__ = "pain_zone"
    __table_args__ = (
        _pain("intensity"),
        _short("aggravated_by", 400),
        _short("eased_by", 400),
    )

    mark_id: Mapped[MarkKey]
    kind: Mapped[PainKind] = mapped_column(choice(PainKind, "kind"))
    intensity: Mapped[int | None]
    pattern: Mapped[PainPattern | None] = mapped_column(choice(PainPattern, "pattern"))
    aggravated_by: Mapped[str]
    eased_by: Mapped[str]


class PainZoneRegionRow(Row):
    """A surface region that the zone touches."""

    __tablename__ = "pain_zone_region"
    __table_args__ = (Index(None, "region"), NO_ROWID)

    mark_id: Mapped[ZoneKey]
    position: Mapped[Position]
    region: Mapped[str]


class PainZoneQualityRow(Row):
    """How the patient describes the pain of the zone."""

    __tablename__ = "pain_zone_quality"
    __table_args__ = (NO_ROWID,)

    mark_id: Mapped[ZoneKey]
    quality: Mapped[PainQuality] = mapped_column(choice(PainQuality, "quality"), primary_key=True)


class PolygonRingRow(Row):
    """One closed line of one piece of a zone; ring 0 is the outer one, the others are holes.

    The points are one JSON list, u and v by turns in millimetres of the mark's view. What
    people ask of zones (which regions, which side, how strong) stands in columns; a row for
    each of a lasso's hundreds of points would slow every gesture and answer no question.
    """

    __tablename__ = "polygon_ring"
    __table_args__ = (
        CheckConstraint(
            "json_valid(points) AND json_type(points) = 'array'"
            " AND json_array_length(points) >= 6 AND json_array_length(points) % 2 = 0",
            name="points",
        ),
        NO_ROWID,
    )

    mark_id: Mapped[ZoneKey]
    polygon: Mapped[Position]
    ring: Mapped[Position]
    points: Mapped[str]
