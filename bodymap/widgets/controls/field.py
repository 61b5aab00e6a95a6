"""A control with its caption above it, and the layouts that forms are made of."""

from typing import TypeVar

from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

_Layout = TypeVar("_Layout", bound=QLayout)
_PLAIN_TEXT = 0
"""`Qt.TextFormat.PlainText` by its number: whoever names it waits for all of Qt's enumerations,
and the first window would."""


def label(text: str, look: str, name: str = "") -> QLabel:
    """A label in one of the looks of the style sheet."""
    made = QLabel(text)
    made.setProperty("look", look)
    made.setProperty("textFormat", _PLAIN_TEXT)
    if name:
        made.setObjectName(name)
    return made


def wrapping(made: QLabel) -> QLabel:
    """The same label, free to run over several lines."""
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


class Field(QWidget):
    """A caption, a control, and a line for what is wrong with it."""

    def __init__(self, caption: str, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self.caption = label(caption.upper(), "caption")
        self.caption.setBuddy(control)
        self.caption.setAccessibleName(caption)
        if not control.accessibleName():
            control.setAccessibleName(caption)
        self._problem = wrapping(label("", "wrong", f"{control.objectName()}-problem"))
        self._problem.hide()
        stacked(self, self.caption, control, self._problem, spacing=6)

    def set_problem(self, text: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.control.setProperty("invalid", bool(text))
        self.control.setAccessibleDescription(text)
        self.control.style().polish(self.control)

    @property
    def problem(self) -> str:
        """What is wrong with it, as shown."""
        return self._problem.text()


def line(name: str, hint: str = "") -> QLineEdit:
    """One line to type in."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setPlaceholderText(hint)
    return made


def edit_of(field: Field) -> QLineEdit:
    """The line of a field that has one."""
    control = field.control
    assert isinstance(control, QLineEdit)  # noqa: S101 - made by `line` above
    return control


def stacked(parent: QWidget, *widgets: QWidget, spacing: int = 12, margins: int = 0) -> QVBoxLayout:
    """Lay widgets below each other."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(margins, margins, margins, margins)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return column


def nested(outer: QBoxLayout, inner: _Layout, stretch: int = 0) -> _Layout:
    """Put an empty layout into one that has its widget; it is filled afterwards.

    PySide gives each item of a full layout a Python object that outlives the item. Whatever Qt
    creates at that address next is let go of twice, and the program ends.

    Raises:
        ValueError: It is not empty.
    """
    if inner.count():
        raise ValueError("a layout is put into another one before it is filled")
    outer.addLayout(inner, stretch)
    return inner


def emptied(layout: _Layout) -> _Layout:
    """The same layout with nothing in it; what stood there is seen no more, and deleted later.

    Later, for it may be what was just pressed: a button that is deleted while it tells of that
    ends the program.
    """
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    return layout


def beside(*widgets: QWidget, spacing: int = 8, stretch: int | None = None) -> QWidget:
    """Widgets beside each other; `stretch` says which one takes the room left."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for index, widget in enumerate(widgets):
        line.addWidget(widget, 1 if index == stretch else 0)
    return row


def framed(look: str, name: str) -> QFrame:
    """An empty frame in one of the looks of the style sheet."""
    made = QFrame()
    made.setProperty("look", look)
    made.setObjectName(name)
    return made
