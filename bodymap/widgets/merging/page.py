"""Both versions of a visit side by side; somebody chooses mark by mark."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.desk.merging import Clash, Dispute, Key, Whose
from bodymap.widgets.controls.field import label, nested, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.veil import Veil
from bodymap.widgets.guarded import guarded
from bodymap.widgets.theme import Theme

_WIDTH = 860
_HEIGHT = 620
_LEAST = 280
_EDGE = 24
_CHOICE_WIDTH = 170
_HOW = (
    "Both versions are shown. What is stored stays as it is until you choose; whatever only one "
    "of you changed is kept from both."
)
_CHOICES = (Option(Whose.MINE, "Mine"), Option(Whose.THEIRS, "Theirs"))
_BESIDE_BUTTONS = 9
"""Pixels from the top of a button to that of its words."""


class MergePage(Veil):
    """A card over the veiled window.

    Signals:
        settled: A `Clash`, and whose version is kept of each dispute.
    """

    settled = Signal(object, object)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme, "merge-page", "Changed at another seat meanwhile")
        self._clash: Clash | None = None
        self._kept: dict[Key, Whose] = {}
        self._card = QFrame(self)
        self._card.setProperty("look", "overlay")
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problem = wrapping(label("", "wrong", "merge-problem"))
        self.leave = QPushButton("Leave theirs")
        self.leave.setAccessibleName("Keep what the other seat stored")
        self.leave.clicked.connect(self._leave)
        self.keep = QPushButton("Keep this choice")
        self.keep.setProperty("look", "primary")
        self.keep.clicked.connect(self._settle)
        self._lay_out()
        self.hide()

    @property
    def choices(self) -> Sequence[Segments]:
        """The choices, in the order they stand."""
        return self._scroll.findChildren(Segments)

    def open(
        self, clash: Clash, kept: Mapping[Key, Whose] | None = None, problem: str = ""
    ) -> None:
        """Show a clash; theirs is chosen until somebody chooses otherwise.

        Args:
            clash: Both versions.
            kept: What was chosen before, if that could not be stored.
            problem: Why it could not.
        """
        self._clash = clash
        self._kept = {dispute.key: Whose.THEIRS for dispute in clash.disputes} | dict(kept or {})
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._scroll.setWidget(self._rows(clash.disputes))
        self.setGeometry(self._window.rect())
        self.show()  # what is shown knows the sizes of its fonts
        self.raise_()
        self._fit_card()
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case _:
                event.accept()  # no key reaches what lies beneath

    def _fit_card(self) -> None:
        """No higher than its rows need, no larger than the window."""
        room = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self._card.resize(min(_WIDTH, room.width()), _HEIGHT)
        self._column.activate()
        rows = self._scroll.widget()
        around = self._card.height() - self._scroll.height()
        needs = around + (rows.sizeHint().height() if rows else 0)
        self._card.resize(self._card.width(), min(max(needs, _LEAST), room.height()))
        self._card.move(self.rect().center() - self._card.rect().center())

    def _lay_out(self) -> None:
        how = label(_HOW, "body")
        how.setWordWrap(True)
        self._column = column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 22, 28, 22)
        column.setSpacing(12)
        column.addWidget(label("Changed at another seat meanwhile", "title"))
        column.addWidget(how)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._problem)
        buttons = nested(column, QHBoxLayout())
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.keep)

    def _rows(self, disputes: Sequence[Dispute]) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 8, 12, 8)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(16)
        for column, words in enumerate(("", "MINE", "THEIRS", "KEEP")):
            grid.addWidget(label(words, "caption"), 0, column)
        for row, dispute in enumerate(disputes, start=1):
            texts = (dispute.name, dispute.mine, dispute.theirs)
            for column, words in enumerate(texts):
                cell = label(words, "body")
                cell.setWordWrap(True)
                cell.setAlignment(Qt.AlignmentFlag.AlignTop)
                cell.setContentsMargins(0, _BESIDE_BUTTONS, 0, 0)
                grid.addWidget(cell, row, column)
            grid.addWidget(self._choice(dispute), row, 3, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(disputes) + 1, 1)
        return inside

    def _choice(self, dispute: Dispute) -> Segments:
        choice = Segments(f"Keep of {dispute.name}", _CHOICES, columns=2)
        choice.setMinimumWidth(_CHOICE_WIDTH)
        choice.set_value(self._kept[dispute.key])

        def choose(whose: Whose) -> None:
            self._kept[dispute.key] = whose

        choice.chosen.connect(choose)
        return choice

    def _enter(self) -> None:
        """Press the button that has the focus; without one, keep the choice as it stands."""
        pressed = self.focusWidget()
        if isinstance(pressed, QAbstractButton):
            pressed.click()
        else:
            self._settle()

    def _settle(self) -> None:
        self._end(self._kept)

    def _leave(self) -> None:
        self._end({})

    def _end(self, kept: dict[Key, Whose]) -> None:
        clash, self._clash = self._clash, None
        self.hide()
        if clash is not None:
            self.settled.emit(clash, kept)
