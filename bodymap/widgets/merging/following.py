"""Keeps the open visit in step with what other windows and other seats make of it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.charting import Charting
from bodymap.desk.merging import Clash, ClashError, Key, Whose
from bodymap.errors import BodymapError, StorageError
from bodymap.widgets.background import Background
from bodymap.widgets.merging.page import MergePage
from bodymap.widgets.session import Session

_AT_REST = frozenset({VisitState.SIGNED, VisitState.VOID})
"""Of a visit that is open for reading only, its author may go on charting."""

LOOK_EVERY_MS = 1000
"""A mark that another seat stored is seen within this and the time of one question."""


class Following(QObject):
    """Looks each second, off the GUI thread, and lets two versions be merged.

    Args:
        page: Where both versions are shown.
        session: The open visit.
        background: Where is looked.
    """

    def __init__(self, page: MergePage, session: Session, background: Background) -> None:
        super().__init__(page)
        self._page, self._session, self._background = page, session, background
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.clashed.connect(page.open)
        session.opened.connect(self._opened)
        page.settled.connect(self._settle)

    def look(self) -> None:
        """Ask what is stored, unless the last answer is still waited for."""
        charting = self._session.charting
        if charting is None or self._is_looking or self._page.isVisible():
            return
        self._is_looking = True
        self._background.query(self, charting.look, partial(self._seen, charting), self._unseen)

    def _opened(self, charting: Charting | None) -> None:
        if charting is None or charting.visit.state in _AT_REST:
            self._timer.stop()
        else:
            self._timer.start()

    def _seen(self, charting: Charting, stored: Visit | None) -> None:
        self._is_looking = False
        if stored is not None and charting is self._session.charting:
            self._session.in_turn(partial(charting.catch_up, stored))

    def _unseen(self, _words: str) -> None:
        self._is_looking = False  # whoever stores something is told; looking tries again

    def _settle(self, clash: Clash, kept: Mapping[Key, Whose]) -> None:
        charting = self._session.charting
        if charting is not None and charting.visit.id == clash.base.id:
            self._session.in_turn(partial(self._store, charting, clash, kept))

    def _store(self, charting: Charting, clash: Clash, kept: Mapping[Key, Whose]) -> None:
        try:
            charting.settle(clash, kept)
        except ClashError as again:
            self._page.open(again.clash)
        except StorageError as problem:
            if kept:
                self._page.open(clash, kept, f"Not saved. {problem}")
            else:
                self._session.problem.emit(str(problem))
        except BodymapError as problem:
            self._session.problem.emit(str(problem))
