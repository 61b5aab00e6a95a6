"""Dermatomes over the body: each region striped in the colours of the levels that serve it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from bodymap.atlas.drawing import Drawing
from bodymap.atlas.ids import LayerId, RegionId
from bodymap.atlas.knowledge import Knowledge
from bodymap.widgets.map.body.paths import qt_path
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.stripes import striped
from bodymap.widgets.theme import Theme

ROLES = 6
"""Colours the levels take in turn, so that neighbours differ."""

_STRIPE_PX = 7
_FONT_PX = 11


@dataclass(frozen=True, slots=True)
class _Served:
    """A region with the levels that serve it, and the middle of its widest place."""

    path: QPainterPath
    levels: tuple[str, ...]
    label: str
    at: tuple[float, float]
    radius_mm: float


class LevelPaths:
    """The dermatomes of one view, ready to be painted."""

    def __init__(self, drawing: Drawing) -> None:
        served = _levels_by_region()
        self._regions = [
            _region(qt_path(shape.codes, shape.points), shape.polygon(), served[region])
            for shape in drawing.in_layer(LayerId.SURFACE_REGIONS)
            if (region := RegionId(shape.structure)) in served
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
        shown = [one for one in self._regions if only is None or only in one.levels]
        ratio = painter.device().devicePixelRatio()
        for region in shown:
            shape = camera.transform.map(region.path)
            if shape.boundingRect().intersects(area):
                levels = region.levels if only is None else (only,)
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
        for region in sorted(shown, key=lambda one: -one.radius_mm):
            width = painter.fontMetrics().horizontalAdvance(region.label) + 8.0
            middle = camera.to_px(*region.at)
            label = QRectF(middle - QPointF(width / 2, 8.0), middle + QPointF(width / 2, 8.0))
            is_free = not any(label.intersects(other) for other in taken)
            if is_free and 2 * region.radius_mm * camera.px_per_mm > 0.62 * width:
                taken.append(label)
                _paint_label(painter, label, region.label, theme)


def level_colour(level: str, theme: Theme) -> QColor:
    """The colour of a level; neighbours in the body differ."""
    order = list(Knowledge.load().dermatomes)
    return theme.colour(f"level-{order.index(level) % ROLES + 1}")


def level_name(level: str) -> str:
    """How a level is written: C6, or V2 for a division of the trigeminal nerve."""
    return level.removeprefix("CN-")


def _paint_label(painter: QPainter, label: QRectF, text: str, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(label, 5, 5)
    painter.setPen(theme.colour("ink"))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def _levels_by_region() -> Mapping[RegionId, tuple[str, ...]]:
    served: dict[RegionId, list[str]] = {}
    for level in Knowledge.load().dermatomes.values():
        for region in level.regions:
            served.setdefault(region, []).append(level.id)
    return {region: tuple(levels) for region, levels in served.items()}


def _region(path: QPainterPath, area: BaseGeometry, levels: tuple[str, ...]) -> _Served:
    widest = shapely.maximum_inscribed_circle(area, tolerance=2.0)
    at = widest.coords[0]
    return _Served(path, levels, _label(levels), (at[0], at[1]), float(widest.length))


def _label(levels: tuple[str, ...]) -> str:
    first, last = level_name(levels[0]), level_name(levels[-1])
    return first if first == last else f"{first}–{last}"
