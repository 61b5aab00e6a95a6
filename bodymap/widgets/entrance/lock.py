"""Locks the window: nothing of the record is seen, nothing is lost, all stands as before."""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from threading import Lock as Turn

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid
from typing_extensions import override

from bodymap.desk.sign_in import SignIn
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.entrance.clipboard import OwnClipboard
from bodymap.widgets.entrance.lock_page import LockPage
from bodymap.widgets.guarded import guarded, guarded_answer

TITLE = "bodymap"
_MOST_MENUS = 20
_PASSING = frozenset({Qt.WindowType.ToolTip, Qt.WindowType.Popup})
"""Windows that nobody expects to find again."""


class Why(StrEnum):
    """What locked the window, as the audit trail has it."""

    BY_HAND = "by hand"
    LEFT_ALONE = "left alone"
    SLEPT = "the computer slept"
    SCREEN = "the screen was locked"


class Lock(QObject):
    """Covers one window and hides all others while locked.

    What stands in the window is hidden, not closed: forms that are half filled, the place on
    the map and the chosen marks are found again. No key reaches an action while locked, and
    what would show by itself meanwhile waits until it is unlocked.

    Args:
        window: What is covered.
        door: Knows the password.
        background: Where it is tried.
        finish: Stores what is being typed; whether all is stored then.

    Signals:
        locked: Nothing is seen any more.
        unlocked: All is seen again.
        other_requested: Somebody else wants to sign in.
    """

    locked = Signal()
    unlocked = Signal()
    other_requested = Signal()

    def __init__(
        self,
        window: QMainWindow,
        door: SignIn,
        background: Background,
        finish: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._name = door.user.name  # asked now, for the store may not answer later
        self._background = background
        self._finish = finish
        self._hidden: list[QWidget] = []
        self._actions: list[QAction] = []
        self._title = ""
        self._focus: QWidget | None = None
        self._is_locked = False
        self._is_over = False
        self._is_saved = True
        self._untold: Why | None = None
        self._telling = Turn()
        self.clipboard = OwnClipboard(self)
        self.page = LockPage(window)
        self.page.entered.connect(self._try)
        self.page.other_requested.connect(self.other_requested)

    @property
    def is_locked(self) -> bool:
        """Whether nothing is seen."""
        return self._is_locked

    def lock(self, why: Why = Why.BY_HAND) -> None:
        """Cover everything at once; what is being typed is stored first."""
        if self._is_locked or self._is_over:
            return
        self._is_locked = True
        self._close_menus()
        self._finish_typing()
        self._focus = self._window.focusWidget()
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(TITLE)
        self._take_actions()
        self._hide_all()
        self.clipboard.take()
        self.page.cover(self._name, is_saved=self._is_saved)
        self._keep_watch(is_on=True)
        self._untold = why
        self._background.change(self, self._tell, lambda _: None, lambda _: None)
        self.locked.emit()

    def unlock(self) -> None:
        """Show everything as it was."""
        if not self._is_locked:
            return
        self._is_locked = False
        self._keep_watch(is_on=False)
        self.page.hide()
        for hidden in filter(isValid, self._hidden):  # some may have gone meanwhile
            hidden.show()
        self._window.setWindowTitle(self._title)
        self._window.addActions(self._actions)
        self.clipboard.give_back()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._actions, self._hidden, self._focus = [], [], None
        self.unlocked.emit()

    def end(self) -> None:
        """The window goes for good: other windows may be seen, and nothing is left to paste."""
        self._is_over = True
        self._keep_watch(is_on=False)
        self.clipboard.forget()

    @override
    @guarded_answer(otherwise=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.page.setGeometry(self._window.rect())
        elif event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._keep_hidden(watched)
        return False

    def _keep_watch(self, *, is_on: bool) -> None:
        qt = QApplication.instance()
        assert qt is not None  # noqa: S101 - there are no windows without it
        qt.removeEventFilter(self)
        if is_on:
            qt.installEventFilter(self)

    def _keep_hidden(self, shown: QWidget) -> None:
        """Something shows by itself, such as an answer that came late: it waits."""
        if not self._would_be_seen(shown):
            return
        if shown not in self._hidden and shown.windowType() not in _PASSING:
            self._hidden.append(shown)
        shown.hide()

    def _would_be_seen(self, shown: QWidget) -> bool:
        if shown is self._window or self._is_of_page(shown):
            return False
        return shown.isWindow() or shown.parentWidget() is self._window

    def _is_of_page(self, shown: QWidget) -> bool:
        """Whether it is the page, or the menu of one of its fields."""
        part: QWidget | None = shown
        while part is not None and part is not self.page:
            part = part.parentWidget()
        return part is not None

    def _close_menus(self) -> None:
        for _ in range(_MOST_MENUS):  # one that will not go is hidden with all the rest
            if (menu := QApplication.activePopupWidget()) is None:
                return
            menu.close()

    @guarded
    def _finish_typing(self) -> None:
        self._is_saved = False
        self._is_saved = self._finish()

    def _hide_all(self) -> None:
        windows = QApplication.topLevelWidgets()
        children = [child for child in self._window.children() if isinstance(child, QWidget)]
        seen = [*(one for one in windows if one.isVisible()), *children]
        for one in seen:
            if not one.isHidden():
                self._keep_hidden(one)

    def _take_actions(self) -> None:
        self._actions = list(self._window.actions())
        for action in self._actions:
            self._window.removeAction(action)

    def _tell(self) -> None:
        """Beside the window: put down that it was locked, once."""
        with self._telling:
            if (why := self._untold) is not None:
                self._door.put_down_lock(why)
                self._untold = None

    def _unlocked(self, password: str) -> None:
        """Beside the window: try the password; that it was locked is put down before."""
        with suppress(BodymapError):
            self._tell()
        self._door.unlock(password)

    def _try(self, password: str) -> None:
        self.page.card.set_busy(is_busy=True)
        self._background.query(self, lambda: self._unlocked(password), self._open, self._refuse)

    def _open(self, _: object) -> None:
        self.page.card.set_busy(is_busy=False)
        self.unlock()

    def _refuse(self, problem: str) -> None:
        self.page.card.set_busy(is_busy=False)
        self.page.wait(problem)
