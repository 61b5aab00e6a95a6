"""Keeps the bar at the top telling whose visit is open and whether it is saved."""

from datetime import datetime

from PySide6.QtCore import QObject

from bodymap.chart.visit import VisitId
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.clinic import Clinic
from bodymap.widgets.people.lists import VisitListModel
from bodymap.widgets.people.presenter import PeoplePresenter
from bodymap.widgets.session import Session
from bodymap.widgets.top_bar import TopBar


class Heading(QObject):
    """Follows the session."""

    def __init__(
        self,
        top: TopBar,
        finding: PeoplePresenter,
        visits: VisitListModel,
        clinic: Clinic,
        session: Session,
    ) -> None:
        super().__init__(top)
        self._top, self._finding, self._visits, self._clinic = top, finding, visits, clinic
        self._session = session
        session.opened.connect(self._show_visit)
        session.changed.connect(self._show_change)
        session.unsaved_changed.connect(self._show_unsaved)

    def show_patient_change(self, at: datetime) -> None:
        """Tell who it is anew; the patient's record was changed."""
        charting = self._session.charting
        self._show_whose(charting)
        self._top.show_saved(at)

    def _show_visit(self, charting: Charting | None) -> None:
        self._show_whose(charting)
        if charting is not None:
            self._top.show_state(charting.visit)

    def _show_whose(self, charting: Charting | None) -> None:
        patient = self._finding.patient
        if patient is None:
            self._top.show_nobody()
        elif charting is None:
            self._top.show_patient(patient, None, "")
            self._top.show_saved(None)
        else:
            visit = charting.visit
            episode = self._clinic.episode(visit.episode)
            self._top.show_patient(patient, episode, self._number(visit.id))

    def _number(self, visit: VisitId) -> str:
        ids = [summary.id for summary in reversed(self._visits.visits)]
        return f"visit {ids.index(visit) + 1}" if visit in ids else ""

    def _show_change(self, changed: Changed) -> None:
        if not self._session.unsaved:
            self._top.show_saved(changed.saved_at)

    def _show_unsaved(self) -> None:
        charting = self._session.charting
        if self._session.unsaved:
            self._top.show_unsaved()
        elif charting is not None:
            self._top.show_state(charting.visit)
