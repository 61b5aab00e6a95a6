"""Ties the page of marks to copy, and templates, to the map and the open visit."""

from PySide6.QtCore import QObject

from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Charting
from bodymap.desk.clinic import Clinic
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.inspector.reuse_presenter import ReusePresenter
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.map.view import MapView
from bodymap.widgets.session import Session


class Reusing(QObject):
    """Opens the page where it is asked for, and leads back to the visit when marks are copied."""

    def __init__(
        self,
        inspector: Inspector,
        body: MapView,
        session: Session,
        clinic: Clinic,
        actions: Actions,
    ) -> None:
        super().__init__(inspector)
        self._inspector, self._map = inspector, body
        self._action = actions[ActionId.COPY_FORWARD]
        self.presenter = ReusePresenter(
            inspector.reuse, clinic, structure_name, session.push, session.problem.emit
        )
        self._action.triggered.connect(self.open)
        session.opened.connect(self._follow)
        inspector.reuse.source_chosen.connect(self.presenter.choose_source)
        inspector.reuse.wanted.connect(self._copy)
        inspector.reuse.dropped.connect(self.presenter.drop)
        inspector.reuse.wanted_back.connect(self.presenter.bring_back)
        inspector.many.template_wanted.connect(self._keep)

    def open(self) -> None:
        """Show what can be copied."""
        self._map.select(())
        self.presenter.offer()
        self._inspector.open_reuse()

    def _follow(self, charting: Charting | None) -> None:
        self.presenter.follow(charting)
        self._action.setEnabled(charting is not None and charting.visit.is_open)

    def _copy(self, marks: frozenset[MarkId]) -> None:
        if self.presenter.copy(marks):
            self._inspector.open_section(None)

    def _keep(self, name: str, for_all: bool) -> None:
        kept = self.presenter.keep(name, self._map.selection, for_all=for_all)
        if kept is not None:
            self._inspector.many.show_kept(kept)
