"""What holds for all visits of the clinic: lists, reminder, severities, billing codes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.desk.clinic_choices import code_line
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

REMINDERS_MIN = (10, 15, 20, 25, 30)
"""After how many minutes one may want to be reminded of needles that are in."""

_SEVERITIES = (Option(value=True, text="No needling"), Option(value=False, text="With care"))


class ClinicPage(Page):
    """The clinic's own lists; what is changed here holds at once, for every visit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("clinic-page", theme)
        self.hint = wrapping(label("This holds for all visits.", "muted"))
        self.advice = NoteEdit("clinic-advice", "One piece of advice a line", height=132)
        self.conditions = NoteEdit("clinic-conditions", "One condition a line", height=132)
        self.reminder = Segments(
            "needles-reminder",
            [Option(m, f"{m}", f"After {m} minutes") for m in REMINDERS_MIN],
            columns=5,
        )
        self.item = DropDown("clinic-item", theme)
        self.item.setPlaceholderText("Choose an item")
        self.severity = Segments("clinic-severity", _SEVERITIES, columns=2)
        self.reference = QPushButton("As in the reference")
        self.reference.setObjectName("clinic-severity-reference")
        self.reference.setProperty("look", "link")
        self.billing = Switch("clinic-billing", "Billing aid", theme)
        self.codes = NoteEdit("clinic-codes", "code; fewest muscles; most; text", height=96)
        self._codes = Field("Codes: code; fewest muscles; most; text", self.codes)
        self._choices = ClinicChoices()
        self._ruled: Mapping[str, bool] = {}
        self._lay_out()
        self._connect()

    @override
    def show_record(self, shown: RecordShown) -> None:
        self.show_choices(shown.choices, {state.item: state.is_absolute for state in shown.items})

    def show_choices(self, choices: ClinicChoices, ruled: Mapping[ScreeningItem, bool]) -> None:
        """Show what holds for all visits.

        Args:
            choices: What the clinic has chosen.
            ruled: Each screening item, and whether it rules needling out here.
        """
        self._choices = choices
        self._ruled = {str(item.id): is_absolute for item, is_absolute in ruled.items()}
        self.advice.set_text("\n".join(choices.advice))
        self.conditions.set_text("\n".join(choices.conditions))
        self.reminder.set_value(choices.reminder_min)
        items = sorted((item.label, str(item.id)) for item in ruled)
        self.item.fill([(item, name) for name, item in items], self.item.value)
        self._show_severity()
        self.billing.setChecked(choices.has_billing)
        self._codes.setVisible(choices.has_billing)
        self.codes.set_text("\n".join(map(code_line, choices.codes)))

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.item.set_theme(theme)
        self.billing.set_theme(theme)

    def _lay_out(self) -> None:
        for widget in (
            self.hint,
            Field("Aftercare to choose from", self.advice),
            Field("Conditions to choose from", self.conditions),
            Field("Remind of needles after so many minutes", self.reminder),
            Field("Severity of a screening item", self.item),
            self.severity,
            self.reference,
            self.billing,
            self._codes,
        ):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.advice.written.connect(self._wrote_advice)
        self.conditions.written.connect(self._wrote_conditions)
        self.reminder.chosen.connect(self._chose_reminder)
        self.item.chosen.connect(self._show_severity)
        self.severity.chosen.connect(self._chose_severity)
        self.reference.clicked.connect(self._chose_reference)
        self.billing.clicked.connect(self._switched_billing)
        self.codes.written.connect(self._wrote_codes)

    def _show_severity(self) -> None:
        item = self.item.value
        self.severity.setVisible(item in self._ruled)
        self.severity.set_value(self._ruled.get(str(item)))
        self.reference.setVisible(item in self._choices.absolute)

    def _wrote_advice(self, text: str) -> None:
        self._choose("advice", _lines(text))

    def _wrote_conditions(self, text: str) -> None:
        self._choose("conditions", _lines(text))

    def _chose_reminder(self, minutes: object) -> None:
        self._choose("reminder_min", minutes)

    def _chose_severity(self, value: object) -> None:
        self.asked.emit("severity", (self.item.value, value))

    def _chose_reference(self) -> None:
        self.asked.emit("severity", (self.item.value, None))

    def _switched_billing(self) -> None:
        self._choose("has_billing", self.billing.isChecked())

    def _wrote_codes(self, text: str) -> None:
        self.asked.emit("codes", text)

    def _choose(self, field: str, value: object) -> None:
        self.asked.emit("choose", (field, value))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
