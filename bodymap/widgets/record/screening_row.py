"""One item of the screening: the question, its answer, and what follows where it applies."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.atlas.clinical.screening import Scope
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.screening import Answer, BarredArea
from bodymap.desk.screening import ItemState
from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record.words import region_words

_ANSWER_WIDTH = 92
_MOST_SOURCES = 2


class ScreeningRow(QWidget):
    """One item: its name, what to ask, No and Yes; more where it applies.

    Signals:
        edited: Of the item's answer, this field is to become this value.
        asked: Something else is to be done with the item.
    """

    edited = Signal(str, str, object)
    asked = Signal(str, object)

    def __init__(self, state: ItemState) -> None:
        super().__init__()
        item = state.item
        self._item = str(item.id)
        self._shown: tuple[ItemState, tuple[BarredArea, ...], bool] | None = None
        self.setObjectName(f"screening-{item.id}")
        self.answer = Segments(
            f"answer-{item.id}",
            [
                Option(Answer.NO, "No", f"{item.label}: does not apply"),
                Option(Answer.YES, "Yes", f"{item.label}: applies"),
            ],
            columns=2,
            clearable=True,
            look="joined",
        )
        self.answer.setFixedWidth(_ANSWER_WIDTH)
        self.answer.chosen.connect(self._answered)
        name = wrapping(label(item.label, "strong"))
        asked = wrapping(label(item.question, "muted"))
        self._column = stacked(self, beside(name, self.answer, stretch=0), asked, spacing=3)
        self.more: Following | None = None

    def show_state(self, state: ItemState, areas: Sequence[BarredArea], *, editable: bool) -> None:
        """Show where the item stands, and where on the body it applies."""
        now = (state, tuple(areas), editable)
        if now == self._shown:
            return
        self._shown = now
        applies = state.applies
        value = None if applies is None else Answer.YES if applies else Answer.NO
        self.answer.set_value(value)
        self.answer.setEnabled(editable and not state.is_fixed)
        self.answer.setToolTip("From the record" if state.known is not None else "")
        if applies and self.more is None:
            self.more = Following(state)
            self.more.edited.connect(self._tell)
            self.more.asked.connect(self.asked)
            self._column.addWidget(self.more)
        if self.more is not None:
            self.more.setVisible(bool(applies))
            self.more.show_state(state, areas)

    def _answered(self, value: object) -> None:
        self._tell("answer", value)

    def _tell(self, field: str, value: object) -> None:
        self.edited.emit(self._item, field, value)


class Following(QWidget):
    """What follows from an item that applies: guidance, where, a note, why one goes on.

    Signals:
        edited: A field of the answer, and what it is to be.
        asked: Something else is to be done with the item.
    """

    edited = Signal(str, object)
    asked = Signal(str, object)

    def __init__(self, state: ItemState) -> None:
        super().__init__()
        item = state.item
        self._item = str(item.id)
        card = framed("caution", f"guidance-{item.id}")
        cited = Knowledge.load().cite(item.sources[:_MOST_SOURCES])
        guidance = wrapping(label(item.guidance, "caution-text"))
        sources = wrapping(label("Reference: " + "; ".join(cited), "muted"))
        stacked(card, guidance, sources, margins=10, spacing=4)
        self.place = wrapping(label("", "muted", f"area-{item.id}"))
        self.draw = _button(f"draw-{item.id}", "Draw where", "Draw on the body where it applies")
        self.clear = _button(f"clear-{item.id}", "Clear", "Nothing is drawn for it any more")
        self.clear.setProperty("look", "link")
        self._areas = beside(self.place, self.clear, self.draw, stretch=0)
        self._areas.setVisible(item.scope is Scope.REGION)
        self.note = NoteEdit(f"note-{item.id}", "More on this", height=52)
        self.override = NoteEdit(
            f"override-{item.id}", "Reason for needling all the same", height=52
        )
        self._wanted = wrapping(
            label("Do not needle, or give the reason for needling all the same.", "wrong")
        )
        stacked(self, card, self._areas, self.note, self._wanted, self.override, spacing=6)
        self.note.written.connect(self._wrote_note)
        self.override.written.connect(self._wrote_override)
        self.draw.clicked.connect(self._draw)
        self.clear.clicked.connect(self._clear)

    def show_state(self, state: ItemState, areas: Sequence[BarredArea]) -> None:
        """Show what was said and drawn."""
        self.note.set_text(state.said.note)
        self.override.set_text(state.said.override)
        self.override.setVisible(state.is_absolute)
        self._wanted.setVisible(state.needs_override)
        drawn = dict.fromkeys(region_words(area.place.region, area.place.side) for area in areas)
        self.place.setText(", ".join(drawn) or "Not drawn on the body")
        self.clear.setVisible(bool(areas))

    def _wrote_note(self, text: str) -> None:
        self.edited.emit("note", text)

    def _wrote_override(self, text: str) -> None:
        self.edited.emit("override", text)

    def _draw(self) -> None:
        self.place.setText("Draw round it, or click a region")
        self.asked.emit("draw-area", self._item)

    def _clear(self) -> None:
        self.asked.emit("clear-area", self._item)


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    return button
