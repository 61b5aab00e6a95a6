"""What to mind: each alert a row, and a row that adds one."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.alerts import ALERT_NAMES, Alert, AlertKind
from bodymap.chart.people import Patient
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.lines import Line, of_width
from bodymap.widgets.patient_page.words import ALERT_CHOICES, TRIMESTER_WORDS
from bodymap.widgets.theme import Theme


class AlertRow(QWidget):
    """One alert: its kind, its words, and the trimester of a pregnancy.

    Signals:
        edited: Other fields for the alert of this row: a dict of them.
        removed: The alert no longer holds.
    """

    edited = Signal(object)
    removed = Signal()

    def __init__(self, number: int, alert: Alert, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(f"alert-{number}")
        name = ALERT_NAMES[alert.kind]
        kind = label(name, "alert")
        self.words = Line(f"alert-words-{number}", "Which, since when")
        self.words.setAccessibleName(f"{name}: words")
        self.words.set_text(alert.words)
        self.words.written.connect(self._wrote)
        self.trimester = DropDown(f"alert-trimester-{number}", theme)
        self.trimester.setAccessibleName("Trimester")
        self.trimester.fill([(None, "Trimester?"), *TRIMESTER_WORDS.items()], alert.trimester)
        self.trimester.chosen.connect(self._chose_trimester)
        self.remove = QPushButton("Remove")
        self.remove.setObjectName(f"remove-alert-{number}")
        self.remove.setProperty("look", "link")
        self.remove.setAccessibleName(f"Remove {name}")
        self.remove.clicked.connect(self.removed)
        trimester = of_width(140, self.trimester)
        trimester.setVisible(alert.kind is AlertKind.PREGNANCY)
        line = beside(kind, self.words, trimester, self.remove, stretch=1)
        stacked(self, line, spacing=0)

    def _wrote(self, words: str) -> None:
        self.edited.emit({"words": words})

    def _chose_trimester(self, trimester: object) -> None:
        self.edited.emit({"trimester": trimester})


class AlertsCard(Card):
    """All alerts of a patient.

    Signals:
        edited: The alert at this place is to have these fields.
        removed: The alert at this place no longer holds.
        added: A kind and words for a new one.
    """

    edited = Signal(int, object)
    removed = Signal(int)
    added = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Alerts", "patient-alerts")
        self._theme = theme
        self._alerts: tuple[Alert, ...] = ()
        self.rows: list[AlertRow] = []
        self._none = label("Nothing to mind is known.", "muted")
        self._list = QWidget()
        self._listed = stacked(self._list, self._none, spacing=8)
        self.kind = DropDown("new-alert-kind", theme)
        self.kind.setAccessibleName("Kind of the new alert")
        self.kind.fill([*ALERT_CHOICES], AlertKind.ALLERGY)
        self.words = Line("new-alert-words", "In a few words")
        self.words.setAccessibleName("Words of the new alert")
        self.words.returnPressed.connect(self._add)
        self.add_button = QPushButton("Add alert")
        self.add_button.setObjectName("add-alert")
        self.add_button.clicked.connect(self._add)
        self._problem = wrapping(label("", "wrong", "alert-problem"))
        self._problem.hide()
        row = beside(of_width(176, self.kind), self.words, self.add_button, stretch=1)
        self.add(self._list, row, self._problem)

    def show_patient(self, patient: Patient) -> None:
        """Show the alerts as they are."""
        self.show_problem("")
        if patient.alerts == self._alerts:
            return
        self._alerts = patient.alerts
        self.words.set_text("")
        for row in self.rows:
            self._listed.removeWidget(row)
            row.deleteLater()
        self.rows = [self._row(at, alert) for at, alert in enumerate(self._alerts)]
        for row in self.rows:
            self._listed.addWidget(row)
        self._none.setVisible(not self.rows)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with an alert."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.kind.set_theme(theme)
        for row in self.rows:
            row.trimester.set_theme(theme)

    def keep_typing(self) -> None:
        """Hand over what is being typed about the alerts there are."""
        for row in self.rows:
            row.words.keep()

    def _row(self, at: int, alert: Alert) -> AlertRow:
        row = AlertRow(at, alert, self._theme)
        row.edited.connect(lambda fields: self.edited.emit(at, fields))
        row.removed.connect(lambda: self.removed.emit(at))
        return row

    def _add(self) -> None:
        self.added.emit(self.kind.value, self.words.text().strip())


def with_fields(alerts: tuple[Alert, ...], at: int, fields: dict[str, object]) -> tuple[Alert, ...]:
    """The alerts, one of them changed.

    Raises:
        ValueError: The alert does not allow it.
    """
    changed = replace(alerts[at], **fields)  # type: ignore[arg-type]  # checked by the alert
    return (*alerts[:at], changed, *alerts[at + 1 :])
