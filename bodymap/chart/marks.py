"""What a person puts on the map: trigger points, needle sites, pain zones and notes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from typing_extensions import override

from bodymap.atlas.ids import RegionId, Side, StructureId
from bodymap.chart.place import Place, Polygon

MarkId = NewType("MarkId", str)
"""A UUID in its usual text form; made by the desk, never by the database."""

NPRS_MAX = 10
"""Pain is told on the numeric pain rating scale, 0 (none) to 10 (worst imaginable)."""


class MarkKind(StrEnum):
    """The four things that can be put on the map."""

    TRIGGER_POINT = "trigger-point"
    NEEDLE_SITE = "needle-site"
    PAIN_ZONE = "pain-zone"
    NOTE = "note"


class TriggerPointStatus(StrEnum):
    """Active gives the patient's familiar pain; latent is tender only when pressed."""

    ACTIVE = "active"
    LATENT = "latent"
    SATELLITE = "satellite"


class Technique(StrEnum):
    """How the needle is used."""

    DEEP = "deep"
    SUPERFICIAL = "superficial"
    IMS = "ims"


class Direction(StrEnum):
    """How the needle stands to the skin."""

    PERPENDICULAR = "perpendicular"
    OBLIQUE = "oblique"
    TANGENTIAL = "tangential"


class PainKind(StrEnum):
    """What a drawn zone stands for."""

    PRESENTING = "presenting"
    REFERRED = "referred"
    PARAESTHESIA = "paraesthesia"
    NUMBNESS = "numbness"
    SORENESS = "soreness"


class PainQuality(StrEnum):
    """How the patient describes it."""

    ACHING = "aching"
    BURNING = "burning"
    SHARP = "sharp"
    STABBING = "stabbing"
    THROBBING = "throbbing"
    TINGLING = "tingling"
    PRESSING = "pressing"
    CRAMPING = "cramping"


@dataclass(frozen=True, slots=True)
class NeedleSize:
    """Diameter by length, both in millimetres as packs state them (ISO 17218).

    Widest usual ranges: 0.12-0.50 mm by 7-150 mm; anything outside is a slip of the pen.
    """

    diameter_mm: float
    length_mm: int

    def __post_init__(self) -> None:
        if not 0.1 <= self.diameter_mm <= 0.6:
            raise ValueError("a needle's diameter lies between 0.10 and 0.60 mm")
        if not 5 <= self.length_mm <= 150:
            raise ValueError("a needle's length lies between 5 and 150 mm")

    @override
    def __str__(self) -> str:
        return f"{self.diameter_mm:.2f} × {self.length_mm} mm"


@dataclass(frozen=True, slots=True)
class TriggerPoint:
    """A tender point in a taut band of a muscle."""

    id: MarkId
    number: int
    place: Place
    muscle: StructureId | None = None
    status: TriggerPointStatus = TriggerPointStatus.ACTIVE
    intensity: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        _check_intensity(self.intensity)


@dataclass(frozen=True, slots=True)
class NeedleSite:
    """Where a needle went in, and what it did.

    Attributes:
        trigger_point: The trigger point it was placed for, if any.
        depth_mm: Depth reached along the needle, from the skin.
        twitches: Local twitch responses seen; None when not recorded.
    """

    id: MarkId
    number: int
    place: Place
    muscle: StructureId | None = None
    trigger_point: MarkId | None = None
    needle: NeedleSize = NeedleSize(0.30, 40)
    technique: Technique = Technique.DEEP
    direction: Direction = Direction.PERPENDICULAR
    depth_mm: float | None = None
    twitches: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if self.depth_mm is not None and not 0 <= self.depth_mm <= self.needle.length_mm:
            raise ValueError("a needle cannot go deeper than it is long")
        if self.twitches is not None and self.twitches < 0:
            raise ValueError("twitch responses are counted from 0")


@dataclass(frozen=True, slots=True)
class PainZone:
    """An area of pain drawn on one view, in one piece or several.

    Attributes:
        place: A point inside the first polygon, with its words.
        regions: The surface regions the polygons touch.
    """

    id: MarkId
    number: int
    place: Place
    polygons: tuple[Polygon, ...]
    regions: tuple[RegionId, ...] = ()
    kind: PainKind = PainKind.PRESENTING
    intensity: int | None = None
    qualities: frozenset[PainQuality] = frozenset()
    text: str = ""

    def __post_init__(self) -> None:
        _check_intensity(self.intensity)
        if not self.polygons:
            raise ValueError("a pain zone needs an area")
        if any(piece.view != self.place.view for piece in self.polygons):
            raise ValueError("a pain zone lies on one view")


@dataclass(frozen=True, slots=True)
class Note:
    """Words pinned to a point of the body."""

    id: MarkId
    number: int
    place: Place
    text: str = ""


Mark = TriggerPoint | NeedleSite | PainZone | Note


def kind_of(mark: Mark) -> MarkKind:
    """Say which of the four a mark is."""
    match mark:
        case TriggerPoint():
            return MarkKind.TRIGGER_POINT
        case NeedleSite():
            return MarkKind.NEEDLE_SITE
        case PainZone():
            return MarkKind.PAIN_ZONE
        case Note():
            return MarkKind.NOTE


def side_of(mark: Mark) -> Side:
    """The patient's side a mark lies on."""
    return mark.place.side


def _check_intensity(intensity: int | None) -> None:
    if intensity is not None and not 0 <= intensity <= NPRS_MAX:
        raise ValueError("pain is told from 0 to 10")
