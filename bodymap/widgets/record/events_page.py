"""What came after the needles: adverse events, and what is heard of the patient later.

Once the visit is closed its own entries stay as they are, and what becomes known goes below it.
"""

from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Cards
from bodymap.widgets.record.event_card import EventCard, entries
from bodymap.widgets.record.follow_up_card import FollowUpCard
from bodymap.widgets.record.later_part import LaterPart
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme


class EventsPage(Page):
    """All adverse events and follow-ups, and what to add one with."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("events-page", theme)
        self.hint = wrapping(
            label("Choose what happened, even when it passed by itself.", "muted", "events-hint")
        )
        self.kind = DropDown("new-event-kind", theme)
        self.kind.fill(entries(words.EVENT_WORDS), None)
        self.kind.setPlaceholderText("Choose what happened")
        self.cards: Cards[AdverseEvent, EventCard] = Cards(self._card, EventCard.show_event)
        self.entries: Cards[FollowUp, FollowUpCard] = Cards(
            self._entry_card, FollowUpCard.show_entry
        )
        self.call = _adder("follow-up-add", "Follow-up")
        self.journal = _adder("journal-add", "Journal entry")
        self.later = LaterPart(theme)
        self.held = QWidget()
        self._adders = beside(self.call, self.journal)
        self._usual = wrapping(label("Usually 24 to 48 hours after the session.", "muted"))
        self._none = label("Nothing was recorded in the visit itself.", "muted", "events-none")
        stacked(
            self.held,
            label("ADVERSE EVENTS", "caption"),
            self.hint,
            self.cards,
            self.kind,
            label("HEARD AFTERWARDS", "caption"),
            self._usual,
            self.entries,
            self._adders,
        )
        for widget in (self._none, self.held, self.later):
            self.column.addWidget(widget)
        self.kind.setAccessibleName("One more event")
        self._began = date.min
        self._connect()

    def _connect(self) -> None:
        self.later.told.connect(self._tell_later)
        self.call.clicked.connect(self._add_call)
        self.journal.clicked.connect(self._add_journal)
        self.entries.edited.connect(partial(self.listed.emit, "follow_ups"))
        self.entries.removed.connect(partial(self.removed.emit, "follow_ups"))
        self.kind.chosen.connect(self._chose)
        self.cards.edited.connect(partial(self.listed.emit, "adverse_events"))
        self.cards.removed.connect(partial(self.removed.emit, "adverse_events"))

    @override
    def show_record(self, shown: RecordShown) -> None:
        self.held.setEnabled(shown.editable)
        for widget in (self.kind, self._usual, self._adders):
            widget.setVisible(shown.editable)
        has_any = bool(shown.record.adverse_events or shown.record.follow_ups)
        self.held.setVisible(has_any or shown.editable)
        self._none.setVisible(not has_any and not shown.editable)
        self.later.show_after(shown.visit, shown.after)
        self.cards.show_rows(shown.record.adverse_events)
        self.hint.setVisible(shown.editable and not shown.record.adverse_events)
        self.entries.show_rows(shown.record.follow_ups)
        self._began = shown.visit.began.date()

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.kind.set_theme(theme)
        self.later.set_theme(theme)
        for card in self.cards.cards:
            card.set_theme(theme)

    def _card(self, row: int) -> EventCard:
        return EventCard(self.theme, f"event-{row}")

    def _entry_card(self, row: int) -> FollowUpCard:
        return FollowUpCard(self.theme, f"follow-up-{row}")

    def _tell_later(self, told: object, corrects: object) -> None:
        self.asked.emit("afterward", (told, corrects))

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
