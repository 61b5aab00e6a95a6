"""Shows a review on the two bodies: what is another, comments, and one place on both."""

from PySide6.QtCore import QObject, QPointF

from bodymap.chart.marks import Mark, MarkId
from bodymap.chart.place import Place
from bodymap.chart.review import Comment, CommentId
from bodymap.desk.differences import Differences
from bodymap.desk.reviewing import Earlier, Sheet
from bodymap.widgets.map.view import MapView
from bodymap.widgets.review.beside import BesideBody
from bodymap.widgets.review.overlay import Numbered, ReviewOverlay
from bodymap.widgets.review.words import earlier_words


class OnBody(QObject):
    """Lays over the bodies what the sheet in hand says."""

    def __init__(self, body: MapView, beside: BesideBody) -> None:
        super().__init__(body)
        self._map, self._beside = body, beside
        self._sheet: Sheet | None = None
        self._differences = Differences()
        self._chosen: CommentId | None = None
        self._overlay = ReviewOverlay()
        self._follows = False

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
            return None
        self._differences = earlier.differences(self._sheet.visit)
        body = self._beside.show_visit(earlier.visit, earlier_words(earlier))
        if not self._follows:
            self._follows = True
            self._map.view_changed.connect(body.show_view)
            self._map.dissection_changed.connect(body.show_dissection)
            body.view_changed.connect(self._map.show_view)
        body.show_view(self._map.view_id)
        body.show_dissection(self._map.dissection)
        self._beside.show()
        self._lay_over()
        return self._differences

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
        if self._map.overlays.earlier is not self._overlay:
            return None
        return self._overlay.comment_at(self._map.view_id, self._map.camera, at)

    def _take_off(self) -> None:
        self._sheet = None
        self._beside.hide()
        if self._map.overlays.earlier is self._overlay:
            self._map.overlays.show_earlier(None)

    def _lay_over(self) -> None:
        assert self._sheet is not None  # noqa: S101 - asked only with a sheet in hand
        numbered = [Numbered(n, one) for n, one in enumerate(self._sheet.review.comments, 1)]
        marks = self._differences.marks
        self._overlay = ReviewOverlay(marks, numbered, self._chosen)
        self._map.overlays.show_earlier(self._overlay)
        if self._beside.map is not None:
            earlier = ReviewOverlay(marks, is_earlier=True)
            self._beside.map.overlays.show_earlier(earlier)

    def _find(self, mark: MarkId) -> Mark | None:
        if self._sheet is not None and self._sheet.visit.has(mark):
            return self._sheet.visit.mark(mark)
        found = (one.mark for one in self._differences.marks if one.mark.id == mark)
        return next(found, None)

    def _bring(self, place: Place) -> None:
        self._map.show_view(place.view)
        self._map.centre_at(place.u_mm, place.v_mm)
        body = self._beside.map
        if body is not None and self._beside.isVisible():
            body.show_view(place.view)
            body.centre_at(place.u_mm, place.v_mm)
