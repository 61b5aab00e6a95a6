"""One line that is typed into: words, a number, or a time of day."""

import re
from datetime import time

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

_TIME = re.compile(r"\s*([01]?\d|2[0-3])[:.h ]?([0-5]\d)?\s*")


class Entry(QLineEdit):
    """A line that is kept when the person leaves it or presses Enter.

    Signals:
        chosen: What was typed, if it is another value than before.
        refused: What was typed can't be read; words that say what is expected.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self._value: object = self.read("")
        self.editingFinished.connect(self.keep)

    def set_value(self, value: object) -> None:
        """Show a value, without telling anyone; typing that goes on is not disturbed."""
        if value == self._value and self.isModified() and self.hasFocus():
            return
        self._value = value
        with QSignalBlocker(self):
            self.setText(self.shown(value))
            self.setCursorPosition(0)

    def keep(self) -> None:
        """Tell what was typed, if it is new; show the value before where it can't be read."""
        try:
            value = self.read(self.text().strip())
        except ValueError as problem:
            self.setText(self.shown(self._value))
            self.refused.emit(str(problem))
            return
        self.setText(self.shown(value))
        if value != self._value:
            self._value = value
            self.chosen.emit(value)

    def read(self, text: str) -> object:
        """The value of a text.

        Raises:
            ValueError: It is none.
        """
        return text

    def shown(self, value: object) -> str:
        """The text of a value."""
        return "" if value is None else str(value)


class NumberEntry(Entry):
    """A number with or without decimals, or nothing; a comma will do for the point."""

    def __init__(self, name: str, *, whole: bool = False, least: int | None = None) -> None:
        self._whole = whole
        self._least = least
        super().__init__(name, "–")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def read(self, text: str) -> object:
        """The number, or None; the least there must be where nothing was typed."""
        if not text:
            return self._least
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            raise ValueError(f"“{text}” is not a number") from None
        if not -1e9 < number < 1e9:
            raise ValueError(f"“{text}” is not a number that can be right")
        if not self._whole:
            return number
        if number != round(number):
            raise ValueError(f"“{text}” is not a whole number")
        return round(number)

    @override
    def shown(self, value: object) -> str:
        """The number without needless zeros."""
        return "" if value is None else f"{value:.7g}"


class TimeEntry(Entry):
    """A time of day such as 9:05, 0905 or 9.05, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "hh:mm")

    @override
    def read(self, text: str) -> object:
        """The time of day, or None."""
        if not text:
            return None
        found = _TIME.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a time of day; type it as 14:05")
        hours, minutes = found.groups()
        return time(int(hours), int(minutes or 0))

    @override
    def shown(self, value: object) -> str:
        """Hours and minutes."""
        return f"{value:%H:%M}" if isinstance(value, time) else ""
