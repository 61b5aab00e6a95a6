"""What came after the needles: adverse events, and what is heard of the patient later."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, beside, label, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Card, Cards
from bodymap.widgets.record.follow_up_card import FollowUpCard
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
    """All adverse events and follow-ups, and what to add one with."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("events-page", theme)
        self.hint = wrapping(
            label("Choose what happened, even when it passed by itself.", "muted", "events-hint")
        )
        self.kind = DropDown("new-event-kind", theme)
        self.kind.fill(_entries(words.EVENT_WORDS), None)
        self.kind.setPlaceholderText("Choose what happened")
        self.cards: Cards[AdverseEvent, EventCard] = Cards(self._card, EventCard.show_event)
        self.entries: Cards[FollowUp, FollowUpCard] = Cards(
            self._entry_card, FollowUpCard.show_entry
        )
        self.call = _adder("follow-up-add", "Follow-up")
        self.journal = _adder("journal-add", "Journal entry")
        for widget in (
            label("ADVERSE EVENTS", "caption"),
            self.hint,
            self.cards,
            self.kind,
            label("HEARD AFTERWARDS", "caption"),
            wrapping(label("Usually 24 to 48 hours after the session.", "muted")),
            self.entries,
            beside(self.call, self.journal),
        ):
            self.column.addWidget(widget)
        self.kind.setAccessibleName("One more event")
        self._began = date.min
        self._connect()

    def _connect(self) -> None:
        self.call.clicked.connect(self._add_call)
        self.journal.clicked.connect(self._add_journal)
        self.entries.edited.connect(partial(self.listed.emit, "follow_ups"))
        self.entries.removed.connect(partial(self.removed.emit, "follow_ups"))
        self.kind.chosen.connect(self._chose)
        self.cards.edited.connect(partial(self.listed.emit, "adverse_events"))
        self.cards.removed.connect(partial(self.removed.emit, "adverse_events"))

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        self.cards.show_rows(shown.record.adverse_events)
        self.hint.setVisible(not shown.record.adverse_events)
        self.entries.show_rows(shown.record.follow_ups)
        self._began = shown.visit.began.date()

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.kind.set_theme(theme)
        for card in self.cards.cards:
            card.set_theme(theme)

    def _card(self, row: int) -> EventCard:
        return EventCard(self.theme, row)

    def _entry_card(self, row: int) -> FollowUpCard:
        return FollowUpCard(self.theme, row)

    def _add_call(self) -> None:
        self._add(FollowUpKind.FOLLOW_UP)

    def _add_journal(self) -> None:
        self._add(FollowUpKind.JOURNAL)

    def _add(self, kind: FollowUpKind) -> None:
        on = max(self._began, datetime.now().astimezone().date())
        self.added.emit("follow_ups", FollowUp(kind, on))

    def _chose(self, kind: object) -> None:
        if isinstance(kind, EventKind):
            self.added.emit("adverse_events", AdverseEvent(kind))
        self.kind.setCurrentIndex(-1)


def _adder(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(f"Add: {text}")
    return button


def _entries(named: Mapping[_Word, str]) -> list[tuple[object, str]]:
    return list(named.items())
