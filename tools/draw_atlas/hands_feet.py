"""Fingers and toes, which the measured outline has only as mittens and clubs.

A digit is an axis through its joints with half a width at each; everything drawn of it (outline,
nail, creases) follows from that, so that front and back agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from shapely import MultiPolygon, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.spline import Point, Points, cubics_through, sampled

_AXIS_STEP_MM = 0.4
_WAIST = 0.035
_CAP_POWER = 2.3  # a finger tip is a little squarer than an ellipse


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

    def at(self, along: float, across: float = 0.0) -> Point:
        """Give the point a share `along` of the axis and `across` half widths to its right."""
        points, normals, widths = self._frame()
        index = min(len(points) - 1, max(0, round(along * (len(points) - 1))))
        u, v = points[index] + normals[index] * widths[index] * across
        return float(u), float(v)

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
          (9, 12.3, 10.2, 9.3, 8.2), 10, (11.5, 5.6)),
    Digit("2", ((294, 922), (301, 943), (310, 972.5), (315, 988), (318.8, 1003.6)),
          (11, 10.9, 8.9, 8, 7.3), 8, (9.5, 4.7)),
    Digit("3", ((268, 915), (273.2, 946), (279, 976), (283.4, 997), (286.6, 1013.4)),
          (9, 8.9, 8.9, 8.1, 7.4), 8, (10, 4.9)),
    Digit("4", ((255, 915), (254.8, 946), (255.6, 970), (256.8, 988), (258, 1001.6)),
          (8.6, 8.6, 8.5, 7.7, 7), 7.6, (9.4, 4.6)),
    Digit("5", ((241, 912), (236.8, 934), (232.6, 956), (230.2, 974), (228.6, 988.8)),
          (8.8, 8.5, 7.8, 6.9, 6.3), 6.8, (8, 3.9)),
)  # fmt: skip

_FINGER_WINDOW = Polygon(
    [(200, 1040), (200, 934), (226, 934), (236, 944), (246, 952), (255, 955), (264.6, 957),
     (275, 957), (286, 956), (295, 949), (302, 944), (308, 943), (312.6, 937), (313.4, 921), (317, 917),
     (334, 907), (352, 905), (352, 1040)]
)  # fmt: skip
_WEB_MM = 2.8


def with_fingers(half_body: BaseGeometry) -> BaseGeometry:
    """Put five drawn fingers in the place of the measured ones; the half is the patient's left."""
    return _with_digits(half_body, HAND, _FINGER_WINDOW, _WEB_MM)


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
