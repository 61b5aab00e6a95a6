"""The panel at the left: patients, the visits of one of them, and the forms that add either."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.chart.people import Patient, PatientId
from bodymap.chart.visit import VisitId, VisitSummary
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.controls.buttons import action_button
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.people.lists import LISTED, PatientListModel, VisitListModel
from bodymap.widgets.people.new_patient import NewPatientPanel
from bodymap.widgets.people.new_visit import NewVisitPanel
from bodymap.widgets.people.pain_trend import PainTrend
from bodymap.widgets.people.visit_card import VisitCardDelegate
from bodymap.widgets.theme import Theme

WIDTH = 240
_PATIENT_ROWS = 4
_TREND_NEEDS = 780
_PAUSE_MS = 120
_CHOOSE = "Choose a patient to see the visits."
_NO_VISITS_SHOWN = "Your role shows no visits."


class PeoplePanel(QFrame):
    """Shows what it is told and tells what was asked for.

    Signals:
        searched: The words to find patients by.
        patient_chosen: The `Patient` that was chosen.
        visit_chosen: The id of the visit to open.
    """

    searched = Signal(str)
    patient_chosen = Signal(object)
    visit_chosen = Signal(object)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("people")
        self.setAccessibleName("Patients and visits")
        self.setProperty("look", "side-left")
        self.setFixedWidth(WIDTH)
        self.search = _search_line(theme)
        self.patients = PatientListModel()
        self.patient_list = row_list("patient-list", "Patients")
        self.visits = VisitListModel()
        self.visit_list = row_list("visit-list", "Visits")
        self.trend = PainTrend(theme)
        self.new_patient = NewPatientPanel()
        self.new_visit = NewVisitPanel(theme)
        self._row_delegate = RowDelegate(self.patient_list, theme)
        self._card_delegate = VisitCardDelegate(self.visit_list, theme)
        self._nobody = wrapping(label("", "muted", "no-patients"))
        self._no_visits = wrapping(label("", "muted", "no-visits"))
        self._pages = QStackedWidget()
        self._pages.setObjectName("people-pages")
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._is_entered = False
        self.shows_visits = self.begins_visits = True
        self._lay_out(actions)
        self._connect()
        self.set_theme(theme)

    def show_patients(self, patients: Sequence[Patient], chosen: PatientId | None) -> None:
        """Show the patients that were found."""
        self.patients.show_patients(patients)
        self._nobody.setText(self._why(len(patients)))
        self._nobody.setVisible(not patients or len(patients) == LISTED)
        self.patient_list.setVisible(bool(patients))
        if chosen is not None:
            self.point_at_patient(chosen)
        if self._is_entered:
            self._is_entered = False
            self._take_first(patients)

    def _why(self, found: int) -> str:
        if found:
            return f"The first {found} only. Type more of the name to find others."
        return (
            "Nobody of that name or number."
            if self.search.text()
            else "No patients yet. Add the first one."
        )

    def point_at_patient(self, patient: PatientId) -> None:
        """Show which patient is chosen."""
        _point_at(self.patient_list, self.patients.index_of(patient))

    def show_visits(self, visits: Sequence[VisitSummary], chosen: VisitId | None) -> None:
        """Show the visits of the chosen patient."""
        self.visits.show_visits(visits)
        self.trend.show_visits(visits)
        self._fit_trend()
        self._no_visits.setVisible(not visits)
        if chosen is not None:
            _point_at(self.visit_list, self.visits.index_of(chosen))

    def show_no_patient(self) -> None:
        """Nobody is chosen."""
        self.show_visits((), None)
        self._no_visits.setText(_CHOOSE if self.shows_visits else _NO_VISITS_SHOWN)

    def show_nothing_charted(self) -> None:
        """The chosen patient has not been here before."""
        begin = " Begin the first one." if self.begins_visits else ""
        self._no_visits.setText(f"No visits yet.{begin}" if self.shows_visits else _NO_VISITS_SHOWN)

    def show_rights(self, *, visits: bool, begins: bool) -> None:
        """Show what whoever is signed in may see and begin."""
        self.shows_visits, self.begins_visits = visits, begins
        if not visits:
            self._no_visits.setText(_NO_VISITS_SHOWN)

    def show_lists(self) -> None:
        """Show patients and visits again."""
        self._pages.setCurrentIndex(0)

    def show_new_patient(self) -> None:
        """Show the panel that adds a patient."""
        self._pages.setCurrentIndex(1)
        self.new_patient.begin()

    def show_new_visit(self) -> None:
        """Show the panel that begins a visit; the presenter has filled it."""
        self._pages.setCurrentIndex(2)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._row_delegate.theme = theme
        self._card_delegate.theme = theme
        self.trend.set_theme(theme)
        self.new_visit.set_theme(theme)
        self.search.actions()[0].setIcon(icon("search", theme, "muted"))
        self.patient_list.setFixedHeight(theme.size("row") * _PATIENT_ROWS + 4)

    @override
    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_trend()

    def _fit_trend(self) -> None:
        self._trend_box.setVisible(self.trend.is_worth_showing and self.height() >= _TREND_NEEDS)

    def _lay_out(self, actions: Actions) -> None:
        for view, model, delegate in (
            (self.patient_list, self.patients, self._row_delegate),
            (self.visit_list, self.visits, self._card_delegate),
        ):
            view.setModel(model)
            view.setItemDelegate(delegate)
        self._trend_box = QWidget()
        stacked(self._trend_box, label("PAIN OVER VISITS", "caption"), self.trend, spacing=4)
        lists = QWidget()
        column = stacked(
            lists,
            self.search,
            _head("PATIENTS", actions, ActionId.NEW_PATIENT),
            self.patient_list,
            self._nobody,
            _head("VISITS", actions, ActionId.NEW_VISIT),
            self._no_visits,
            spacing=8,
        )
        column.addWidget(self.visit_list, 1)
        column.addWidget(self._trend_box)
        for page in (
            lists,
            *(scrolled(one, takes_focus=True) for one in (self.new_patient, self.new_visit)),
        ):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 14, 12, 12)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._pause.start)
        self.search.returnPressed.connect(self._enter)
        self._pause.timeout.connect(self._search)
        self.patient_list.clicked.connect(self._chose_patient)
        self.patient_list.activated.connect(self._chose_patient)
        self.visit_list.clicked.connect(self._chose_visit)
        self.visit_list.activated.connect(self._chose_visit)
        self.new_patient.dismissed.connect(self.show_lists)
        self.new_visit.dismissed.connect(self.show_lists)

    def _search(self) -> None:
        self.searched.emit(self.search.text())

    def _enter(self) -> None:
        self._pause.stop()
        self._is_entered = True
        self._search()

    def _take_first(self, patients: Sequence[Patient]) -> None:
        """Choose the only one that was found, or go to the list of them."""
        if len(patients) == 1:
            self.patient_chosen.emit(patients[0])
        elif patients:
            _point_at(self.patient_list, self.patients.index(0))
            self.patient_list.setFocus()

    def _chose_patient(self, index: QModelIndex) -> None:
        self.patient_chosen.emit(self.patients.patient_at(index))

    def _chose_visit(self, index: QModelIndex) -> None:
        self.visit_chosen.emit(self.visits.visit_at(index).id)


def _search_line(theme: Theme) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName("search")
    made.setAccessibleName("Find a patient")
    made.setPlaceholderText("Find a patient")
    made.setProperty("look", "search")
    made.setClearButtonEnabled(True)
    made.addAction(icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition)
    return made


def _head(caption: str, actions: Actions, action: ActionId) -> QWidget:
    button: QToolButton = action_button(actions, action, "quiet-accent")
    button.setIcon(QIcon())
    button.setIconSize(QSize(0, 0))
    return beside(label(caption, "caption"), QWidget(), button, stretch=1)


def _point_at(view: QListView, index: QModelIndex) -> None:
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().setCurrentIndex(index, flags)
    if index.isValid():
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
