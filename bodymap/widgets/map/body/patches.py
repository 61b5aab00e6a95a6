"""What is painted of a drawing, in which order, and in the colour of which role."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from bodymap.atlas.drawing import Drawing, Shape
from bodymap.atlas.ids import Dissection, LayerId
from bodymap.widgets.map.body.clusters import clusters
from bodymap.widgets.map.body.paths import elements, path_of, qt_path

OVERLAYS = (LayerId.SURFACE_REGIONS, LayerId.SKELETON, LayerId.HAZARDS)
"""Layers that a person lays over the picture."""

_MUSCLES = {
    Dissection.SUPERFICIAL: LayerId.MUSCLES_SUPERFICIAL,
    Dissection.INTERMEDIATE: LayerId.MUSCLES_INTERMEDIATE,
    Dissection.DEEP: LayerId.MUSCLES_DEEP,
}
_TINTS = {"m1": "muscle-1", "m2": "muscle-2", "m3": "muscle-3"}
_DETAIL_ROLES = {name: name for name in ("tone-skin", "tone-1", "tone-2")} | {
    tint: f"feature-{tint}" for tint in ("pale", "dark", "brown", "rose", "flesh")
}
"""The roles of details that are not painted like all of their kind."""
_ON_SKIN = f"detail-{Dissection.SKIN}"
_FINENESS = {"1": 0.0, "2": 0.95, "3": 2.2}
"""From how many pixels per millimetre the three densities of a detail are shown."""
_CONTOUR_WIDTHS = {"1": 1.5, "2": 1.0, "3": 0.7}


@dataclass(frozen=True, slots=True)
class Patch:
    """One path with its look.

    Attributes:
        path: In millimetres of the view.
        fill: The role of the colour inside, if any.
        line: The role of the colour of the line, if any.
        width: Of the line, in pixels at one pixel per millimetre.
        from_px_per_mm: Smaller than this it is left out.
    """

    path: QPainterPath
    fill: str = ""
    line: str = ""
    width: float = 0.0
    from_px_per_mm: float = 0.0


def patches(
    drawing: Drawing, dissection: Dissection, overlays: frozenset[LayerId]
) -> Iterator[Patch]:
    """All that is painted of a drawing, bottom first; made one by one as they are asked for."""
    skin = [_path(shape) for shape in drawing.in_layer(LayerId.SKIN)]
    yield from (Patch(path, "skin") for path in skin)
    if dissection in _MUSCLES:
        for shape in drawing.in_layer(_MUSCLES[dissection]):
            yield Patch(_path(shape), _tissue(shape), "outline", 0.7)
    yield from _details(drawing.in_group(f"detail-{dissection}"))
    yield from (Patch(path, line="skin-outline", width=1.7) for path in skin)
    for layer in OVERLAYS:
        if layer in overlays:
            yield from _LAID_OVER[layer](drawing.in_layer(layer))


def _regions(shapes: Iterable[Shape]) -> Iterator[Patch]:
    return (Patch(_path(shape), line="region-line", width=1.0) for shape in shapes)


def _skeleton(shapes: Iterable[Shape]) -> Iterator[Patch]:
    return (Patch(_path(shape), "skeleton", "skeleton-outline", 0.8) for shape in shapes)


def _path(shape: Shape, rule: Qt.FillRule = Qt.FillRule.OddEvenFill) -> QPainterPath:
    return qt_path(shape.codes, shape.points, rule)


def _tissue(shape: Shape) -> str:
    kind = shape.classes[0] if shape.classes else "other"
    if kind == "muscle":
        return next((_TINTS[name] for name in shape.classes if name in _TINTS), "muscle-2")
    return kind if kind in {"bone", "tendon", "other", "organ"} else "other"


def _hazards(shapes: Iterable[Shape]) -> Iterator[Patch]:
    for shape in shapes:
        match shape.classes[0] if shape.classes else "":
            case "nerve":
                yield Patch(_path(shape), line="hazard-nerve", width=2.0)
            case "vessel":
                yield Patch(_path(shape), line="hazard-vessel", width=2.0)
            case _:
                yield Patch(_path(shape), "hazard-organ-ground", "hazard-organ", 1.2)


_LAID_OVER = {
    LayerId.SURFACE_REGIONS: _regions,
    LayerId.SKELETON: _skeleton,
    LayerId.HAZARDS: _hazards,
}


def _details(shapes: Iterable[Shape]) -> Iterator[Patch]:
    for shape in shapes:
        kind = shape.classes[0] if shape.classes else "feature"
        if kind == "contour" and "filled" not in shape.classes:
            yield _contour(shape)
        else:
            yield from _filled(shape, kind)


def _contour(shape: Shape) -> Patch:
    width = _CONTOUR_WIDTHS[_grade(shape)]
    return Patch(_path(shape), line="contour", width=width, from_px_per_mm=_from(shape))


def _filled(shape: Shape, kind: str) -> Iterator[Patch]:
    """Tapering strokes fill where they cross; everything else may have holes."""
    role = next((_DETAIL_ROLES[name] for name in shape.classes if name in _DETAIL_ROLES), kind)
    if role == "light" and shape.group == _ON_SKIN:
        role = "light-skin"
    is_stroke = kind in {"fibre", "contour"}
    rule = Qt.FillRule.WindingFill if is_stroke else Qt.FillRule.OddEvenFill
    from_px_per_mm = _from(shape) if is_stroke else 0.0
    for rows in clusters(elements(shape.codes, shape.points), may_be_pierced=not is_stroke):
        yield Patch(path_of(rows, rule), role, from_px_per_mm=from_px_per_mm)


def _from(shape: Shape) -> float:
    return _FINENESS[_grade(shape)]


def _grade(shape: Shape) -> str:
    graded = (name[-1] for name in shape.classes if name[:-1] in {"fibre-", "contour-"})
    return next((grade for grade in graded if grade in _FINENESS), "1")
