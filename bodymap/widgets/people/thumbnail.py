"""A visit as a very small body with its marks as dots."""

from collections import Counter

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QPolygonF

from bodymap.atlas.ids import Dissection, ViewId
from bodymap.chart.marks import Mark, PainZone, kind_of
from bodymap.chart.visit import Visit
from bodymap.widgets.map.body.gallery import Gallery
from bodymap.widgets.map.camera import Camera, fitted
from bodymap.widgets.people.visit_card import PICTURE
from bodymap.widgets.theme import Theme

_RATIO = 2
_ROLES = {
    "trigger-point": "trigger-point",
    "needle-site": "needle",
    "pain-zone": "pain",
    "note": "note",
}
_RADIUS = 1.8


class Thumbnails:
    """Paints each body once and the dots of each visit over it."""

    def __init__(self, gallery: Gallery, theme: Theme) -> None:
        self._gallery = gallery
        self._theme = theme
        self._bodies: dict[ViewId, QImage] = {}

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme from now on."""
        self._theme = theme
        self._bodies.clear()

    def drawn(self, visit: Visit) -> QPixmap:
        """The view that most of the visit's marks lie on, with a dot for each of them."""
        views = Counter(mark.place.view for mark in visit.marks)
        view = views.most_common(1)[0][0] if views else ViewId.ANTERIOR
        image = QImage(self._body(view))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            camera = self._camera(view)
            for mark in sorted(visit.marks, key=lambda mark: not isinstance(mark, PainZone)):
                if mark.place.view == view:
                    self._paint_mark(painter, camera, mark)
        image.setDevicePixelRatio(_RATIO)
        return QPixmap.fromImage(image)

    def _paint_mark(self, painter: QPainter, camera: Camera, mark: Mark) -> None:
        colour = self._theme.colour(_ROLES[kind_of(mark)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if isinstance(mark, PainZone):
            painter.setOpacity(0.55)
            for piece in mark.polygons:
                painter.drawPolygon(QPolygonF([camera.to_px(u, v) for u, v in piece.outer]))
            painter.setOpacity(1.0)
            return
        at = camera.to_px(mark.place.u_mm, mark.place.v_mm)
        painter.drawEllipse(at, _RADIUS * _RATIO, _RADIUS * _RATIO)

    def _body(self, view: ViewId) -> QImage:
        if view not in self._bodies:
            self._bodies[view] = self._painted(view)
        return self._bodies[view]

    def _painted(self, view: ViewId) -> QImage:
        camera = self._camera(view)
        image = QImage(PICTURE * _RATIO, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(camera.transform)
            area = camera.area_mm(QRectF(QPointF(0, 0), QSizeF(image.size())))
            picture = self._gallery.picture(view, Dissection.SUPERFICIAL, frozenset())
            picture.paint_all(painter, self._theme, camera.px_per_mm, area)
        return image

    def _camera(self, view: ViewId) -> Camera:
        room = QSizeF(PICTURE * _RATIO)
        return fitted(self._gallery.frame(view), room, QMarginsF(1, 1, 1, 1))
