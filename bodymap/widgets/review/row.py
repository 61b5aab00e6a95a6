"""A row that can be pressed, with a line and a quieter one that may run over several."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from bodymap.chart.marks import MarkId
from bodymap.widgets.controls.field import label, stacked, wrapping
from bodymap.widgets.guarded import guarded


class PressedRow(QFrame):
    """Leads to a mark.

    Signals:
        pressed: The id of the mark, or None.
    """

    pressed = Signal(object)

    def __init__(self, title: str, detail: str, mark: MarkId | None, *, look: str = "card") -> None:
        super().__init__()
        self.setObjectName("review-row")
        self.setProperty("look", look)
        self.setAccessibleName(f"{title}: {detail}")
        self._mark = mark
        if mark is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts = (label(title, "strong-small"), label(detail, "muted"))
        stacked(self, *map(wrapping, parts), spacing=1, margins=9)

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mark is not None:
            self.pressed.emit(self._mark)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._mark is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Space}:
            self.pressed.emit(self._mark)
        else:
            super().keyPressEvent(event)
