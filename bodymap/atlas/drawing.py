"""A drawing of the body: its shapes, as the SVG files of the package hold them.

Shapes of a drawing share a few large tables, so that a drawing with thousands of curves is
there within milliseconds; polygons are made when they are first asked for.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from shapely.geometry import MultiLineString, MultiPolygon, Polygon
from typing_extensions import override

from bodymap.atlas import curves, drawing_cache
from bodymap.atlas.ids import LayerId, Side, StructureId, ViewId
from bodymap.atlas.path_data import DrawingError
from bodymap.atlas.sheet import Frame, Sheet
from bodymap.atlas.svg import read_svg

__all__ = [
    "Drawing",
    "DrawingError",
    "Frame",
    "Shape",
    "load_drawing",
    "parse_drawing",
    "polygons_of",
]

FINE_MM = 0.1
"""How far a polygon may leave its curve unless told otherwise."""


class Shape:
    """One path of a drawing; it never changes."""

    __slots__ = ("_polygons", "_row", "_sheet")

    def __init__(self, sheet: Sheet, row: int) -> None:
        self._sheet = sheet
        self._row = row
        self._polygons: dict[float, Polygon | MultiPolygon] = {}

    @override
    def __repr__(self) -> str:
        return f"<Shape {self.id}>"

    @property
    def id(self) -> str:
        """The unique name of the path in its file."""
        return self._sheet.ids[self._row]

    @property
    def structure(self) -> StructureId:
        """What it belongs to, without side; a zone in the regions, empty for nothing."""
        return StructureId(self._sheet.structures[self._row])

    @property
    def side(self) -> Side:
        """The patient's side."""
        return Side(self._sheet.sides[self._row])

    @property
    def layer(self) -> LayerId:
        """The layer it lies in."""
        return LayerId(self._sheet.layers[self._row])

    @property
    def group(self) -> str:
        """The nearest enclosing group, such as `detail-superficial`."""
        return self._sheet.groups[self._row]

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names; the first says the kind."""
        return tuple(self._sheet.classes[self._row].split())

    @property
    def title(self) -> str:
        """The name to be shown."""
        return self._sheet.titles[self._row]

    @property
    def attributes(self) -> Mapping[str, str]:
        """Further `data-` attributes, under their full names."""
        return self._sheet.attributes(self._row)

    @property
    def codes(self) -> bytes:
        """Steps out of `MLCZ`."""
        return self._sheet.codes[self._sheet.code_span(self._row)]

    @property
    def points(self) -> npt.NDArray[np.float32]:
        """Absolute points (n, 2) in millimetres of the view: M and L use one, C three, Z none."""
        return self._sheet.points[self._sheet.point_span(self._row)]

    def polygon(self, tolerance_mm: float = FINE_MM) -> Polygon | MultiPolygon:
        """What the path encloses (even-odd), in straight pieces.

        Neighbours that share a curve share all its points. Kept once made.

        Args:
            tolerance_mm: How far the straight pieces may leave the curves.
        """
        if tolerance_mm not in self._polygons:
            self.make_polygons([self], tolerance_mm)
        return self._polygons[tolerance_mm]

    @staticmethod
    def make_polygons(shapes: Sequence["Shape"], tolerance_mm: float) -> None:
        """Make the polygons of many shapes at once, those that are not made yet."""
        new = [shape for shape in shapes if tolerance_mm not in shape._polygons]  # noqa: SLF001
        if not new:
            return
        codes = [shape.codes for shape in new]
        points = np.concatenate([shape.points for shape in new])
        parts = curves.outlines(b"".join(codes), points, tolerance_mm)
        ends = np.cumsum([code.count(b"M") for code in codes]).tolist()
        paths = [parts[start:end] for start, end in pairwise([0, *ends])]
        for shape, area in zip(new, curves.areas(paths), strict=True):
            shape._polygons[tolerance_mm] = area  # noqa: SLF001

    def line(self, tolerance_mm: float = FINE_MM) -> MultiLineString:
        """The path as lines, for courses that enclose nothing."""
        return curves.lines(curves.outlines(self.codes, self.points, tolerance_mm))


def polygons_of(
    shapes: Sequence[Shape], tolerance_mm: float = FINE_MM
) -> list[Polygon | MultiPolygon]:
    """What each of many shapes encloses; the same as asking each, but much quicker."""
    Shape.make_polygons(shapes, tolerance_mm)
    return [shape.polygon(tolerance_mm) for shape in shapes]


@dataclass(frozen=True, eq=False)
class Drawing:
    """One view of the body as drawn.

    Attributes:
        view: Which view.
        sheet: The tables behind the shapes.
    """

    view: ViewId
    sheet: Sheet

    @property
    def frame(self) -> Frame:
        """The part of the view's plane that the drawing shows."""
        return self.sheet.frame

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """All shapes, in the order in which they are painted."""
        return tuple(Shape(self.sheet, row) for row in range(len(self.sheet.ids)))

    @cached_property
    def _by_layer(self) -> dict[str, tuple[Shape, ...]]:
        return _gathered(self.shapes, self.sheet.layers)

    @cached_property
    def _by_group(self) -> dict[str, tuple[Shape, ...]]:
        return _gathered(self.shapes, self.sheet.groups)

    def in_layer(self, layer: LayerId) -> tuple[Shape, ...]:
        """The shapes of one layer, in painting order."""
        return self._by_layer.get(layer, ())

    def in_group(self, group: str) -> tuple[Shape, ...]:
        """The shapes whose nearest enclosing group has this id, in painting order."""
        return self._by_group.get(group, ())


def _gathered(shapes: tuple[Shape, ...], keys: list[str]) -> dict[str, tuple[Shape, ...]]:
    found: dict[str, list[Shape]] = {}
    for shape, key in zip(shapes, keys, strict=True):
        found.setdefault(key, []).append(shape)
    return {key: tuple(group) for key, group in found.items()}


def load_drawing(view: ViewId, *, cache: Path | None = None) -> Drawing:
    """Read the drawing of a view that ships with the program.

    Args:
        view: Which drawing.
        cache: A folder of our own where a form that loads faster may be kept; it is made
            if need be. What is found there counts only if it was made from this very
            drawing and is undamaged, and is otherwise replaced.

    Raises:
        DrawingError: The file is missing or is not a drawing.
    """
    svg = _svg(view)
    if cache is None:
        return parse_drawing(svg, view)
    key = hashlib.sha256(svg).digest()
    file = cache / f"{view}.drawing"
    sheet = drawing_cache.read(file, key)
    if sheet is None:
        sheet = _parsed(svg, view)
        drawing_cache.write(file, key, sheet)
    return Drawing(view, sheet)


def parse_drawing(svg: bytes, view: ViewId) -> Drawing:
    """Read a drawing from the text of its SVG file.

    Raises:
        DrawingError: It is not a drawing as `CONTRIBUTING.md` describes them.
    """
    return Drawing(view, _parsed(svg, view))


def _svg(view: ViewId) -> bytes:
    try:
        return (resources.files("bodymap.assets") / "svg" / f"{view}.svg").read_bytes()
    except OSError as problem:
        raise DrawingError(
            f"The drawing {view}.svg is missing from this installation."
        ) from problem


def _parsed(svg: bytes, view: ViewId) -> Sheet:
    try:
        sheet, drawn_view = read_svg(svg)
    except DrawingError as problem:
        raise DrawingError(f"{view}.svg: {problem}") from problem
    if drawn_view != view:
        raise DrawingError(f"{view}.svg: the drawing says it is the view {drawn_view!r}.")
    return sheet
