"""One user's name, role, supervisors and password."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bodymap.chart.people import Role, User, UserId
from bodymap.desk.strength import strength
from bodymap.widgets.controls.field import Field, beside, edit_of, label, line, wrapping
from bodymap.widgets.controls.segments import Chips, Option, Segments
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.entrance.card import link, password_line, primary, words_of
from bodymap.widgets.entrance.strength_bar import StrengthBar
from bodymap.widgets.theme import Theme
from bodymap.widgets.users.words import ROLE_TIPS, ROLE_WORDS

_TRAINED = (Role.TRAINEE,)


@dataclass(frozen=True, slots=True)
class UserEntry:
    """What was entered about a user; the password is empty where it stays as it is."""

    name: str
    login: str
    role: Role
    is_admin: bool
    supervisors: frozenset[UserId]
    password: str


class UserForm(QWidget):
    """Asks and shows; what is allowed is decided at the desk.

    Args:
        theme: The colours and sizes.
        user: Who; None for somebody new.
        supervisors: Those who may read a trainee's visits.
        is_self: Whether it is the one who looks.

    Signals:
        entered: A `UserEntry` to be kept.
        shut_out: The user is to be shut out.
        let_in: The user is to be let in again, with the password that was typed.
    """

    entered = Signal(object)
    shut_out = Signal()
    let_in = Signal(str)

    def __init__(
        self, theme: Theme, user: User | None, supervisors: Sequence[User], *, is_self: bool
    ) -> None:
        super().__init__()
        self.setObjectName("user-form")
        self.name = Field("Name, as it is printed", line("user-name"))
        self.login = Field("Name to sign in with", line("user-login"))
        options = [Option(role, ROLE_WORDS[role], ROLE_TIPS[role]) for role in ROLE_WORDS]
        self.role = Segments("user-role", options, columns=3)
        self.tip = wrapping(label("", "muted", "user-role-tip"))
        self.admin = Switch("user-admin", "Administrator as well", theme)
        self.supervisors = Chips(
            "user-supervisors", [Option(one.id, one.name) for one in supervisors], columns=2
        )
        self._supervisors = Field("Supervisors", self.supervisors)
        self.password = Field("New password", password_line("user-password"))
        self.strength = StrengthBar(theme)
        self.problem = wrapping(label("", "wrong", "user-problem"))
        self.save = primary("Save", "save-user")
        self.shut = link("Shut out", "shut-out-user")
        self.back = QPushButton("Let in again")
        self.back.setObjectName("let-in-user")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._lay_out()
        self._connect()
        self._show_user(user, is_self=is_self)

    def begin(self) -> None:
        """Wait for the name."""
        edit_of(self.name).setFocus()

    def show_problem(self, text: str) -> None:
        """Say what is not possible; empty when all is well."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _show_user(self, user: User | None, *, is_self: bool) -> None:
        edit_of(self.name).setText(user.name if user else "")
        edit_of(self.login).setText(user.login if user else "")
        edit_of(self.password).clear()
        self.password.caption.setText("NEW PASSWORD, IF IT IS TO CHANGE" if user else "PASSWORD")
        self.supervisors.set_values(user.supervisors if user else ())
        self.admin.setChecked(bool(user and Role.ADMIN in user.also))
        self._choose_role(user.role if user else Role.THERAPIST)
        shut_out = bool(user and user.disabled)
        self.shut.setVisible(bool(user) and not shut_out and not is_self)
        self.back.setVisible(shut_out)
        self.save.setText("Save" if user else "Add user")
        self.problem.hide()

    def _lay_out(self) -> None:
        for widget in (
            self.name,
            self.login,
            Field("Role", self.role),
            self.tip,
            self.admin,
            self._supervisors,
            self.password,
            self.strength,
            self.problem,
            beside(self.save, self.back, self.shut, stretch=0),
        ):
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def _connect(self) -> None:
        self.role.chosen.connect(self._choose_role)
        edit_of(self.password).textChanged.connect(self._judge)
        self.save.clicked.connect(self._enter)
        self.shut.clicked.connect(self.shut_out)
        self.back.clicked.connect(lambda: self.let_in.emit(words_of(self.password)))

    def _choose_role(self, role: object) -> None:
        chosen = role if isinstance(role, Role) else Role.THERAPIST
        self.role.set_value(chosen)
        self.tip.setText(ROLE_TIPS[chosen])
        self._supervisors.setVisible(chosen in _TRAINED)
        self.admin.setHidden(chosen is Role.ADMIN)

    def _judge(self, password: str) -> None:
        known = (words_of(self.name), words_of(self.login))
        self.strength.show_strength(strength(password, known))

    def _enter(self) -> None:
        self.show_problem("")
        password = words_of(self.password)
        if (
            password
            and not strength(password, (words_of(self.name), words_of(self.login))).is_enough
        ):
            self.show_problem("Choose a password that is harder to guess: four words will do.")
            return
        role = self.role.value
        chosen = role if isinstance(role, Role) else Role.THERAPIST
        self.entered.emit(
            UserEntry(
                name=words_of(self.name),
                login=words_of(self.login),
                role=chosen,
                is_admin=self.admin.isChecked() and chosen is not Role.ADMIN,
                supervisors=self._chosen_supervisors() if chosen in _TRAINED else frozenset(),
                password=password,
            )
        )

    def _chosen_supervisors(self) -> frozenset[UserId]:
        return frozenset(UserId(str(one)) for one in self.supervisors.values)
