"""Any number of a few choices, that may be other ones each time they are shown."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bodymap.widgets.controls.segments import Chips, Option

_LONGEST_PX = 262
"""What fits on a chip as wide as the panel; longer names end in an ellipsis."""


class Several(QWidget):
    """Chips in rows.

    Signals:
        chosen: A frozenset of the values.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[Option] = (), *, columns: int = 2) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._options: tuple[Option, ...] | None = None
        self.chips = Chips(f"{name}-chips", ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other choices."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        self._column.removeWidget(self.chips)
        self.chips.hide()
        self.chips.deleteLater()
        shown = [self._cut(option) for option in options]
        self.chips = Chips(f"{self.objectName()}-chips", shown, columns=self._columns)
        self.chips.chosen.connect(self.chosen)
        self._column.addWidget(self.chips)

    def set_value(self, value: object) -> None:
        """Show what is chosen, without telling anyone."""
        self.chips.set_values(value if isinstance(value, frozenset) else frozenset())

    def _cut(self, option: Option) -> Option:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        room = _LONGEST_PX // self._columns
        text = QFontMetrics(font).elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        return replace(option, text=text, name=option.name or option.text)
