"""What the forms of the four kinds of mark have in common."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from bodymap.chart.marks import MarkId
from bodymap.widgets.controls.field import label, stacked, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.inspector.groups.group import Group
from bodymap.widgets.inspector.model import Caution, Shown
from bodymap.widgets.theme import Theme


class Form(QWidget):
    """Shows one kind of mark and tells of each edit.

    Signals:
        edited: Of the mark with this id, the field of this name is to become this value.
        refused: What was entered can't be right; words for the person.
    """

    edited = Signal(object, str, object)
    refused = Signal(str)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme = theme
        self._mark: MarkId | None = None
        self.groups: tuple[Group, ...] = ()
        self.note = NoteEdit(f"{name}-note", "What else is worth knowing")
        self.note.written.connect(self._wrote)
        self.column = QVBoxLayout(self)
        self.make_room(0, 0)
        self.column.setSpacing(12)

    def show_mark(self, shown: Shown) -> None:
        """Show another mark, or the same one changed."""
        self._mark = shown.mark.id
        self.note.set_text(shown.mark.text)
        for group in self.groups:
            group.show_mark(shown)

    def keep(self) -> None:
        """Tell what is still in the making, before another mark is shown."""
        self.note.keep()
        for group in self.groups:
            group.keep()

    def set_editable(self, *, editable: bool) -> None:
        """Let the fields be changed, or only read."""
        self.note.setReadOnly(not editable)
        for group in self.groups:
            group.set_editable(editable=editable)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.theme = theme
        for group in self.groups:
            group.set_theme(theme)

    def add_groups(self, *groups: Group) -> None:
        """Put groups of further fields below what there is."""
        self.groups = groups
        for group in groups:
            group.edited.connect(self.tell)
            group.refused.connect(self.refused)
            self.column.addWidget(group)

    def make_room(self, _least: int, most: int) -> None:
        """Keep the same margin at the right whether or not there is a scroll bar."""
        self.column.setContentsMargins(24, 4, 14 if most else 24, 16)

    def tell(self, field: str, value: object) -> None:
        """Say that a field is to be changed."""
        if self._mark is not None:
            self.edited.emit(self._mark, field, value)

    def _wrote(self, text: str) -> None:
        self.tell("text", text)


class CautionReference(QLabel):
    """How that is kept clear of, with the sources; hidden where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caution-reference")
        self.setProperty("look", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        wrapping(self)
        self.hide()

    def show_caution(self, caution: Caution | None) -> None:
        """Show what is known of another caution, or of none."""
        self.setText(caution.reference if caution else "")
        self.setVisible(caution is not None)


class CautionCard(QFrame):
    """What must not be hit near a point; hidden where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "caution")
        self.setObjectName("caution")
        self._title = wrapping(label("", "caution-title", "caution-title"))
        self._text = wrapping(label("", "caution-text", "caution-text"))
        stacked(self, self._title, self._text, spacing=2, margins=10)
        self.hide()

    def show_caution(self, caution: Caution | None) -> None:
        """Show another caution, or none."""
        self.setVisible(caution is not None)
        if caution is not None:
            self._title.setText(caution.title)
            self._text.setText(caution.text)
            self.setAccessibleName(caution.title)
            self.setAccessibleDescription(f"{caution.text} {caution.reference}".strip())
