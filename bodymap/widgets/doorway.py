"""From the entrance to the desk and back: who sees which window when."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from bodymap.widgets.entrance.entrance import Entrance
from bodymap.widgets.entrance.house import House
from bodymap.widgets.settings import Settings

if TYPE_CHECKING:  # loaded once somebody has signed in
    from bodymap.desk.recovery_key import RecoveryUse
    from bodymap.widgets.entrance.idle import Idle
    from bodymap.widgets.entrance.lock import Lock
    from bodymap.widgets.entrance.screen import ScreenWatch
    from bodymap.widgets.main_window import MainWindow

STILL_IN_MS = 5000
"""So often it is asked whether the user has been shut out."""


class Doorway(QObject):
    """Shows the entrance, then the desk; locks the desk and signs out.

    Args:
        house: Who is in, and who may come in.
        make_entrance: A fresh entrance.
        make_window: A fresh desk for whoever is signed in.
        settings: After how long the desk locks.
    """

    def __init__(
        self,
        house: House,
        make_entrance: Callable[[], Entrance],
        make_window: Callable[[], "MainWindow"],
        settings: Settings,
    ) -> None:
        super().__init__()
        self._house = house
        self._make_entrance = make_entrance
        self._make_window = make_window
        self._settings = settings
        self.entrance: Entrance | None = None
        self.window: MainWindow | None = None
        self.lock: Lock | None = None
        self.idle: Idle | None = None
        self.screen: ScreenWatch | None = None

    def begin(self) -> None:
        """Show the desk if somebody is signed in already, the entrance otherwise."""
        if self._house.somebody_is_in:
            self._go_in()
        else:
            self._show_entrance()

    def sign_out(self) -> None:
        """Close the desk, whatever is not saved, and show the entrance."""
        if self.lock is not None:
            self.lock.end()
        window = self._let_go()
        self._show_entrance()
        if window is not None:
            window.leaving.may_lose()
            window.close()
            window.deleteLater()
        self._house.close()

    def show_problem(self, text: str) -> None:
        """Say that something unexpected happened, where it is seen."""
        if self.window is not None:
            self.window.banner.show_problem(text)
        elif self.entrance is not None:
            self.entrance.card.show_problem(text)

    def _show_entrance(self) -> None:
        self.entrance = self._make_entrance()
        self.entrance.entered.connect(self._go_in)
        self.entrance.show()

    def _go_in(self) -> None:
        from bodymap.widgets.entrance.idle import Idle  # noqa: PLC0415 - not for the entrance
        from bodymap.widgets.entrance.lock import Lock  # noqa: PLC0415
        from bodymap.widgets.entrance.screen import watch_screen  # noqa: PLC0415

        self.window = self._make_window()
        self.lock = Lock(self.window, self._house.sign_in, self.window.background, self._finish)
        self.lock.other_requested.connect(self.sign_out)
        self.lock.unlocked.connect(self._stir)
        self.window.left.connect(self.lock.end)
        self.idle = Idle(self.window, self._settings.lock_after_min)
        self.idle.left.connect(self.lock.lock)
        self.screen = watch_screen(self.lock, self.lock.lock)
        self._bind(self.window, self.lock)
        self.window.show()
        asking = QTimer(self.window, interval=STILL_IN_MS)  # it goes with the window
        asking.timeout.connect(self._ask_whether_still_in)
        asking.start()
        self.window.background.query(
            self.window, self._house.recovery_key.last_use, self._tell_recovery, lambda _: None
        )
        if self.entrance is not None:
            self.entrance.close()
            self.entrance.deleteLater()
            self.entrance = None

    def _tell_recovery(self, use: "RecoveryUse | None") -> None:
        if use is None or self.window is None:
            return
        from bodymap.chart.day_words import day_in_full  # noqa: PLC0415 - not for the entrance

        at = f"{day_in_full(use.at)} at {use.at:%H:%M}"
        used = f"The recovery key was used on {at} to set a password"
        if use.is_renewed:
            self.window.banner.show_problem(
                f"{used}; a new one was made since. If nobody of you used it, change the passwords "
                "now."
            )
        else:
            self.window.banner.show_problem(
                f"{used}, and still opens the clinic: make a new one. If nobody of you used it, "
                "change the passwords now as well.",
                "New recovery key",
                self._open_recovery_key,
            )

    def _bind(self, window: "MainWindow", lock: "Lock") -> None:
        from bodymap.widgets.actions import ActionId  # noqa: PLC0415 - not for the entrance
        from bodymap.widgets.entrance.lock import Why  # noqa: PLC0415
        from bodymap.widgets.rights import hide_what_is_denied  # noqa: PLC0415

        actions = window.actions_by_id
        actions.bind(ActionId.LOCK, lambda: lock.lock(Why.BY_HAND))
        actions.bind(ActionId.SIGN_OUT, lambda: window.leaving.ask(self.sign_out))
        actions.bind(ActionId.USERS, self._open_users)
        actions.bind(ActionId.ACCOUNT, self._open_account)
        actions.bind(ActionId.RECOVERY_KEY, self._open_recovery_key)
        denied = hide_what_is_denied(window, actions, self._house.sign_in.might)
        window.people.setHidden(ActionId.FIND_PATIENT in denied)

    def _open_users(self) -> None:
        from bodymap.widgets.users.users_page import UsersPage  # noqa: PLC0415 - seldom opened

        if (window := self.window) is not None:
            page = UsersPage(
                window, window.theme, self._house.users, self._house.sign_in.user, window.background
            )
            page.closed.connect(page.deleteLater)
            page.recovery_key_requested.connect(self._open_recovery_key)
            page.show_page()

    def _open_recovery_key(self) -> None:
        from bodymap.widgets.users.recovery_key_page import (  # noqa: PLC0415 - seldom opened
            RecoveryKeyPage,
        )

        if (window := self.window) is not None:
            page = RecoveryKeyPage(
                window, window.theme, self._house.recovery_key, window.background
            )
            page.closed.connect(page.deleteLater)
            page.finished.connect(window.banner.show_notice)
            page.failed.connect(window.banner.show_problem)
            page.show_page()

    def _open_account(self) -> None:
        from bodymap.widgets.users.account_page import AccountPage  # noqa: PLC0415 - seldom opened

        if (window := self.window) is not None:
            page = AccountPage(window, window.theme, self._house.sign_in, window.background)
            page.closed.connect(page.deleteLater)
            page.lock_chosen.connect(self._lock_after)
            page.changed.connect(lambda: window.banner.show_notice("The password was changed."))
            page.show_page(self._settings.lock_after_min)

    def _lock_after(self, chosen: object) -> None:
        minutes = chosen if isinstance(chosen, int) else self._settings.lock_after_min
        self._settings.lock_after_min = minutes
        if self.idle is not None:
            self.idle.set_limit(minutes)

    def _finish(self) -> bool:
        """Store what is being typed or nudged; whether all is in."""
        if (window := self.window) is None:
            return True
        window.finish()
        return window.session.is_all_saved

    def _let_go(self) -> "MainWindow | None":
        window, self.window, self.lock, self.idle = self.window, None, None, None
        return window

    def _stir(self) -> None:
        if self.idle is not None:
            self.idle.stir()

    def _ask_whether_still_in(self) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.background.query(
                self, self._house.sign_in.check_still_in, lambda _: None, self._out
            )

    def _out(self, problem: str) -> None:
        if self.window is not None and self.window.isVisible():  # else it was closed meanwhile
            self.sign_out()
            self.show_problem(problem)
