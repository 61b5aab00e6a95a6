"""Further fields of a needle: the pack, what was done and felt, current, and time."""

from datetime import datetime
from functools import partial
from operator import attrgetter

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget
from typing_extensions import override

from bodymap.chart.marks import Mark, NeedleSite
from bodymap.chart.needling import Handle, Manipulation
from bodymap.widgets.controls.answer import Answer
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.entries import Entry, NumberEntry, TimeEntry
from bodymap.widgets.controls.field import Field, beside, nested
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.several import Several
from bodymap.widgets.inspector.choosing import filled
from bodymap.widgets.inspector.groups.group import Group
from bodymap.widgets.inspector.model import Choice, Shown
from bodymap.widgets.inspector.needle_words import (
    HANDLE_WORDS,
    MANIPULATION_WORDS,
    SENSATION_WORDS,
)
from bodymap.widgets.theme import Theme


class Pack(Group):
    """How many needles, and which ones."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("needle-pack", "Needle and handle", theme)
        self.count = NumberEntry("needle-count", whole=True, least=1)
        self.brand = Entry("needle-brand", "As on the pack")
        self.lot = Entry("needle-lot", "As on the pack")
        self.handle = Segments(
            "needle-handle",
            [Option(one, text) for one, text in HANDLE_WORDS.items()],
            columns=len(Handle),
            clearable=True,
            look="joined",
        )
        self.bind("count", self.count)
        self.bind("brand", self.brand)
        self.bind("lot", self.lot)
        self.bind("handle", self.handle)
        self.column.addWidget(
            _in_a_row(Field("Brand", self.brand), Field("Lot", self.lot)),
        )
        self.add("Handle", self.handle)
        self.add("Number of needles at this site", self.count)

    @override
    def show_noted(self, count: int) -> None:
        super().show_noted(count - 1)  # one needle is no note


class Response(Group):
    """What was done with the needle, and what came of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("needle-response", "Manipulation and response", theme)
        self.manipulations = Several(
            "needle-manipulations",
            [Option(one, text) for one, text in MANIPULATION_WORDS.items()],
            columns=3,
        )
        self.pistoning = NumberEntry("needle-pistoning", whole=True)
        self.sensations = Several(
            "needle-sensations",
            [Option(one, text) for one, text in SENSATION_WORDS.items()],
            columns=3,
        )
        self.bleeding = Answer("needle-bleeding", "Bleeding")
        self.haematoma = Answer("needle-haematoma", "Haematoma")
        self.bind("manipulations", self.manipulations)
        self.bind("pistoning", self.pistoning)
        self.bind("sensations", self.sensations)
        self.bind("bleeding", self.bleeding)
        self.bind("haematoma", self.haematoma)
        self.add("Manipulation", self.manipulations)
        self._times = self.add("Up and down, times", self.pistoning)
        self.add("What the patient felt", self.sensations)
        self.column.addWidget(self.bleeding)
        self.column.addWidget(self.haematoma)

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        assert isinstance(shown.mark, NeedleSite)  # noqa: S101 - chosen by kind
        self._times.setVisible(Manipulation.PISTONING in shown.mark.manipulations)


_SETTINGS = {
    "hz": "Frequency, Hz",
    "milliamperes": "Current, mA",
    "pulse_ms": "Pulse, ms",
    "minutes": "Minutes",
}


class Current(Group):
    """Current through the needle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("needle-current", "Electrical stimulation", theme)
        grid = nested(self.column, QGridLayout())
        grid.setSpacing(12)
        self.settings: dict[str, NumberEntry] = {}
        for index, (setting, caption) in enumerate(_SETTINGS.items()):
            entry = NumberEntry(f"needle-{setting}")
            self.bind(f"stimulation.{setting}", entry, partial(_setting, setting))
            grid.addWidget(Field(caption, entry), index // 2, index % 2)
            self.settings[setting] = entry


class Time(Group):
    """When the needle went in and came out, and by whose hand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("needle-time", "Time", theme)
        self.time_in = TimeEntry("needle-time-in")
        self.time_out = TimeEntry("needle-time-out")
        self.time_in.setAccessibleName("Time in")
        self.time_out.setAccessibleName("Time out")
        self.in_now = _now_button("needle-in-now", "Needle in now")
        self.out_now = _now_button("needle-out-now", "Needle out now")
        self.placed_by = PersonChoice("needle-placed-by", theme)
        self.removed_by = PersonChoice("needle-removed-by", theme)
        self.bind("time_in", self.time_in, partial(_time, "time_in"))
        self.bind("time_out", self.time_out, partial(_time, "time_out"))
        self.bind("placed_by", self.placed_by)
        self.bind("removed_by", self.removed_by)
        self.in_now.clicked.connect(self._went_in)
        self.out_now.clicked.connect(self._came_out)
        self.column.addWidget(
            _in_a_row(
                Field("In", beside(self.time_in, self.in_now, spacing=6, stretch=0)),
                Field("Out", beside(self.time_out, self.out_now, spacing=6, stretch=0)),
            )
        )
        self.add("Placed by", self.placed_by)
        self.add("Removed by", self.removed_by)

    @override
    def show_mark(self, shown: Shown) -> None:
        for choice in (self.placed_by, self.removed_by):
            choice.people = shown.people
        super().show_mark(shown)

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        self.in_now.setEnabled(editable)
        self.out_now.setEnabled(editable)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.placed_by.set_theme(theme)
        self.removed_by.set_theme(theme)

    def _went_in(self) -> None:
        self.edited.emit("in-now", None)

    def _came_out(self) -> None:
        self.edited.emit("out-now", None)


class PersonChoice(DropDown):
    """Someone who works at the clinic, or nobody yet."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme)
        self.people: tuple[Choice, ...] = ()

    def set_value(self, value: object) -> None:
        """Show who it is, without telling anyone."""
        filled(self, (Choice(None, "Not noted"), *self.people), value)


def _setting(name: str, mark: Mark) -> object:
    assert isinstance(mark, NeedleSite)  # noqa: S101 - chosen by kind
    return getattr(mark.stimulation, name) if mark.stimulation else None


def _time(name: str, mark: Mark) -> object:
    when = attrgetter(name)(mark)
    return when.time().replace(microsecond=0) if isinstance(when, datetime) else None


def _now_button(name: str, meaning: str) -> QPushButton:
    button = QPushButton("Now")
    button.setObjectName(name)
    button.setProperty("look", "segment")
    button.setAccessibleName(meaning)
    button.setToolTip(meaning)
    return button


def _in_a_row(*fields: QWidget) -> QWidget:
    row = beside(*fields, spacing=12)
    layout = row.layout()
    for index in range(len(fields)):
        layout.setStretch(index, 1)  # type: ignore[union-attr]
    return row
