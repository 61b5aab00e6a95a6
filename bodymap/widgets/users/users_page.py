"""Who works here: a list at the left, the chosen one at the right."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bodymap.chart.people import Role, User, UserId
from bodymap.desk.sign_in import Users
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.controls.field import nested
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import link
from bodymap.widgets.theme import Theme
from bodymap.widgets.users.user_form import UserEntry, UserForm
from bodymap.widgets.users.words import ROLE_WORDS

T = TypeVar("T")

_WIDTH, _HEIGHT = 900, 720
_LIST_WIDTH = 260


class UsersPage(Veiled):
    """Adds and changes users; each change is kept when it is saved.

    Args:
        window: What it lies over.
        theme: The colours and sizes.
        users: The users, for an administrator.
        me: Who looks.
        background: Passwords take a second to be set.

    Signals:
        recovery_key_requested: It was put away, for a new recovery key is wanted.
    """

    recovery_key_requested = Signal()

    def __init__(
        self, window: QWidget, theme: Theme, users: Users, me: User, background: Background
    ) -> None:
        super().__init__(window, theme, "users-page", "Users")
        self._users, self._me, self._background = users, me, background
        self._known: tuple[User, ...] = ()
        self._user: User | None = None
        self.form = UserForm(theme, None, (), is_self=False)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._rows: list[QPushButton] = []
        self.add = link("Add somebody", "add-user")
        self.add.clicked.connect(self._begin_new)
        self.recovery_key = link("Recovery key …", "open-recovery-key")
        self.recovery_key.clicked.connect(self._leave_for_recovery_key)
        self._scroll = scrolled(self.form, takes_focus=True)
        self._lay_out()
        self._refresh(me)

    def show_page(self) -> None:
        """Open it with oneself chosen."""
        self.open(_WIDTH, _HEIGHT)
        self.form.begin()

    def choose(self, user: User | None) -> None:
        """Show one user, or an empty form for a new one."""
        self._user = user
        heads = [one for one in self._known if Role.SUPERVISOR in one.roles and not one.disabled]
        others = [one for one in heads if user is None or one.id != user.id]
        is_self = user is not None and user.id == self._me.id
        self.form = UserForm(self._theme, user, others, is_self=is_self)
        self.form.entered.connect(self._keep)
        self.form.shut_out.connect(self._shut_out)
        self.form.let_in.connect(self._let_in)
        self._scroll.setWidget(self.form)
        for row, known in zip(self._rows, self._known, strict=True):
            row.setChecked(user is not None and known.id == user.id)
        if self.isVisible():
            self.form.begin()

    def _begin_new(self) -> None:
        self.choose(None)

    def _leave_for_recovery_key(self) -> None:
        self.put_away()
        self.recovery_key_requested.emit()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        nested(column, self._list)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addWidget(self.recovery_key, 0, Qt.AlignmentFlag.AlignLeft)
        row = nested(self.column, QHBoxLayout(), 1)
        row.setSpacing(28)
        row.addWidget(left)
        row.addWidget(self._scroll, 1)

    def _refresh(self, chosen: User | None) -> None:
        self.set_busy(is_busy=False)
        try:
            self._known = self._users.all()
        except BodymapError as problem:
            self.form.show_problem(str(problem))
            return
        for row in self._rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(user) for user in self._known]
        for row in self._rows:
            self._list.addWidget(row)
        self.choose(next((u for u in self._known if chosen and u.id == chosen.id), None))

    def _row(self, user: User) -> QPushButton:
        role = " and ".join(ROLE_WORDS[one].lower() for one in (user.role, *sorted(user.also)))
        role = role.capitalize()
        state = "shut out" if user.disabled else role if user.login else f"{role}, no password yet"
        row = QPushButton(f"{user.name}\n{state}")
        row.setObjectName(f"user-{user.login or user.id}")
        row.setAccessibleName(f"{user.name}, {state}")
        row.setProperty("look", "person")
        row.setCheckable(True)
        row.clicked.connect(lambda: self.choose(user))
        return row

    def _keep(self, entry: UserEntry) -> None:
        if self._user is None:
            blank = User(UserId(""), entry.name, login=entry.login)
            self._do(lambda: self._users.add(_with(blank, entry), entry.password))
        else:
            user, changed = self._user, _with(self._user, entry)
            self._do(
                lambda: self._after(
                    changed, lambda: self._users.change(changed, user, entry.password)
                )
            )

    def _shut_out(self) -> None:
        if (user := self._user) is not None:
            self._do(lambda: self._after(user, lambda: self._users.shut_out(user.id)))

    def _let_in(self, password: str) -> None:
        if (user := self._user) is not None:
            self._do(lambda: self._after(user, lambda: self._users.let_in(user.id, password)))

    def _after(self, user: User, act: Callable[[], None]) -> User:
        act()
        return user

    def _do(self, act: Callable[[], User]) -> None:
        self.set_busy(is_busy=True)
        self._background.change(self, act, self._refresh, self._refuse)

    def _refuse(self, problem: str) -> None:
        self.set_busy(is_busy=False)
        self.form.show_problem(problem)
        self.form.begin()


def _with(user: User, entry: UserEntry) -> User:
    return replace(
        user,
        name=entry.name.strip(),
        login=entry.login.strip(),
        role=entry.role,
        also=_kept(user, entry) | ({Role.ADMIN} if entry.is_admin else set()),
        supervisors=entry.supervisors,
    )


def _kept(user: User, entry: UserEntry) -> frozenset[Role]:
    """What they are besides that the form does not ask about; a trainee is nothing else."""
    return frozenset() if entry.role is Role.TRAINEE else user.also - {Role.ADMIN, entry.role}
