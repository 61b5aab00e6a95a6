"""What is measured before and after: pain, movement, strength, tenderness, questionnaires.

Questionnaires are entered as totals; no item of any of them is held here. The ranges are those
of the published scores. Smallest changes that matter are group values from the studies named,
shown as reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bodymap.atlas.ids import Side
from bodymap.chart.checks import LONGEST_LINE, check_number, check_text


class MeasureKind(StrEnum):
    """What is measured; pain now is the visit's own rating."""

    NPRS_WORST = "nprs-worst"
    NPRS_REST = "nprs-rest"
    NPRS_MOVEMENT = "nprs-movement"
    ROM = "rom"
    STRENGTH = "strength"
    PRESSURE_THRESHOLD = "ppt"
    PSFS = "psfs"
    NDI = "ndi"
    ODI = "odi"
    DASH = "dash"
    QUICKDASH = "quickdash"
    LEFS = "lefs"
    SPECIAL_TEST = "special-test"
    ACTIVATION = "activation"


@dataclass(frozen=True, slots=True)
class Scale:
    """How a kind of measure is counted.

    Attributes:
        low: The smallest value.
        high: The largest value.
        unit: Stands behind the number; empty where it is a plain score.
        minimal_change: The smallest change that matters to patients, where one is known.
        source: Where range or change come from.
        whole: Whether only whole numbers count.
    """

    name: str
    low: float
    high: float
    unit: str = ""
    minimal_change: float | None = None
    source: str = ""
    whole: bool = True


_FARRAR = "Farrar 2001, Pain 94:149"
_STRATFORD = "Stratford 1995, Physiother Can 47:258"
_YOUNG = "Young 2009, Spine J 9:802"
_OSTELO = "Ostelo 2008, Spine 33:90"
_FRANCHIGNONI = "Franchignoni 2014, J Orthop Sports Phys Ther 44:30"
_BINKLEY = "Binkley 1999, Phys Ther 79:371"

SCALES: Mapping[MeasureKind, Scale] = {
    MeasureKind.NPRS_WORST: Scale("Worst pain", 0, 10, "/10", 2, _FARRAR),
    MeasureKind.NPRS_REST: Scale("Pain at rest", 0, 10, "/10", 2, _FARRAR),
    MeasureKind.NPRS_MOVEMENT: Scale("Pain in movement", 0, 10, "/10", 2, _FARRAR),
    MeasureKind.ROM: Scale("Range of motion", -90, 270, "°"),
    MeasureKind.STRENGTH: Scale("Strength", 0, 5, "/5", None, "Medical Research Council"),
    MeasureKind.PRESSURE_THRESHOLD: Scale("Pressure-pain threshold", 0, 2000, " kPa", whole=False),
    MeasureKind.PSFS: Scale("PSFS", 0, 10, "/10", 2, _STRATFORD, whole=False),
    MeasureKind.NDI: Scale("NDI", 0, 50, "/50", 7.5, _YOUNG),
    MeasureKind.ODI: Scale("ODI", 0, 100, "%", 10, _OSTELO, whole=False),
    MeasureKind.DASH: Scale("DASH", 0, 100, "/100", 10.8, _FRANCHIGNONI, whole=False),
    MeasureKind.QUICKDASH: Scale("QuickDASH", 0, 100, "/100", 15.9, _FRANCHIGNONI, whole=False),
    MeasureKind.LEFS: Scale("LEFS", 0, 80, "/80", 9, _BINKLEY),
    MeasureKind.SPECIAL_TEST: Scale("Special test", 0, 1),
    MeasureKind.ACTIVATION: Scale("Muscle activation", 0, 2),
}
"""How each kind is counted.

A special test is 1 when positive. A muscle's activation is 0 where it does not answer, 1 where it
is weak or late, 2 where it is as it should be.
"""

NEEDS_SUBJECT = frozenset(
    {
        MeasureKind.ROM,
        MeasureKind.STRENGTH,
        MeasureKind.PRESSURE_THRESHOLD,
        MeasureKind.SPECIAL_TEST,
        MeasureKind.ACTIVATION,
    }
)
"""Kinds that mean nothing until one says what was measured."""

NORMAL_MOTION_SOURCE = "American Academy of Orthopaedic Surgeons, Joint Motion, 1965"

NORMAL_MOTION: Mapping[str, int] = {
    "Neck flexion": 45,
    "Neck extension": 45,
    "Neck side-bending": 45,
    "Neck rotation": 60,
    "Trunk flexion": 80,
    "Trunk extension": 25,
    "Trunk side-bending": 35,
    "Trunk rotation": 45,
    "Shoulder flexion": 180,
    "Shoulder extension": 60,
    "Shoulder abduction": 180,
    "Shoulder internal rotation": 70,
    "Shoulder external rotation": 90,
    "Elbow flexion": 150,
    "Forearm pronation": 80,
    "Forearm supination": 80,
    "Wrist flexion": 80,
    "Wrist extension": 70,
    "Wrist radial deviation": 20,
    "Wrist ulnar deviation": 30,
    "Hip flexion": 120,
    "Hip extension": 30,
    "Hip abduction": 45,
    "Hip adduction": 30,
    "Hip internal rotation": 45,
    "Hip external rotation": 45,
    "Knee flexion": 135,
    "Ankle dorsiflexion": 20,
    "Ankle plantarflexion": 50,
    "Foot inversion": 35,
    "Foot eversion": 15,
}
"""Usual range of each movement in degrees, for adults."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured before and after the session.

    Attributes:
        subject: What was measured: a movement, a muscle, a point, a test; empty for scores.
        side: The patient's side, where it has one.
        before: The value on arrival, in the unit of the kind's scale.
        after: The value at the end.
    """

    kind: MeasureKind
    subject: str = ""
    side: Side | None = None
    before: float | None = None
    after: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        scale = SCALES[self.kind]
        check_text("what was measured", self.subject, LONGEST_LINE)
        check_text("a note on a measure", self.note)
        for value in (self.before, self.after):
            check_number(scale.name, value, scale.low, scale.high, whole=scale.whole)
        if self.kind in NEEDS_SUBJECT and not self.subject.strip():
            raise ValueError(f"{scale.name.lower()} needs a word on what was measured")

    @property
    def scale(self) -> Scale:
        """How it is counted."""
        return SCALES[self.kind]

    @property
    def normal(self) -> int | None:
        """The usual range of the movement in degrees, where it is one that is known."""
        return NORMAL_MOTION.get(self.subject) if self.kind is MeasureKind.ROM else None
