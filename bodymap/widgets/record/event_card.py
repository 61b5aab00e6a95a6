"""One adverse event as it is entered."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Card
from bodymap.widgets.record.line import Line
from bodymap.widgets.theme import Theme

_Word = TypeVar("_Word", bound=StrEnum)


class EventCard(Card):
    """One adverse event."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name)
        severities = [Option(one, text) for one, text in words.SEVERITY_WORDS.items()]
        self.severity = Segments(f"{name}-severity", severities)
        self.onset = DropDown(f"{name}-onset", theme)
        self.outcome = DropDown(f"{name}-outcome", theme)
        self.text = NoteEdit(f"{name}-text", "What happened", height=56)
        self.action = NoteEdit(f"{name}-action", "What was done about it", height=56)
        self.reported_to = Line(f"{name}-reported", "Nobody yet")
        for widget in (
            Field("Severity", self.severity),
            Field("Began", self.onset),
            Field("What happened", self.text),
            Field("Action", self.action),
            Field("Outcome", self.outcome),
            Field("Reported to", self.reported_to),
        ):
            self.column.addWidget(widget)
        self.severity.chosen.connect(partial(self.edited.emit, "severity"))
        self.onset.chosen.connect(partial(self.edited.emit, "onset"))
        self.outcome.chosen.connect(partial(self.edited.emit, "outcome"))
        self.text.written.connect(partial(self.edited.emit, "text"))
        self.action.written.connect(partial(self.edited.emit, "action"))
        self.reported_to.written.connect(partial(self.edited.emit, "reported_to"))

    def show_event(self, event: AdverseEvent) -> None:
        """Show an event."""
        self.show_title(words.EVENT_WORDS[event.kind])
        self.severity.set_value(event.severity)
        self.onset.fill(entries(words.ONSET_WORDS), event.onset)
        self.outcome.fill(entries(words.OUTCOME_WORDS), event.outcome)
        self.text.set_text(event.text)
        self.action.set_text(event.action)
        self.reported_to.show_text(event.reported_to)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.onset.set_theme(theme)
        self.outcome.set_theme(theme)


def entries(named: Mapping[_Word, str]) -> list[tuple[object, str]]:
    """What a drop-down list offers of words with names."""
    return list(named.items())
