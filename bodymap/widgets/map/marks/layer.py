"""The marks of one view as they are painted: each by itself, or many of them ahead into tiles."""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change
from bodymap.chart.marks import Mark, MarkId, PainZone
from bodymap.widgets.map.body.tiles import Tiles
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.marks.hatching import paint_zone
from bodymap.widgets.map.marks.shown import ShownMark, ShownMarks
from bodymap.widgets.map.marks.sprites import Sprites
from bodymap.widgets.map.marks.strokes import RING_PX, MarkStrokes
from bodymap.widgets.theme import Theme

MANY = 120
"""From so many marks on a view on they are painted ahead."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Marks that are being dragged, and how far, in millimetres."""

    mark_ids: frozenset[MarkId] = frozenset()
    du_mm: float = 0.0
    dv_mm: float = 0.0


class MarkLayer(QObject):
    """Knows the marks of the view that is shown and paints them.

    Signals:
        painted: An area of the map, in pixels, has to be shown again.
    """

    painted = Signal(QRectF)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sprites = Sprites(theme)
        self._selection: frozenset[MarkId] = frozenset()
        self._shift = Shift()
        self._shown = ShownMarks()
        self._camera = Camera(1.0, 0.0, 0.0)
        self._tiles = Tiles(self)
        self._tiles.painted.connect(self.painted)

    # --- what is shown

    def show(self, marks: Iterable[Mark], view: ViewId, top_mm: float = -math.inf) -> None:
        """Show these marks, as far as they lie on the view, whose figure begins at a height."""
        self._shown = ShownMarks((mark for mark in marks if mark.place.view == view), top_mm)
        self._restart()

    def set_theme(self, theme: Theme) -> None:
        """Show them in other colours."""
        self._theme = theme
        self._sprites = Sprites(theme)
        self._restart()

    @property
    def shown(self) -> ShownMarks:
        """Where each mark stands, and which one is meant by a click."""
        return self._shown

    def mark(self, mark_id: MarkId | None) -> Mark | None:
        """The mark of that id, if it is shown."""
        shown = self._shown.get(mark_id)
        return shown.mark if shown else None

    @property
    def selection(self) -> frozenset[MarkId]:
        """The marks in hand."""
        return self._selection

    def select(self, mark_ids: frozenset[MarkId]) -> None:
        """Show these as in hand, and no others."""
        changed = self._selection ^ mark_ids
        self._selection = mark_ids
        self._tell([self._reach(mark_id, self._shift) for mark_id in changed])

    @property
    def shift(self) -> Shift:
        """What is being dragged."""
        return self._shift

    def drag(self, shift: Shift) -> None:
        """Show marks somewhere else for the time being."""
        tied = self._shown.tied_to(self._shift.mark_ids | shift.mark_ids)
        before, self._shift = self._shift, shift
        areas = [self._reach(mark_id, at) for mark_id in tied for at in (before, shift)]
        if before.mark_ids != shift.mark_ids:
            self._mend(tied)
        self._tell(areas)

    def apply(self, change: Change, view: ViewId, camera: Camera) -> None:
        """Follow a stored change: what it touches is painted again."""
        self._camera = camera
        self._shown.arrange(camera.px_per_mm)
        was_many = self._is_many
        before = {i: self._shown.reach(i, camera) for i in self._near(change)}
        touched = self._shown.apply(change, view)
        areas = [before.get(mark_id, QRectF()) for mark_id in touched]
        areas += [self._shown.reach(mark_id, camera) for mark_id in touched]
        if self._is_many != was_many:
            self._restart()
        elif was_many:
            self._follow_ahead(change, before, areas)
        self._tell(areas)

    def _follow_ahead(
        self, change: Change, before: Mapping[MarkId, QRectF], areas: Iterable[QRectF]
    ) -> None:
        """A new point mark is painted over the rest; anything else has what it covers mended."""
        fresh = change.put[0] if len(change.put) == 1 and not change.removed else None
        if fresh is None or isinstance(fresh, PainZone) or not before[fresh.id].isEmpty():
            for area in areas:
                self._mend_area(area)
        elif shown := self._shown.get(fresh.id):
            area = self._shown.reach(fresh.id, self._camera)
            self._tiles.add(self._camera.area_mm(area), partial(self._paint_fresh, shown))

    def _paint_fresh(
        self, shown: ShownMark, painter: QPainter, px_per_mm: float, _area: QRectF
    ) -> Iterator[None]:
        with _in_pixels(painter, px_per_mm) as camera:
            self._paint_mark(painter, shown, camera, selected=False)
        yield

    def _near(self, change: Change) -> Iterable[MarkId]:
        return self._shown.tied_to(change.mark_ids) if self._is_many else self._shown

    # --- painting

    def is_crisp(self, camera: Camera) -> bool:
        """Whether all that the camera shows of them is painted at its scale."""
        return not self._is_many or self._tiles.is_crisp(camera)

    @property
    def _is_many(self) -> bool:
        return len(self._shown) >= MANY

    def paint(self, painter: QPainter, camera: Camera, size: QSizeF, exposed: QRectF) -> None:
        """Paint what lies in an exposed part of the map, by the quickest way.

        Args:
            painter: Without transform, in pixels of the map.
            camera: What the map shows.
            size: Of the map, in pixels.
            exposed: Nothing outside needs painting.
        """
        self._camera = camera
        if not self._is_many:
            self.paint_plainly(painter, camera, exposed)
            return
        self._tiles.paint(painter, camera, size)
        in_hand = self._selection | self._shown.tied_to(self._shift.mark_ids)
        for shown in filter(None, map(self._shown.get, in_hand)):
            self._paint_mark(painter, shown, camera, selected=shown.mark.id in self._selection)

    def paint_plainly(self, painter: QPainter, camera: Camera, exposed: QRectF) -> None:
        """Paint each mark by itself: zones, trigger points, notes, needles, what is in hand."""
        area = exposed if not self._shift.mark_ids else exposed.adjusted(-4000, -4000, 4000, 4000)
        found = self._shown.in_area(camera.area_mm(area), camera.px_per_mm)
        for shown in sorted(found, key=self._is_lifted):
            self._paint_mark(painter, shown, camera, selected=shown.mark.id in self._selection)

    def _is_lifted(self, shown: ShownMark) -> bool:
        return not shown.is_zone and shown.mark.id in self._selection

    def _paint_mark(
        self, painter: QPainter, shown: ShownMark, camera: Camera, *, selected: bool
    ) -> None:
        if isinstance(shown.mark, PainZone):
            path, kind = self._shown.outline(shown), shown.mark.kind
            if shown.mark.id in self._shift.mark_ids:
                path = path.translated(self._shift.du_mm, self._shift.dv_mm)
            paint_zone(painter, path, kind, camera, self._theme, selected=selected)
            return
        at = self._at(shown, camera)
        if trigger := self._shown.trigger_of(shown):
            end = self._at(trigger, camera)
            if math.hypot(end.x() - at.x(), end.y() - at.y()) > RING_PX:
                MarkStrokes(painter, self._theme).link(at, end)
            else:
                at = end  # as good as in it, at this scale
        face = shown.face(selected=selected)
        if self._is_many:
            self._sprites.paint_of_parts(painter, face, at)
        else:
            self._sprites.paint(painter, face, at)

    def _at(self, shown: ShownMark, camera: Camera) -> QPointF:
        u, v = shown.at
        if shown.mark.id in self._shift.mark_ids:
            u, v = u + self._shift.du_mm, v + self._shift.dv_mm
        return camera.to_px(u, v)

    # --- painting ahead

    def _restart(self) -> None:
        self._tiles.show(self._paint_ahead, QColor(Qt.GlobalColor.transparent))

    def _paint_ahead(self, painter: QPainter, px_per_mm: float, area: QRectF) -> Iterator[None]:
        """Paint a tile, without what is being dragged."""
        lifted = self._shown.tied_to(self._shift.mark_ids)
        with _in_pixels(painter, px_per_mm) as camera:
            for shown in self._shown.in_area(area, px_per_mm):
                if shown.mark.id not in lifted:
                    self._paint_mark(painter, shown, camera, selected=False)
                    yield

    def _mend(self, mark_ids: Iterable[MarkId]) -> None:
        if self._is_many:
            for mark_id in mark_ids:
                self._mend_area(self._shown.reach(mark_id, self._camera))

    def _mend_area(self, area_px: QRectF) -> None:
        if not area_px.isEmpty():
            self._tiles.mend(self._camera.area_mm(area_px))

    def _reach(self, mark_id: MarkId, shift: Shift) -> QRectF:
        area = self._shown.reach(mark_id, self._camera)
        if not shift.mark_ids:
            return area
        scale = self._camera.px_per_mm
        du, dv = shift.du_mm * scale, shift.dv_mm * scale
        return area.united(area.translated(du, dv))

    def _tell(self, areas: Iterable[QRectF]) -> None:
        for area in areas:
            if not area.isEmpty():
                self.painted.emit(area)


@contextmanager
def _in_pixels(painter: QPainter, px_per_mm: float) -> Iterator[Camera]:
    """A tile's painter takes millimetres; marks are made of pixels."""
    to_tile = painter.transform()
    painter.save()
    painter.resetTransform()
    try:
        yield Camera(px_per_mm, to_tile.dx(), to_tile.dy())
    finally:
        painter.restore()
