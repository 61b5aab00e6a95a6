"""What covers the window while nobody is there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from bodymap.widgets.controls.field import Field, beside, edit_of, stacked
from bodymap.widgets.entrance.card import (
    Card,
    centred,
    link,
    password_line,
    primary,
    word_mark,
    words_of,
)

_SAVED = "All is saved. Your work stands as you left it."
_UNSAVED = (
    "Your work stands as you left it, but the last of it could not be saved yet. "
    "Unlock and see what stands in the way; do not switch off before."
)


class LockPage(QFrame):
    """Hides all there is and asks for one password.

    Signals:
        entered: The password.
        other_requested: Somebody else wants to sign in.
    """

    entered = Signal(str)
    other_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("lock-page")
        self.setAccessibleName("Locked")
        self.setProperty("look", "lock")
        self.card = Card("lock", "Locked", _SAVED)
        self.password = Field("Password", password_line("unlock-password"))
        self.go_on = primary("Unlock", "unlock-button")
        self.other = link("Sign in as somebody else", "other-user")
        edit_of(self.password).returnPressed.connect(self._enter)
        self.go_on.clicked.connect(self._enter)
        self.other.clicked.connect(self.other_requested)
        buttons = beside(self.go_on, self.other, stretch=0)
        busy = (self.password, self.go_on, self.other)
        self.card.fill(self.password, self.card.problem, buttons, busy=busy)
        stacked(self, centred(word_mark(), self.card))
        self.hide()

    def cover(self, name: str, *, is_saved: bool = True) -> None:
        """Cover the whole window and wait for a password."""
        self.card.lead.setText(_SAVED if is_saved else _UNSAVED)
        self.card.title.setText(name)
        self.card.show_problem("")
        edit_of(self.password).clear()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        edit_of(self.password).setFocus()

    def wait(self, problem: str) -> None:
        """Say what was wrong and take the next try."""
        self.card.show_problem(problem)
        edit_of(self.password).setFocus()
        edit_of(self.password).selectAll()

    def _enter(self) -> None:
        if words_of(self.password):
            self.entered.emit(words_of(self.password))
