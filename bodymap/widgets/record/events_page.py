"""Adverse events: what went wrong, how badly, what was done, who was told."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

from typing_extensions import override

from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Card, Cards
from bodymap.widgets.record.line import Line
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

_Word = TypeVar("_Word", bound=StrEnum)


class EventCard(Card):
    """One adverse event."""

    def __init__(self, theme: Theme, row: int) -> None:
        name = f"event-{row}"
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
        self.onset.fill(_entries(words.ONSET_WORDS), event.onset)
        self.outcome.fill(_entries(words.OUTCOME_WORDS), event.outcome)
        self.text.set_text(event.text)
        self.action.set_text(event.action)
        self.reported_to.show_text(event.reported_to)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.onset.set_theme(theme)
        self.outcome.set_theme(theme)


class EventsPage(Page):
    """All adverse events, and a list to add one from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("events-page", theme)
        self.hint = wrapping(
            label("Choose what happened, even when it passed by itself.", "muted", "events-hint")
        )
        self.kind = DropDown("new-event-kind", theme)
        self.kind.fill(_entries(words.EVENT_WORDS), None)
        self.kind.setPlaceholderText("Choose what happened")
        self.cards: Cards[AdverseEvent, EventCard] = Cards(self._card, EventCard.show_event)
        for widget in (self.hint, self.cards, Field("One more event", self.kind)):
            self.column.addWidget(widget)
        self.kind.chosen.connect(self._chose)
        self.cards.edited.connect(partial(self.listed.emit, "adverse_events"))
        self.cards.removed.connect(partial(self.removed.emit, "adverse_events"))

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        self.cards.show_rows(shown.record.adverse_events)
        self.hint.setVisible(not shown.record.adverse_events)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.kind.set_theme(theme)
        for card in self.cards.cards:
            card.set_theme(theme)

    def _card(self, row: int) -> EventCard:
        return EventCard(self.theme, row)

    def _chose(self, kind: object) -> None:
        if isinstance(kind, EventKind):
            self.added.emit("adverse_events", AdverseEvent(kind))
        self.kind.setCurrentIndex(-1)


def _entries(named: Mapping[_Word, str]) -> list[tuple[object, str]]:
    return list(named.items())
