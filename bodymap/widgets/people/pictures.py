"""Small pictures of visits, made one at a time while nothing else is to be done."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from bodymap.atlas.hit import Atlas
from bodymap.chart.visit import VisitId
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.people.thumbnail import Thumbnails
from bodymap.widgets.theme import Theme


class VisitPictures(QObject):
    """Makes and remembers the pictures of visits.

    Signals:
        made: A picture is ready: the visit's id and the pixmap.
    """

    made = Signal(object, QPixmap)

    def __init__(self, clinic: Clinic, atlas: Atlas, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._thumbnails = Thumbnails(atlas, theme)
        self._ready: dict[VisitId, QPixmap] = {}
        self._wanted: list[VisitId] = []
        self._idle = QTimer(self, interval=0, singleShot=True)
        self._idle.timeout.connect(self._make_next)

    def want(self, visits: Sequence[VisitId]) -> None:
        """Ask for pictures, the first ones first; what was wanted before is not any more."""
        self._wanted = [visit for visit in visits if visit not in self._ready]
        for visit in visits:
            if visit in self._ready:
                self.made.emit(visit, self._ready[visit])
        if self._wanted:
            self._idle.start()

    def forget(self, visit: VisitId) -> None:
        """The visit has changed; its picture is made anew when next wanted."""
        self._ready.pop(visit, None)

    def set_theme(self, theme: Theme) -> None:
        """Make all pictures anew in another theme."""
        self._thumbnails.set_theme(theme)
        self._ready.clear()

    def _make_next(self) -> None:
        if not self._wanted:
            return
        visit = self._wanted.pop(0)
        try:
            drawn = self._thumbnails.drawn(self._clinic.visit(visit))
        except BodymapError:
            drawn = QPixmap()  # the list says in words what the picture would have shown
        self._ready[visit] = drawn
        self.made.emit(visit, drawn)
        if self._wanted:
            self._idle.start()
