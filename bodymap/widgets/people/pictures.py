"""Small pictures of visits, made one at a time while nothing else is to be done."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmap

from bodymap.chart.visit import VisitId, VisitSummary
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.map.body.gallery import Gallery
from bodymap.widgets.people.lists import VisitListModel
from bodymap.widgets.people.thumbnail import Thumbnails
from bodymap.widgets.theme import Theme

MOST_KEPT = 300
"""Pictures that are remembered, of 85 KB each; of more, those made longest ago are made anew."""


class VisitPictures(QObject):
    """Makes and remembers the pictures that a list of visits shows."""

    def __init__(
        self, clinic: Clinic, gallery: Gallery, theme: Theme, visits: VisitListModel
    ) -> None:
        super().__init__(visits)
        self._clinic = clinic
        self._visits = visits
        self._thumbnails = Thumbnails(gallery, theme)
        self._ready: dict[VisitId, QPixmap] = {}
        self._wanted: list[VisitSummary] = []
        self._idle = QTimer(self, interval=0, singleShot=True)
        self._idle.timeout.connect(self._make_next)
        visits.modelReset.connect(self.refresh)

    def refresh(self) -> None:
        """Make what the list lacks, from the top; what was wanted before is not any more."""
        listed = self._visits.visits
        ready = {one.id: self._ready[one.id] for one in listed if one.id in self._ready}
        self._visits.show_pictures(ready)
        self._wanted = [visit for visit in listed if visit.id not in ready]
        if self._wanted:
            self._idle.start()

    def forget(self, visit: VisitId) -> None:
        """The visit has changed; its picture is made anew when next wanted."""
        self._ready.pop(visit, None)

    def set_theme(self, theme: Theme) -> None:
        """Make all pictures anew in another theme."""
        self._thumbnails.set_theme(theme)
        self._ready.clear()
        self.refresh()

    def _make_next(self) -> None:
        if not self._wanted:
            return
        wanted = tuple(self._wanted)
        visit = self._wanted.pop(0).id
        try:
            drawn = self._thumbnails.drawn(self._clinic.pictured(visit, wanted))
        except BodymapError:
            drawn = QPixmap()  # the list says in words what the picture would have shown
        self._ready[visit] = drawn
        while len(self._ready) > MOST_KEPT:
            del self._ready[next(iter(self._ready))]
        self._visits.show_pictures({visit: drawn})
        if self._wanted:
            self._idle.start()
