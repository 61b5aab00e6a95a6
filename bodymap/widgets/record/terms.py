"""Terms chosen from a list or typed: each becomes a chip that can be taken away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QPushButton, QVBoxLayout, QWidget

from bodymap.widgets.controls.field import emptied, nested
from bodymap.widgets.record.line import Line


class Terms(QWidget):
    """A line with suggestions; what was chosen stands below it.

    Signals:
        chosen: All terms, as a tuple, after one was added or taken away.
    """

    chosen = Signal(object)

    def __init__(self, name: str, hint: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._terms: tuple[str, ...] = ()
        self._known: tuple[str, ...] | None = None
        self.line = Line(f"{name}-line", hint, accessible_name)
        self.line.written.connect(self._typed)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        nested(column, self._chips)

    def show_terms(self, terms: tuple[str, ...], known: Sequence[str]) -> None:
        """Show what is chosen, and offer what is known."""
        if tuple(known) != self._known:
            self._known = tuple(known)
            self.line.setCompleter(self._completer(known))
        if terms != self._terms:
            self._terms = terms
            self._show_chips()

    def _completer(self, known: Sequence[str]) -> QCompleter:
        completer = QCompleter(list(known), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.line.keep)
        return completer

    def _show_chips(self) -> None:
        emptied(self._chips)
        for term in self._terms:
            chip = QPushButton(f"{term}  ×", self)
            chip.setProperty("look", "chip")
            chip.setProperty("term", term)
            chip.setObjectName(f"{self.objectName()}-{term}")
            chip.setAccessibleName(f"Take away {term}")
            chip.setToolTip("Take away")
            chip.clicked.connect(self._taken_away)
            self._chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)

    def _typed(self, text: str) -> None:
        term = " ".join(text.split())
        self.line.show_text("")
        self.line.clear()
        if term and term not in self._terms:
            self.chosen.emit((*self._terms, self._spelled(term)))

    def _spelled(self, term: str) -> str:
        same = (known for known in self._known or () if known.casefold() == term.casefold())
        return next(same, term)

    def _taken_away(self) -> None:
        gone = self.sender().property("term")
        self.chosen.emit(tuple(term for term in self._terms if term != gone))
