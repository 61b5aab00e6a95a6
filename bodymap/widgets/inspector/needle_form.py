"""The form of a needle."""

from typing_extensions import override

from bodymap.chart.marks import NeedleSite, NeedleSize
from bodymap.chart.needling import Direction
from bodymap.desk.needle_way import NeedleWay
from bodymap.widgets.chart_words import DIRECTION_WORDS, TECHNIQUE_WORDS
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.inspector import way_words
from bodymap.widgets.inspector.choosing import filled
from bodymap.widgets.inspector.column_bar import ColumnBar
from bodymap.widgets.inspector.depth import DepthControl
from bodymap.widgets.inspector.form import CautionCard, CautionReference, Form
from bodymap.widgets.inspector.groups.needle import Current, Pack, Response, Time
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.inspector.size_control import SizeControl
from bodymap.widgets.theme import Theme

_MANY = 3
_TWITCHES = (
    Option(0, "None", "No twitch response"),
    Option(1, "1", "One twitch response"),
    Option(2, "2", "Two twitch responses"),
    Option(_MANY, "3+", "Three twitch responses or more"),
)
_TECHNIQUE_NAMES = {
    "deep": "Deep dry needling, into the muscle",
    "superficial": "Superficial dry needling, under the skin",
    "ims": "Intramuscular stimulation",
    "tendon": "At a tendon or its insertion",
    "perineural": "Beside a nerve",
}
_DIRECTION_NAMES = {
    "perpendicular": "Straight in, at right angles to the skin",
    "oblique": "Oblique, at about 45 degrees",
    "tangential": "Tangential, nearly along the skin",
}


class NeedleForm(Form):
    """Technique, size, direction, depth with what lies there, twitches, muscle and a note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("needle-form", theme)
        self.technique = Segments(
            "technique",
            [
                Option(one, text, _TECHNIQUE_NAMES.get(one, ""))
                for one, text in TECHNIQUE_WORDS.items()
            ],
        )
        self.needle = SizeControl("needle-size")
        self.direction = Segments(
            "direction",
            [
                Option(one, text, _DIRECTION_NAMES.get(one, ""))
                for one, text in DIRECTION_WORDS.items()
            ],
        )
        hours = [Option(hour, str(hour), f"Towards {hour} o’clock") for hour in range(1, 13)]
        columns = _clock_columns(theme)
        self.clock = Segments("needle-clock", hours, columns=columns, clearable=True, look="joined")
        self.clock_field = Field("Points towards, as on a clock", self.clock)
        self.depth_control = DepthControl("depth")
        self.bar = ColumnBar(theme)
        self.tip = wrapping(label("", "muted", "needle-tip"))
        self._way: NeedleWay | None = None
        self.twitches = Segments("twitches", _TWITCHES, columns=4, clearable=True)
        self.muscle = DropDown("needle-muscle", theme)
        self.trigger_point = DropDown("needle-trigger-point", theme)
        self.caution = CautionCard()
        self.reference = CautionReference()
        self._lay_out()
        self._connect()

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        mark = shown.mark
        assert isinstance(mark, NeedleSite)  # noqa: S101 - chosen by kind
        self.technique.set_value(mark.technique)
        self.needle.show_size(mark.needle)
        self.direction.set_value(mark.direction)
        self.clock.set_value(mark.clock)
        self.clock_field.setVisible(mark.direction is not Direction.PERPENDICULAR)
        self.depth_control.show_depth(mark.depth_mm, mark.needle.length_mm)
        self._show_way(shown, mark.needle.length_mm)
        self._show_tip(mark.depth_mm)
        self.twitches.set_options(_options(mark.twitches))
        self.twitches.set_value(mark.twitches)
        filled(self.muscle, shown.under.muscles, mark.muscle)
        filled(self.trigger_point, shown.trigger_points, mark.trigger_point)
        self.caution.show_caution(shown.under.caution)
        self.reference.show_caution(shown.under.caution)

    @override
    def keep(self) -> None:
        super().keep()
        self.depth_control.keep()

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        for control in (
            self.technique,
            self.needle,
            self.direction,
            self.clock,
            self.depth_control,
            self.twitches,
            self.muscle,
            self.trigger_point,
        ):
            control.setEnabled(editable)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for widget in (self.bar, self.muscle, self.trigger_point):
            widget.set_theme(theme)
        self.clock.set_columns(_clock_columns(theme))

    def _lay_out(self) -> None:
        for widget in (
            self.caution,
            Field("Technique", self.technique),
            Field("Needle, mm", self.needle),
            Field("Direction", self.direction),
            self.clock_field,
            Field("Depth", self.depth_control),
            Field("Under this point (model body)", self.bar),
            self.tip,
            self.reference,
            Field("Twitch response", self.twitches),
            Field("Muscle", self.muscle),
            Field("For trigger point", self.trigger_point),
            Field("Note", self.note),
        ):
            self.column.addWidget(widget)
        self.add_groups(
            Response(self.theme), Time(self.theme), Pack(self.theme), Current(self.theme)
        )

    def _connect(self) -> None:
        self.technique.chosen.connect(self._chose_technique)
        self.needle.chosen.connect(self._chose_size)
        self.direction.chosen.connect(self._chose_direction)
        self.clock.chosen.connect(self._chose_clock)
        self.depth_control.moved.connect(self._show_tip)
        self.depth_control.chosen.connect(self._chose_depth)
        self.twitches.chosen.connect(self._chose_twitches)
        self.muscle.chosen.connect(self._chose_muscle)
        self.trigger_point.chosen.connect(self._chose_trigger_point)

    def _show_way(self, shown: Shown, length_mm: float) -> None:
        self._way = way = shown.under.way
        reach_mm = way.reach_mm if way else length_mm
        guide_mm = way.guide.depth.mm if way and way.guide else None
        self.bar.show_column(shown.under.column, length_mm, reach_mm, guide_mm)

    def _show_tip(self, along_mm: float | None) -> None:
        way = self._way
        self.bar.show_tip(along_mm if way is None or along_mm is None else way.depth_of(along_mm))
        self.tip.setText(way_words.tip(way, along_mm) if way else "")
        self.tip.setVisible(way is not None)

    def _chose_technique(self, value: object) -> None:
        self.tell("technique", value)

    def _chose_size(self, value: NeedleSize) -> None:
        self.tell("needle", value)

    def _chose_direction(self, value: object) -> None:
        self.tell("direction", value)

    def _chose_clock(self, value: object) -> None:
        self.tell("clock", value)

    def _chose_depth(self, value: object) -> None:
        self.tell("depth_mm", value)

    def _chose_twitches(self, value: object) -> None:
        self.tell("twitches", value)

    def _chose_muscle(self, value: object) -> None:
        self.tell("muscle", value)

    def _chose_trigger_point(self, value: object) -> None:
        self.tell("trigger_point", value)


def _options(twitches: int | None) -> tuple[Option, ...]:
    """The usual choices; the last one stands for the number itself where it is larger."""
    if twitches is None or twitches <= _MANY:
        return _TWITCHES
    return (*_TWITCHES[:-1], Option(twitches, str(twitches), f"{twitches} twitch responses"))


def _clock_columns(theme: Theme) -> int:
    """One row for a mouse; two for fingers, whose tips need more room."""
    return 6 if theme.touch else 12
