"""What the pages of the record have in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.record.line import Line
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme


class Page(QWidget):
    """Shows one section of the record and tells of each edit.

    Signals:
        edited: Of this part of the record, this field is to become this value.
        listed: Of this part, in this row, this field is to become this value.
        added: To this part, this is to be added.
        removed: From this part, this row is to be taken.
        asked: Something else is to be done, by name, with what it is done to.
    """

    edited = Signal(str, str, object)
    listed = Signal(str, int, str, object)
    added = Signal(str, object)
    removed = Signal(str, int)
    asked = Signal(str, object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setSpacing(12)
        self.make_room(0, 0)

    def show_record(self, shown: RecordShown) -> None:
        """Show a record, or the same one changed."""
        self.setEnabled(shown.editable)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.theme = theme

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        for note in self.findChildren(NoteEdit):
            note.keep()
        for line in self.findChildren(Line):
            line.keep()

    def make_room(self, _least: int, most: int) -> None:
        """Keep the same margin at the right whether or not there is a scroll bar."""
        self.column.setContentsMargins(24, 4, 14 if most else 24, 16)
