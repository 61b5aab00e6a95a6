"""One's own password, and after how long the window locks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bodymap.desk.sign_in import SignIn
from bodymap.desk.strength import strength
from bodymap.widgets.background import Background
from bodymap.widgets.controls.field import Field, beside, edit_of, label, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import password_line, primary, words_of
from bodymap.widgets.entrance.strength_bar import StrengthBar
from bodymap.widgets.theme import Theme

LOCKS_MIN = (1, 2, 5, 10, 15)
_WIDTH, _HEIGHT = 460, 560


class AccountPage(Veiled):
    """Changes a password, and the lock.

    Signals:
        lock_chosen: Minutes after which the window locks.
        changed: The password is another one now.
    """

    lock_chosen = Signal(object)
    changed = Signal()

    def __init__(self, window: QWidget, theme: Theme, door: SignIn, background: Background) -> None:
        super().__init__(window, theme, "account-page", "Password and lock")
        self._door, self._background = door, background
        self.old = Field("Your password now", password_line("old-password"))
        self.new = Field("New password", password_line("new-password"))
        self.again = Field("The new password again", password_line("new-password-again"))
        self.strength = StrengthBar(theme)
        self.problem = wrapping(label("", "wrong", "account-problem"))
        self.problem.hide()
        self.save = primary("Change the password", "change-password")
        options = [Option(m, str(m), f"After {m} minutes") for m in LOCKS_MIN]
        self.lock_after = Segments("lock-after", options, columns=len(options))
        for widget in (
            self.old,
            self.new,
            self.strength,
            self.again,
            self.problem,
            beside(self.save, stretch=0),
            Field("Lock after so many minutes without a touch", self.lock_after),
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        edit_of(self.new).textChanged.connect(self._judge)
        self.save.clicked.connect(self._change)
        self.lock_after.chosen.connect(self.lock_chosen)

    def show_page(self, lock_after_min: int) -> None:
        """Open it, waiting for the password of now."""
        self.lock_after.set_value(lock_after_min)
        self.open(_WIDTH, _HEIGHT)
        edit_of(self.old).setFocus()

    def _judge(self, password: str) -> None:
        user = self._door.user
        self.strength.show_strength(strength(password, (user.name, user.login)))

    def _change(self) -> None:
        old, new = words_of(self.old), words_of(self.new)
        user = self._door.user
        if not strength(new, (user.name, user.login)).is_enough:
            self._refuse("Choose one that is harder to guess: four words will do.")
        elif new != words_of(self.again):
            self._refuse("The two are not the same.")
        else:
            self.set_busy(is_busy=True)
            self._background.change(
                self, lambda: self._door.change_password(old, new), self._done, self._refuse
            )

    def _done(self, _: object) -> None:
        self.set_busy(is_busy=False)
        self.changed.emit()
        self.put_away()

    def _refuse(self, problem: str) -> None:
        self.set_busy(is_busy=False)
        self.problem.setText(problem)
        self.problem.show()
        edit_of(self.old).setFocus()
