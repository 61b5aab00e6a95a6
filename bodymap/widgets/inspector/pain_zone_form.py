"""The form of a pain zone."""

from typing_extensions import override

from bodymap.chart.marks import PainZone
from bodymap.widgets.chart_words import PAIN_KIND_WORDS, QUALITY_WORDS
from bodymap.widgets.controls.field import Field, label, wrapping
from bodymap.widgets.controls.segments import Chips, Option, Segments, rating, rating_columns
from bodymap.widgets.inspector.form import Form
from bodymap.widgets.inspector.groups.course import Course
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.inspector.zone_words import SIZE_TIP
from bodymap.widgets.theme import Theme


class PainZoneForm(Form):
    """Kind, intensity, qualities, where, and a note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("pain-zone-form", theme)
        kinds = [Option(kind, text) for kind, text in PAIN_KIND_WORDS.items()]
        self.kind = Segments("pain-kind", kinds)
        self.intensity = rating("pain-intensity", touch=theme.touch)
        qualities = [Option(quality, text) for quality, text in QUALITY_WORDS.items()]
        self.qualities = Chips("pain-qualities", qualities)
        self.regions = wrapping(label("", "body", "pain-regions"))
        self.area = wrapping(label("", "muted", "pain-area"))
        self.kind.chosen.connect(self._chose_kind)
        self.intensity.chosen.connect(self._chose_intensity)
        self.qualities.chosen.connect(self._chose_qualities)
        for widget in (
            Field("Kind", self.kind),
            Field("Intensity, 0–10", self.intensity),
            Field("Quality", self.qualities),
            Field("Regions", self.regions),
            self.area,
            Field("Note", self.note),
        ):
            self.column.addWidget(widget)
        self.area.setToolTip(SIZE_TIP)
        self.add_groups(Course(theme))

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        mark = shown.mark
        assert isinstance(mark, PainZone)  # noqa: S101 - chosen by kind
        self.kind.set_value(mark.kind)
        self.intensity.set_value(mark.intensity)
        self.qualities.set_values(mark.qualities)
        self.regions.setText(shown.regions)
        self.area.setText(shown.size)

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        for control in (self.kind, self.intensity, self.qualities):
            control.setEnabled(editable)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.intensity.set_columns(rating_columns(touch=theme.touch))

    def _chose_kind(self, value: object) -> None:
        self.tell("kind", value)

    def _chose_intensity(self, value: object) -> None:
        self.tell("intensity", value)

    def _chose_qualities(self, values: object) -> None:
        self.tell("qualities", values)
