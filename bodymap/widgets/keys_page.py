"""All keys on one page, over the window; made from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.widgets.actions import SPECS, ActionId, shown_key
from bodymap.widgets.controls.field import label
from bodymap.widgets.icons import icon
from bodymap.widgets.menus import MENUS
from bodymap.widgets.theme import Theme

_COLUMNS = (("Tools", "Edit"), ("Body", "Reference"), ("Visit", "Record", "Window", "Map"))
_MAP_KEYS = (
    ("Arrows", "Move the cross, or the chosen marks by 1 mm"),
    ("Shift + arrows", "The same by 5 mm"),
    ("Enter", "Put a mark at the cross"),
    ("Esc", "Leave off, let go of the marks"),
    ("[  ]", "Narrower or wider brush"),
    ("Space + drag", "Shift the body"),
)


class KeysPage(QFrame):
    """A card in the middle of the window; any click or Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("keys-page")
        self.setAccessibleName("Keys")
        self.setProperty("look", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close = QToolButton()
        self._close.setObjectName("keys-close")
        self._close.setAccessibleName("Close")
        self._close.setProperty("look", "zoom")
        self._close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(label("Keys", "title"), 1)
        head.addWidget(self._close)
        columns = QHBoxLayout()
        columns.setSpacing(44)
        for titles in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(5)
            for title in titles:
                column.addWidget(label(title.upper(), "caption"))
                column.addLayout(_rows(title))
                column.addSpacing(12)
            column.addStretch(1)
            columns.addLayout(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 20, 32, 16)
        outer.addLayout(head)
        outer.addLayout(columns)
        self.hide()

    def open(self) -> None:
        """Show it in the middle of the window, or put it away if it is open."""
        if self.isVisible():
            self.hide()
            return
        self.adjustSize()
        room = self._window.rect()
        self.move(room.center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._close.setIcon(icon("close", theme, "muted"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()


def _rows(title: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    for row, (key, text) in enumerate(_entries(title)):
        grid.addWidget(label(key, "key"), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(text, "body"), row, 1)
    grid.setColumnMinimumWidth(0, 64 if title == "Body" else 108)
    grid.setColumnStretch(1, 1)
    return grid


def _entries(title: str) -> list[tuple[str, str]]:
    if title == "Map":
        return list(_MAP_KEYS)
    listed = [action for action in MENUS[title] if action is not None]
    if title == "Window":
        listed += [ActionId.OPEN_MENU, ActionId.QUIT]
    return [(_keys(action), SPECS[action].text) for action in listed]


def _keys(action: ActionId) -> str:
    return shown_key(SPECS[action].keys[0])
