"""Who is there: a name and a password, or the recovery key and a new password."""

from PySide6.QtCore import Signal

from bodymap.widgets.controls.field import Field, beside, edit_of, line
from bodymap.widgets.entrance.card import Card, link, password_line, primary, words_of


class SignInCard(Card):
    """Asks for a name and a password.

    Signals:
        entered: The name and the password.
        recovery_requested: The password was forgotten.
    """

    entered = Signal(str, str)
    recovery_requested = Signal()

    def __init__(self) -> None:
        super().__init__("sign-in", "Sign in")
        self.login = Field("Name", line("sign-in-login"))
        self.password = Field("Password", password_line("sign-in-password"))
        self.go_on = primary("Sign in", "sign-in-button")
        self.forgotten = link("Password forgotten", "password-forgotten")
        edit_of(self.login).returnPressed.connect(edit_of(self.password).setFocus)
        edit_of(self.password).returnPressed.connect(self._enter)
        self.go_on.clicked.connect(self._enter)
        self.forgotten.clicked.connect(self.recovery_requested)
        busy = (self.login, self.password, self.go_on, self.forgotten)
        buttons = beside(self.go_on, self.forgotten, stretch=0)
        self.fill(self.login, self.password, self.problem, buttons, busy=busy)

    def begin(self, clinic: str, login: str) -> None:
        """Wait for the password of whom it was last, or for a name."""
        self.title.setText(clinic)
        self.show_problem("")
        edit_of(self.login).setText(login)
        edit_of(self.password).clear()
        self.wait()

    def show_news(self, text: str) -> None:
        """Say what was done just now; empty when nothing was."""
        self.lead.setText(text)
        self.lead.setVisible(bool(text))

    def wait(self) -> None:
        """Take the next try."""
        line_of = self.password if words_of(self.login) else self.login
        edit_of(line_of).setFocus()
        edit_of(self.password).selectAll()

    def _enter(self) -> None:
        if words_of(self.login).strip() and words_of(self.password):
            self.show_problem("")
            self.entered.emit(words_of(self.login), words_of(self.password))
        else:
            self.show_problem("Type your name and your password.")
            self.wait()


class RecoverCard(Card):
    """Asks for the printed key, whose password is to be set, and the new password.

    Signals:
        entered: The key, the name and the new password.
        dismissed: The person went back.
    """

    entered = Signal(str, str, str)
    dismissed = Signal()

    def __init__(self) -> None:
        lead = "The use of the recovery key is put down and shown to the clinic’s owner."
        super().__init__("recover", "Open with the recovery key", lead)
        self.key = Field("Recovery key", line("recover-key", "XXXX-XXXX-XXXX-…"))
        self.login = Field("Name to sign in with", line("recover-login"))
        self.password = Field("New password", password_line("recover-password"))
        self.go_on = primary("Set the password", "recover-button")
        self.back = link("Back", "recover-back")
        fields = (self.key, self.login, self.password)
        for field in fields:
            edit_of(field).returnPressed.connect(self._enter)
        self.go_on.clicked.connect(self._enter)
        self.back.clicked.connect(self.dismissed)
        buttons = beside(self.go_on, self.back, stretch=0)
        self.fill(*fields, self.problem, buttons, busy=(*fields, self.go_on, self.back))

    def begin(self) -> None:
        """Wait for the key."""
        for field in (self.key, self.login, self.password):
            edit_of(field).clear()
        self.show_problem("")
        edit_of(self.key).setFocus()

    def _enter(self) -> None:
        self.show_problem("")
        given = (words_of(self.key), words_of(self.login), words_of(self.password))
        if all(given):
            self.entered.emit(*given)
        else:
            self.show_problem("All three are needed.")
