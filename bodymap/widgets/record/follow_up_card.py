"""One entry on how the patient was after the session."""

from datetime import date
from functools import partial

from bodymap.chart.follow_up import FollowUp
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option, Segments, rating
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Card
from bodymap.widgets.record.line import Line
from bodymap.widgets.theme import Theme


class FollowUpCard(Card):
    """Day, pain, soreness, relief, and words."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name)
        self.on = Line(f"{name}-on", "yyyy-mm-dd", "Day")
        self.pain = rating(f"{name}-pain", touch=theme.touch)
        self.soreness = rating(f"{name}-soreness", touch=theme.touch)
        options = [Option(one, text) for one, text in words.RELIEF_WORDS.items()]
        self.relief = Segments(f"{name}-relief", options, columns=2, clearable=True)
        self.text = NoteEdit(f"{name}-text", "In the patient’s words", height=56)
        for widget in (
            Field("Day", self.on),
            Field("Pain, 0–10", self.pain),
            Field("Soreness from the needles, 0–10", self.soreness),
            Field("The complaint is", self.relief),
            Field("What was told", self.text),
        ):
            self.column.addWidget(widget)
        self.on.written.connect(partial(self.edited.emit, "on"))
        self.pain.chosen.connect(partial(self.edited.emit, "pain"))
        self.soreness.chosen.connect(partial(self.edited.emit, "soreness"))
        self.relief.chosen.connect(partial(self.edited.emit, "relief"))
        self.text.written.connect(partial(self.edited.emit, "text"))

    def show_entry(self, entry: FollowUp) -> None:
        """Show an entry."""
        self.show_title(words.FOLLOW_UP_WORDS[entry.kind])
        self.on.show_text(entry.on.isoformat())
        self.pain.set_value(entry.pain)
        self.soreness.set_value(entry.soreness)
        self.relief.set_value(entry.relief)
        self.text.set_text(entry.text)


def day_of(text: str) -> date:
    """A day written as yyyy-mm-dd.

    Raises:
        ValueError: It is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text.strip()}” is not a day; write it as 2026-03-14") from None
