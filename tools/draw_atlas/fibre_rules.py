"""Which way fibres run where the relief of the model does not say, or says it wrongly.

Directions follow the usual textbook descriptions of each muscle's origin and insertion. Angles are
degrees from +u towards +v on the patient's left, as in the measured directions: 90 runs down the
page; in the posterior view the patient's left lies at u < 0.
"""

from dataclasses import dataclass
from typing import Literal

Way = Literal["angle", "ring", "fan-down", "along"]


@dataclass(frozen=True)
class FibreRule:
    """How the fibres of one structure run.

    Attributes:
        way: `angle`: everywhere in one direction; `ring`: round the middle; `fan-down`:
            towards the lowest point; `along`: along the structure's own borders.
        degrees: The direction, for `angle`.
        trust: Weight beside what was measured; at 1 the measured directions are passed over.
    """

    way: Way
    degrees: float = 0.0
    trust: float = 1.0


_RING = FibreRule("ring")
_DOWN = FibreRule("angle", 90)

_EVERYWHERE: dict[str, FibreRule] = {
    "orbicularis-oris": _RING,
    "orbicularis-oculi-orbital-part": _RING,
    "orbicularis-oculi-palpebral-part": _RING,
    "external-anal-sphincter": _RING,
    "rectus-abdominis": _DOWN,
    "transversus-abdominis": FibreRule("angle", 0),
    "iliotibial-tract": FibreRule("along"),
    "calcaneal-tendon": FibreRule("along"),
    "procerus": _DOWN,
    "buccinator": FibreRule("angle", 2),
    "lumbricals-of-hand": FibreRule("along"),
    "lumbricals-of-foot": FibreRule("along"),
    "dorsal-interossei-of-hand": FibreRule("along"),
    "dorsal-interossei-of-foot": FibreRule("along"),
}

_BY_VIEW: dict[str, dict[str, FibreRule]] = {
    "anterior": {
        "internal-abdominal-oblique": FibreRule("angle", 38),
        "external-abdominal-oblique": FibreRule("angle", 122, 0.3),
        "external-intercostals": FibreRule("angle", 130),
        "internal-intercostals": FibreRule("angle", 52),
        "frontalis": _DOWN,
        "epicranial-aponeurosis": _DOWN,
        "external-oblique-aponeurosis": FibreRule("angle", 130),
        "pronator-quadratus": FibreRule("angle", 166),
        "subscapularis": FibreRule("angle", 158, 0.5),
        "masseter-superficial-part": FibreRule("angle", 84),
        "temporalis": FibreRule("fan-down"),
        "platysma": FibreRule("angle", 68),
        "palmar-aponeurosis": FibreRule("along"),
    },
    "posterior": {
        "transversus-abdominis": FibreRule("angle", 0),
        "external-intercostals": FibreRule("angle", 130),
        "internal-intercostals": FibreRule("angle", 48),
        "internal-abdominal-oblique": FibreRule("angle", 130, 0.6),
        "gluteus-maximus": FibreRule("angle", 128, 0.45),
        "trapezius-transverse": FibreRule("angle", 2, 0.8),
        "epicranial-aponeurosis": _DOWN,
        "occipitalis": _DOWN,
        "pronator-quadratus": FibreRule("angle", 14),
        "thoracolumbar-fascia": FibreRule("angle", 42),
        "iliococcygeus": FibreRule("angle", 30),
    },
    "lateral-left": {
        "external-intercostals": FibreRule("angle", 128),
        "internal-intercostals": FibreRule("angle", 52),
        "internal-abdominal-oblique": FibreRule("angle", 48, 0.6),
        "frontalis": FibreRule("angle", 108),
        "epicranial-aponeurosis": FibreRule("angle", 3),
        "occipitalis": FibreRule("angle", 28),
        "temporalis": FibreRule("fan-down", trust=0.7),
        "masseter-superficial-part": FibreRule("angle", 66),
        "masseter-deep-part": FibreRule("angle", 88),
        "nasalis": FibreRule("angle", 120),
        "platysma": FibreRule("angle", 118),
        "subscapularis": FibreRule("angle", 20),
        "trapezius-transverse": FibreRule("angle", 168),
    },
    "soles": {
        "plantar-aponeurosis": FibreRule("along"),
        "adductor-hallucis-transverse-head": FibreRule("along"),
    },
    "feet-dorsal": {},
}


def rule_for(view: str, structure: str) -> FibreRule | None:
    """The rule for a structure in a view, if there is one."""
    return _BY_VIEW.get(view, {}).get(structure) or _EVERYWHERE.get(structure)
