"""Shows the recovery key once, and has it printed or saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.entrance.card import Card, primary
from bodymap.widgets.theme import Theme

_LEAD = (
    "If every password is forgotten, this key opens the clinic. It is shown only now and kept "
    "nowhere. Print it, and lock it away where you keep deeds and passports."
)


class RecoveryCard(Card):
    """The key, how to keep it, and the way on.

    Signals:
        print_requested: The key is to go on paper.
        kept: The person has it.
    """

    print_requested = Signal()
    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("recovery", "Keep the recovery key", _LEAD)
        self.key = label("", "recovery-key", "recovery-key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.key.setAccessibleName("Recovery key")
        frame = framed("sunken", "recovery-frame")
        stacked(frame, self.key, margins=14)
        self.note = wrapping(label("", "caution-text", "taken-in"))
        self.note.hide()
        self.print = QPushButton("Save to print …")
        self.print.setObjectName("print-recovery")
        self.print.clicked.connect(self.print_requested)
        self.has_it = Switch("has-recovery-key", "I have the key on paper", theme)
        self.go_on = primary("Open the clinic", "recovery-kept")
        self.go_on.setEnabled(False)
        self.has_it.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.kept)
        buttons = beside(self.print, self.go_on, stretch=1)
        self.fill(frame, self.note, self.has_it, self.problem, buttons, busy=())

    def show_key(self, key: str, note: str = "") -> None:
        """Show a key in three rows of three groups, and what else is to be known."""
        groups = key.split("-")
        rows = (groups[at : at + 3] for at in range(0, len(groups), 3))
        self.key.setText("\n".join("  ".join(row) for row in rows))
        self.key.setMinimumHeight(3 * self.key.fontMetrics().lineSpacing())
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.print.setFocus()

    def forget(self) -> None:
        """Take the key off the screen for good."""
        self.key.clear()
