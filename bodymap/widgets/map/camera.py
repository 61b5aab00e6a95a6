"""Which part of a drawing the map shows, and how large."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

CLOSEST_PX_PER_MM = 16.0
"""Closer than this a fingertip fills the screen and nothing more is to be seen."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Turns view millimetres into pixels of the map: px = mm * px_per_mm + (left, top).

    The offsets are whole device pixels, so that what was painted ahead is copied, not resampled.

    Attributes:
        px_per_mm: Scale in logical pixels.
        left_px: Where u = 0 stands.
        top_px: Where v = 0 stands.
    """

    px_per_mm: float
    left_px: float
    top_px: float

    @property
    def transform(self) -> QTransform:
        """Millimetres to pixels, for a painter."""
        scale = self.px_per_mm
        return QTransform(scale, 0.0, 0.0, scale, self.left_px, self.top_px)

    def to_px(self, u_mm: float, v_mm: float) -> QPointF:
        """Where a point of the drawing stands on the map."""
        return QPointF(
            u_mm * self.px_per_mm + self.left_px,
            v_mm * self.px_per_mm + self.top_px,
        )

    def to_mm(self, at: QPointF) -> tuple[float, float]:
        """The point of the drawing under a pixel."""
        return (at.x() - self.left_px) / self.px_per_mm, (at.y() - self.top_px) / self.px_per_mm

    def area_mm(self, area: QRectF) -> QRectF:
        """The part of the drawing under an area of the map."""
        u, v = self.to_mm(area.topLeft())
        return QRectF(u, v, area.width() / self.px_per_mm, area.height() / self.px_per_mm)

    def area_px(self, area: QRectF) -> QRectF:
        """Where an area of the drawing stands on the map."""
        scale = self.px_per_mm
        at = self.to_px(area.left(), area.top())
        return QRectF(at.x(), at.y(), area.width() * scale, area.height() * scale)

    def panned(self, by: QPointF, ratio: float = 1.0) -> "Camera":
        """The same scale, shifted; `ratio` is the screen's device pixel ratio."""
        return Camera(
            self.px_per_mm,
            _whole(self.left_px + by.x(), ratio),
            _whole(self.top_px + by.y(), ratio),
        )

    def zoomed(self, px_per_mm: float, anchor: QPointF, ratio: float = 1.0) -> "Camera":
        """Another scale, with what lies under `anchor` staying there."""
        u, v = self.to_mm(anchor)
        return Camera(
            px_per_mm,
            _whole(anchor.x() - u * px_per_mm, ratio),
            _whole(anchor.y() - v * px_per_mm, ratio),
        )


def fitted(area_mm: QRectF, size: QSizeF, margins: QMarginsF, ratio: float = 1.0) -> Camera:
    """Show the whole area as large as the room inside the margins allows."""
    room = QRectF(QPointF(0, 0), size).marginsRemoved(margins)
    width, height = max(room.width(), 40.0), max(room.height(), 40.0)
    scale = min(width / area_mm.width(), height / area_mm.height())
    middle, centre = room.center(), area_mm.center()
    return Camera(
        scale,
        _whole(middle.x() - centre.x() * scale, ratio),
        _whole(middle.y() - centre.y() * scale, ratio),
    )


def kept_in_sight(camera: Camera, area_mm: QRectF, size: QSizeF, ratio: float = 1.0) -> Camera:
    """Shift the camera back until the middle of the map lies over the drawing."""
    drawn = camera.area_px(area_mm)
    middle = QPointF(size.width() / 2, size.height() / 2)
    dx = max(drawn.left() - middle.x(), 0.0) + min(drawn.right() - middle.x(), 0.0)
    dy = max(drawn.top() - middle.y(), 0.0) + min(drawn.bottom() - middle.y(), 0.0)
    if not (dx or dy):
        return camera
    return camera.panned(QPointF(-dx, -dy), ratio)


def within_limits(px_per_mm: float, fit_px_per_mm: float) -> float:
    """A scale between a little smaller than the whole figure and a fingertip."""
    if not math.isfinite(px_per_mm):
        return fit_px_per_mm
    return min(max(px_per_mm, fit_px_per_mm * 0.7), CLOSEST_PX_PER_MM)


def _whole(px: float, ratio: float) -> float:
    return round(px * ratio) / ratio
