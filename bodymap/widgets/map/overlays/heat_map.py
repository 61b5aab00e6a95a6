"""The heat of many visits over the body: the hotter, the denser the colour of the mark."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath

from bodymap.atlas.ids import ViewId
from bodymap.desk.heat import CELL_MM, Heat
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.theme import Theme

_DENSEST = 0.86
_LEAST = 0.04
"""Cooler cells than this share of the hottest one stay bare."""


class HeatMap:
    """Paints the heat of whichever view is shown, within the outline of the body."""

    def __init__(
        self, role: str, of: Callable[[ViewId], Heat], skin: Callable[[ViewId], QPainterPath]
    ) -> None:
        self._role = role
        self._of = of
        self._skin = skin
        self._made: tuple[ViewId, str, Heat, QImage, QPainterPath] | None = None

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint it, in pixels of the map."""
        if self._made is None or self._made[:2] != (view, theme.name):
            heat = self._of(view)
            image = _image(heat, theme, self._role)
            self._made = view, theme.name, heat, image, self._skin(view)
        _, _, heat, image, skin = self._made
        painter.save()
        painter.setTransform(camera.transform, combine=True)
        painter.setClipPath(skin)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width, height = image.width() * CELL_MM, image.height() * CELL_MM
        painter.drawImage(QRectF(heat.u_mm, heat.v_mm, width, height), image)
        painter.restore()


def _image(heat: Heat, theme: Theme, role: str) -> QImage:
    """One pixel a cell, in premultiplied colour."""
    colour = theme.colour(role)
    share = heat.cells / max(heat.highest, 1.0)
    alpha = np.where(share < _LEAST, 0.0, _DENSEST * np.sqrt(share))
    rows, columns = share.shape
    pixels = np.zeros((rows, columns, 4), np.uint8)
    for at, channel in enumerate((colour.blueF(), colour.greenF(), colour.redF(), 1.0)):
        pixels[..., at] = np.round(255 * channel * alpha)
    image = QImage(
        pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    )
    return image.copy()
