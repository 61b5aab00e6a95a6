"""The body painted ahead into tiles, a little at a time, and copied from them.

Qt holds Python's lock while it paints a path, so a second thread would only get in the way of the
first. Instead the tiles are painted in short turns between the events of the window; until one is
ready, what was painted at another scale stands in for it, enlarged or reduced.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from bodymap.widgets.map.camera import Camera

TILE_PX = 800
"""About how many device pixels a tile is wide and high: few to a map, each painted in a blink."""

_TURN_S = 0.008
_QUIET_MS = 12
_MOST_BYTES = 192 * 1024 * 1024

Key = tuple[int, int]
PaintArea = Callable[[QPainter, float, QRectF], Iterator[None]]
"""Paints an area of the drawing at a scale (logical pixels to a millimetre), in small bites."""


@dataclass(slots=True)
class _Scale:
    """All that was painted at one scale.

    Attributes:
        camera: Where the map stood when it first had this scale: its tiles just fill that map.
        ratio: Device pixels to a logical one.
        is_outdated: Whether another picture is shown by now.
        side: Width and height of a tile in device pixels.
        tiles: What is painted; a null pixmap where there is nothing to be seen.
    """

    camera: Camera
    ratio: float
    side: QSize
    tiles: dict[Key, QPixmap] = field(default_factory=dict)
    is_outdated: bool = False

    @classmethod
    def filling(cls, camera: Camera, ratio: float, size: QSizeF) -> "_Scale":
        """A scale whose tiles are no larger than they need be to fill the map."""
        width, height = size.width() * ratio, size.height() * ratio
        columns, rows = max(round(width / TILE_PX), 1), max(round(height / TILE_PX), 1)
        side = QSize(max(math.ceil(width / columns), 64), max(math.ceil(height / rows), 64))
        return cls(camera, ratio, side)

    def fits(self, camera: Camera, ratio: float) -> bool:
        """Whether it is painted at that scale."""
        if self.is_outdated:
            return False
        return (self.camera.px_per_mm, self.ratio) == (camera.px_per_mm, ratio)

    @property
    def px_per_mm(self) -> float:
        """Logical pixels to a millimetre."""
        return self.camera.px_per_mm

    def area(self, key: Key) -> QRectF:
        """What a tile shows, in millimetres."""
        width, height = self.side.width() / self.ratio, self.side.height() / self.ratio
        return self.camera.area_mm(QRectF(key[0] * width, key[1] * height, width, height))

    def covers(self, area_mm: QRectF) -> bool:
        """Whether all of an area is painted."""
        return all(key in self.tiles for key in self.keys(area_mm))

    def blank(self, ground: QColor) -> QPixmap:
        """A tile with nothing on it yet."""
        tile = QPixmap(self.side)
        tile.setDevicePixelRatio(self.ratio)
        tile.fill(ground)
        return tile

    @contextmanager
    def painter(self, tile: QPixmap, key: Key, font: QFont) -> Iterator[QPainter]:
        """A painter on a tile that takes millimetres of the view."""
        with QPainter(tile) as painter:
            painter.setFont(font)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.px_per_mm, self.px_per_mm)
            painter.translate(-self.area(key).topLeft())
            yield painter

    def keys(self, area_mm: QRectF) -> list[Key]:
        """The tiles that cover an area, those in its middle first."""
        area = self.camera.area_px(area_mm).adjusted(0.01, 0.01, -0.01, -0.01)
        width, height = self.side.width() / self.ratio, self.side.height() / self.ratio
        columns = range(math.floor(area.left() / width), math.floor(area.right() / width) + 1)
        rows = range(math.floor(area.top() / height), math.floor(area.bottom() / height) + 1)
        x, y = area.center().x() / width - 0.5, area.center().y() / height - 0.5
        keys = ((column, row) for column in columns for row in rows)
        return sorted(keys, key=lambda key: abs(key[0] - x) + abs(key[1] - y))


class Tiles(QObject):
    """Keeps the picture of one drawing in tiles.

    Signals:
        painted: An area of the map, in pixels, can now be shown as it should be.
    """

    painted = Signal(QRectF)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paint_area: PaintArea | None = None
        self._ground = QColor()
        self._now: _Scale | None = None
        self._before: _Scale | None = None
        self._whole: _Scale | None = None
        self._camera = Camera(1.0, 0.0, 0.0)
        self._size = QSizeF()
        self._font = QFont()
        self._work: Iterator[None] | None = None
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._take_turn)
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._turns.start)

    def show(self, paint_area: PaintArea, ground: QColor, *, instead: bool = False) -> None:
        """Show another picture.

        Args:
            paint_area: Paints it.
            ground: What it is painted on; transparent for a picture that lies over another.
            instead: Whether it shows the same things, so that the one before stands in for it.
        """
        self._paint_area = paint_area
        self._ground = ground
        self._before = self._now if instead and self._now and self._now.tiles else None
        if self._before is not None:
            self._before.is_outdated = True
        self._now = self._whole = None
        self._work = None

    def is_crisp(self, camera: Camera) -> bool:
        """Whether all that the camera shows of the map is painted at its scale."""
        now = self._now
        if now is None or not now.fits(camera, now.ratio):
            return False
        return now.covers(camera.area_mm(QRectF(QPointF(0, 0), self._size)))

    def paint(self, painter: QPainter, camera: Camera, size: QSizeF) -> None:
        """Copy what there is onto the map, and have the rest painted soon.

        Args:
            painter: Without transform, in pixels of the map.
            camera: What the map shows.
            size: Of the map, in pixels.
        """
        self._camera, self._size = camera, size
        self._font = painter.font()
        now = self._at(camera, painter.device().devicePixelRatio())
        area = camera.area_mm(QRectF(QPointF(0, 0), size))
        keys = now.keys(area)
        missing = [key for key in keys if key not in now.tiles]
        if missing:
            whole = len(missing) == len(keys)
            for part in [area] if whole else [now.area(key) & area for key in missing]:
                self._stand_in(painter, camera, part)
            self._soon()
        for key in keys:
            if (tile := now.tiles.get(key)) and not tile.isNull():
                painter.drawPixmap(camera.area_px(now.area(key)).topLeft(), tile)

    def mend(self, area_mm: QRectF) -> None:
        """Paint an area anew, at once; what was painted of it at other scales is dropped."""
        self._drop_others(area_mm)
        now = self._now
        for key in now.keys(area_mm) if now else ():
            if now and key in now.tiles:
                self._mend_tile(now, key, self._tile(now, key), area_mm)

    def add(self, area_mm: QRectF, paint: PaintArea) -> None:
        """Paint something over what is there; tiles of other scales are dropped."""
        self._drop_others(area_mm)
        now = self._now
        for key in now.keys(area_mm) if now else ():
            if now and key in now.tiles:
                with now.painter(self._tile(now, key), key, self._font) as painter:
                    for _ in paint(painter, now.px_per_mm, area_mm):
                        pass

    def _tile(self, scale: _Scale, key: Key) -> QPixmap:
        """A tile that can be painted on."""
        if scale.tiles[key].isNull():
            scale.tiles[key] = scale.blank(self._ground)
        return scale.tiles[key]

    def _drop_others(self, area_mm: QRectF) -> None:
        """Drop what was painted of an area at other scales, and what is half painted."""
        for scale in (self._whole, self._before):
            if scale is not None and scale is not self._now:
                for key in scale.keys(area_mm):
                    scale.tiles.pop(key, None)
        self._work = None

    def _mend_tile(self, scale: _Scale, key: Key, tile: QPixmap, area_mm: QRectF) -> None:
        if self._paint_area is None:
            return
        with scale.painter(tile, key, self._font) as painter:
            painter.setClipRect(area_mm)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(area_mm, self._ground)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            for _ in self._paint_area(painter, scale.px_per_mm, area_mm):
                pass

    def _at(self, camera: Camera, ratio: float) -> _Scale:
        now = self._now
        if now and now.fits(camera, ratio):
            return now
        if now and now.tiles:
            if self._whole is None:
                self._whole = now
            self._before = now
        again = (kept for kept in (self._whole, self._before) if kept and kept.fits(camera, ratio))
        self._now = next(again, None) or _Scale.filling(camera, ratio, self._size)
        self._work = None
        self._turns.stop()
        if self._before is not None and not self._before.is_outdated:
            self._quiet.start()  # wait until the hand rests: the next notch needs other tiles
        return self._now

    def _stand_in(self, painter: QPainter, camera: Camera, area_mm: QRectF) -> None:
        shown = QRectF(camera.area_px(area_mm).toRect())
        stand_ins = self._stand_ins(area_mm)
        if self._ground.alpha() and not (stand_ins and stand_ins[-1].covers(area_mm)):
            painter.fillRect(shown, self._ground)
        for scale in stand_ins:
            for key in scale.keys(area_mm):
                if (tile := scale.tiles.get(key)) and not tile.isNull():
                    _stretched(painter, camera.area_px(scale.area(key)), tile, shown)

    def _stand_ins(self, area_mm: QRectF) -> list[_Scale]:
        """What was painted at other scales, lowest first; only one where one shows through."""
        kept = [self._whole, self._before]
        others = [scale for scale in kept if scale is not None and scale is not self._now]
        if others and (others[-1].covers(area_mm) or self._ground.alpha() < 255):
            return others[-1:]
        return others

    def _soon(self) -> None:
        if not (self._turns.isActive() or self._quiet.isActive()):
            self._turns.start()

    def _take_turn(self) -> None:
        self._turns.stop()  # what cannot be painted is not tried for ever
        until = time.perf_counter() + _TURN_S
        while time.perf_counter() < until:
            if not self._next_bite():
                return
        self._turns.start()

    def _next_bite(self) -> bool:
        """Paint a little more; False when nothing is missing."""
        if self._work is None:
            missing = self._missing(self._now) if self._now else []
            if not missing or self._now is None:
                return False
            self._work = self._painting(self._now, missing[0])
        if next(self._work, self) is self:
            self._work = None
        return True

    def _missing(self, scale: _Scale) -> list[Key]:
        area = self._camera.area_mm(QRectF(QPointF(0, 0), self._size))
        return [key for key in scale.keys(area) if key not in scale.tiles]

    def _painting(self, scale: _Scale, key: Key) -> Iterator[None]:
        if self._paint_area is None:
            return
        tile, is_empty = scale.blank(self._ground), self._ground.alpha() == 0
        with scale.painter(tile, key, self._font) as painter:
            for _ in self._paint_area(painter, scale.px_per_mm, scale.area(key)):
                is_empty = False
                yield
        self._keep(scale, key, QPixmap() if is_empty else tile)

    def _keep(self, scale: _Scale, key: Key, tile: QPixmap) -> None:
        scale.tiles[key] = tile
        most = _MOST_BYTES // (scale.side.width() * scale.side.height() * 4)
        while len(scale.tiles) > most:
            scale.tiles.pop(next(iter(scale.tiles)))
        self.painted.emit(self._camera.area_px(scale.area(key)))


def _stretched(painter: QPainter, target: QRectF, tile: QPixmap, shown: QRectF) -> None:
    """Draw the part of a tile that shows; edges on whole pixels, so that no seam opens."""
    left, top = round(target.left()), round(target.top())
    right, bottom = round(target.right()), round(target.bottom())
    whole = QRect(left, top, right - left, bottom - top)
    part = whole.intersected(shown.toAlignedRect())
    if part.isEmpty():
        return
    grow = tile.width() / whole.width(), tile.height() / whole.height()
    source = QRectF(
        (part.left() - left) * grow[0],
        (part.top() - top) * grow[1],
        part.width() * grow[0],
        part.height() * grow[1],
    )
    is_reduced = tile.width() > whole.width() * painter.device().devicePixelRatio()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_reduced)
    painter.drawPixmap(QRectF(part), tile, source)
