"""The earlier visit on a body of its own, beside the one that is reviewed."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QVBoxLayout

from bodymap.atlas.hit import Atlas
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.rehearsal import rehearse
from bodymap.widgets.controls.field import label
from bodymap.widgets.map.body.gallery import Gallery
from bodymap.widgets.map.view import MapView
from bodymap.widgets.theme import Theme

_TOP = 24
_EDGE = 24


class BesideBody(QFrame):
    """Shows what it is told; nothing can be charted on it."""

    def __init__(self, atlas: Atlas, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("review-beside")
        self.setAccessibleName("The earlier visit")
        self.setProperty("look", "page")
        self._atlas = atlas
        self._theme = theme
        self.caption = label("", "strong", "review-beside-caption")
        self.map: MapView | None = None
        self.caption.setParent(self)
        self.caption.move(_EDGE, _TOP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_visit(self, visit: Visit, words: str, pictures: Gallery) -> MapView:
        """Show a visit as it was; the body is made when it is first needed.

        Args:
            visit: The visit.
            words: What it is called.
            pictures: The body as it was drawn for the other map.
        """
        body = self.map or self._made(pictures)
        self.caption.setText(words)
        self.caption.adjustSize()
        self.caption.raise_()
        closed = replace(visit, state=VisitState.SUBMITTED)
        body.set_charting(rehearse(self._atlas, closed, str))
        return body

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        if self.map is not None:
            self.map.set_theme(theme)

    def _made(self, pictures: Gallery) -> MapView:
        body = MapView(self._atlas, self._theme)
        body.gallery = pictures
        body.setObjectName("review-beside-map")
        body.setAccessibleName("The earlier visit on the body")
        self._column.addWidget(body, 1)
        self.map = body
        return body
