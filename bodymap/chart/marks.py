"""What a person puts on the map: trigger points, needle sites, pain zones and notes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from typing_extensions import override

from bodymap.atlas.ids import RegionId, StructureId
from bodymap.chart.needling import (
    Direction,
    Handle,
    Manipulation,
    Sensation,
    Stimulation,
    Technique,
)
from bodymap.chart.palpation import PressureThreshold
from bodymap.chart.people import UserId
from bodymap.chart.photo import Photo
from bodymap.chart.place import Place, Polygon

MarkId = NewType("MarkId", str)
"""A UUID in its usual text form; made by the desk, never by the database."""

SHORT_WORDS = 80
"""Characters that a name or a label may have, such as a brand."""

LONG_WORDS = 400
"""Characters that a line of free words may have."""

MOST_NEEDLES = 50
MOST_PISTONS = 100

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


class PainPattern(StrEnum):
    """Whether it is there all the time."""

    CONSTANT = "constant"
    INTERMITTENT = "intermittent"


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
    """A tender point in a taut band of a muscle.

    What was looked for has three answers: found, not found, and None while nobody has said.

    Attributes:
        part: Which part of the muscle, in free words.
        intensity: Pain when it is pressed, before treatment, 0-10.
        intensity_after: The same after it.
        threshold: Where pressing begins to hurt, by algometer, before treatment.
        threshold_after: The same after it.
        taut_band: A tight strand is felt in the muscle.
        nodule: A knot is felt in the strand.
        jump_sign: The patient starts when it is pressed.
        twitch: The strand twitches when it is snapped under the finger.
        familiar_pain: Pressing brings on the pain that the patient knows.
        refers_to: The pain zones it sends its pain to.
    """

    id: MarkId
    number: int
    place: Place
    muscle: StructureId | None = None
    part: str = ""
    status: TriggerPointStatus = TriggerPointStatus.ACTIVE
    intensity: int | None = None
    intensity_after: int | None = None
    threshold: PressureThreshold | None = None
    threshold_after: PressureThreshold | None = None
    taut_band: bool | None = None
    nodule: bool | None = None
    jump_sign: bool | None = None
    twitch: bool | None = None
    familiar_pain: bool | None = None
    refers_to: frozenset[MarkId] = frozenset()
    text: str = ""

    def __post_init__(self) -> None:
        _check_intensity(self.intensity)
        _check_intensity(self.intensity_after)
        _check_words("the part of the muscle", self.part, SHORT_WORDS)


@dataclass(frozen=True, slots=True)
class NeedleSite:
    """Where a needle went in, and what it did.

    Attributes:
        trigger_point: The trigger point it was placed for, if any.
        count: How many needles stand here.
        clock: Where a needle that is not straight points, as on a clock seen from outside
            with 12 towards the head of the drawing.
        depth_mm: Depth reached along the needle, from the skin.
        twitches: Local twitch responses seen; None when not recorded.
        pistoning: How often it was moved up and down.
        bleeding: Whether it bled; None when not recorded, as for a haematoma.
        stimulation: Current through the needle, if there was any.
        time_in: When it went in, with the local offset.
        time_out: When it came out.
    """

    id: MarkId
    number: int
    place: Place
    muscle: StructureId | None = None
    trigger_point: MarkId | None = None
    needle: NeedleSize = NeedleSize(0.30, 40)
    count: int = 1
    brand: str = ""
    lot: str = ""
    handle: Handle | None = None
    technique: Technique = Technique.DEEP
    direction: Direction = Direction.PERPENDICULAR
    clock: int | None = None
    depth_mm: float | None = None
    twitches: int | None = None
    manipulations: frozenset[Manipulation] = frozenset()
    pistoning: int | None = None
    sensations: frozenset[Sensation] = frozenset()
    bleeding: bool | None = None
    haematoma: bool | None = None
    stimulation: Stimulation | None = None
    time_in: datetime | None = None
    time_out: datetime | None = None
    placed_by: UserId | None = None
    removed_by: UserId | None = None
    text: str = ""

    def __post_init__(self) -> None:
        _check_words("the brand", self.brand, SHORT_WORDS)
        _check_words("the lot", self.lot, SHORT_WORDS)
        _check_use(self)
        _check_times(self.time_in, self.time_out)
        if self.depth_mm is not None and not 0 <= self.depth_mm <= self.needle.length_mm:
            raise ValueError("a needle cannot go deeper than it is long")
        if self.twitches is not None and self.twitches < 0:
            raise ValueError("twitch responses are counted from 0")

    @property
    def is_in(self) -> bool:
        """Whether it is known to have gone in and not known to have come out."""
        return self.time_in is not None and self.time_out is None


@dataclass(frozen=True, slots=True)
class PainZone:
    """An area of pain drawn on one view, in one piece or several.

    Attributes:
        place: A point inside the first polygon, with its words.
        regions: The surface regions the polygons touch.
        pattern: Whether it is there all the time; None when not asked.
        aggravated_by: What makes it worse.
        eased_by: What makes it better.
    """

    id: MarkId
    number: int
    place: Place
    polygons: tuple[Polygon, ...]
    regions: tuple[RegionId, ...] = ()
    kind: PainKind = PainKind.PRESENTING
    intensity: int | None = None
    qualities: frozenset[PainQuality] = frozenset()
    pattern: PainPattern | None = None
    aggravated_by: str = ""
    eased_by: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        _check_intensity(self.intensity)
        _check_words("what makes it worse", self.aggravated_by, LONG_WORDS)
        _check_words("what makes it better", self.eased_by, LONG_WORDS)
        if not self.polygons:
            raise ValueError("a pain zone needs an area")
        if any(piece.view != self.place.view for piece in self.polygons):
            raise ValueError("a pain zone lies on one view")


@dataclass(frozen=True, slots=True)
class Note:
    """Words pinned to a point of the body, and a photo of it if there is one."""

    id: MarkId
    number: int
    place: Place
    text: str = ""
    photo: Photo | None = None


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


def _check_intensity(intensity: int | None) -> None:
    if intensity is not None and not 0 <= intensity <= NPRS_MAX:
        raise ValueError("pain is told from 0 to 10")


def _check_words(name: str, words: str, most: int) -> None:
    if len(words) > most:
        raise ValueError(f"{name} is told in at most {most} characters")


def _check_use(site: NeedleSite) -> None:
    if not 1 <= site.count <= MOST_NEEDLES:
        raise ValueError("a site holds between 1 and 50 needles")
    if site.clock is not None and not 1 <= site.clock <= 12:
        raise ValueError("a clock face goes from 1 to 12")
    if site.clock is not None and site.direction is Direction.PERPENDICULAR:
        raise ValueError("a needle that goes straight in points nowhere on the clock")
    if site.pistoning is not None and not 1 <= site.pistoning <= MOST_PISTONS:
        raise ValueError("pistoning is counted from 1 to 100")
    if site.pistoning is not None and Manipulation.PISTONING not in site.manipulations:
        raise ValueError("only a needle that was pistoned has a count of it")
    if Sensation.NONE in site.sensations and len(site.sensations) > 1:
        raise ValueError("either nothing was felt or something was")


def _check_times(time_in: datetime | None, time_out: datetime | None) -> None:
    if any(time is not None and time.tzinfo is None for time in (time_in, time_out)):
        raise ValueError("a needle's times need their offset from UTC")
    if time_in is None or time_out is None:
        return
    if time_out < time_in:
        raise ValueError("a needle comes out after it went in")
    if time_out - time_in > timedelta(days=1):
        raise ValueError("a needle stays in for less than a day")
