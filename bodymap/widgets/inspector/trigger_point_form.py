"""The form of a trigger point."""

from typing_extensions import override

from bodymap.chart.marks import TriggerPoint
from bodymap.desk.needle_way import USUAL_MM
from bodymap.widgets.chart_words import STATUS_WORDS
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.segments import Option, Segments, rating, rating_columns
from bodymap.widgets.inspector.choosing import filled
from bodymap.widgets.inspector.column_bar import ColumnBar
from bodymap.widgets.inspector.form import CautionCard, CautionReference, Form
from bodymap.widgets.inspector.groups.findings import Findings
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.theme import Theme

_STATUS_NAMES = {
    "active": "Active: pressing it brings on the patient’s own pain",
    "latent": "Latent: tender only when pressed",
    "satellite": "Satellite: kept going by another trigger point",
}


class TriggerPointForm(Form):
    """Muscle, status, intensity and a note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("trigger-point-form", theme)
        options = [
            Option(one, text, _STATUS_NAMES.get(one, "")) for one, text in STATUS_WORDS.items()
        ]
        self.status = Segments("status", options)
        self.muscle = DropDown("trigger-point-muscle", theme)
        self.intensity = rating("trigger-point-intensity", touch=theme.touch)
        self.bar = ColumnBar(theme)
        self.caution = CautionCard()
        self.reference = CautionReference()
        self.status.chosen.connect(self._chose_status)
        self.muscle.chosen.connect(self._chose_muscle)
        self.intensity.chosen.connect(self._chose_intensity)
        for widget in (
            Field("Status", self.status),
            Field("Muscle", self.muscle),
            Field("Pain on pressure, 0–10", self.intensity),
            self.caution,
            Field("Under this point (model body)", self.bar),
            self.reference,
            Field("Note", self.note),
        ):
            self.column.addWidget(widget)
        self.add_groups(Findings(theme))

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        mark = shown.mark
        assert isinstance(mark, TriggerPoint)  # noqa: S101 - chosen by kind
        self.status.set_value(mark.status)
        filled(self.muscle, shown.under.muscles, mark.muscle)
        self.intensity.set_value(mark.intensity)
        way = shown.under.way
        guide = way.guide if way else None
        guide_mm = guide.depth.mm if guide else None
        self.bar.show_column(shown.under.column, USUAL_MM, guide_mm=guide_mm)
        self.caution.show_caution(shown.under.caution)
        self.reference.show_caution(shown.under.caution)

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        for control in (self.status, self.muscle, self.intensity):
            control.setEnabled(editable)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.muscle.set_theme(theme)
        self.bar.set_theme(theme)
        self.intensity.set_columns(rating_columns(touch=theme.touch))

    def _chose_status(self, value: object) -> None:
        self.tell("status", value)

    def _chose_muscle(self, value: object) -> None:
        self.tell("muscle", value)

    def _chose_intensity(self, value: object) -> None:
        self.tell("intensity", value)
