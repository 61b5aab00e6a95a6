"""The form of a note."""

from bodymap.widgets.controls.field import Field
from bodymap.widgets.inspector.form import Form
from bodymap.widgets.theme import Theme


class NoteForm(Form):
    """The note's words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("note-form", theme)
        self.note.setPlaceholderText("What is to be noted here")
        self.note.setFixedHeight(180)
        self.column.addWidget(Field("Note", self.note))
