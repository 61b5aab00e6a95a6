"""Ties the panel of patients and visits to the clinic, and what is chosen in it to the session."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from bodymap.chart.visit import VisitId
from bodymap.desk.charting import Changed
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.people.pictures import VisitPictures
from bodymap.widgets.people.presenter import PeoplePresenter
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.problems import Banner
from bodymap.widgets.session import Session

T = TypeVar("T")

_REFRESH_MS = 150
"""How long the list of visits waits for further changes before it is read anew."""


class Reception(QObject):
    """Finds patients, opens their visits, and keeps the list of visits up to date."""

    def __init__(
        self,
        people: PeoplePanel,
        pictures: VisitPictures,
        clinic: Clinic,
        session: Session,
        background: Background,
        banner: Banner,
    ) -> None:
        super().__init__(people)
        self._people, self._pictures = people, pictures
        self._clinic, self._session = clinic, session
        self._background, self._banner = background, banner
        self._refresh = QTimer(self, interval=_REFRESH_MS, singleShot=True)
        self._refresh.timeout.connect(self._refresh_visits)
        self.presenter = PeoplePresenter(
            people, clinic, self._open, banner.show_problem, self._query
        )
        session.changed.connect(self._follow)
        people.searched.connect(self.presenter.search)
        people.patient_chosen.connect(self.presenter.choose_patient)
        people.visit_chosen.connect(self.presenter.open)
        people.new_patient.entered.connect(self.presenter.add_patient)
        people.new_patient.known_chosen.connect(self.presenter.choose_known)
        people.new_visit.entered.connect(self.presenter.add_visit)

    @property
    def is_behind(self) -> bool:
        """Whether the list of visits is yet to show the last change."""
        return self._refresh.isActive()

    def bind(self, actions: Actions) -> None:
        """Let the actions find and add."""
        actions.bind(ActionId.FIND_PATIENT, self.find)
        actions.bind(ActionId.NEW_PATIENT, self.presenter.begin_patient)
        actions.bind(ActionId.NEW_VISIT, self.presenter.begin_visit)

    def find(self) -> None:
        """Let the person type whom to find."""
        self._people.show_lists()
        self._people.search.setFocus()
        self._people.search.selectAll()

    def _open(self, visit: VisitId | None) -> bool:
        try:
            charting = self._clinic.chart(visit) if visit else None
        except BodymapError as problem:
            self._banner.show_problem(str(problem))
            return False
        self._banner.dismiss()
        if not self._session.is_up_to_date(charting):
            self._session.open(charting)
        return True

    def _follow(self, changed: Changed) -> None:
        self._pictures.forget(changed.after.id)
        self._refresh.start()

    def _refresh_visits(self) -> None:
        self.presenter.refresh()
        self._pictures.refresh()

    def _query(
        self, act: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        self._background.query(self, act, done, failed)
