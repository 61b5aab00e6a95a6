"""Spinal levels over the body: which skin and which muscles each of them serves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.areas import polygons
from bodymap.atlas.drawing import Drawing, Shape
from bodymap.atlas.ids import Dissection, LayerId, RegionId
from bodymap.atlas.knowledge import Knowledge
from bodymap.desk.reasoning import LAYERS
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.areas import area_path, joined_area
from bodymap.widgets.map.overlays.stripes import striped
from bodymap.widgets.theme import Theme

ROLES = 6
"""Colours the levels take in turn, so that neighbours differ."""

_CRANIAL = ("CN-V1", "CN-V2", "CN-V3", "CN-VII", "CN-XI")
_SPINAL = (("C", 8), ("T", 12), ("L", 5), ("S", 5))
_BELOW_S2 = frozenset({"S3", "S4", "S5", "S4-S5"})
"""In the buttock these lie beside L1 and L2, whose colours their turn would bring again."""

_STRIPE_PX = 7
_FONT_PX = 11
_FITS = 0.62
"""A level is named where its area is at least so much of the name's width."""

Levels = tuple[str, ...]


class LevelKind(StrEnum):
    """What is shown of the levels."""

    SKIN = "dermatomes"
    MUSCLES = "segments"


@dataclass(frozen=True, slots=True)
class LevelsShown:
    """Which levels are laid over the body.

    Attributes:
        kind: The skin they serve, or the muscles.
        only: The one level that is shown; None for all.
    """

    kind: LevelKind
    only: str | None = None


@dataclass(frozen=True, slots=True)
class _Served:
    """An area of the same levels, and the middle of its widest place."""

    path: QPainterPath
    levels: Levels
    label: str
    at: tuple[float, float]
    radius_mm: float


class LevelPaths:
    """The levels of one view and dissection, ready to be painted."""

    def __init__(self, kind: LevelKind, drawing: Drawing, dissection: Dissection) -> None:
        together: defaultdict[Levels, list[Shape]] = defaultdict(list)
        for levels, shape in _served(kind, drawing, dissection):
            together[levels].append(shape)
        self._areas = [
            _area(piece, levels)
            for levels, shapes in together.items()
            for piece in polygons(joined_area(shapes))
        ]

    def paint(
        self, painter: QPainter, camera: Camera, theme: Theme, area: QRectF, only: str | None
    ) -> None:
        """Paint them in pixels of the map.

        Args:
            painter: Without transform.
            camera: What the map shows.
            theme: The colours.
            area: The part of the map to be painted.
            only: The one level to show, or None for all.
        """
        shown = [one for one in self._areas if only is None or only in one.levels]
        ratio = painter.device().devicePixelRatio()
        for served in shown:
            shape = camera.transform.map(served.path)
            if shape.boundingRect().intersects(area):
                levels = served.levels if only is None else (only,)
                inks = [level_colour(level, theme) for level in levels]
                painter.fillPath(shape, striped(inks, _STRIPE_PX, camera, ratio))
                painter.strokePath(shape, QPen(theme.colour("level-line"), 1.0))
        self._paint_labels(painter, shown, camera, theme)

    def _paint_labels(
        self, painter: QPainter, shown: Iterable[_Served], camera: Camera, theme: Theme
    ) -> None:
        font = QFont(painter.font())
        font.setPixelSize(_FONT_PX)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        taken: list[QRectF] = []
        for served in sorted(shown, key=lambda one: -one.radius_mm):
            width = painter.fontMetrics().horizontalAdvance(served.label) + 8.0
            middle = camera.to_px(*served.at)
            label = QRectF(middle - QPointF(width / 2, 8.0), middle + QPointF(width / 2, 8.0))
            is_free = not any(label.intersects(other) for other in taken)
            if is_free and 2 * served.radius_mm * camera.px_per_mm > _FITS * width:
                taken.append(label)
                _paint_label(painter, label, served.label, theme)


def level_colour(level: str, theme: Theme) -> QColor:
    """The colour of a level; neighbours in the body differ."""
    turn = _place(level)
    if level not in _CRANIAL:
        turn -= len(_CRANIAL) - 2
    if level in _BELOW_S2:
        turn += 2
    return theme.colour(f"level-{turn % ROLES + 1}")


def level_name(level: str) -> str:
    """How a level is written: C6, or V2 for a division of the trigeminal nerve."""
    return level.removeprefix("CN-")


@cache
def muscles_by_level() -> Mapping[str, tuple[str, ...]]:
    """The names of the muscles that each level serves, from head to foot."""
    served: defaultdict[str, list[str]] = defaultdict(list)
    for muscle in Knowledge.load().muscles.values():
        for level in roots(muscle.innervation.roots):
            served[level].append(muscle.name)
    return {level: tuple(served[level]) for level in sorted(served, key=_place)}


def roots(written: Sequence[str]) -> Levels:
    """Roots as levels, from head to foot."""
    return tuple(sorted((root.replace(" ", "-") for root in written), key=_place))


def label_of(levels: Levels) -> str:
    """Several levels in short: "C5–C7", "XI, C3–C4"."""
    runs: list[list[str]] = []
    for level in levels:
        if runs and _place(level) == _place(runs[-1][-1]) + 1 and level not in _CRANIAL:
            runs[-1].append(level)
        else:
            runs.append([level])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[str]) -> str:
    first, last = level_name(run[0]), level_name(run[-1])
    return first if first == last else f"{first}–{last}"


def _place(level: str) -> int:
    """Where a level stands, from head to foot."""
    if level in _CRANIAL:
        return _CRANIAL.index(level)
    place = len(_CRANIAL) + 1  # apart from the cranial nerves
    for letter, count in _SPINAL:
        if level[0] == letter:
            return place + int(level[1:].split("-", maxsplit=1)[0])
        place += count
    raise ValueError(f"{level!r} is no spinal level")


def _paint_label(painter: QPainter, label: QRectF, text: str, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(label, 5, 5)
    painter.setPen(theme.colour("ink"))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def _served(
    kind: LevelKind, drawing: Drawing, dissection: Dissection
) -> Iterator[tuple[Levels, Shape]]:
    """What is drawn, with the levels that serve it; muscles lie bare at least of their skin."""
    if kind is LevelKind.SKIN:
        by_region = _levels_by_region()
        for shape in drawing.in_layer(LayerId.SURFACE_REGIONS):
            if (region := RegionId(shape.structure)) in by_region:
                yield by_region[region], shape
        return
    knowledge = Knowledge.load()
    for shape in drawing.in_layer(LAYERS.get(dissection, LayerId.MUSCLES_SUPERFICIAL)):
        muscle = knowledge.muscle_of(shape.structure)
        if muscle is not None and muscle.innervation.roots:
            yield roots(muscle.innervation.roots), shape


@cache
def _levels_by_region() -> Mapping[RegionId, Levels]:
    served: defaultdict[RegionId, list[str]] = defaultdict(list)
    for level in Knowledge.load().dermatomes.values():
        for region in level.regions:
            served[region].append(level.id)
    return {region: tuple(levels) for region, levels in served.items()}


def _area(piece: BaseGeometry, levels: Levels) -> _Served:
    widest = shapely.maximum_inscribed_circle(piece, tolerance=2.0)
    at = widest.coords[0]
    return _Served(area_path(piece), levels, label_of(levels), (at[0], at[1]), float(widest.length))
