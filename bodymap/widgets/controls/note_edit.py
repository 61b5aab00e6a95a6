"""Text that is kept when the person pauses or goes elsewhere, not at every key."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from bodymap.widgets.guarded import guarded

PAUSE_MS = 900
"""How long the keys must rest before what was typed is kept."""


class NoteEdit(QPlainTextEdit):
    """Several lines of text.

    Signals:
        written: The person paused or left, and the text is another than before.
    """

    written = Signal(str)

    def __init__(self, name: str, hint: str, *, height: int = 76) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._kept = ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._pause.start)

    def set_text(self, text: str) -> None:
        """Show a text, without telling anyone; typing that goes on is not disturbed."""
        if self._pause.isActive() and text == self._kept:
            return
        self._kept = text
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)
        self._pause.stop()

    def keep(self) -> None:
        """Tell what was typed, if it is new."""
        self._pause.stop()
        if (text := self.toPlainText()) != self._kept:
            self._kept = text
            self.written.emit(text)

    @override
    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()
