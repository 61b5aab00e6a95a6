"""Places of a dissection's picture that are painted over: what the source shows there is a slip.

Each is drawn for the patient's left; the right is its mirror image.
"""

from dataclasses import dataclass

from shapely import Polygon, box

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Repaint:
    """A place that belongs to one structure.

    Attributes:
        taker: The structure that is drawn there.
        place: Where, in view millimetres, on the patient's left.
        givers: The only structures that may lose something; empty if all may, and bare skin too.
    """

    taker: str
    place: Polygon
    givers: tuple[str, ...] = ()


_STERNOCOSTAL, _ABDOMINAL = "pectoralis-major-sternocostal", "pectoralis-major-abdominal"
_BREAST_FOLD: Points = (
    *((16.5, 459.5), (23.0, 463.8), (30.0, 470.0), (37.0, 475.6), (45.0, 480.2)),
    *((54.0, 484.0), (63.0, 487.4), (70.0, 489.9), (76.0, 491.6)),
)
"""The lower edge of pectoralis major, from the sternum outwards."""

_ABDOMINAL_END: Points = (
    *((79.4, 529.0), (79.0, 512.0), (84.0, 502.0), (92.0, 497.5), (98.5, 499.5), (97.5, 504.0)),
    *((94.0, 513.0), (92.6, 515.0), (88.5, 516.0), (84.5, 519.5), (81.5, 524.0)),
)
"""Where the abdominal part of pectoralis major is split by what it lies on."""

_BELLY: Points = (
    *((-86.5, 684.0), (-87.3, 700.0), (-89.0, 720.0), (-91.0, 742.0), (-92.6, 763.0)),
    *((-91.0, 768.0), (-75.0, 768.0), (-75.0, 745.0), (-80.0, 709.0)),
)
"""A step in front of transversus abdominis, where the source has lost its aponeurosis."""


def _beside(line: Points, down_mm: float) -> Polygon:
    return Polygon([*line, *((u, v + down_mm) for u, v in reversed(line))])


_REPAINTS: dict[tuple[str, int], tuple[Repaint, ...]] = {
    ("anterior", 1): (
        Repaint(_STERNOCOSTAL, _beside(_BREAST_FOLD, -7.0), ("rectus-abdominis",)),
        Repaint("rectus-abdominis", _beside(_BREAST_FOLD, 12.0), (_STERNOCOSTAL,)),
        Repaint(
            _ABDOMINAL,
            Polygon([(76, 491.6), (82, 487.5), (84, 498), (70, 500.5)]),
            (_STERNOCOSTAL, "rectus-abdominis"),
        ),
        Repaint(
            _ABDOMINAL,
            Polygon(_ABDOMINAL_END),
            ("external-oblique-aponeurosis", "external-abdominal-oblique"),
        ),
    ),
    ("lateral", 1): (Repaint("iliotibial-tract", box(-12, 826, 19.5, 889), ("femur",)),),
    ("lateral", 3): (
        Repaint(
            "transversus-abdominis",
            Polygon(_BELLY),
        ),
    ),
}


def repaints(view: str, level: int) -> tuple[Repaint, ...]:
    """Say what is painted over in a view at a dissection level (1 superficial to 3 deep)."""
    return _REPAINTS.get((view.partition("-")[0], level), ())
