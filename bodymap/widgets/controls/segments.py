"""One of a few choices, or several of them, as a row of large buttons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen.

    Attributes:
        value: What is told when it is chosen.
        text: What stands on the button.
        name: What a screen reader says and the tip shows; the text when empty.
    """

    value: object
    text: str
    name: str = ""


class Segments(QWidget):
    """A choice of exactly one, shown all at once.

    Signals:
        chosen: The person chose this value; None when they took the choice back.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        columns: int = 3,
        clearable: bool = False,
        look: str = "segment",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._clearable = clearable
        self._look = look
        self._value: object = None
        self._options: tuple[Option, ...] = ()
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0 if look == "joined" else 6)
        self._group.idClicked.connect(self._clicked)
        self.set_options(options)

    @property
    def value(self) -> object:
        """What is chosen; None when nothing is."""
        return self._value

    def set_columns(self, columns: int) -> None:
        """Lay the buttons out in rows of another length."""
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other choices; the value stays if it is still among them."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        for button in self._buttons:
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(index, option) for index, option in enumerate(options)]
        self._lay_out()
        self.set_value(self._value)

    def set_value(self, value: object) -> None:
        """Show which one is chosen, without telling anyone."""
        self._value = value
        self._group.setExclusive(False)
        for button, option in zip(self._buttons, self._options, strict=True):
            button.setChecked(value is not None and option.value == value)
        self._group.setExclusive(True)

    def button(self, value: object) -> QPushButton:
        """The button of one choice."""
        return self._buttons[[option.value for option in self._options].index(value)]

    def _lay_out(self) -> None:
        for index, button in enumerate(self._buttons):
            self._grid.addWidget(button, index // self._columns, index % self._columns)
            button.setProperty("end", _end(index, self._columns, len(self._buttons)))
            button.style().polish(button)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _button(self, index: int, option: Option) -> QPushButton:
        button = QPushButton(option.text, self)
        button.setCheckable(True)
        button.setProperty("look", self._look)
        button.setObjectName(f"{self.objectName()}-{option.value}")
        button.setAccessibleName(option.name or option.text)
        button.setToolTip(option.name)
        self._group.addButton(button, index)
        return button

    def _clicked(self, index: int) -> None:
        value = self._options[index].value
        taken_back = self._clearable and value == self._value
        self.set_value(None if taken_back else value)
        self.chosen.emit(self._value)


class Chips(QWidget):
    """A choice of any number.

    Signals:
        chosen: The person changed the choice; a frozenset of the values.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[Option], *, columns: int = 3) -> None:
        super().__init__()
        self.setObjectName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self._buttons: dict[object, QPushButton] = {}
        for index, option in enumerate(options):
            button = QPushButton(option.text, self)
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.setObjectName(f"{name}-{option.value}")
            button.setAccessibleName(option.name or option.text)
            button.setToolTip(option.name if option.name != option.text else "")
            button.clicked.connect(self._clicked)
            grid.addWidget(button, index // columns, index % columns)
            self._buttons[option.value] = button

    @property
    def values(self) -> frozenset[object]:
        """What is chosen."""
        return frozenset(value for value, button in self._buttons.items() if button.isChecked())

    def set_values(self, values: Collection[object]) -> None:
        """Show what is chosen, without telling anyone."""
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def button(self, value: object) -> QPushButton:
        """The button of one choice."""
        return self._buttons[value]

    def _clicked(self) -> None:
        self.chosen.emit(self.values)


def rating(name: str, *, touch: bool) -> Segments:
    """The numeric pain rating scale, 0 to 10; choosing the same number again takes it back."""
    words = {0: "0, no pain", 10: "10, worst imaginable pain"}
    options = [Option(n, str(n), words.get(n, "")) for n in range(11)]
    columns = rating_columns(touch=touch)
    return Segments(name, options, columns=columns, clearable=True, look="joined")


def rating_columns(*, touch: bool) -> int:
    """One row for a mouse; two for fingers, whose tips need more room."""
    return 6 if touch else 11


def _end(index: int, columns: int, count: int) -> str:
    if index % columns == 0:
        return "first"
    if index % columns == columns - 1 or index == count - 1:
        return "last"
    return "middle"
