"""The first start: the clinic's name, its owner, and a password."""

from PySide6.QtCore import Signal

from bodymap.desk.sign_in import Founding
from bodymap.desk.strength import strength
from bodymap.widgets.controls.field import Field, edit_of, line
from bodymap.widgets.entrance.card import Card, password_line, primary, words_of
from bodymap.widgets.entrance.strength_bar import StrengthBar
from bodymap.widgets.theme import Theme

_LEAD = (
    "Everything you chart is encrypted on this computer. Your password is the key to it: "
    "nobody can tell you what it was."
)


class SetUpCard(Card):
    """Asks for what a clinic begins with.

    Signals:
        entered: A complete `Founding`.
    """

    entered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("set-up", "Set up your clinic", _LEAD)
        self.clinic = Field("Clinic", line("clinic-name", "Practice in Mill Lane"))
        self.owner = Field("Your name, as it is printed", line("owner-name", "Noor Example"))
        self.login = Field("Name to sign in with", line("login", "noor"))
        self.password = Field("Password", password_line("password"))
        self.again = Field("The same password again", password_line("password-again"))
        self.strength = StrengthBar(theme)
        self.go_on = primary("Set up", "set-up-button")
        fields = (self.clinic, self.owner, self.login, self.password, self.again)
        for field in fields:
            edit_of(field).returnPressed.connect(self._enter)
        edit_of(self.owner).editingFinished.connect(self._suggest_login)
        edit_of(self.password).textChanged.connect(self._judge)
        edit_of(self.again).textChanged.connect(lambda: self.again.set_problem(""))
        self.go_on.clicked.connect(self._enter)
        rows = (*fields[:4], self.strength, self.again)
        self.fill(*rows, self.problem, self.go_on, busy=(*fields, self.go_on))

    def begin(self) -> None:
        """Wait for the first field."""
        edit_of(self.clinic).setFocus()

    def _suggest_login(self) -> None:
        if not words_of(self.login) and (names := words_of(self.owner).split()):
            edit_of(self.login).setText(names[0].lower())

    def _judge(self) -> None:
        known = [words_of(field) for field in (self.clinic, self.owner, self.login)]
        self.strength.show_strength(strength(words_of(self.password), known))
        self.password.set_problem("")

    def _enter(self) -> None:
        self.show_problem("")
        wrong = [field for field in self._asked() if field.problem]
        if wrong:
            edit_of(wrong[0]).setFocus()
            return
        self.entered.emit(
            Founding(
                clinic=words_of(self.clinic),
                owner=words_of(self.owner),
                login=words_of(self.login),
                password=words_of(self.password),
            )
        )

    def _asked(self) -> tuple[Field, ...]:
        for field, words in (
            (self.clinic, "The clinic’s name is missing."),
            (self.owner, "Your name is missing."),
            (self.login, "The name to sign in with is missing."),
        ):
            field.set_problem("" if words_of(field).strip() else words)
        known = [words_of(field) for field in (self.clinic, self.owner, self.login)]
        found = strength(words_of(self.password), known)
        weak = "" if found.is_enough else "Choose one that is harder to guess: four words will do."
        self.password.set_problem(weak)
        same = words_of(self.password) == words_of(self.again)
        self.again.set_problem("" if same else "The two are not the same.")
        return (self.clinic, self.owner, self.login, self.password, self.again)
