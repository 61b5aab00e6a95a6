"""Smooths and fits every arc of a partition once, with lines running calmly through nodes."""

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from tools.draw_atlas.bezier import Cubics, Fit, Points, fit_cubics, straight
from tools.draw_atlas.smoothing import calmed, corners, resampled
from tools.draw_atlas.topology import Arc


@dataclass(frozen=True)
class Manner:
    """How a drawing's borders are drawn.

    Attributes:
        sigma_mm: How much lines are smoothed along their length.
        error_mm: How far the fitted curve may lie from the smoothed line.
        corner_deg: Turns sharper than this stay corners.
        reach_mm: The stretch on each side over which a turn is measured.
        through_deg: At a node, two arcs that meet within this run on as one line.
    """

    sigma_mm: float = 1.4
    error_mm: float = 0.22
    corner_deg: float = 62.0
    reach_mm: float = 2.5
    through_deg: float = 42.0

    def finer(self) -> "Manner":
        """The same with a third of the freedom, for lines that came to cross."""
        return replace(self, sigma_mm=self.sigma_mm / 3, error_mm=self.error_mm / 3)


@dataclass(eq=False)
class _Piece:
    """A stretch of an arc between two corners; tangents point into the piece."""

    points: Points
    start: Points | None = None
    end: Points | None = None


def fitted(arcs: list[Arc], manner: Manner, *, mirrored: bool) -> list[Arc]:
    """Give each arc its curve.

    Args:
        arcs: Arcs of the whole partition, or of its left half.
        manner: How to draw them.
        mirrored: Whether the arcs are one half of a symmetric drawing; lines that reach the
            midline then cross it smoothly.

    Returns:
        The arcs in the same order, each with a curve between the same end points.
    """
    return fitted_each(arcs, [manner] * len(arcs), mirrored=mirrored)


def fitted_each(arcs: list[Arc], manners: list[Manner], *, mirrored: bool) -> list[Arc]:
    """Do the same with a manner for each arc."""
    pieces = [_pieces(arc, manner) for arc, manner in zip(arcs, manners, strict=True)]
    _join_at_nodes(arcs, pieces, manners)
    if mirrored:
        _level_at_midline(pieces, manners)
    return [
        replace(arc, curve=_curve(arc, own, manner))
        for arc, own, manner in zip(arcs, pieces, manners, strict=True)
    ]


def fitted_line(points: Points, manner: Manner) -> Cubics:
    """Smooth and fit a single line or, where the last point repeats the first, a loop."""
    return fitted([Arc(points, None, None)], manner, mirrored=False)[0].curve  # type: ignore[return-value]


def _pieces(arc: Arc, manner: Manner) -> list[_Piece]:
    if arc.is_on_axis or len(arc.points) == 2:
        return [_Piece(arc.points)]
    dense = resampled(arc.points)
    if arc.is_loop:
        return _loop_pieces(dense, manner)
    cuts = [0, *corners(dense, manner.corner_deg, manner.reach_mm), len(dense) - 1]
    return _cut(dense, cuts, manner)


def _loop_pieces(dense: Points, manner: Manner) -> list[_Piece]:
    thrice = np.vstack([dense[:-1], dense[:-1], dense])
    count = len(dense) - 1
    middle = [i - count for i in corners(thrice, manner.corner_deg, manner.reach_mm)]
    found = [i for i in middle if 0 <= i < count]
    if not found:
        ring = calmed(dense, manner.sigma_mm, closed=True)
        along = _unit(ring[1] - ring[-2])
        return [_Piece(ring, along, -along)]
    turned = np.vstack([dense[found[0] : -1], dense[: found[0] + 1]])
    return _cut(turned, [i - found[0] for i in found] + [count], manner)


def _cut(dense: Points, cuts: list[int], manner: Manner) -> list[_Piece]:
    return [
        _with_own_tangents(calmed(dense[a : b + 1], manner.sigma_mm))
        for a, b in itertools.pairwise(cuts)
        if b > a
    ]


def _with_own_tangents(points: Points) -> _Piece:
    reach = min(3, len(points) - 1)
    return _Piece(points, _unit(points[reach] - points[0]), _unit(points[-1 - reach] - points[-1]))


def _join_at_nodes(arcs: list[Arc], pieces: list[list[_Piece]], manners: list[Manner]) -> None:
    ends: dict[tuple[float, float], list[tuple[_Piece, str, float]]] = defaultdict(list)
    for arc, own, manner in zip(arcs, pieces, manners, strict=True):
        if not arc.is_loop:
            ends[_key(own[0].points[0])].append((own[0], "start", manner.through_deg))
            ends[_key(own[-1].points[-1])].append((own[-1], "end", manner.through_deg))
    for meeting in ends.values():
        _run_through(meeting)


def _run_through(meeting: list[tuple[_Piece, str, float]]) -> None:
    """Pair the ends that most nearly continue each other and give them one tangent line."""
    free = [(piece, end, deg) for piece, end, deg in meeting if getattr(piece, end) is not None]
    pairs = sorted(
        (_bend(getattr(a[0], a[1]), getattr(b[0], b[1])), i, j)
        for i, a in enumerate(free)
        for j, b in enumerate(free)
        if i < j
    )
    used: set[int] = set()
    for bend, i, j in pairs:
        if bend < free[i][2] and not {i, j} & used:
            used |= {i, j}
            (a, end_a, _), (b, end_b, _) = free[i], free[j]
            shared = _unit(getattr(a, end_a) - getattr(b, end_b))
            setattr(a, end_a, shared)
            setattr(b, end_b, -shared)


def _level_at_midline(pieces: list[list[_Piece]], manners: list[Manner]) -> None:
    for own, manner in zip(pieces, manners, strict=True):
        limit = np.sin(np.radians(manner.through_deg * 0.8))
        for piece, end, point in ((own[0], "start", 0), (own[-1], "end", -1)):
            tangent = getattr(piece, end)
            on_axis = abs(piece.points[point, 0]) < 1e-6
            if on_axis and tangent is not None and abs(tangent[1]) < limit:
                setattr(piece, end, np.array([np.sign(tangent[0]), 0.0]))


def _curve(arc: Arc, pieces: list[_Piece], manner: Manner) -> Cubics:
    if arc.is_on_axis or len(arc.points) == 2:
        return straight(arc.points[[0, -1]] if arc.is_on_axis else arc.points)
    return np.concatenate(
        [fit_cubics(piece.points, Fit(manner.error_mm, piece.start, piece.end)) for piece in pieces]
    )


def _bend(a: Points, b: Points) -> float:
    return float(np.degrees(np.arccos(np.clip(-(a @ b), -1, 1))))


def _key(point: Points) -> tuple[float, float]:
    return round(float(point[0]), 3), round(float(point[1]), 3)


def _unit(vector: Points) -> Points:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-12 else np.array([1.0, 0.0])
