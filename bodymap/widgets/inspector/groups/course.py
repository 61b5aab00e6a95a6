"""Further fields of a pain zone: its course, where it comes from, and how large it is."""

from typing_extensions import override

from bodymap.chart.marks import PainPattern
from bodymap.widgets.controls.entries import Entry
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.several import Several
from bodymap.widgets.inspector.choosing import options
from bodymap.widgets.inspector.groups.group import Group
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.theme import Theme

PATTERN_WORDS = {PainPattern.CONSTANT: "Constant", PainPattern.INTERMITTENT: "Comes and goes"}


class Course(Group):
    """Whether it is always there, what makes it worse and better, which points explain it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("pain-course", "Course and origin", theme)
        self.pattern = Segments(
            "pain-pattern",
            [Option(one, text) for one, text in PATTERN_WORDS.items()],
            columns=2,
            clearable=True,
        )
        self.aggravated_by = Entry("pain-aggravated", "Such as reaching overhead, sitting long")
        self.eased_by = Entry("pain-eased", "Such as rest, warmth")
        self.origins = Several("pain-origins", columns=1)
        self.bind("pattern", self.pattern)
        self.bind("aggravated_by", self.aggravated_by)
        self.bind("eased_by", self.eased_by)
        self.add("Course", self.pattern)
        self.add("Worse with", self.aggravated_by)
        self.add("Better with", self.eased_by)
        self._origins = self.add("Referred from trigger points", self.origins)
        self.origins.chosen.connect(self._chose_origins)

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        self.origins.set_options(options(shown.origin_options))
        self.origins.set_value(shown.origins)
        self._origins.setVisible(bool(shown.origin_options))

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        self.origins.setEnabled(editable)

    def _chose_origins(self, values: object) -> None:
        self.edited.emit("origins", values)
