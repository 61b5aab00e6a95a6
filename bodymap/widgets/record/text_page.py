"""The running text of a visit, and the advice the patient was given."""

from functools import partial

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from bodymap.chart.narrative import Chapter
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Chips, Option
from bodymap.widgets.record import words
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

_HEIGHTS = {Chapter.OBJECTIVE: 120, Chapter.EXERCISE: 56, Chapter.NEXT_VISIT: 56}
_HINTS = {
    Chapter.SUBJECTIVE: "What the patient says",
    Chapter.OBJECTIVE: "What was found and done",
    Chapter.ASSESSMENT: "What one makes of it",
    Chapter.PLAN: "What is to come",
    Chapter.EXERCISE: "What the patient is to do at home",
    Chapter.NEXT_VISIT: "When, and what for",
}


class TextPage(Page):
    """Subjective, objective, assessment, plan; aftercare, exercises, next visit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("text-page", theme)
        self.edits = {
            chapter: NoteEdit(f"text-{chapter}", _HINTS[chapter], height=_HEIGHTS.get(chapter, 76))
            for chapter in Chapter
        }
        self.fill = QPushButton("Write what was charted")
        self.fill.setObjectName("text-fill")
        self.fill.setToolTip("Adds a line for each muscle: findings, needles, twitches")
        self.fill.clicked.connect(self._fill)
        self.advice = Chips("advice", [Option(line, line) for line in words.ADVICE], columns=1)
        self.other = NoteEdit("advice-other", "Other advice, one piece a line", height=56)
        self.advice.chosen.connect(self._advised)
        self.other.written.connect(self._advised)
        for chapter, edit in self.edits.items():
            edit.written.connect(partial(self._wrote, chapter))
            self.column.addWidget(Field(words.CHAPTER_WORDS[chapter], edit))
            if chapter is Chapter.OBJECTIVE:
                self.column.addWidget(self.fill)
        self.column.addWidget(Field("Aftercare given", self.advice))
        self.column.addWidget(self.other)

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        narrative = shown.record.narrative
        for chapter, edit in self.edits.items():
            edit.set_text(narrative.texts.get(chapter, ""))
        self.advice.set_values(narrative.aftercare)
        others = [line for line in narrative.aftercare if line not in words.ADVICE]
        self.other.set_text("\n".join(others))

    def _wrote(self, chapter: Chapter, text: str) -> None:
        self.asked.emit("text", (chapter, text))

    def _fill(self) -> None:
        self.edits[Chapter.OBJECTIVE].keep()
        self.asked.emit("phrases", None)

    def _advised(self, _said: object) -> None:
        chosen = [line for line in words.ADVICE if line in self.advice.values]
        typed = [line.strip() for line in self.other.toPlainText().splitlines() if line.strip()]
        lines = dict.fromkeys([*chosen, *typed])
        self.edited.emit("narrative", "aftercare", tuple(lines))
