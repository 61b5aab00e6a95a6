"""Patients and visits as list models."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from typing_extensions import override

from bodymap.chart.day_words import day
from bodymap.chart.people import Patient, PatientId
from bodymap.chart.visit import VisitId, VisitSummary
from bodymap.widgets.chart_words import STATE_WORDS
from bodymap.widgets.controls.rows import DETAIL_ROLE
from bodymap.widgets.controls.tips import plain_tip
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.people import words

VISIT_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The `VisitSummary` of a row."""
_NOTHING = QModelIndex()

Index = QModelIndex | QPersistentModelIndex

LISTED = 100
"""So many patients are listed; whoever looks for another one types more of the name."""


class PatientListModel(QAbstractListModel):
    """One row a patient."""

    def __init__(self) -> None:
        super().__init__()
        self._patients: tuple[Patient, ...] = ()

    def show_patients(self, patients: Sequence[Patient]) -> None:
        """Show other patients."""
        self.beginResetModel()
        self._patients = tuple(patients)
        self.endResetModel()

    def patient_at(self, index: QModelIndex) -> Patient:
        """The patient of a row."""
        return self._patients[index.row()]

    def index_of(self, patient: PatientId) -> QModelIndex:
        """The row of a patient; an invalid one where the list has none."""
        ids = [known.id for known in self._patients]
        return self.index(ids.index(patient)) if patient in ids else QModelIndex()

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._patients)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        patient = self._patients[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return patient.full_name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{patient.full_name}, {words.patient_detail(patient)}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{patient.full_name}, {words.patient_detail(patient)}")
            case _:
                return words.patient_detail(patient) if role == DETAIL_ROLE else None


class VisitListModel(QAbstractListModel):
    """One row a visit, newest first, each with a small picture of the body."""

    def __init__(self) -> None:
        super().__init__()
        self._visits: tuple[VisitSummary, ...] = ()
        self._pictures: dict[VisitId, QPixmap] = {}

    @property
    def visits(self) -> Sequence[VisitSummary]:
        """The visits that are shown."""
        return self._visits

    def show_visits(self, visits: Sequence[VisitSummary]) -> None:
        """Show other visits, or the same ones changed."""
        same = [visit.id for visit in visits] == [visit.id for visit in self._visits]
        if same:
            self._visits = tuple(visits)
            if visits:
                self.dataChanged.emit(self.index(0), self.index(len(visits) - 1))
            return
        self.beginResetModel()
        self._visits = tuple(visits)
        listed = {visit.id for visit in visits}
        self._pictures = {of: one for of, one in self._pictures.items() if of in listed}
        self.endResetModel()

    def show_pictures(self, pictures: Mapping[VisitId, QPixmap]) -> None:
        """Show pictures of some of the visits."""
        self._pictures.update(pictures)
        for visit in pictures:
            if (index := self.index_of(visit)).isValid():
                self.dataChanged.emit(index, index)

    def visit_at(self, index: QModelIndex) -> VisitSummary:
        """The visit of a row."""
        return self._visits[index.row()]

    def index_of(self, visit: VisitId) -> QModelIndex:
        """The row of a visit; an invalid one where the list has none."""
        ids = [known.id for known in self._visits]
        return self.index(ids.index(visit)) if visit in ids else QModelIndex()

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._visits)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        visit = self._visits[index.row()]
        shown: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: day(visit.began),
            Qt.ItemDataRole.DecorationRole: self._pictures.get(visit.id),
            Qt.ItemDataRole.AccessibleTextRole: _said(visit),
            Qt.ItemDataRole.ToolTipRole: plain_tip(_said(visit)),
            VISIT_ROLE: visit,
        }
        return shown.get(role)


def _said(visit: VisitSummary) -> str:
    parts = (
        day(visit.began),
        STATE_WORDS[visit.state],
        visit.complaint,
        visit.therapist_name,
        words.pain(visit),
        words.needles(visit),
    )
    return ", ".join(filter(None, parts))
