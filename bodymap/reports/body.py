"""The body in print: drawings as PDF operators, written once and shared by all pages.

Coordinates are written as whole tenths of a millimetre of the model body. An enlarged part is
a form of the shapes that lie in it. The whole body, which is shown some twenty times smaller
than life, is a form of its own with straight pieces and without fine lines.
"""

import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bodymap.atlas.drawing import Drawing, Shape
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.reports.book import Form
from bodymap.reports.ink import Ink
from bodymap.reports.wording import spelt_out

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres of the view."""

OPACITIES = {"Ga": 0.10, "Gb": 0.16, "Gc": 0.30}
"""Graphics states for light and shade; everything else is opaque."""

_SKIN = Ink.of("#FBF7F2")
_OUTLINE = Ink.of("#8A7268")
_GROUNDS = {
    "muscle": Ink.of("#F2E1DA"),
    "m1": Ink.of("#F3E3DC"),
    "m2": Ink.of("#F0DDD5"),
    "m3": Ink.of("#ECD6CD"),
    "tendon": Ink.of("#F8F3EA"),
    "bone": Ink.of("#FAF6EF"),
    "other": Ink.of("#FAF6F0"),
}
_EDGE = Ink.of("#B79A8F")
_SHADE = Ink.of("#8A4F45")
_LIGHT = Ink.of("#FFFFFF")
_TENDON_PART = _GROUNDS["tendon"]
_FIBRE = Ink.of("#D0ACA0")
_CONTOUR = Ink.of("#A98A7E")
_FEATURE = Ink.of("#D9B9AD")

_DARKER = f"/Gb gs {_SHADE.fill}"
_DETAIL_FILLS = {
    "tone": f"/Ga gs {_SHADE.fill}",
    "light": f"/Gc gs {_LIGHT.fill}",
    "tendon-part": _TENDON_PART.fill,
    "fibre": _FIBRE.fill,
    "contour": _CONTOUR.fill,
    "feature": _FEATURE.fill,
}
"""How filled details are painted; lines are contours that are not filled."""

_MUSCLE_LAYERS = {
    Dissection.SUPERFICIAL: LayerId.MUSCLES_SUPERFICIAL,
    Dissection.INTERMEDIATE: LayerId.MUSCLES_INTERMEDIATE,
    Dissection.DEEP: LayerId.MUSCLES_DEEP,
}
_OUTLINE_WIDTH = 11
_EDGE_WIDTH = 5
_ENLARGED = 0.6
"""Lines are thinner on the enlarged parts, in millimetres of the body."""

_WORTH_A_BEND = 2
"""Half millimetres of the body that a line may leave its curve, where the body is shown small."""

_CONTOUR_WIDTHS = {"contour-1": 9, "contour-2": 6, "contour-3": 4}


@dataclass(frozen=True, slots=True)
class _Piece:
    """How one shape is painted, and where it lies; `width` in tenths of a millimetre."""

    shape: Shape
    box: Box
    setting: str
    paint: str
    width: float
    is_fine: bool

    def operators(self, path: str, thinner: float = 1.0) -> str:
        """The whole of it; what sets an opacity puts it back afterwards."""
        line = f" {self.width * thinner:g} w" if self.width else ""
        drawn = f"{self.setting}{line} {path} {self.paint}"
        return f"q {drawn} Q" if " gs " in self.setting else drawn


class PrintedBody:
    """One view of the body, dissected so far, ready for print."""

    def __init__(self, drawing: Drawing, dissection: Dissection) -> None:
        self.drawing = drawing
        self.dissection = dissection

    @property
    def view(self) -> ViewId:
        """Which view it is."""
        return self.drawing.view

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """What the surface regions are called, without their sides."""
        regions = self.drawing.in_layer(LayerId.SURFACE_REGIONS)
        return {shape.structure: shape.title.removesuffix(f", {shape.side}") for shape in regions}

    @cached_property
    def whole(self) -> Form:
        """The whole body without its finest lines, to be shown small."""
        coarse = [
            piece.operators(_straight_path(piece.shape))
            for piece in self._pieces
            if not piece.is_fine
        ]
        return self._form(f"Body{_letters(self.view)}{_letters(self.dissection)}", coarse)

    @cached_property
    def full(self) -> Form:
        """The whole body with all detail, for many enlarged parts at once."""
        return self._form(f"Full{_letters(self.view)}{_letters(self.dissection)}", self._curved)

    def part(self, box: Box, name: str) -> Form:
        """The shapes that lie in a part of the body, with all detail, to be shown large."""
        inside = [self._curved[i] for i, piece in enumerate(self._pieces) if _meet(piece.box, box)]
        return self._form(name, inside)

    def _form(self, name: str, operators: Iterable[str]) -> Form:
        frame = self.drawing.frame
        drawn = "\n".join(("0.1 0 0 0.1 0 0 cm 1 j 1 J", *operators))
        edge = 5
        box = (
            frame.u0 - edge,
            frame.v0 - edge,
            frame.u0 + frame.width + edge,
            frame.v0 + frame.height + edge,
        )
        return Form(name, box, zlib.compress(drawn.encode("ascii"), 9), OPACITIES)

    @cached_property
    def _curved(self) -> list[str]:
        return [piece.operators(_path(piece.shape), _ENLARGED) for piece in self._pieces]

    @cached_property
    def _pieces(self) -> tuple[_Piece, ...]:
        skin = self.drawing.in_layer(LayerId.SKIN)
        pieces = [_piece(shape, _SKIN.fill, "f*") for shape in skin]
        layer = _MUSCLE_LAYERS.get(self.dissection)
        if layer is not None:
            pieces += [_of_layer(shape) for shape in self.drawing.in_layer(layer)]
        pieces += _details(self.drawing.in_group(f"detail-{self.dissection}"))
        pieces += [_piece(shape, _OUTLINE.stroke, "S", _OUTLINE_WIDTH) for shape in skin]
        return tuple(pieces)


class PrintedBodies:
    """Prints of the body by view and dissection, each made once and kept.

    Attributes:
        load: Gives the drawing of a view.
    """

    def __init__(self, load: Callable[[ViewId], Drawing]) -> None:
        self.load = load
        self._made: dict[tuple[ViewId, Dissection], PrintedBody] = {}

    def get(self, view: ViewId, dissection: Dissection) -> PrintedBody:
        """The print of one view.

        Raises:
            BodymapError: The drawing is missing or damaged.
        """
        key = (view, dissection)
        if key not in self._made:
            self._made[key] = PrintedBody(self.load(view), dissection)
        return self._made[key]

    def region_name(self, view: ViewId, region: str) -> str:
        """What a region is called; an id that is drawn no longer is spelt out."""
        names = self.get(view, Dissection.SUPERFICIAL).region_names
        return names.get(region) or spelt_out(region)


def _of_layer(shape: Shape) -> _Piece:
    kinds = [name for name in shape.classes if name in _GROUNDS]
    ground = _GROUNDS[kinds[-1] if kinds else "other"]
    return _piece(shape, f"{ground.fill} {_EDGE.stroke}", "B*", _EDGE_WIDTH)


def _details(shapes: Sequence[Shape]) -> Iterator[_Piece]:
    for shape in shapes:
        kind, *more = (*shape.classes, "")
        if kind == "contour" and "filled" not in more:
            width = max(_CONTOUR_WIDTHS.get(name, 4) for name in more)
            yield _piece(shape, _CONTOUR.stroke, "S", width, is_fine="contour-3" in more)
        elif kind in _DETAIL_FILLS and "fibre-3" not in more:
            setting = _DARKER if "tone-2" in more else _DETAIL_FILLS[kind]
            is_fine = kind in {"fibre", "light"} or "contour-3" in more
            yield _piece(shape, setting, "f*", is_fine=is_fine)


def _piece(
    shape: Shape, setting: str, paint: str, width: float = 0, *, is_fine: bool = False
) -> _Piece:
    points = shape.points
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    box = (float(left), float(top), float(right), float(bottom))
    return _Piece(shape, box, setting, paint, width, is_fine)


def _path(shape: Shape) -> str:
    numbers = iter([f"{x} {y}" for x, y in (shape.points * 10).round().astype(int).tolist()])
    parts: list[str] = []
    for code in shape.codes.decode("ascii"):
        match code:
            case "C":
                parts.append(f"{next(numbers)} {next(numbers)} {next(numbers)} c")
            case "Z":
                parts.append("h")
            case _:
                parts.append(f"{next(numbers)} {code.lower()}")
    return " ".join(parts)


def _straight_path(shape: Shape) -> str:
    """The path with each curve as one or two straight lines, to half a millimetre."""
    points = iter((shape.points * 2).round().astype(int).tolist())
    parts: list[str] = []
    x = y = 0
    for code in shape.codes.decode("ascii"):
        if code == "Z":
            parts.append("h")
            continue
        if code == "C":
            (ax, ay), (bx, by) = next(points), next(points)
            end_x, end_y = next(points)
            middle = (x + 3 * ax + 3 * bx + end_x) // 8, (y + 3 * ay + 3 * by + end_y) // 8
            if _bend(x, y, *middle, end_x, end_y) > _WORTH_A_BEND:
                parts.append(f"{middle[0] * 5} {middle[1] * 5} l")
        else:
            end_x, end_y = next(points)
        if code == "M" or (x, y) != (end_x, end_y):
            parts.append(f"{end_x * 5} {end_y * 5} {'m' if code == 'M' else 'l'}")
        x, y = end_x, end_y
    return " ".join(parts)


def _bend(x: int, y: int, middle_x: int, middle_y: int, end_x: int, end_y: int) -> float:
    """How far the middle of a curve lies off its chord, in half millimetres."""
    return math.hypot(middle_x - (x + end_x) / 2, middle_y - (y + end_y) / 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _letters(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
