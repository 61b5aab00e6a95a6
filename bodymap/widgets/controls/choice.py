"""A drop-down list in the program's own look."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter
from typing_extensions import override

from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.icons import picture
from bodymap.widgets.theme import Theme


class DropDown(QComboBox):
    """One of many, where a row of buttons would be too long.

    Signals:
        chosen: The person chose the entry with this value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._values: list[object] = []
        self.activated.connect(self._activated)

    @property
    def value(self) -> object:
        """What is chosen, as it was filled in; Qt itself would make plain text of an enum."""
        row = self.currentIndex()
        return self._values[row] if 0 <= row < len(self._values) else None

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    def fill(self, entries: list[tuple[object, str]], value: object) -> None:
        """Offer entries of (value, text) and show one of them as chosen."""
        if entries != [(self.itemData(row), self.itemText(row)) for row in range(self.count())]:
            self.clear()
            for entry, text in entries:
                self.addItem(text, entry)
        self._values = [entry for entry, _ in entries]
        self.point_at(value)

    def point_at(self, value: object) -> None:
        """Show another entry as chosen, without telling anyone."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room, cut = self.width() - 44, Qt.TextElideMode.ElideRight
        text = self.currentText() or self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(text, cut, room)
        role = "muted" if self.isEnabled() else "line"
        chevron = picture("chevron-down", self._theme, role, 16, self.devicePixelRatioF())
        painter = QStylePainter(self)
        with painter:
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            painter.drawPixmap(self.width() - 26, (self.height() - 16) // 2, chevron)

    @override
    @guarded_answer(otherwise=False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_typing(event):
            event.accept()  # a letter goes to the entry that begins with it, not to a tool
            return True
        return super().event(event)

    @override
    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls under the pointer; nothing is chosen by accident

    def _activated(self, row: int) -> None:
        self.chosen.emit(self._values[row])


def _is_typing(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    return not held and event.text().isprintable() and event.text() != ""
