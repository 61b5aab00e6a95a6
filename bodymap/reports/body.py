"""The body in print: drawings as PDF operators, written once and shared by all pages.

An enlarged part is a form of the outlines that reach into it. The whole body, shown some twenty
times smaller than life, is a form of its own with straight pieces and without fine lines.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from bodymap.atlas.drawing import Drawing, Shape
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.reports.book import Form
from bodymap.reports.ink import Ink
from bodymap.reports.outlines import Box, Outlines
from bodymap.reports.wording import spelt_out

OPACITIES = {"Ga": 0.065, "Gb": 0.10, "Gc": 0.30, "Gd": 0.04}
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
_FIBRE = Ink.of("#D8B9AE")
_CONTOUR = Ink.of("#A98A7E")
_FEATURE = Ink.of("#D9B9AD")

_CLASS_FILLS = {
    "tone-skin": f"/Gd gs {_SHADE.fill}",
    "tone-2": f"/Gb gs {_SHADE.fill}",
    "pale": Ink.of("#FEFDFB").fill,
    "dark": Ink.of("#8B6F64").fill,
    "brown": Ink.of("#A88F84").fill,
    "rose": Ink.of("#EBCFC5").fill,
    "flesh": _GROUNDS["m3"].fill,
}
"""How details are painted that are not painted like all of their kind, as on the map."""

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

_CONTOUR_WIDTHS = {"contour-1": 9, "contour-2": 6, "contour-3": 4}


class Richness(IntEnum):
    """How much detail an enlarged part shows."""

    PLAIN = 0
    FIBRES = 1
    DENSE_FIBRES = 2


_RICHNESS = {
    "light": Richness.FIBRES,
    "tone-1": Richness.FIBRES,
    "contour-2": Richness.FIBRES,
    "contour-3": Richness.FIBRES,
    "fibre": Richness.FIBRES,
    "fibre-2": Richness.DENSE_FIBRES,
}
"""From which richness on a class of detail is drawn large; all others always are."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """How one shape is painted; `width` in tenths of a millimetre of the body.

    Attributes:
        outlines: The shape's outlines.
        setting: Operators that set its colours.
        paint: The operator that paints it.
        width: Of its lines; 0 where there are none.
        is_fine: Too fine to be seen where the body is shown small.
        richness: From which richness on it is drawn large.
        worth_mm: Outlines that are smaller are left out where the body is shown small.
    """

    outlines: Outlines
    setting: str
    paint: str
    width: float = 0
    is_fine: bool = False
    richness: Richness = Richness.PLAIN
    worth_mm: float = 5.0

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
        coarse = (piece for piece in self._pieces if not piece.is_fine)
        drawn = [(piece, piece.outlines.straightened(piece.worth_mm)) for piece in coarse]
        return self._form(
            self._named("Body"), [one.operators(path, 0.1) for one, path in drawn if path], "1"
        )

    @cached_property
    def full(self) -> Form:
        """The whole body as it is shown large, for many enlarged parts at once."""
        plain = [piece for piece in self._pieces if piece.richness is Richness.PLAIN]
        drawn = [piece.operators(piece.outlines.everywhere(), _ENLARGED / 2) for piece in plain]
        return self._form(self._named("Full"), drawn, "0.2")

    def part(self, box: Box, name: str, richness: Richness) -> Form:
        """What lies in a part of the body, with its detail, to be shown large.

        Args:
            box: The part.
            name: The form's resource name.
            richness: How much of the detail to draw.
        """
        drawn = [
            (piece, piece.outlines.inside(box))
            for piece in self._pieces
            if piece.richness <= richness
        ]
        return self._form(name, [one.operators(path, _ENLARGED) for one, path in drawn if path])

    def _named(self, kind: str) -> str:
        words = f"{self.view}-{self.dissection}".split("-")
        return kind + "".join(word.capitalize() for word in words)

    def _form(self, name: str, operators: Iterable[str], unit: str = "0.1") -> Form:
        frame = self.drawing.frame
        drawn = "\n".join((f"{unit} 0 0 {unit} 0 0 cm 1 j 1 J", *operators))
        edge = 5
        box = (
            frame.u0 - edge,
            frame.v0 - edge,
            frame.u0 + frame.width + edge,
            frame.v0 + frame.height + edge,
        )
        return Form(name, box, zlib.compress(drawn.encode("ascii"), 9), OPACITIES)

    @cached_property
    def _pieces(self) -> tuple[_Piece, ...]:
        skin = self.drawing.in_layer(LayerId.SKIN)
        pieces = [_Piece(Outlines(shape), _SKIN.fill, "f*") for shape in skin]
        layer = _MUSCLE_LAYERS.get(self.dissection)
        if layer is not None:
            pieces += [_of_layer(shape) for shape in self.drawing.in_layer(layer)]
        pieces += _details(self.drawing.in_group(f"detail-{self.dissection}"))
        pieces += [_Piece(Outlines(shape), _OUTLINE.stroke, "S", _OUTLINE_WIDTH) for shape in skin]
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
    return _Piece(Outlines(shape), f"{ground.fill} {_EDGE.stroke}", "B*", _EDGE_WIDTH)


def _details(shapes: Sequence[Shape]) -> Iterator[_Piece]:
    for shape in shapes:
        kind, *more = (*shape.classes, "")
        outlines = Outlines(shape)
        if kind == "contour" and "filled" not in more:
            width = max(_CONTOUR_WIDTHS.get(name, 4) for name in more)
            yield _Piece(outlines, _CONTOUR.stroke, "S", width, is_fine="contour-3" in more)
        elif kind in _DETAIL_FILLS and "fibre-3" not in more:
            yield _filled(outlines, kind, more)


def _filled(outlines: Outlines, kind: str, more: Sequence[str]) -> _Piece:
    return _Piece(
        outlines,
        setting=next((_CLASS_FILLS[n] for n in more if n in _CLASS_FILLS), _DETAIL_FILLS[kind]),
        paint="f*",
        is_fine=kind in {"fibre", "light"} or "contour-3" in more,
        richness=max(_RICHNESS.get(name, Richness.PLAIN) for name in (kind, *more)),
        worth_mm=30.0 if kind == "tone" else 5.0,
    )
