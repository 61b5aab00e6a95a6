"""Shows a review on the two bodies: what is another, comments, and one place on both."""

from PySide6.QtCore import QObject, QPointF

from bodymap.chart.marks import Mark, MarkId
from bodymap.chart.place import Place
from bodymap.chart.review import Comment, CommentId
from bodymap.desk.differences import Differences
from bodymap.desk.reviewing import Earlier, Sheet
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.view import MapView
from bodymap.widgets.review.beside import BesideBody
from bodymap.widgets.review.overlay import Bubbles, Numbered, Rings
from bodymap.widgets.review.words import earlier_words

_CLOSE = 2.2
"""So many times closer than the whole figure one looks at a place."""


class OnBody(QObject):
    """Lays over the bodies what the sheet in hand says."""

    def __init__(self, body: MapView, beside: BesideBody) -> None:
        super().__init__(body)
        self._map, self._beside = body, beside
        self._sheet: Sheet | None = None
        self._differences = Differences()
        self._chosen: CommentId | None = None
        self._rings, self._bubbles = Rings(), Bubbles()
        self._follows = False
        self._is_along = False

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the comments of a visit, or nothing."""
        if sheet is None:
            self._take_off()
            return
        if self._sheet is None or self._sheet.visit.id != sheet.visit.id:
            self._chosen, self._differences = None, Differences()
        self._sheet = sheet
        self._lay_over()

    def hold_against(self, earlier: Earlier | None) -> Differences | None:
        """Show an earlier visit beside this one; the answer is what is another."""
        if self._sheet is None or earlier is None:
            self._beside.hide()
            self._differences = Differences()
            if self._map.overlays.earlier is self._rings:
                self._map.overlays.show_earlier(None)
            return None
        self._differences = earlier.differences(self._sheet.visit)
        body = self._beside.show_visit(earlier.visit, earlier_words(earlier), self._map.gallery)
        if not self._follows:
            self._follows = True
            self._map.view_changed.connect(body.show_view)
            self._map.dissection_changed.connect(body.show_dissection)
            body.view_changed.connect(self._map.show_view)
            self._map.looked.connect(lambda camera: self._look_along(body, camera))
            body.looked.connect(lambda camera: self._look_along(self._map, camera))
        self.keep_even()
        body.show_view(self._map.view_id)
        body.show_dissection(self._map.dissection)
        self._beside.show()
        self._lay_over()
        return self._differences

    def keep_even(self) -> None:
        """Let both bodies have the same room, so that they are of one size."""
        if self._beside.map is not None:
            self._beside.map.set_margins(self._map.margins)

    def _look_along(self, body: MapView, camera: Camera) -> None:
        """Show the same place on the other body."""
        if not self._is_along and self._beside.isVisible():
            self._is_along = True
            body.look(camera)
            self._is_along = False

    def point_at(self, comment: CommentId | None) -> Comment | None:
        """Let a comment stand out, and bring it into sight."""
        if self._sheet is None:
            return None
        self._chosen = comment
        self._lay_over()
        said = next((one for one in self._sheet.review.comments if one.id == comment), None)
        if said is not None and said.pin.place is not None:
            self._bring(said.pin.place)
            if said.pin.mark is not None and self._sheet.visit.has(said.pin.mark):
                self._map.select([said.pin.mark])
        return said

    def go_to(self, mark: MarkId) -> None:
        """Bring a mark into sight on both bodies."""
        if (found := self._find(mark)) is not None:
            self._bring(found.place)
            if self._sheet is not None and self._sheet.visit.has(mark):
                self._map.select([mark])

    def comment_at(self, at: QPointF) -> CommentId | None:
        """The comment whose bubble is at a pixel of the map."""
        if self._map.overlays.above is not self._bubbles:
            return None
        return self._bubbles.comment_at(self._map.view_id, self._map.camera, at)

    def _take_off(self) -> None:
        self._sheet = None
        self._beside.hide()
        self._map.overlays.show_above(None)
        if self._map.overlays.earlier is self._rings:
            self._map.overlays.show_earlier(None)

    def _lay_over(self) -> None:
        assert self._sheet is not None  # noqa: S101 - asked only with a sheet in hand
        numbered = [Numbered(n, one) for n, one in enumerate(self._sheet.review.comments, 1)]
        self._bubbles = Bubbles(numbered, self._chosen)
        self._map.overlays.show_above(self._bubbles)
        marks = self._differences.marks
        if self._beside.map is not None and marks:
            self._rings = Rings(marks)
            self._map.overlays.show_earlier(self._rings)
            self._beside.map.overlays.show_earlier(Rings(marks, is_earlier=True))

    def _find(self, mark: MarkId) -> Mark | None:
        if self._sheet is not None and self._sheet.visit.has(mark):
            return self._sheet.visit.mark(mark)
        found = (one.mark for one in self._differences.marks if one.mark.id == mark)
        return next(found, None)

    def _bring(self, place: Place) -> None:
        body = self._map  # the other one looks along
        body.show_view(place.view)
        body.zoom_to(max(body.px_per_mm, _CLOSE * body.fit_px_per_mm))
        body.centre_at(place.u_mm, place.v_mm)
