"""The screening checklist: what rules needling out first, then what asks for care."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from bodymap.chart.screening import Answer
from bodymap.desk.screening import ItemState
from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

_CAPTIONS = {True: "NO NEEDLING IF ONE APPLIES", False: "NEEDLE WITH CARE IF ONE APPLIES"}


class ScreeningRow(QWidget):
    """One item: its name, what to ask, No and Yes; more where it applies.

    Signals:
        edited: Of the item's answer, this field is to become this value.
    """

    edited = Signal(str, str, object)

    def __init__(self, state: ItemState) -> None:
        super().__init__()
        item = state.item
        self._item = item.id
        self._state: ItemState | None = None
        self.setObjectName(f"screening-{item.id}")
        self.answer = Segments(
            f"answer-{item.id}",
            [
                Option(Answer.NO, "No", f"{item.label}: does not apply"),
                Option(Answer.YES, "Yes", f"{item.label}: applies"),
            ],
            columns=2,
            clearable=True,
        )
        self.answer.setFixedWidth(92)
        self.answer.chosen.connect(self._answered)
        name = wrapping(label(item.label, "body"))
        self._asked = wrapping(label(f"Ask: {item.question}", "muted"))
        self._column = stacked(self, beside(name, self.answer, stretch=0), self._asked, spacing=3)
        self._more: _More | None = None

    def show_state(self, state: ItemState, *, editable: bool) -> None:
        """Show where the item stands."""
        if state == self._state:
            return
        self._state = state
        applies = state.applies
        value = None if applies is None else Answer.YES if applies else Answer.NO
        self.answer.set_value(value)
        self.answer.setEnabled(editable and not state.is_fixed)
        self.answer.setToolTip("From the record" if state.known is not None else "")
        if applies and self._more is None:
            self._more = _More(state, self._tell)
            self._column.addWidget(self._more)
        if self._more is not None:
            self._more.setVisible(bool(applies))
            self._more.show_state(state)

    def _answered(self, value: object) -> None:
        self._tell("answer", value)

    def _tell(self, field: str, value: object) -> None:
        self.edited.emit(self._item, field, value)


class _More(QWidget):
    """What follows from an item that applies, a note, and why one goes on all the same."""

    def __init__(self, state: ItemState, tell: Callable[[str, object], None]) -> None:
        super().__init__()
        item = state.item
        self._tell = tell
        card = framed("caution", f"guidance-{item.id}")
        stacked(card, wrapping(label(item.guidance, "caution-text")), margins=10)
        self.note = NoteEdit(f"note-{item.id}", "More on this", height=52)
        self.override = NoteEdit(
            f"override-{item.id}", "Reason for needling all the same", height=52
        )
        self.note.written.connect(self._wrote_note)
        self.override.written.connect(self._wrote_override)
        self._wanted = wrapping(
            label("Do not needle, or give the reason for needling all the same.", "wrong")
        )
        stacked(self, card, self.note, self._wanted, self.override, spacing=6)

    def show_state(self, state: ItemState) -> None:
        self.note.set_text(state.said.note)
        self.override.set_text(state.said.override)
        self.override.setVisible(state.is_absolute)
        self._wanted.setVisible(state.needs_override)

    def _wrote_note(self, text: str) -> None:
        self._tell("note", text)

    def _wrote_override(self, text: str) -> None:
        self._tell("override", text)


class ScreeningPage(Page):
    """All items, with how many are answered and one button for the rest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("screening-page", theme)
        self.progress = wrapping(label("", "muted", "screening-progress"))
        self.rest = QPushButton("Answer the rest with No")
        self.rest.setObjectName("screening-rest")
        self.rest.clicked.connect(self._answer_rest)
        self.rows: dict[str, ScreeningRow] = {}
        self.column.addWidget(self.progress)
        self.column.addWidget(self.rest)

    @override
    def show_record(self, shown: RecordShown) -> None:
        """Show where every item stands."""
        if not self.rows:
            self._build(shown.items)
        answered = sum(item.applies is not None for item in shown.items)
        self.progress.setText(f"{answered} of {len(shown.items)} answered. Does it apply?")
        self.rest.setVisible(shown.editable and answered < len(shown.items))
        for state in shown.items:
            self.rows[state.item.id].show_state(state, editable=shown.editable)

    def _build(self, items: tuple[ItemState, ...]) -> None:
        caption = None
        for state in items:
            if _CAPTIONS[state.is_absolute] != caption:
                caption = _CAPTIONS[state.is_absolute]
                self.column.addWidget(label(caption, "caption"))
            row = self.rows[state.item.id] = ScreeningRow(state)
            row.edited.connect(self._edited)
            self.column.addWidget(row)

    def _edited(self, item: str, field: str, value: object) -> None:
        self.asked.emit("answer", (item, field, value))

    def _answer_rest(self) -> None:
        self.asked.emit("rest-no", None)
