"""What the forms of the four kinds of mark have in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import label, stacked, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.inspector.model import Caution, Choice, Shown
from bodymap.widgets.theme import Theme

_MOST_CAUTIONS = 2


class Form(QWidget):
    """Shows one kind of mark and tells of each edit.

    Signals:
        edited: A field of the mark by name, and what it is to be.
    """

    edited = Signal(str, object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme = theme
        self.note = NoteEdit(f"{name}-note", "What else is worth knowing")
        self.note.written.connect(self._wrote)
        self.column = QVBoxLayout(self)
        self.make_room(0, 0)
        self.column.setSpacing(12)

    def show_mark(self, shown: Shown) -> None:
        """Show another mark, or the same one changed."""
        self.note.set_text(shown.mark.text)

    def set_editable(self, *, editable: bool) -> None:
        """Let the fields be changed, or only read."""
        self.note.setReadOnly(not editable)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.theme = theme

    def make_room(self, _least: int, most: int) -> None:
        """Keep the same margin at the right whether or not there is a scroll bar."""
        self.column.setContentsMargins(24, 4, 14 if most else 24, 16)

    def tell(self, field: str, value: object) -> None:
        """Say that a field is to be changed."""
        self.edited.emit(field, value)

    def _wrote(self, text: str) -> None:
        self.tell("text", text)


class Cautions(QWidget):
    """The hazards near a point, one card each; nothing when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cautions")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[Caution, ...] = ()
        self.hide()

    def show_cautions(self, cautions: tuple[Caution, ...]) -> None:
        """Show the nearest ones."""
        if cautions == self._shown:
            return
        self._shown = cautions
        while item := self._column.takeAt(0):
            if (card := item.widget()) is not None:
                card.deleteLater()
        for caution in cautions[:_MOST_CAUTIONS]:
            self._column.addWidget(_card(caution))
        if more := cautions[_MOST_CAUTIONS:]:
            others = "; ".join(caution.title.removeprefix("Caution: ") for caution in more)
            self._column.addWidget(_card(Caution("Also", f"{others}.")))
        self.setVisible(bool(cautions))


def _card(caution: Caution) -> QFrame:
    card = QFrame()
    card.setProperty("look", "caution")
    card.setObjectName("caution")
    card.setAccessibleName(caution.title)
    card.setAccessibleDescription(caution.text)
    title = wrapping(label(caution.title, "caution-title", "caution-title"))
    text = wrapping(label(caution.text, "caution-text", "caution-text"))
    stacked(card, title, text, spacing=2, margins=10)
    return card


def filled(drop_down: DropDown, choices: tuple[Choice, ...], value: object) -> None:
    """Show choices in a drop-down list, one of them chosen."""
    drop_down.fill([(choice.value, choice.text) for choice in choices], value)
