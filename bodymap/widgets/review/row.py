"""Rows below each other in a review: what to look at, what is another, what was charted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from bodymap.chart.marks import MarkId
from bodymap.widgets.controls.field import label, stacked, wrapping
from bodymap.widgets.guarded import guarded
from bodymap.widgets.review.charted import Line

_PRESSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class PressedRow(QFrame):
    """Leads to a mark.

    Attributes:
        mark: The mark, if it is about one.

    Signals:
        pressed: The id of the mark, or None.
    """

    pressed = Signal(object)

    def __init__(self, title: str, detail: str, mark: MarkId | None, *, look: str = "card") -> None:
        super().__init__()
        self.setObjectName("review-row")
        self.setProperty("look", look)
        self.setAccessibleName(f"{title}: {detail}")
        self.mark = mark
        if mark is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts = (label(title, "strong-small"), label(detail, "muted"))
        column = stacked(self, *map(wrapping, parts), spacing=1, margins=9)
        if look == "line":
            column.setContentsMargins(0, 6, 0, 7)

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.mark is not None:
            self.pressed.emit(self.mark)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.mark is not None and event.key() in _PRESSES:
            self.pressed.emit(self.mark)
        else:
            super().keyPressEvent(event)


class Rows(QScrollArea):
    """Rows below each other, or words where there are none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = wrapping(label("", "muted", f"{name}-none"))
        inside = QWidget()
        self._column = stacked(inside, self._words, spacing=6)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        self._rows: list[PressedRow] = []
        self.setWidget(inside)

    def show_rows(self, rows: Sequence[PressedRow]) -> None:
        """Show other rows."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = list(rows)
        for at, row in enumerate(rows):
            self._column.insertWidget(at + 1, row)

    def put_below(self, part: QWidget) -> None:
        """Show something else below the rows, whatever they are."""
        self._column.insertWidget(self._column.count() - 1, part)

    def show_words(self, words: str) -> None:
        """Say why there are no rows."""
        self._words.setText(words)
        self._words.setVisible(bool(words))


class Charted(QWidget):
    """All that the visit holds, a paragraph for each thing.

    Signals:
        chosen: The id of the mark of a paragraph that was pressed.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review-charted")
        self._column = stacked(self, label("WHAT WAS CHARTED", "caption"), spacing=0)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._rows: list[PressedRow] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show another visit."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [PressedRow(one.title, one.text, one.mark, look="line") for one in lines]
        for row in self._rows:
            row.pressed.connect(self.chosen)
            self._column.addWidget(row)
