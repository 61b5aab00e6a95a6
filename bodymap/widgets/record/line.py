"""One line of text that is kept when the person leaves it or presses Enter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit


class Line(QLineEdit):
    """A few words or a number.

    Signals:
        written: What was typed, when it is another than before.
    """

    written = Signal(str)

    def __init__(self, name: str, hint: str = "", accessible_name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        if accessible_name:
            self.setAccessibleName(accessible_name)
        self._kept = ""
        self.editingFinished.connect(self.keep)

    def show_text(self, text: str) -> None:
        """Show a text, without telling anyone; typing that goes on is not disturbed."""
        if self.isModified() and self.hasFocus() and text == self._kept:
            return
        self._kept = text
        if text != self.text():
            self.setText(text)

    def keep(self) -> None:
        """Tell what was typed, if it is new."""
        if self.text() != self._kept:
            self._kept = self.text()
            self.written.emit(self._kept)
