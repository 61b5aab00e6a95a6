"""The form of a note."""

from typing_extensions import override

from bodymap.chart.marks import Note
from bodymap.widgets.controls.field import Field
from bodymap.widgets.inspector.form import Form
from bodymap.widgets.inspector.groups.photo import PhotoBox
from bodymap.widgets.inspector.model import Shown
from bodymap.widgets.theme import Theme


class NoteForm(Form):
    """The note's words and its photo."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("note-form", theme)
        self.note.setPlaceholderText("What is to be noted here")
        self.note.setFixedHeight(180)
        self.photo = PhotoBox("note-photo")
        self.photo.chosen.connect(self._chose_photo)
        self.photo.refused.connect(self.refused)
        self.column.addWidget(Field("Note", self.note))
        self.column.addWidget(Field("Photo", self.photo))

    @override
    def show_mark(self, shown: Shown) -> None:
        super().show_mark(shown)
        assert isinstance(shown.mark, Note)  # noqa: S101 - chosen by kind
        self.photo.set_value(shown.mark.photo)

    @override
    def set_editable(self, *, editable: bool) -> None:
        super().set_editable(editable=editable)
        self.photo.setEnabled(editable)

    def _chose_photo(self, value: object) -> None:
        self.tell("photo", value)
