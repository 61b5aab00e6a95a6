"""Puts the patient's page in the place of the body, and the body back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from bodymap.chart.people import PatientId
from bodymap.chart.visit import VisitId
from bodymap.desk.clinic import Clinic
from bodymap.desk.register import RegisterStep
from bodymap.desk.trends import Reading
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.patient_page.page import PatientPage
from bodymap.widgets.patient_page.presenter import PatientPagePresenter
from bodymap.widgets.people.presenter import PeoplePresenter
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.session import Session
from bodymap.widgets.undo import StepCommand

_LEAVING_IT_OPEN = frozenset(
    {
        ActionId.PATIENT_PAGE,
        ActionId.UNDO,
        ActionId.REDO,
        ActionId.FIND_PATIENT,
        ActionId.NEW_PATIENT,
        ActionId.NEW_VISIT,
        ActionId.NEXT_PANEL,
        ActionId.PREVIOUS_PANEL,
        ActionId.OPEN_MENU,
        ActionId.CHANGE_THEME,
        ActionId.TOUCH,
        ActionId.KEYS,
        ActionId.QUIT,
    }
)
"""Every other action is about the body, which is then shown again."""


class PageOpening(QObject):
    """Opens and closes the page; what is entered in it has a history of its own.

    Signals:
        changed: Something about the patient was stored; the `datetime` when.
    """

    changed = Signal(object)

    def __init__(
        self,
        page: PatientPage,
        people: PeoplePanel,
        finding: PeoplePresenter,
        session: Session,
        clinic: Clinic,
        background: Background,
    ) -> None:
        super().__init__(page)
        self.page = page
        self._background = background
        self._finding = finding
        self._session = session
        self._register = clinic.register
        self._history = QUndoStack(session.histories)
        self._instead_of: Sequence[QWidget] = ()
        self.presenter = PatientPagePresenter(page, clinic, self._push, self._ask)
        self.is_open = False
        page.hide()
        self._connect()
        people.visit_chosen.connect(self.close)
        people.new_visit.entered.connect(self.close)

    def bind(self, actions: Actions, *, instead_of: Sequence[QWidget]) -> None:
        """Follow the actions, and stand in the place of these parts of the window."""
        self._instead_of = instead_of
        self._action = actions[ActionId.PATIENT_PAGE]
        actions.bind(ActionId.PATIENT_PAGE, self.toggle)
        for action in ActionId:
            if action not in _LEAVING_IT_OPEN:
                actions.bind(action, self.close)

    def toggle(self) -> None:
        """Open the page, or go back to the body."""
        if self.is_open:
            self.close()
        elif self._finding.patient is not None:
            self._open(self._finding.patient.id)

    def close(self) -> None:
        """Show the body again."""
        if not self.is_open:
            return
        self.page.keep_typing()
        had_focus = self._has_focus()
        self._show(is_open=False)
        self._session.histories.setActiveStack(self._session.history)
        for part in self._instead_of[:1] if had_focus else ():
            part.setFocus()

    def _open(self, patient: PatientId) -> None:
        if self.presenter.patient is None or self.presenter.patient.id != patient:
            self._session.in_turn(self._history.clear)
        charting = self._session.charting
        self.presenter.open(patient, charting.visit.episode if charting else None)
        self._show(is_open=True)
        self._session.histories.setActiveStack(self._history)
        self.page.setFocus()

    def _has_focus(self) -> bool:
        """Whether the keys go to the page, and not to what was asked for while it was open."""
        focused = self.page.window().focusWidget()
        return focused in {None, self.page} or self.page.isAncestorOf(focused)

    def _show(self, *, is_open: bool) -> None:
        self.is_open = is_open
        for part in self._instead_of:
            part.setHidden(is_open)
        self.page.setVisible(is_open)

    def _follow(self) -> None:
        """Another visit is open, perhaps of another patient."""
        patient = self._finding.patient
        self._action.setEnabled(patient is not None)
        if not self.is_open:
            return
        if patient is None:
            self.close()
        elif self.presenter.patient is not None and self.presenter.patient.id == patient.id:
            self._session.histories.setActiveStack(self._history)
        else:
            self._open(patient.id)

    def _keep_typing(self) -> None:
        if self.is_open:
            self.page.keep_typing()

    def _open_visit(self, visit: VisitId) -> None:
        self._finding.open(visit)
        self.close()

    def _push(self, step: RegisterStep) -> None:
        command = StepCommand(step, self._do, self._undo, self._report)
        self._session.in_turn(partial(self._history.push, command))

    def _do(self, step: RegisterStep) -> None:
        self._stored(self._register.do(step))

    def _undo(self, step: RegisterStep) -> None:
        self._stored(self._register.undo(step))

    def _stored(self, at: object) -> None:
        self.page.show_problem("")
        self.presenter.refresh()
        shown, chosen = self.presenter.patient, self._finding.patient
        if shown is not None and chosen is not None and shown.id == chosen.id:
            self._finding.follow(shown)
            self.changed.emit(at)

    def _report(self, problem: str) -> None:
        self.presenter.refresh()
        self.page.show_problem(problem)

    def _ask(
        self,
        act: Callable[[], Sequence[Reading]],
        done: Callable[[Sequence[Reading]], None],
        failed: Callable[[str], None],
    ) -> None:
        self._background.query(self, act, done, failed)

    def _connect(self) -> None:
        page, presenter = self.page, self.presenter
        page.dismissed.connect(self.close)
        page.timeline.visit_chosen.connect(self._open_visit)
        page.details.edited.connect(presenter.edit_patient)
        page.alerts.added.connect(presenter.add_alert)
        page.alerts.edited.connect(presenter.edit_alert)
        page.alerts.removed.connect(presenter.remove_alert)
        page.numbers.added.connect(presenter.add_number)
        page.numbers.removed.connect(presenter.remove_number)
        page.episodes.chosen.connect(presenter.choose_episode)
        page.episodes.edited.connect(presenter.edit_episode)
        page.episodes.added.connect(presenter.add_episode)
        page.seconds.searched.connect(presenter.search_second)
        page.seconds.merge_asked.connect(presenter.merge)
        page.seconds.part_asked.connect(presenter.part)
        self._session.leaving.connect(self._keep_typing)
        self._session.opened.connect(self._follow)
