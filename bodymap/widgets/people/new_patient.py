"""The panel that adds a patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from bodymap.chart.people import AdministrativeSex, Patient
from bodymap.widgets.controls.field import Field, beside, edit_of, label, line, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.spoken import announce
from bodymap.widgets.people.words import SEX_WORDS, parsed_date, patient_detail

_ADD = "Add patient"
_ADD_ANYWAY = "Add anyway"
_MOST = 3


@dataclass(frozen=True, slots=True)
class PatientEntry:
    """What was typed about a new patient, once it can be right."""

    family_name: str
    given_name: str
    birth_date: date
    sex: AdministrativeSex
    number: str


class NewPatientPanel(QWidget):
    """Asks for what is needed and says in place what is missing.

    Signals:
        entered: A complete `PatientEntry`.
        known_chosen: The `Patient` who was meant; there is a record already.
        dismissed: The person went back.
    """

    entered = Signal(object)
    known_chosen = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("new-patient")
        self.setAccessibleName("New patient")
        self.family_name = Field("Family name", line("family-name"))
        self.given_name = Field("Given name", line("given-name"))
        self.birth_date = Field("Date of birth", line("birth-date", "1984-03-12"))
        options = [Option(sex, text) for sex, text in SEX_WORDS.items()]
        self.sex = Segments("sex", options, columns=2)
        self.number = Field("Clinic’s number", line("patient-number", "Given when left empty"))
        self._problem = wrapping(label("", "wrong", "new-patient-problem"))
        self.namesakes = Namesakes()
        self.namesakes.chosen.connect(self.known_chosen)
        self.save = QPushButton(_ADD)
        self.save.setObjectName("save-patient")
        self.save.setProperty("look", "primary")
        self.save.clicked.connect(self._enter)
        self.cancel = QPushButton("Cancel")
        self.cancel.setObjectName("cancel-patient")
        self.cancel.clicked.connect(self.dismissed)
        for field in (self.family_name, self.given_name, self.birth_date, self.number):
            edit_of(field).returnPressed.connect(self._enter)
        stacked(
            self,
            label("New patient", "title"),
            self.family_name,
            self.given_name,
            self.birth_date,
            Field("Sex", self.sex),
            self.number,
            self._problem,
            self.namesakes,
            beside(self.save, self.cancel, stretch=0),
            spacing=12,
        ).addStretch(1)

    def begin(self) -> None:
        """Empty the fields and wait for the first."""
        for field in (self.family_name, self.given_name, self.birth_date, self.number):
            edit_of(field).clear()
            field.set_problem("")
        self.sex.set_value(AdministrativeSex.UNKNOWN)
        self.show_problem("")
        self.show_namesakes(())
        edit_of(self.family_name).setFocus()

    def show_problem(self, text: str) -> None:
        """Say what the clinic will not take."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def show_namesakes(self, known: Sequence[Patient]) -> None:
        """Say who may be the same person; the patient is added when asked for once more."""
        self.namesakes.show_patients(known)
        self.save.setText(_ADD_ANYWAY if known else _ADD)

    def _enter(self) -> None:
        born = parsed_date(edit_of(self.birth_date).text())
        self.family_name.set_problem(_missing(self.family_name, "The family name is missing."))
        self.given_name.set_problem(_missing(self.given_name, "The given name is missing."))
        self.birth_date.set_problem("" if born else "Type it as 1984-03-12 or 12.3.1984.")
        wrong = [f for f in (self.family_name, self.given_name, self.birth_date) if f.problem]
        if wrong or born is None:
            edit_of(wrong[0]).setFocus()
            return
        sex = self.sex.value
        self.entered.emit(
            PatientEntry(
                edit_of(self.family_name).text().strip(),
                edit_of(self.given_name).text().strip(),
                born,
                sex if isinstance(sex, AdministrativeSex) else AdministrativeSex.UNKNOWN,
                edit_of(self.number).text().strip(),
            )
        )


class Namesakes(QFrame):
    """Records that may be of the person who is about to be added.

    Signals:
        chosen: The `Patient` whose record is to be opened instead.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("namesakes")
        self.setProperty("look", "caution")
        self._words = wrapping(label("", "caution-text", "namesakes-words"))
        self._column = stacked(self, self._words, spacing=4, margins=10)
        self._buttons: list[QPushButton] = []
        self.hide()

    def show_patients(self, known: Sequence[Patient]) -> None:
        """Show them, or nobody."""
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(patient) for patient in known[:_MOST]]
        for button in self._buttons:
            self._column.addWidget(button)
        names = "; ".join(f"{one.full_name}, {patient_detail(one)}" for one in known[:_MOST])
        self._words.setText(f"This may be the same person: {names}.")
        self.setVisible(bool(known))
        if known:
            announce(self, self._words.text())

    def _button(self, patient: Patient) -> QPushButton:
        button = QPushButton(f"Open {patient.number}")
        button.setObjectName(f"open-{patient.number}")
        button.setProperty("look", "link")
        button.setAccessibleName(f"Open the record of {patient.full_name}, {patient.number}")
        button.clicked.connect(lambda: self.chosen.emit(patient))
        return button


def _missing(field: Field, words: str) -> str:
    return "" if edit_of(field).text().strip() else words
