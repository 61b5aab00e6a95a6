"""What lies over the veiled window, and a card there that Escape or a click beside it puts away."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from bodymap.widgets.actions import SPECS, ActionId
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import label, nested
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.icons import icon
from bodymap.widgets.theme import Theme

_VEIL = 0.34
_EDGE = 24
_OF_THE_PROGRAM = (
    ActionId.KEYS,
    ActionId.CHANGE_THEME,
    ActionId.TOUCH,
    ActionId.LOCK,
    ActionId.SIGN_OUT,
    ActionId.QUIT,
)
"""What their keys do is seen over a veil too; all others act on what lies beneath."""


class Veil(QWidget):
    """Darkens the window and keeps the keys: what is not seen is not changed.

    For Qt it is a window within the window: Tab goes round on it. (To go along Qt's chain of
    focus from Python would be a trap: for PySide whoever stands next in it belongs, from then on,
    to the one that was asked, and goes with it.) Once it is hidden the keys go where they went
    before.
    """

    def __init__(self, window: QWidget, theme: Theme, name: str, title: str) -> None:
        super().__init__(window, Qt.WindowType.SubWindow)
        self._window, self._theme = window, theme
        self._came_from: QWidget | None = None
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        veil = self._theme.colour("shadow")
        veil.setAlphaF(_VEIL)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), veil)

    @override
    @guarded_answer(otherwise=False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and not _is_of_the_program(event):
            event.accept()  # a key for who has the focus, not for an action of the window
            return True
        return super().event(event)

    @override
    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused = QApplication.focusWidget()
        if not event.spontaneous() and focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused

    @override
    @guarded
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            came_from, self._came_from = self._came_from, None
            if came_from is not None and isValid(came_from):
                came_from.setFocus()


class Veiled(Veil):
    """What is to be done first; the window waits beneath.

    Attributes:
        card: Where it is done.

    Signals:
        closed: It was put away.
    """

    closed = Signal()

    def __init__(self, window: QWidget, theme: Theme, name: str, title: str) -> None:
        super().__init__(window, theme, name, title)
        self.card = QFrame(self)
        self.card.setProperty("look", "overlay")
        self._close = QToolButton()
        self._close.setObjectName(f"{name}-close")
        self._close.setAccessibleName("Close")
        self._close.setProperty("look", "zoom")
        self._close.setIcon(icon("close", theme, "muted"))
        self._close.clicked.connect(self.put_away)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(28, 18, 20, 24)
        self.column.setSpacing(12)
        head = nested(self.column, QHBoxLayout())
        head.addWidget(label(title, "title"), 1)
        head.addWidget(self._close)
        self.hide()

    def open(self, width: int, height: int) -> None:
        """Show the card in the middle of the window, as large as there is room."""
        room = self._window.rect()
        self.setGeometry(room)
        most = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.card.resize(min(width, most.width()), min(height, most.height()))
        self.card.move(room.center() - self.card.rect().center())
        self.show()
        self.raise_()
        self.setFocus()  # so that its keys reach it, whatever in it may be used already

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme; it may be open while that is chosen."""
        self._theme = theme
        self._close.setIcon(icon("close", theme, "muted"))
        for switch in self.findChildren(Switch):
            switch.set_theme(theme)
        for choice in self.findChildren(DropDown):
            choice.set_theme(theme)
        self.update()

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be pressed while something is being done that the card is to tell of."""
        self.card.setDisabled(is_busy)
        if is_busy:
            self.setFocus()  # else the keys would go to the window

    def put_away(self) -> None:
        """Take it off the window, and go back to where the keys went before."""
        if not self.card.isEnabled():
            return
        self.hide()
        self.closed.emit()

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()  # no key reaches what lies beneath

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.put_away()


def _is_of_the_program(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    pressed = QKeySequence(event.keyCombination())
    keys = (key for action in _OF_THE_PROGRAM for key in SPECS[action].keys)
    return any(pressed == QKeySequence(key) for key in keys)
