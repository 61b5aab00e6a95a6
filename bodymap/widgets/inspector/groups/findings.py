"""What is found at a trigger point."""

from typing_extensions import override

from bodymap.chart.marks import Mark, TriggerPoint
from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.widgets.controls.answer import Answer
from bodymap.widgets.controls.entries import Entry
from bodymap.widgets.controls.segments import rating, rating_columns
from bodymap.widgets.controls.several import Several
from bodymap.widgets.inspector.choosing import options
from bodymap.widgets.inspector.groups.group import Group
from bodymap.widgets.inspector.groups.pressure import PressureEntry
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.theme import Theme

_QUESTIONS = {
    "taut_band": "Taut band",
    "nodule": "Nodule",
    "jump_sign": "Jump sign",
    "twitch": "Twitch on palpation",
    "familiar_pain": "Familiar pain",
}


class Findings(Group):
    """Part of the muscle, what the hand felt, algometry, pain afterwards, where it refers to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("findings", "Findings", theme)
        self.answers = {
            field: Answer(f"finding-{field}", question) for field, question in _QUESTIONS.items()
        }
        for field, answer in self.answers.items():
            self.bind(field, answer)
            self.column.addWidget(answer)
        self.part = Entry("trigger-point-part", "Such as upper fibres, near the border")
        self.bind("part", self.part)
        self.add("Part of the muscle", self.part)
        self.after = rating("trigger-point-after", touch=theme.touch)
        self.bind("intensity_after", self.after)
        self.add("Pain on pressure afterwards, 0–10", self.after)
        self.threshold = PressureEntry("threshold")
        self.bind("threshold", self.threshold)
        self.add("Pressure threshold before", self.threshold)
        self.threshold_after = PressureEntry("threshold-after")
        self.bind("threshold_after", self.threshold_after)
        self.add("Pressure threshold afterwards", self.threshold_after)
        self.threshold.number.setAccessibleName("Pressure threshold before")
        self.threshold_after.number.setAccessibleName("Pressure threshold afterwards")
        for pressure in (self.threshold, self.threshold_after):
            pressure.refused.connect(self.refused)
        self.refers_to = Several("refers-to", columns=1)
        self.bind("refers_to", self.refers_to)
        self._refers = self.add("Refers pain to", self.refers_to)

    @override
    def show_mark(self, shown: Shown) -> None:
        self.refers_to.set_options(options(shown.zones))
        self._refers.setVisible(bool(shown.zones))
        self._suggest_unit(shown.mark)
        super().show_mark(shown)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.after.set_columns(rating_columns(touch=theme.touch))

    def _suggest_unit(self, mark: Mark) -> None:
        """The second reading is most likely taken with the same algometer."""
        assert isinstance(mark, TriggerPoint)  # noqa: S101 - chosen by kind
        first = mark.threshold or PressureThreshold(1.0, PressureUnit.KPA)
        self.threshold_after.suggest(first.unit)
