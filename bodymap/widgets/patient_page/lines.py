"""Lines and texts that tell what was typed when the person goes on, not at every key."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Segments


class Line(QLineEdit):
    """One line of text.

    Signals:
        written: The person went on, and the text is another than before.
    """

    written = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self._kept = ""
        self.editingFinished.connect(self.keep)

    def set_text(self, text: str) -> None:
        """Show a text, without telling anyone."""
        self._kept = text
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)
                self.setCursorPosition(0)

    def keep(self) -> None:
        """Tell what was typed, if it is new."""
        if (text := self.text().strip()) != self._kept:
            self._kept = text
            self.written.emit(text)


class Fields(QObject):
    """Captioned controls by the names of what they edit.

    Signals:
        edited: A field by name, and what it is to be: text as it was typed, or a choice.
    """

    edited = Signal(str, object)

    def __init__(
        self, parent: QObject, captions: Mapping[str, str], hints: Mapping[str, str]
    ) -> None:
        super().__init__(parent)
        self._captions = captions
        self._hints = hints
        self.fields: dict[str, Field] = {}
        self._shown: dict[str, object] = {}

    def line(self, name: str) -> Field:
        """A field of one line."""
        edit = Line(name.replace("_", "-"), self._hints.get(name, ""))
        edit.written.connect(self._teller(name))
        return self._field(name, edit)

    def text(self, name: str, height: int = 64) -> Field:
        """A field of several lines."""
        edit = NoteEdit(name.replace("_", "-"), self._hints.get(name, ""), height=height)
        edit.written.connect(self._teller(name))
        return self._field(name, edit)

    def choice(self, name: str, control: Segments | DropDown) -> Field:
        """A field of a few choices."""
        control.chosen.connect(self._teller(name))
        return self._field(name, control)

    def show_value(self, name: str, value: object) -> None:
        """Show what a field holds, without telling anyone.

        What is being typed, or was typed wrongly, stays as long as the field has not changed.
        """
        field = self.fields[name]
        if name in self._shown and self._shown[name] == value:
            return
        self._shown[name] = value
        control = field.control
        if isinstance(control, Line | NoteEdit):
            control.set_text("" if value is None else str(value))
        elif isinstance(control, Segments):
            control.set_value(value)
        elif isinstance(control, DropDown):
            control.point_at(value)
        field.set_problem("")

    def show_problem(self, name: str, words: str) -> None:
        """Say what is wrong with what was typed; it stays as it was typed."""
        self.fields[name].set_problem(words)

    def forget(self) -> None:
        """The fields are about somebody else from now on."""
        self._shown.clear()
        for field in self.fields.values():
            field.set_problem("")

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        for field in self.fields.values():
            if isinstance(field.control, Line | NoteEdit):
                field.control.keep()

    def _field(self, name: str, control: QWidget) -> Field:
        self.fields[name] = Field(self._captions[name], control)
        return self.fields[name]

    def _teller(self, name: str) -> Callable[[object], None]:
        def tell(value: object) -> None:
            self.edited.emit(name, value)

        return tell


def side_by_side(*widgets: QWidget, spacing: int = 10) -> QWidget:
    """Fields beside each other, their tops in line."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for widget in widgets:
        line.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return row


def of_width(pixels: int, control: QWidget) -> QWidget:
    """A control that would take any width, kept to one."""
    box = side_by_side(control)
    box.setFixedWidth(pixels)
    return box
