"""All keys on one page, over the window; made from the table of actions."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.widgets.actions import SPECS, ActionId, shown_key
from bodymap.widgets.controls.field import label, nested
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.veil import Veil
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.menus import MENUS
from bodymap.widgets.theme import Theme

_MAP_KEYS = (
    ("Arrows", "Move the cross or the marks by 1 mm"),
    ("Shift + arrows", "The same by 5 mm"),
    ("Enter", "Put a mark at the cross"),
    ("Esc", "Leave off, let go of the marks"),
    ("[  ]", "Narrower or wider brush"),
    ("Space + drag", "Shift the body"),
)
_MAP = "Map"
_COLUMNS = (4, 3)
"""The most that no word is cut with is taken."""
_EDGE = 24


class KeysPage(Veil):
    """A card over the veiled window; any click or Escape closes it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme, "keys-page", "Keys")
        self._close = QToolButton()
        self._close.setObjectName("keys-close")
        self._close.setAccessibleName("Close")
        self._close.setProperty("look", "zoom")
        self._close.clicked.connect(self.hide)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(0, 0, 12, 0)
        self._columns.setSpacing(36)
        self._inside = QWidget()
        self._groups: Sequence[_Group] = ()
        self._inside.setLayout(self._columns)
        self._scroll = scrolled(self._inside)
        self._card = QFrame(self)
        self._card.setProperty("look", "overlay")
        self._lay_out()
        self.hide()

    def open(self) -> None:
        """Show it over the whole window, or put it away if it is open."""
        if self.isVisible():
            self.hide()
            return
        if not self._groups:  # many labels that are seldom read: the window does not wait for them
            self._groups = [_Group(title, self._inside) for title in (*MENUS, _MAP)]
        room = self._window.rect()
        self.setGeometry(room)
        self.show()  # what is shown knows the sizes of its fonts
        self.raise_()
        for count in _COLUMNS:
            self._spread(count)
            if self._fit_card(room):
                break
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self._close.setIcon(icon("close", theme, "muted"))

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.singleStep() * 3)
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.singleStep() * 3)
            case _:
                super().keyPressEvent(event)

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def _lay_out(self) -> None:
        self._card_column = column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 18, 20, 20)
        column.setSpacing(8)
        head = nested(column, QHBoxLayout())
        head.addWidget(label("Keys", "title"), 1)
        head.addWidget(self._close)
        column.addWidget(self._scroll, 1)

    def _fit_card(self, room: QRect) -> bool:
        """No larger than its keys need, no larger than the window; whether that is wide enough."""
        card, most = self._card, room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE).size()
        card.resize(most)
        self._card_column.activate()
        around = card.size() - self._scroll.size()
        needs = self._columns.sizeHint() + around
        if needs.height() > most.height():
            needs.setWidth(needs.width() + self._scroll.verticalScrollBar().sizeHint().width())
        card.resize(needs.boundedTo(most))
        card.move(room.center() - card.rect().center())
        return needs.width() <= most.width()

    def _spread(self, count: int) -> None:
        """Put each group where the columns are still shortest."""
        while (item := self._columns.takeAt(0)) is not None:
            if (column := item.layout()) is not None:
                column.deleteLater()
        columns: list[list[_Group]] = [[] for _ in range(count)]
        for group in sorted(self._groups, key=lambda group: -group.rows):
            min(columns, key=_rows).append(group)
        for groups in columns:
            _fill(nested(self._columns, QVBoxLayout()), groups)
        self._columns.invalidate()


class _Group(QWidget):
    """The keys of one menu."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        entries = _entries(title)
        self.rows = len(entries) + 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 12)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.addWidget(label(title.upper(), "caption"), 0, 0, 1, 2)
        self._keys = [label(key, "key") for key, _ in entries]
        for row, (_, text) in enumerate(entries, start=1):
            key = self._keys[row - 1]
            self._grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label(text, "body"), row, 1)
        self._grid.setColumnStretch(1, 1)

    @property
    def key_width(self) -> int:
        """How much room its longest key takes, in pixels."""
        return max(key.sizeHint().width() for key in self._keys)

    def align(self, width: int) -> None:
        """Begin all words this far from the edge."""
        self._grid.setColumnMinimumWidth(0, width)
        self._grid.activate()


def _rows(groups: Sequence[_Group]) -> int:
    return sum(group.rows for group in groups)


def _fill(column: QVBoxLayout, groups: Sequence[_Group]) -> None:
    column.setSpacing(0)
    width = max((group.key_width for group in groups), default=0)
    for group in groups:
        group.align(width)
        column.addWidget(group)
    column.addStretch(1)


def _entries(title: str) -> list[tuple[str, str]]:
    if title == _MAP:
        return list(_MAP_KEYS)
    listed = [action for action in MENUS[title] if action is not None]
    if title == "Window":
        listed += [ActionId.OPEN_MENU, ActionId.QUIT]
    return [(_keys(action), SPECS[action].text) for action in listed]


def _keys(action: ActionId) -> str:
    return shown_key(SPECS[action].keys[0])
