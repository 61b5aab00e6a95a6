"""A dissection's picture mended: bones that peep through, gaps, specks and ends cut off square.

The source shows slips of rib and scapula between muscles that meet in life, and where the arm was
taken off for the side view it leaves scapula bare. Such pieces go to the muscles beside them;
specks and small holes go to the neighbour with the longest border. Nothing else moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shapely import Polygon, STRtree, box, make_valid, unary_union
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.hands_feet import parts_of
from tools.draw_atlas.repaints import Repaint, repaints

Structure = dict[str, Any]
_SPECK_MM2 = 8.0
_ISLET_MM2 = 40.0
_ISLET_SHARE = 0.9
_LONE_SPECK_MM2 = 3.0
_HOLE_MM2 = 250.0
_SEAM_MM = 0.4
_FAR = 5000.0
_CRUMB_MM2 = 0.01


@dataclass(frozen=True)
class Absorbed:
    """Structures that should not be seen at a level, and the muscles that lie over them there."""

    views: frozenset[str]
    level: int
    ids: tuple[str, ...]
    into: tuple[str, ...]
    above_v: float
    under_mm2: float = 1e6


_SIDES = frozenset({"lateral-left", "lateral-right"})
_UPRIGHT = _SIDES | {"anterior", "posterior"}
_RIBS = tuple(f"rib-{number}" for number in range(5, 13))
_RIBS_AND_BETWEEN = (*_RIBS, "external-intercostals", "costal-cartilage-10")
_TRUNK_WALL = ("external-abdominal-oblique", "serratus-anterior", "latissimus-dorsi")
_ABSORBED = (
    Absorbed(_UPRIGHT, 1, _RIBS_AND_BETWEEN, _TRUNK_WALL, 700.0),
    Absorbed(_SIDES | {"posterior"}, 1, ("scapula",), ("teres-major",), 470.0),
    Absorbed(
        frozenset({"posterior"}),
        1,
        ("pectoralis-major-sternocostal", "pectoralis-major-abdominal", "serratus-anterior"),
        ("teres-major", "teres-minor", "triceps-brachii-long-head"),
        470.0,
    ),
    Absorbed(
        frozenset({"posterior"}),
        1,
        ("latissimus-dorsi", "spinalis-thoracis", "splenius-colli", "serratus-posterior-inferior"),
        ("trapezius-ascending", "thoracolumbar-fascia"),
        700.0,
        under_mm2=60.0,
    ),
    Absorbed(
        frozenset({"anterior"}),
        1,
        ("external-oblique-aponeurosis", "costal-cartilage-6"),
        ("pectoralis-major-sternocostal", "pectoralis-major-abdominal", "rectus-abdominis"),
        515.0,
        under_mm2=145.0,
    ),
)
_ALL_MM = 50.0
_TRIMMED: dict[tuple[str, int], tuple[tuple[str, Polygon, float], ...]] = {
    ("lateral", 1): (
        (
            "internal-abdominal-oblique",
            Polygon([(20, 625), (50, 625), (50, 636), (45, 648), (41, 668), (36, 690), (20, 700)]),
            _ALL_MM,
        ),
        (
            "serratus-anterior",
            Polygon(
                [(5, 565), (5, 549), (10, 552.5), (18, 555), (25, 552.5), (33, 545), (33, 565)]
            ),
            _ALL_MM,
        ),
    ),
    ("lateral", 2): (("teres-major", box(-60, 340, 60, 420), 5.0),),
    ("posterior", 1): (("occipitalis", box(-120, 60, 120, 160), 9.0),),
    ("posterior", 2): (("occipitalis", box(-120, 60, 120, 160), 9.0),),
}
"""Where a structure is frayed or was cut off square, on the left: what lies in the place and is
narrower than twice the radius goes to the neighbours."""


def mended_partition(view: str, level: int, structures: list[Structure]) -> list[Structure]:
    """Mend a dissection's picture; only `visible` changes.

    The lateral shoulder becomes whole, specks under 8 mm² and holes under 250 mm² go to a
    neighbour. Structures that hide nothing stay as they are. How a tendon ends within its muscle is
    drawn elsewhere (`tendons`).

    Args:
        view: One of the six views.
        level: 1 superficial, 2 intermediate, 3 deep.
        structures: Dicts with `id`, `side` and `visible`.
    """
    board = _Board(structures)
    for rule in _ABSORBED:
        if rule.level == level and view in rule.views:
            board.absorb(rule)
    for name, place, radius_mm in _TRIMMED.get((view.partition("-")[0], level), ()):
        board.round_ends(name, _mirror(place) if "right" in view else place, radius_mm)
    for repaint in repaints(view, level):
        board.paint(repaint)
    board.sweep()
    board.fill_holes()
    return board.structures()


class _Board:
    """The pieces of one picture, which may change hands but never overlap."""

    def __init__(self, structures: list[Structure]) -> None:
        self._rows = structures
        self._has_both_sides = {"left", "right"} <= {row["side"] for row in structures}
        self._areas: dict[int, BaseGeometry] = {
            index: area_of(row["visible"])
            for index, row in enumerate(structures)
            if row["visible"] and row.get("occludes") is not False
        }

    def absorb(self, rule: Absorbed) -> None:
        """Hand every piece that a rule names to the best of the muscles the rule allows."""
        takers = [index for index in self._areas if self._rows[index]["id"] in rule.into]
        for index in list(self._areas):
            if self._rows[index]["id"] in rule.ids:
                self._hand_over(index, self._named(index, rule), takers)

    def round_ends(self, structure_id: str, place: Polygon, radius_mm: float) -> None:
        """Round a structure's corners in a place; what is cut off goes to its neighbours."""
        for index, area in list(self._areas.items()):
            if self._rows[index]["id"] == structure_id:
                rounded = area.buffer(-radius_mm).buffer(radius_mm).intersection(area)
                corners = parts_of(area.difference(rounded).intersection(place))
                self._hand_over(index, corners, list(self._areas))

    def paint(self, repaint: Repaint) -> None:
        """Give a place to one structure, on every side that is drawn."""
        for taker in [i for i in self._areas if self._rows[i]["id"] == repaint.taker]:
            is_mirrored = self._rows[taker]["side"] == "right"
            place = _mirror(repaint.place) if is_mirrored else repaint.place
            for giver in [i for i in self._areas if i != taker and self._may_lose(i, repaint)]:
                lost = self._areas[giver] & place
                self._areas[giver] = self._areas[giver] - place
                self._areas[taker] = unary_union([self._areas[taker], lost])
            if not repaint.givers:
                self._areas[taker] = unary_union([self._areas[taker], place])

    def _may_lose(self, index: int, repaint: Repaint) -> bool:
        return not repaint.givers or self._rows[index]["id"] in repaint.givers

    def sweep(self) -> None:
        """Give specks to their neighbours; a speck without neighbours stays."""
        for index in list(self._areas):
            largest, *others = parts_of(self._areas[index]) or [Polygon()]
            specks = [part for part in others if self._is_stray(part, index)]
            if largest.area < _LONE_SPECK_MM2:
                specks.append(largest)
            self._hand_over(index, specks, list(self._areas))

    def _is_stray(self, part: Polygon, giver: int) -> bool:
        """Say whether a piece is a speck, or an islet in a single neighbour."""
        if part.area < _SPECK_MM2:
            return True
        if part.area > _ISLET_MM2:
            return False
        taker = self._best(part, [index for index in self._areas if index != giver])
        around = part.buffer(_SEAM_MM).difference(part)
        inside = 0.0 if taker is None else self._areas[taker].intersection(around).area
        return bool(inside > _ISLET_SHARE * around.area)

    def fill_holes(self) -> None:
        """Give every small hole in the whole picture to the neighbour round most of it."""
        for part in parts_of(unary_union(list(self._areas.values()))):
            for ring in part.interiors:
                if Polygon(ring).area < _HOLE_MM2:
                    self._fill(Polygon(ring))

    def _fill(self, hole: Polygon) -> None:
        for half in self._halves([hole]):
            taker = self._best(half, list(self._areas))
            if taker is not None:
                self._areas[taker] = _joined(self._areas[taker], half)

    def structures(self) -> list[Structure]:
        """Give the rows back, with `visible` as it has become."""
        return [self._row(index, row) for index, row in enumerate(self._rows)]

    def _row(self, index: int, row: Structure) -> Structure:
        if index not in self._areas:
            return row
        return {**row, "visible": rings_of(self._areas[index])}

    def _named(self, index: int, rule: Absorbed) -> list[Polygon]:
        parts = parts_of(self._areas[index])
        return [p for p in parts if p.centroid.y < rule.above_v and p.area < rule.under_mm2]

    def _hand_over(self, giver: int, pieces: Iterable[Polygon], takers: list[int]) -> None:
        for piece in self._halves(pieces):
            taker = self._best(piece, [index for index in takers if index != giver])
            if taker is not None:
                self._areas[taker] = _joined(self._areas[taker], piece)
                self._areas[giver] = self._areas[giver].difference(piece)

    def _halves(self, pieces: Iterable[Polygon]) -> list[Polygon]:
        """Cut pieces at the midline where both sides are drawn, so that each side keeps its own."""
        if not self._has_both_sides:
            return list(pieces)
        sides = (box(-_FAR, -_FAR, 0, _FAR), box(0, -_FAR, _FAR, _FAR))
        return [part for piece in pieces for side in sides for part in parts_of(piece & side)]

    def _best(self, piece: Polygon, takers: list[int]) -> int | None:
        """Choose the taker with the longest border along a piece; None if none touches it."""
        areas = [self._areas[index] for index in takers]
        rim = piece.buffer(_SEAM_MM)
        near = STRtree(areas).query(rim) if areas else []
        shared = {int(i): float(areas[i].intersection(rim).area) for i in near}
        best = max(shared, key=lambda i: shared[i], default=None)
        return None if best is None or shared[best] < _CRUMB_MM2 else takers[best]


def area_of(rows: list[list[list[list[float]]]]) -> BaseGeometry:
    """Read `[[outer ring, hole, ...], ...]` as an area."""
    shapes = [make_valid(Polygon(row[0], row[1:])) for row in rows]
    return unary_union([part for shape in shapes for part in parts_of(shape)])


def rings_of(area: BaseGeometry) -> list[list[list[list[float]]]]:
    """Write an area as `[[outer ring, hole, ...], ...]` with open rings."""
    return [
        [
            [[float(u), float(v)] for u, v in ring.coords[:-1]]
            for ring in [part.exterior, *part.interiors]
        ]
        for part in parts_of(area)
        if part.area > _CRUMB_MM2
    ]


def _mirror(place: Polygon) -> Polygon:
    mirrored: Polygon = scale(place, xfact=-1, origin=(0, 0))
    return mirrored


def _joined(area: BaseGeometry, piece: Polygon) -> BaseGeometry:
    """Join a piece to its neighbour without a seam between them."""
    return unary_union([area, piece])
