"""Locks the window: nothing of the record is seen, nothing is lost, all stands as before."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from bodymap.desk.sign_in import SignIn
from bodymap.widgets.background import Background
from bodymap.widgets.entrance.lock_page import LockPage

TITLE = "bodymap"


class Lock(QObject):
    """Covers one window and hides all others while locked.

    What stands in the window is hidden, not closed: forms that are half filled, the place on
    the map and the chosen marks are found again. No key reaches an action while locked.

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
        finish: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._content = window.centralWidget() or QWidget(window)
        self._door = door
        self._background = background
        self._finish = finish
        self._hidden: list[QWidget] = []
        self._actions: list[QAction] = []
        self._title = ""
        self._focus: QWidget | None = None
        self._is_locked = False
        self.page = LockPage(window)
        self.page.entered.connect(self._try)
        self.page.other_requested.connect(self.other_requested)

    @property
    def is_locked(self) -> bool:
        """Whether nothing is seen."""
        return self._is_locked

    def lock(self) -> None:
        """Cover everything at once; what is being typed is stored first."""
        if self._is_locked:
            return
        self._is_locked = True
        self._close_menus()
        self._finish()
        self._focus = self._window.focusWidget()
        self._hide_others()
        self._take_actions()
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(TITLE)
        self._content.hide()
        self._window.installEventFilter(self)
        self.page.cover(self._door.user.name)
        self.locked.emit()

    def unlock(self) -> None:
        """Show everything as it was."""
        if not self._is_locked:
            return
        self._is_locked = False
        self._window.removeEventFilter(self)
        self.page.hide()
        self._content.show()
        self._window.setWindowTitle(self._title)
        self._window.addActions(self._actions)
        for other in self._hidden:
            other.show()
        if self._focus is not None:
            self._focus.setFocus()
        self._actions, self._hidden, self._focus = [], [], None
        self.unlocked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.page.setGeometry(self._window.rect())
        return False

    def _close_menus(self) -> None:
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()

    def _hide_others(self) -> None:
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        self._hidden = [other for other in others if other is not self._window]
        for other in self._hidden:
            other.hide()

    def _take_actions(self) -> None:
        self._actions = list(self._window.actions())
        for action in self._actions:
            self._window.removeAction(action)

    def _try(self, password: str) -> None:
        self.page.card.set_busy(is_busy=True)
        self._background.query(self, lambda: self._door.unlock(password), self._open, self._refuse)

    def _open(self, _: object) -> None:
        self.page.card.set_busy(is_busy=False)
        self.unlock()

    def _refuse(self, problem: str) -> None:
        self.page.card.set_busy(is_busy=False)
        self.page.wait(problem)
