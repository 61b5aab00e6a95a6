"""Fingers and toes, which the measured outline has only as mittens and clubs.

A digit is an axis through its joints with half a width at each; everything drawn of it (outline,
nail, creases) follows from that, so that front and back agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from shapely import MultiPolygon, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.drawn_lines import DrawnLine
from tools.draw_atlas.spline import Point, Points, cubics_through, sampled

_AXIS_STEP_MM = 0.4
_WAIST = 0.035
_CAP_POWER = 2.15  # a finger tip is a little squarer than an ellipse


@dataclass(frozen=True)
class Digit:
    """A finger or toe of the patient's left: joints from root to tip, and half widths there.

    Knots are `(lateral, down)` in millimetres in the frame of its view. `nail` is the nail's
    length and half width, zero where none shows.
    """

    name: str
    axis: tuple[Point, ...]
    half_widths: tuple[float, ...]
    cap_mm: float
    nail: tuple[float, float] = (0.0, 0.0)

    def at(self, back_mm: float, across: float) -> Point:
        """Give the point `back_mm` from the tip and `across` millimetres to the side."""
        points, normals, _ = self._frame()
        index = max(0, len(points) - 1 - round(back_mm / _AXIS_STEP_MM))
        u, v = points[index] + normals[index] * across
        return float(u), float(v)

    def width_at(self, back_mm: float) -> float:
        """Give half the digit's width `back_mm` from the tip."""
        widths = self._frame()[2]
        return float(widths[max(0, len(widths) - 1 - round(back_mm / _AXIS_STEP_MM))])

    def joint_back(self, joint: int) -> float:
        """Say how far from the tip a joint lies, along the axis."""
        return (1.0 - self.share_of(joint)) * (len(self._frame()[0]) - 1) * _AXIS_STEP_MM

    def outline(self) -> Polygon:
        """Give the digit's silhouette from root to tip."""
        points, normals, widths = self._frame()
        right = points + normals * widths[:, None]
        left = points - normals * widths[:, None]
        return Polygon(np.concatenate([right, left[::-1]])).buffer(0)

    def share_of(self, joint: int) -> float:
        """Say which share of the axis lies before a joint."""
        lengths = np.linalg.norm(np.diff(np.asarray(self.axis), axis=0), axis=1)
        return float(lengths[:joint].sum() / lengths.sum())

    def _frame(self) -> tuple[Points, Points, Points]:
        points = np.asarray(sampled(cubics_through(self.axis), _AXIS_STEP_MM))
        tangents = np.gradient(points, axis=0)
        tangents /= np.linalg.norm(tangents, axis=1)[:, None]
        normals = np.column_stack([-tangents[:, 1], tangents[:, 0]])
        run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
        shares = [self.share_of(joint) * run[-1] for joint in range(len(self.axis))]
        widths = PchipInterpolator(shares, self.half_widths)(run)
        return points, normals, widths * self._waist(run, shares) * self._cap(run[-1] - run)

    def _waist(self, run: Points, joints: Sequence[float]) -> Points:
        """Make the digit a little slimmer between its joints than at them."""
        place = np.interp(run, joints, np.arange(len(joints)))
        middle = np.sin(np.pi * (place % 1.0)) ** 2
        return np.asarray(1.0 - _WAIST * middle * ((place > 1) & (place < len(joints) - 2)))

    def _cap(self, to_tip: Points) -> Points:
        inside = np.clip(1.0 - to_tip / self.cap_mm, 0.0, 1.0)
        return np.asarray((1.0 - inside**_CAP_POWER) ** (1.0 / _CAP_POWER))


HAND = (
    Digit("1", ((303, 881), (313.8, 897), (326.6, 919), (331.4, 934), (334.4, 947.6)),
          (9, 12.3, 10.2, 9.3, 8.2), 11.5, (11.5, 5.3)),
    Digit("2", ((294, 922), (301, 943), (310, 972.5), (315, 988), (318.8, 1003.6)),
          (11, 10.9, 8.9, 8, 7.3), 9.6, (9.5, 4.4)),
    Digit("3", ((268, 915), (273.2, 946), (279, 976), (283.4, 997), (286.6, 1013.4)),
          (9, 8.9, 8.9, 8.1, 7.4), 9.6, (10, 4.6)),
    Digit("4", ((255, 915), (254.8, 946), (255.6, 970), (256.8, 988), (258, 1001.6)),
          (8.6, 8.6, 8.5, 7.7, 7), 9, (9.4, 4.3)),
    Digit("5", ((241, 912), (236.8, 934), (232.6, 956), (230.2, 974), (228.6, 988.8)),
          (8.8, 8.5, 7.8, 6.9, 6.3), 8, (8, 3.7)),
)  # fmt: skip

_FINGER_WINDOW = Polygon(
    [(200, 1040), (200, 934), (226, 934), (236, 944), (246, 952), (255, 955), (264.6, 957),
     (274, 957.5), (281, 955.5), (288.4, 951), (295.6, 954), (303, 946), (308, 943),
     (312.6, 937), (313.4, 921), (317, 917), (334, 907), (352, 905), (352, 1040)]
)  # fmt: skip
_WEB_MM = 2.9

TOES = (
    Digit("1", ((73, 80), (79, 101), (83.4, 116), (86.6, 131), (88.8, 145.6)),
          (15, 15.4, 14.3, 12.9, 11.5), 13, (12.5, 7.6)),
    Digit("2", ((95, 85), (100.6, 108), (103.6, 122), (105, 132), (105.8, 141.8)),
          (7, 7, 7.1, 7.2, 6.8), 7.5, (7, 3.9)),
    Digit("3", ((107, 80), (113, 103), (116.8, 116), (118.8, 126), (120, 135.6)),
          (6.9, 6.9, 7, 7, 6.6), 7.2, (6.4, 3.6)),
    Digit("4", ((118, 70), (125.4, 92), (129.6, 105), (132, 114), (133.4, 123)),
          (6.7, 6.7, 6.9, 6.9, 6.5), 7, (5.8, 3.3)),
    Digit("5", ((129, 60), (136.8, 78), (140.6, 88), (142.8, 96), (144, 104)),
          (8, 9.6, 8.4, 7.2, 6.4), 7, (5, 3)),
)  # fmt: skip
"""The toes seen from above: lateral distance, and forwards from the mid-coronal plane."""

_TOE_WINDOW = Polygon(
    [(45, 109), (80, 109), (93, 113), (108, 111), (121, 100), (133, 86), (141, 82), (165, 82),
     (165, 175), (45, 175)]
)  # fmt: skip
_CLEFT_MM = 1.0


_PALM_CREASES = {1: (-6.5,), 2: (-1.3, 1.3), 3: (0.0,)}
_BACK_CREASES = {2: (-3.2, 0.0, 3.0), 3: (-1.2, 1.2)}
_TOE_CREASES = {2: (-1.1, 1.1)}
_SKIN = frozenset({"skin"})


def palm_lines() -> list[DrawnLine]:
    """Draw the creases on the palmar side of the fingers."""
    return [line for digit in HAND for line in _creases(digit, _PALM_CREASES, reach=0.82)]


def back_lines() -> list[DrawnLine]:
    """Draw knuckles and nails on the dorsal side of the fingers."""
    creases = [line for digit in HAND for line in _creases(digit, _BACK_CREASES, reach=0.5)]
    return [*creases, *(line for digit in HAND for line in nail_lines(digit))]


def _creases(
    digit: Digit, offsets: Mapping[int, Sequence[float]], *, reach: float
) -> Iterable[DrawnLine]:
    """Draw short bowed lines across the joints; `reach` is their share of the width."""
    is_thumb = digit.name == "1"
    for joint, steps in offsets.items():
        if is_thumb and joint == len(digit.axis) - 2:
            continue  # a thumb has one joint fewer
        for step in steps:
            back = digit.joint_back(joint) + step
            half = digit.width_at(back) * reach * (1.0 - 0.08 * abs(step))
            knots = [digit.at(back + bow, across * half) for across, bow in _BOW]
            yield drawn(f"crease-{digit.name}-{joint}", knots, width_mm=0.5)


_BOW = ((-1.0, 0.7), (-0.5, 0.1), (0.0, -0.15), (0.5, 0.1), (1.0, 0.7))
_NAIL = (
    (1.0, -0.62), (0.72, -0.93), (0.3, -1.0), (0.06, -0.8), (0.0, -0.35), (-0.02, 0.0),
    (0.0, 0.35), (0.06, 0.8), (0.3, 1.0), (0.72, 0.93), (1.0, 0.62), (1.05, 0.0),
)  # fmt: skip


def nail_lines(digit: Digit, tip_mm: float = 1.4) -> Iterable[DrawnLine]:
    """Draw a nail and its half-moon; nothing for a digit without one."""
    length, half = digit.nail
    if length:
        plate = [digit.at(tip_mm + length * along, half * across) for along, across in _NAIL]
        yield drawn(f"nail-{digit.name}", plate, kind="fill:light nail", width_mm=0.3)
        base = tip_mm + length
        moon = [(-0.5, 0.3), (-0.28, -0.9), (0.0, -1.35), (0.28, -0.9), (0.5, 0.3)]
        knots = [digit.at(base + down - 0.4, half * across) for across, down in moon]
        yield drawn(f"half-moon-{digit.name}", knots, width_mm=0.3)


def drawn(
    line_id: str, knots: Sequence[Point], *, kind: str = "line", width_mm: float = 0.5
) -> DrawnLine:
    """Make a fine line that is drawn on both sides, on the skin only."""
    return DrawnLine(line_id, "pair", kind, 3, width_mm, _SKIN, tuple(knots), frozenset())


def with_fingers(half_body: BaseGeometry) -> BaseGeometry:
    """Put five drawn fingers in the place of the measured ones; the half is the patient's left."""
    return _with_digits(half_body, HAND, _FINGER_WINDOW, _WEB_MM)


def with_toes(half_body: BaseGeometry) -> BaseGeometry:
    """Put five drawn toes in the place of the measured tips, in the frame of `feet-dorsal`."""
    return _with_digits(half_body, TOES, _TOE_WINDOW, _CLEFT_MM)


def toe_lines() -> list[DrawnLine]:
    """Draw wrinkles and nails on the upper side of the toes, in the frame of `feet-dorsal`."""
    creases = [line for toe in TOES for line in _creases(toe, _TOE_CREASES, reach=0.45)]
    return [*creases, *(line for toe in TOES for line in nail_lines(toe))]


def _with_digits(
    body: BaseGeometry, digits: Sequence[Digit], window: Polygon, web_mm: float
) -> BaseGeometry:
    """Cut the window away, join the digits to what is left, and round the webs between them."""
    kept = body.difference(window)
    joined = unary_union([kept, *(digit.outline() for digit in digits)])
    rounded = joined.buffer(web_mm).buffer(-web_mm)
    return unary_union([joined, rounded.intersection(window.buffer(web_mm))])


def parts_of(shape: BaseGeometry) -> list[Polygon]:
    """List the polygons of any shape, largest first."""
    found = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]
    return sorted(found, key=lambda part: -part.area)


def as_multipolygon(shape: BaseGeometry) -> MultiPolygon:
    """Give any area as a MultiPolygon."""
    return MultiPolygon(parts_of(shape))
