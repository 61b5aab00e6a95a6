"""The picture behind the tools: the body at any scale with the marks on it."""

from collections.abc import Iterator

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.widgets.guarded import guarded
from bodymap.widgets.map.body.gallery import Gallery
from bodymap.widgets.map.body.tiles import Tiles
from bodymap.widgets.map.camera import Camera, fitted, kept_in_sight, within_limits
from bodymap.widgets.map.marks.layer import MarkLayer
from bodymap.widgets.map.overlays.layer import OverlayLayer
from bodymap.widgets.map.sides import Sides
from bodymap.widgets.theme import Theme

_ZOOM_STEP = 1.35
_MARGINS = QMarginsF(24, 46, 24, 24)
_FADED = 0.25


class MapCanvas(QAbstractScrollArea):
    """Shows one view of the body; knows scales, layers and colours, but no gestures.

    Attributes:
        gallery: The pictures of the body, which others may show smaller.
        marks: What is marked on it.
        overlays: What the reference lays over it.

    Signals:
        view_changed: The `ViewId` now shown.
        dissection_changed: The `Dissection` now shown.
        layers_changed: The frozenset of `LayerId` laid over it.
        zoom_changed: Pixels to a millimetre.
        looked: The `Camera`: another part is shown, or it is shown larger or smaller.
    """

    view_changed = Signal(object)
    dissection_changed = Signal(object)
    layers_changed = Signal(object)
    zoom_changed = Signal(float)
    looked = Signal(object)

    def __init__(self, atlas: Atlas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view, self._dissection = ViewId.ANTERIOR, Dissection.SUPERFICIAL
        self._layers: frozenset[LayerId] = frozenset()
        self.gallery = Gallery(atlas)
        self._margins, self._clear_left = _MARGINS, 0.0
        self._camera, self._is_fitted = Camera(1.0, 0.0, 0.0), True
        self.marks = MarkLayer(theme, self)
        self.marks.painted.connect(self.repaint_area)
        self.overlays = OverlayLayer(atlas, self.viewport().update)
        self._sides = Sides()
        self._is_faded = False
        self._tiles = Tiles(self)
        self._tiles.painted.connect(self.repaint_area)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._show_picture()

    # --- what is shown

    @property
    def view_id(self) -> ViewId:
        """The drawing that is shown."""
        return self._view

    @property
    def dissection(self) -> Dissection:
        """How much of the body is taken away."""
        return self._dissection

    @property
    def layers(self) -> frozenset[LayerId]:
        """What is laid over it."""
        return self._layers

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._theme

    def show_view(self, view: ViewId) -> None:
        """Show another drawing, whole.

        Raises:
            DrawingError: It cannot be read; the one before stays.
        """
        if view == self._view:
            return
        self.gallery.frame(view)
        self._view = view
        self._show_picture()
        self.fit()
        self.view_changed.emit(view)

    def show_dissection(self, dissection: Dissection) -> None:
        """Take more or less of the body away; scale and place stay."""
        if dissection != self._dissection:
            self._dissection = dissection
            self._show_picture(instead=True)
            self.dissection_changed.emit(dissection)

    def show_layer(self, layer: LayerId, on: bool) -> None:
        """Lay a layer over the picture (surface regions, skeleton, hazards) or take it off."""
        layers = self._layers | {layer} if on else self._layers - {layer}
        if layers != self._layers:
            self._layers = layers
            self._show_picture(instead=True)
            self.layers_changed.emit(layers)

    def fade_marks(self, *, on: bool) -> None:
        """Let the marks step back, so that what lies under them is seen."""
        self._is_faded = on
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self._theme = theme
        self.marks.set_theme(theme)
        self._show_picture()

    def _show_picture(self, *, instead: bool = False) -> None:
        self._tiles.show(self._paint_body, self._theme.colour("paper"), instead=instead)
        self.viewport().update()

    def _paint_body(self, painter: QPainter, px_per_mm: float, area: QRectF) -> Iterator[None]:
        """Paint a part of the body; the drawing is read when first something of it is needed."""
        picture = yield from self.gallery.making(self._view, self._dissection, self._layers)
        yield from picture.paint(painter, self._theme, px_per_mm, area)

    # --- how large, and which part

    @property
    def camera(self) -> Camera:
        """What the map shows."""
        return self._camera

    @property
    def room(self) -> QSizeF:
        """How large the map is, in pixels."""
        return QSizeF(self.viewport().size())

    @property
    def px_per_mm(self) -> float:
        """The scale."""
        return self._camera.px_per_mm

    @property
    def fit_px_per_mm(self) -> float:
        """The scale at which the whole figure just fits: what 100 % means."""
        return self._fitted().px_per_mm

    @property
    def is_crisp(self) -> bool:
        """Whether all is painted at the scale at which it is shown."""
        return self._tiles.is_crisp(self._camera) and self.marks.is_crisp(self._camera)

    @property
    def margins(self) -> QMarginsF:
        """The room at the edges that other widgets cover."""
        return self._margins

    def set_margins(self, margins: QMarginsF, clear_left_px: float = 0.0) -> None:
        """Say what other widgets cover.

        Args:
            margins: Room at the edges; the whole figure is fitted inside.
            clear_left_px: Right of this the words for the patient's sides may stand.
        """
        self._margins, self._clear_left = margins, clear_left_px
        self.viewport().update()
        if self._is_fitted:
            self.fit()

    def fit(self) -> None:
        """Show the whole figure, and keep it whole when the window changes."""
        self._look(self._fitted())
        self._is_fitted = True

    def zoom_in(self) -> None:
        """One step closer, towards the middle."""
        self.zoom_to(self.px_per_mm * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom_to(self.px_per_mm / _ZOOM_STEP)

    def zoom_to(self, px_per_mm: float, anchor: QPointF | None = None) -> None:
        """Change the scale, within limits.

        Args:
            px_per_mm: Logical pixels to a millimetre of the body.
            anchor: The pixel whose place on the body stays where it is; the middle if not given.
        """
        middle = QPointF(self.room.width() / 2, self.room.height() / 2)
        scale = within_limits(px_per_mm, self.fit_px_per_mm)
        self._look(self._camera.zoomed(scale, anchor or middle, self.devicePixelRatioF()))

    def pan(self, by: QPointF) -> None:
        """Shift what is shown, by pixels."""
        self._look(self._camera.panned(by, self.devicePixelRatioF()))

    def centre_at(self, u_mm: float, v_mm: float) -> None:
        """Bring a point of the body to the middle."""
        middle = QPointF(self.room.width() / 2, self.room.height() / 2)
        self.pan(middle - self._camera.to_px(u_mm, v_mm))

    def mm_to_view(self, u_mm: float, v_mm: float) -> QPointF:
        """Where a point of the body stands on the viewport, in pixels."""
        return self._camera.to_px(u_mm, v_mm)

    def view_to_mm(self, at: QPointF) -> tuple[float, float]:
        """The point of the body under a pixel of the viewport."""
        return self._camera.to_mm(at)

    def _fitted(self) -> Camera:
        frame = self.gallery.frame(self._view)
        return fitted(frame, self.room, self._margins, self.devicePixelRatioF())

    def _look(self, camera: Camera) -> None:
        frame = self.gallery.frame(self._view)
        camera = kept_in_sight(camera, frame, self.room, self.devicePixelRatioF())
        if camera == self._camera:
            return
        rescaled = camera.px_per_mm != self._camera.px_per_mm
        self._camera = camera
        self._is_fitted = False
        self.viewport().update()
        if rescaled:
            self.zoom_changed.emit(camera.px_per_mm)
        self.looked.emit(camera)

    def look(self, camera: Camera) -> None:
        """Show what another map of this size shows."""
        self._look(camera)

    @override
    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        else:
            self._look(self._camera)

    # --- painting

    def repaint_area(self, area: QRectF) -> None:
        """Paint a part of the map again, in pixels."""
        self.viewport().update(area.toAlignedRect())

    def paint_under(self, painter: QPainter) -> None:
        """Paint what passes and lies under the marks: outlines; in pixels of the map."""

    def paint_over(self, painter: QPainter) -> None:
        """Paint what passes and lies over the marks: previews, cursors; in pixels of the map."""

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._tiles.paint(painter, self._camera, self.room)
            self._paint_overlays(painter, self._camera, QRectF(event.rect()))
            self.paint_under(painter)
            painter.setOpacity(_FADED if self._is_faded else 1.0)
            self.marks.paint(painter, self._camera, self.room, QRectF(event.rect()))
            painter.setOpacity(1.0)
            self.overlays.paint_above(painter, self._camera, self._theme, self._view)
            self.paint_over(painter)
            self._paint_sides(painter, self._camera, self.room)

    def snapshot(self, width: int, height: int) -> QImage:
        """The map as it would look at another size, painted without delay."""
        size = QSizeF(width, height)
        camera = self._camera_for(size)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self._theme.colour("paper"))
        with QPainter(image) as painter:
            painter.setFont(self.font())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(QPointF(0, 0), size)
            painter.setTransform(camera.transform)
            picture = self.gallery.picture(self._view, self._dissection, self._layers)
            picture.paint_all(painter, self._theme, camera.px_per_mm, camera.area_mm(area))
            painter.resetTransform()
            self._paint_overlays(painter, camera, area)
            self.marks.paint_plainly(painter, camera, area)
            self._paint_sides(painter, camera, size)
        return image

    def _camera_for(self, size: QSizeF) -> Camera:
        if self._is_fitted:
            return fitted(self.gallery.frame(self._view), size, self._margins)
        room = self.room
        scale = min(size.width() / room.width(), size.height() / room.height())
        middle = QPointF(room.width() / 2, room.height() / 2)
        to = QPointF(size.width() / 2, size.height() / 2)
        return self._camera.zoomed(self.px_per_mm * scale, middle).panned(to - middle)

    def _paint_overlays(self, painter: QPainter, camera: Camera, area: QRectF) -> None:
        showing = (self._view, self._dissection)
        self.overlays.paint(painter, camera, self._theme, showing, area)

    def _paint_sides(self, painter: QPainter, camera: Camera, size: QSizeF) -> None:
        top = self.gallery.frame(self._view).top()
        free = QRectF(QPointF(0, 0), size)
        free.setTop(max(self._margins.top() - 38, 0.0))
        free.setLeft(self._clear_left)
        self._sides.paint(painter, self._view, camera, top, free, self._theme)
