"""The lines that make an outline a figure: face, hands, feet, folds and bony points.

The lines are drawn by hand in `figure/`, on the patient's left, and mirrored here; nails and the
creases of fingers and toes follow from the digits of `hands_feet`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tools.draw_atlas.drawn_lines import DrawnLine, read_table
from tools.draw_atlas.hands_feet import back_lines, palm_lines, toe_lines
from tools.draw_atlas.spline import Cubic, Point, cubics_through

TABLES_OF_VIEW = {
    "anterior": ("face-front", "trunk-front", "hand-palm", "foot-front"),
    "posterior": ("back", "hand-back", "foot-back"),
    "lateral-left": ("face-side", "side"),
    "lateral-right": ("face-side", "side"),
    "soles": ("soles",),
    "feet-dorsal": ("feet-dorsal",),
}
DIGITS_OF_VIEW: dict[str, Callable[[], list[DrawnLine]]] = {
    "anterior": palm_lines,
    "posterior": back_lines,
    "lateral-left": list,
    "soles": list,
    "feet-dorsal": toe_lines,
}
_MIRRORED_VIEWS = {"posterior", "lateral-right"}
_ORDER = {"tone": 0, "light": 1, "feature": 2, "contour": 3}
_OTHER = {"left": "right", "right": "left", "midline": "midline"}


@dataclass(frozen=True)
class Stroke:
    """A line or a small filled shape drawn over the body.

    `points` are knots in millimetres; the curve through them is `cubics()`. At the knots listed
    in `corners` it may turn sharply. `where` names the dissections in which it is drawn.
    """

    id: str
    side: str
    points: tuple[Point, ...]
    width_mm: float
    weight: int
    closed: bool
    filled: bool
    klass: str
    where: frozenset[str]
    corners: frozenset[int] = field(default=frozenset())

    def cubics(self) -> list[Cubic]:
        """Give the stroke's curve as Bézier pieces that follow one another."""
        return cubics_through(self.points, closed=self.closed, corners=self.corners)

    def mirrored(self) -> "Stroke":
        """Give the same stroke on the body's other side."""
        points = tuple((-u, v) for u, v in self.points)
        return replace(self, points=points, side=_OTHER[self.side])


def contour_strokes(view: str, measured: Path) -> list[Stroke]:
    """List the strokes of a view in the order in which they are drawn: tones, features, lines.

    Args:
        view: One of the six views.
        measured: The folder with the measured outlines.
    """
    if view == "lateral-right":
        return [stroke.mirrored() for stroke in contour_strokes("lateral-left", measured)]
    lines = [line for name in TABLES_OF_VIEW[view] for line in read_table(name)]
    lines.extend(DIGITS_OF_VIEW[view]())
    strokes = [stroke for line in lines for stroke in _strokes_of(line, view)]
    strokes += [_edge(stroke) for stroke in strokes if "nail" in stroke.klass.split()]
    return sorted(strokes, key=lambda stroke: _ORDER[stroke.klass.split()[0]])


def _strokes_of(line: DrawnLine, view: str) -> Iterable[Stroke]:
    drawn = _stroke(line)
    if view == "lateral-left":
        return [replace(drawn, side="left")]
    turned = drawn.mirrored() if view in _MIRRORED_VIEWS else drawn
    if line.span != "pair":
        return [replace(turned, side="midline")]
    left = replace(turned, side="left")
    return [left, left.mirrored()]


def _edge(shape: Stroke) -> Stroke:
    """Draw the outline of a filled shape as a fine line."""
    klass = "contour contour-3"
    return replace(shape, id=f"{shape.id}-edge", filled=False, klass=klass, weight=3)


def _stroke(line: DrawnLine) -> Stroke:
    kind, _, klass = line.kind.partition(":")
    knots, corners = _unfolded(line) if line.span == "fold" else (line.knots, line.corners)
    filled = kind == "fill"
    return Stroke(
        id=line.id,
        side="left",
        points=knots,
        width_mm=line.width_mm,
        weight=line.weight,
        closed=filled or kind == "loop",
        filled=filled,
        klass=klass or f"contour contour-{line.weight}",
        where=line.where,
        corners=corners,
    )


def _unfolded(line: DrawnLine) -> tuple[tuple[Point, ...], frozenset[int]]:
    """Complete the half of a symmetric line; knots on the midline are not doubled.

    An open line is drawn from the midline outwards; a closed one from midline to midline.
    """
    half = list(line.knots)
    joins_at_start = half[0][0] == 0
    joins_at_end = half[-1][0] == 0
    other = [(-u, v) for u, v in reversed(half)]
    flags = [index in line.corners for index in range(len(half))]
    if joins_at_start and not joins_at_end:
        points, corner = [*other[:-1], *half], [*flags[::-1][:-1], *flags]
    else:
        drop = 1 if joins_at_start else 0
        points = [*half, *other[1 if joins_at_end else 0 : len(other) - drop]]
        corner = [*flags, *flags[::-1][1 if joins_at_end else 0 : len(flags) - drop]]
    return tuple(points), frozenset(i for i, is_corner in enumerate(corner) if is_corner)
