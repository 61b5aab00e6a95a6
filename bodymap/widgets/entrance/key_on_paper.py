"""The recovery key as it is shown once, and the way to have it on paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.entrance.card import primary
from bodymap.widgets.theme import Theme


class KeyOnPaper(QWidget):
    """Shows a key, has it printed, and goes on once the person has it.

    Args:
        theme: The colours and sizes.
        go_on: What the button that goes on says.

    Signals:
        print_requested: The key is to go on paper.
        kept: The person has it.
    """

    print_requested = Signal()
    kept = Signal()

    def __init__(self, theme: Theme, go_on: str) -> None:
        super().__init__()
        self.text = label("", "recovery-key", "recovery-key")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("Recovery key")
        frame = framed("sunken", "recovery-frame")
        stacked(frame, self.text, margins=14)
        self.note = wrapping(label("", "caution-text", "recovery-note"))
        self.note.hide()
        self.print = QPushButton("Save to print …")
        self.print.setObjectName("print-recovery")
        self.print.clicked.connect(self.print_requested)
        self.has_it = Switch("has-recovery-key", "I have the key on paper", theme)
        self.go_on = primary(go_on, "recovery-kept")
        self.go_on.setEnabled(False)
        self.has_it.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.kept)
        buttons = beside(self.print, self.go_on, stretch=1)
        stacked(self, frame, self.note, self.has_it, buttons, spacing=14)

    def show_key(self, key: str, note: str = "") -> None:
        """Show a key in three rows of three groups, and what else is to be known."""
        groups = key.split("-")
        rows = (groups[at : at + 3] for at in range(0, len(groups), 3))
        self.text.setText("\n".join("  ".join(row) for row in rows))
        self.text.setMinimumHeight(3 * self.text.fontMetrics().lineSpacing())
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.has_it.setChecked(False)
        self.print.setFocus()

    def forget(self) -> None:
        """Take the key off the screen for good."""
        self.text.clear()
