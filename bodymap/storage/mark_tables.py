"""The rows that a mark may have many of, or that are too large to stand beside the others."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.chart.needling import Manipulation, Sensation
from bodymap.storage.columns import NO_ROWID, choice
from bodymap.storage.tables import MarkKey, Row


class TriggerPointReferralRow(Row):
    """A pain zone that a trigger point sends its pain to."""

    __tablename__ = "trigger_point_referral"
    __table_args__ = (Index(None, "pain_zone_id"), NO_ROWID)

    mark_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("trigger_point.mark_id", ondelete="CASCADE"), primary_key=True
    )
    pain_zone_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("pain_zone.mark_id", ondelete="CASCADE"), primary_key=True
    )


class NeedleManipulationRow(Row):
    """What was done with a needle once it was in."""

    __tablename__ = "needle_manipulation"
    __table_args__ = (NO_ROWID,)

    mark_id: Mapped[MarkKey]
    manipulation: Mapped[Manipulation] = mapped_column(
        choice(Manipulation, "manipulation"), primary_key=True
    )


class NeedleSensationRow(Row):
    """What the patient felt of a needle."""

    __tablename__ = "needle_sensation"
    __table_args__ = (NO_ROWID,)

    mark_id: Mapped[MarkKey]
    sensation: Mapped[Sensation] = mapped_column(choice(Sensation, "sensation"), primary_key=True)


class NotePhotoRow(Row):
    """The photo of a note, as a JPEG file."""

    __tablename__ = "note_photo"
    __table_args__ = (
        CheckConstraint("width_px BETWEEN 1 AND 1600", name="width_px"),
        CheckConstraint("height_px BETWEEN 1 AND 1600", name="height_px"),
        CheckConstraint("length(data) <= 4194304", name="data"),
    )

    mark_id: Mapped[MarkKey]
    width_px: Mapped[int]
    height_px: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
