"""Something that was found, not found, or not looked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bodymap.widgets.controls.field import label
from bodymap.widgets.controls.segments import Option, Segments

_BUTTONS_WIDTH = 116


class Answer(QWidget):
    """A question with Yes and No beside it; the same answer again takes it back.

    Signals:
        chosen: True, False, or None.
    """

    chosen = Signal(object)

    def __init__(self, name: str, question: str) -> None:
        super().__init__()
        self.setObjectName(name)
        options = (Option("yes", "Yes", f"{question}: yes"), Option("no", "No", f"{question}: no"))
        self.choice = Segments(f"{name}-answer", options, columns=2, clearable=True, look="joined")
        self.choice.setAccessibleName(question)
        self.choice.setFixedWidth(_BUTTONS_WIDTH)
        self.choice.chosen.connect(self._chose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(question, "body"), 1)
        row.addWidget(self.choice)

    def set_value(self, value: object) -> None:
        """Show an answer, without telling anyone."""
        self.choice.set_value(None if value is None else "yes" if value else "no")

    def _chose(self, value: object) -> None:
        self.chosen.emit({"yes": True, "no": False}.get(str(value)))
