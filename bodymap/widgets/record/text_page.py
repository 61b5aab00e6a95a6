"""The running text of a visit: what was treated, SOAP, and the advice the patient was given."""

from functools import partial

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from bodymap.chart.narrative import Chapter
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Option
from bodymap.widgets.controls.several import Several
from bodymap.widgets.record import words
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.record.terms import Terms
from bodymap.widgets.theme import Theme

_HEIGHTS = {Chapter.OBJECTIVE: 120, Chapter.SUBJECTIVE: 76, Chapter.PLAN: 76}
_HEIGHT = 56
_HINTS = {
    Chapter.HISTORY: "Medicines, earlier illness, operations",
    Chapter.SUBJECTIVE: "What the patient says",
    Chapter.OBJECTIVE: "What was found and done",
    Chapter.OTHER_TREATMENT: "What else was done in this session",
    Chapter.ASSESSMENT: "What one makes of it",
    Chapter.PLAN: "What is to come",
    Chapter.EXERCISE: "What the patient is to do at home",
    Chapter.NEXT_VISIT: "When, and what for",
}


class TextPage(Page):
    """Conditions; history, SOAP, other treatment; aftercare, exercises, next visit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("text-page", theme)
        self.conditions = Terms("conditions", "Type to choose or to add", "Condition treated")
        self.edits = {
            chapter: NoteEdit(
                f"text-{chapter}", _HINTS[chapter], height=_HEIGHTS.get(chapter, _HEIGHT)
            )
            for chapter in Chapter
        }
        self.fill = QPushButton("Write what was charted")
        self.fill.setObjectName("text-fill")
        self.fill.setToolTip("Adds a line for each muscle: findings, needles, twitches")
        self.fill.clicked.connect(self._fill)
        self.advice = Several("advice", columns=1)
        self.other = NoteEdit("advice-other", "Other advice, one piece a line", height=_HEIGHT)
        self._known: tuple[str, ...] = ()
        self.advice.chosen.connect(self._advised)
        self.other.written.connect(self._advised)
        self.conditions.chosen.connect(self._treated)
        self._lay_out()

    def _lay_out(self) -> None:
        self.column.addWidget(Field("Condition treated", self.conditions))
        for chapter, edit in self.edits.items():
            edit.written.connect(partial(self._wrote, chapter))
            self.column.addWidget(Field(words.CHAPTER_WORDS[chapter], edit))
            if chapter is Chapter.OBJECTIVE:
                self.column.addWidget(self.fill)
            if chapter is Chapter.PLAN:
                self.column.addWidget(Field("Aftercare given", self.advice))
                self.column.addWidget(self.other)

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        narrative, choices = shown.record.narrative, shown.choices
        self.conditions.show_terms(narrative.conditions, choices.conditions)
        for chapter, edit in self.edits.items():
            edit.set_text(narrative.texts.get(chapter, ""))
        self._known = choices.advice
        self.advice.set_options([Option(line, line) for line in choices.advice])
        self.advice.set_value(frozenset(narrative.aftercare))
        others = [line for line in narrative.aftercare if line not in choices.advice]
        self.other.set_text("\n".join(others))

    def _wrote(self, chapter: Chapter, text: str) -> None:
        self.asked.emit("text", (chapter, text))

    def _fill(self) -> None:
        self.edits[Chapter.OBJECTIVE].keep()
        self.asked.emit("phrases", None)

    def _treated(self, terms: object) -> None:
        self.edited.emit("narrative", "conditions", terms)

    def _advised(self, _said: object) -> None:
        chosen = [line for line in self._known if line in self.advice.chips.values]
        typed = [line.strip() for line in self.other.toPlainText().splitlines() if line.strip()]
        self.edited.emit("narrative", "aftercare", tuple(dict.fromkeys([*chosen, *typed])))
