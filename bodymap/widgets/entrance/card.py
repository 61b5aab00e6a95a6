"""The card in the middle of an empty window that the entrance is made of."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.widgets.controls.field import Field, label, nested, stacked, wrapping
from bodymap.widgets.guarded import guarded_answer

WIDTH = 440


class Card(QFrame):
    """A title, fields one below the other, a line for what is wrong, and buttons."""

    def __init__(self, name: str, title: str, lead: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.title = label(title, "title", f"{name}-title")
        self.lead = wrapping(label(lead, "muted", f"{name}-lead"))
        self.problem = wrapping(label("", "wrong", f"{name}-problem"))
        self.problem.hide()
        self._busy: tuple[QWidget, ...] = ()
        self._column = stacked(self, self.title, self.lead, spacing=14, margins=28)
        self.lead.setVisible(bool(lead))  # once it has a parent: else it would be a window

    def fill(self, *widgets: QWidget, busy: Sequence[QWidget]) -> None:
        """Lay the fields and buttons out.

        Args:
            widgets: All of them, from the top.
            busy: Those that cannot be used while something is being done.
        """
        for widget in widgets:
            self._column.addWidget(widget)
        self._busy = tuple(busy)

    def show_problem(self, text: str) -> None:
        """Say what went wrong; empty when nothing did."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    @override
    @guarded_answer(otherwise=False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and (layout := self.layout()) is not None:
            # Words that run over several lines need the room that they take at this width.
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(WIDTH)))
        return super().event(event)

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be pressed while a password is being tried."""
        for widget in self._busy:
            widget.setDisabled(is_busy)


def password_line(name: str) -> QLineEdit:
    """A line whose letters are not shown."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(256)
    return made


def primary(text: str, name: str) -> QPushButton:
    """The one button that goes on."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", "primary")
    made.setDefault(True)
    return made


def link(text: str, name: str) -> QPushButton:
    """A way aside."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", "link")
    return made


def words_of(field: Field) -> str:
    """What stands in a field's line."""
    control = field.control
    assert isinstance(control, QLineEdit)  # noqa: S101 - made with one
    return control.text()


def centred(*widgets: QWidget) -> QWidget:
    """Widgets below each other in the middle of all the room there is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(18)
    column.addStretch(2)
    for widget in widgets:
        row = nested(column, QHBoxLayout())
        row.addStretch()
        row.addWidget(widget)
        row.addStretch()
    column.addStretch(3)
    return whole


def word_mark() -> QLabel:
    """The program's name."""
    return label("bodymap", "word-mark", "word-mark")
