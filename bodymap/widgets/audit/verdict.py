"""What verifying said: that all is well, or each finding with what to do about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from bodymap.desk.finding_words import Told, advice
from bodymap.widgets.controls.field import emptied, label, stacked, wrapping
from bodymap.widgets.controls.scrolled import scrolled

MOST_FOUND = 40
"""Findings that are shown one by one; the first is where to begin."""

_TALLEST = 300
_ROOM = 24
"""For lines that run on, in pixels."""

WELL = "All is as bodymap wrote it: pages, tables, audit trail and signatures."
NOT_WELL = "Not all is as bodymap wrote it."


class Verdict(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("audit-verdict")
        self.title = wrapping(label("", "strong-small", "audit-verdict-text"))
        self._lines = QWidget()
        self._column: QVBoxLayout = stacked(self._lines, spacing=8)
        self._scroll = scrolled(self._lines, "audit-findings", takes_focus=True)
        self._scroll.setAccessibleName("What was found")
        stacked(self, self.title, self._scroll, spacing=8, margins=12)
        self.hide()

    @property
    def text(self) -> str:
        """All that is said, as one reads it."""
        shown = self._lines.findChildren(QLabel)
        lines = (one.text() for one in shown if one.isVisibleTo(self._lines))
        return "\n".join((self.title.text(), *lines))

    def say(self, text: str) -> None:
        """Say one thing."""
        self._show(text, (), "notice")

    def show_found(self, found: Sequence[Told], *, is_well: bool) -> None:
        """Say what was found, and what is to be done."""
        self._show(WELL if is_well else NOT_WELL, found, "notice" if is_well else "problem")

    def _show(self, title: str, found: Sequence[Told], look: str) -> None:
        self.title.setText(title)
        emptied(self._column)
        if found:
            self._column.addWidget(label("WHAT TO DO", "caption"))
        for words in advice(found):
            self._column.addWidget(_readable(wrapping(label(words, "body", "audit-advice"))))
        if found:
            self._column.addWidget(label("WHAT WAS FOUND", "caption"))
        for one in found[:MOST_FOUND]:
            self._column.addWidget(_finding(one))
        if len(found) > MOST_FOUND:
            more = f"… and {len(found) - MOST_FOUND:,} more of the kind."
            self._column.addWidget(label(more, "muted"))
        self._column.addStretch(1)
        self._scroll.setVisible(bool(found))
        self._scroll.setFixedHeight(min(_TALLEST, self._lines.sizeHint().height() + _ROOM))
        self.setProperty("look", look)
        self.style().polish(self)
        self.show()


def _finding(found: Told) -> QWidget:
    row = QWidget()
    where = _readable(label(found.where, "strong-small", "audit-finding"))
    what = _readable(label(found.what, "body"))
    what.setWordWrap(True)
    stacked(row, where, what, spacing=2)
    return row


def _readable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
