"""A painting kept as pixels while the map is only moved about."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from bodymap.widgets.map.camera import Camera

Draw = Callable[[QPainter, Camera, QRectF], None]

_AROUND = 0.25
"""So much of the map's size is painted ahead on each side."""


@dataclass(frozen=True, slots=True)
class _Kept:
    picture: QPixmap
    camera: Camera
    area: QRectF
    of: Hashable


class KeptPicture:
    """Paints anew when the scale or what is shown has changed, else copies.

    While a hand zooms every picture is another one: it is kept from the second on.
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._last: tuple[Hashable, float] | None = None

    def paint(
        self, painter: QPainter, camera: Camera, area: QRectF, of: Hashable, draw: Draw
    ) -> None:
        """Paint in pixels of the map.

        Args:
            painter: Without transform.
            camera: What the map shows.
            area: The part of the map to be painted.
            of: Tells pictures apart that look different at the same scale.
            draw: Paints the picture.
        """
        canvas, shown = painter.device(), (of, camera.px_per_mm)
        is_steady, self._last = shown == self._last, shown
        if not isinstance(canvas, QWidget) or not is_steady:
            draw(painter, camera, area)
            return
        room = QRectF(canvas.rect())
        kept = self._kept
        if kept is None or kept.of != of or not _shifted(kept, camera).contains(room):
            self._kept = kept = _made(room, camera, of, draw, canvas.devicePixelRatioF())
        painter.drawPixmap(_shifted(kept, camera).topLeft(), kept.picture)


def _made(room: QRectF, camera: Camera, of: Hashable, draw: Draw, ratio: float) -> _Kept:
    across, down = round(room.width() * _AROUND), round(room.height() * _AROUND)
    area = room.marginsAdded(QMarginsF(across, down, across, down))
    picture = QPixmap((area.size() * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = QPointF(across, down)
        moved = Camera(camera.px_per_mm, camera.left_px + at.x(), camera.top_px + at.y())
        draw(painter, moved, QRectF(QPointF(0, 0), QSizeF(area.size())))
    return _Kept(picture, camera, area, of)


def _shifted(kept: _Kept, camera: Camera) -> QRectF:
    """Where the kept picture lies on the map now; nowhere at another scale."""
    if kept.camera.px_per_mm != camera.px_per_mm:
        return QRectF()
    by = QPointF(camera.left_px - kept.camera.left_px, camera.top_px - kept.camera.top_px)
    return kept.area.translated(by)
