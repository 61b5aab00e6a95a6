"""Numbers that others know the patient by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.contact import Identifier
from bodymap.chart.people import Patient
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.lines import Line


class NumbersCard(Card):
    """Each further number a row, and a row that adds one.

    Signals:
        removed: The number at this place no longer holds.
        added: Whose number it is, and the number.
    """

    removed = Signal(int)
    added = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Further numbers", "patient-numbers")
        self._numbers: tuple[Identifier, ...] = ()
        self.rows: list[QWidget] = []
        self._list = QWidget()
        self._listed = stacked(self._list, spacing=6)
        self.system = Line("new-number-system", "Whose, such as an insurance")
        self.system.setAccessibleName("Whose number it is")
        self.value = Line("new-number-value", "Number")
        self.value.setAccessibleName("The number")
        self.value.returnPressed.connect(self._add)
        self.add_button = QPushButton("Add")
        self.add_button.setObjectName("add-number")
        self.add_button.setAccessibleName("Add a further number")
        self.add_button.clicked.connect(self._add)
        self._problem = wrapping(label("", "wrong", "number-problem"))
        self._problem.hide()
        self._list.hide()
        row = beside(self.system, self.value, self.add_button, stretch=0)
        self.add(self._list, row, self._problem)

    def show_patient(self, patient: Patient) -> None:
        """Show the numbers as they are."""
        self.show_problem("")
        if patient.identifiers == self._numbers:
            return
        self._numbers = patient.identifiers
        self.system.set_text("")
        self.value.set_text("")
        for row in self.rows:
            self._listed.removeWidget(row)
            row.deleteLater()
        self.rows = [self._row(at, known) for at, known in enumerate(self._numbers)]
        for row in self.rows:
            self._listed.addWidget(row)
        self._list.setVisible(bool(self.rows))

    def show_problem(self, words: str) -> None:
        """Say what is wrong with a number."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _row(self, at: int, known: Identifier) -> QWidget:
        remove = QPushButton("Remove")
        remove.setObjectName(f"remove-number-{at}")
        remove.setProperty("look", "link")
        remove.setAccessibleName(f"Remove {known.system} {known.value}")
        remove.clicked.connect(lambda: self.removed.emit(at))
        text = wrapping(label(known.value, "", f"number-{at}"))
        return beside(label(known.system, "muted"), text, remove, stretch=1)

    def _add(self) -> None:
        self.added.emit(self.system.text().strip(), self.value.text().strip())
