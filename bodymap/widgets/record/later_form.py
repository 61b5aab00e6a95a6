"""Enters what became known after a visit was closed; nothing is kept until it is recorded."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.adverse_events import AdverseEvent, EventKind, Onset
from bodymap.chart.afterwards import AfterwardId, Retraction, Told
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.desk.after_signing import Heard
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, stacked, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record import later_words, words
from bodymap.widgets.record.event_card import EventCard, entries
from bodymap.widgets.record.follow_up_card import FollowUpCard, day_of
from bodymap.widgets.record.line import Line
from bodymap.widgets.theme import Theme


class LaterKind(StrEnum):
    """What is entered."""

    EVENT = "event"
    FOLLOW_UP = "follow-up"
    JOURNAL = "journal"
    ERROR = "error"


_NEW = (
    Option(LaterKind.EVENT, "Event", "Adverse event"),
    Option(LaterKind.FOLLOW_UP, "Follow-up"),
    Option(LaterKind.JOURNAL, "Journal", "Pain journal"),
)
_CORRECTING = {
    AdverseEvent: (Option(LaterKind.EVENT, "As it was", "The event as it was"),),
    FollowUp: (Option(LaterKind.FOLLOW_UP, "As it was", "What was heard, as it was"),),
}
_ERROR = Option(LaterKind.ERROR, "In error", "It was put down in error and does not count")
_FIXED = "It can’t be changed once it is recorded; another entry can correct it."


class LaterForm(QWidget):
    """One entry at a time: a new one, or one that stands in the place of another.

    Signals:
        told: This is to be recorded, in the place of this entry or of none.
    """

    told = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("later-form")
        self.about = wrapping(label("", "strong", "later-about"))
        self.choice = Segments("later-choice", _NEW, columns=3)
        self.kind = DropDown("later-kind", theme)
        self.kind.setPlaceholderText("Choose what happened")
        self.kind.fill(entries(words.EVENT_WORDS), None)
        self.event_card = EventCard(theme, "later-event")
        self.entry_card = FollowUpCard(theme, "later-entry")
        self.reason = NoteEdit("later-reason", "With which patient it belongs, or why it is wrong")
        self.problem = wrapping(label("", "wrong", "later-problem"))
        self.button = _button("later-record", "Record", "primary")
        self.cancel = _button("later-cancel", "Leave it as it is", "link")
        self._wrong: dict[str, str] = {}
        self._corrects: AfterwardId | None = None
        self._event: AdverseEvent | None = None
        self._entry = FollowUp(FollowUpKind.FOLLOW_UP, date.min)
        self._lay_out()
        self._connect()
        self.begin(date.min)

    def begin(self, today: date) -> None:
        """Begin a new entry; what was typed is forgotten."""
        self._begin(None, _NEW)
        self._event = None
        self._entry = FollowUp(FollowUpKind.FOLLOW_UP, today)
        self.choice.set_value(None)
        self._show()

    def correct(self, heard: Heard) -> None:
        """Begin an entry that stands in the place of another."""
        told = heard.entry.told
        if isinstance(told, Retraction):
            return
        self._begin(heard.entry.id, (*_CORRECTING[type(told)], _ERROR))
        self.about.setText(f"Instead of: {later_words.title(told)}")
        if isinstance(told, AdverseEvent):
            self._event = told
        else:
            self._entry = told
        self.choice.set_value(
            LaterKind.EVENT if isinstance(told, AdverseEvent) else LaterKind.FOLLOW_UP
        )
        self._show()

    def show_problem(self, words_: str) -> None:
        """Say why it was not recorded; empty when nothing is wrong."""
        self.problem.setText(words_)
        self.problem.setVisible(bool(words_))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.kind.set_theme(theme)
        self.event_card.set_theme(theme)

    def _begin(self, corrects: AfterwardId | None, options: tuple[Option, ...]) -> None:
        self._corrects = corrects
        self.about.setVisible(corrects is not None)
        self.cancel.setVisible(corrects is not None)
        self.reason.set_text("")
        self._wrong.clear()
        self.choice.set_options(options)
        self.choice.set_columns(len(options))
        self.show_problem("")

    def _show(self) -> None:
        kind = self.choice.value
        is_event, is_entry = kind == LaterKind.EVENT, kind in _KINDS
        self._kind_field.setVisible(is_event)
        self.event_card.setVisible(is_event and self._event is not None)
        self.entry_card.setVisible(is_entry)
        self._reason_field.setVisible(kind == LaterKind.ERROR)
        self.kind.point_at(self._event.kind if self._event else None)
        if self._event is not None:
            self.event_card.show_event(self._event)
        self.entry_card.show_entry(self._entry)
        is_ready = is_entry or kind == LaterKind.ERROR or (is_event and self._event is not None)
        for widget in (self.button, self._hint):
            widget.setVisible(is_ready)

    def _chose(self, kind: object) -> None:
        self.show_problem("")
        self._wrong.clear()
        if self._corrects is None and isinstance(kind, LaterKind) and kind in _KINDS:
            self._entry = replace(self._entry, kind=_KINDS[kind])
        self._show()

    def _chose_kind(self, kind: object) -> None:
        if isinstance(kind, EventKind):
            before = self._event or AdverseEvent(kind, onset=Onset.WITHIN_48_H)
            self._event = replace(before, kind=kind)
        self._show()

    def _edit_event(self, field: str, value: object) -> None:
        try:
            if self._event is not None:
                self._event = replace(self._event, **{field: value})  # type: ignore[arg-type]
            self._wrong.pop(field, None)
        except ValueError as problem:
            self._wrong[field] = str(problem)

    def _edit_entry(self, field: str, value: object) -> None:
        try:
            meant = day_of(value) if field == "on" and isinstance(value, str) else value
            self._entry = replace(self._entry, **{field: meant})  # type: ignore[arg-type]
            self._wrong.pop(field, None)
        except ValueError as problem:
            self._wrong[field] = str(problem)

    def _record(self) -> None:
        for note in self.findChildren(NoteEdit):
            note.keep()
        for line in self.findChildren(Line):
            line.keep()
        try:
            told = self._told()
        except ValueError as problem:
            self.show_problem(f"This was not recorded: {problem}.")
            return
        if self._wrong and not isinstance(told, Retraction):
            self.show_problem(f"This was not recorded: {next(iter(self._wrong.values()))}.")
        elif told is not None:
            self.told.emit(told, self._corrects)

    def _told(self) -> Told | None:
        match self.choice.value:
            case LaterKind.EVENT:
                return self._event
            case LaterKind.ERROR:
                return Retraction(self.reason.toPlainText().strip())
            case _:
                return self._entry

    def _lay_out(self) -> None:
        for card in (self.event_card, self.entry_card):
            card.head.hide()
        self._kind_field = Field("Event", self.kind)
        self._reason_field = Field("Why it does not count", self.reason)
        self._hint = wrapping(label(_FIXED, "muted", "later-hint"))
        parts = (self.about, self.choice, self._kind_field, self.event_card, self.entry_card)
        stacked(
            self, *parts, self._reason_field, self.problem, self.button, self._hint, self.cancel
        )

    def _connect(self) -> None:
        self.choice.chosen.connect(self._chose)
        self.kind.chosen.connect(self._chose_kind)
        self.event_card.edited.connect(self._edit_event)
        self.entry_card.edited.connect(self._edit_entry)
        self.button.clicked.connect(self._record)


_KINDS = {LaterKind.FOLLOW_UP: FollowUpKind.FOLLOW_UP, LaterKind.JOURNAL: FollowUpKind.JOURNAL}


def _button(name: str, text: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("look", look)
    return button
