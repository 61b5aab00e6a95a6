"""The cards that a page is made of."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bodymap.widgets.controls.field import framed, label


class Card(QFrame):
    """A titled frame; what it holds stands below the title."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 16)
        self.column.setSpacing(12)
        self.column.addWidget(label(title, "strong"))

    def add(self, *widgets: QWidget) -> None:
        """Put more below what is there."""
        for widget in widgets:
            self.column.addWidget(widget)


def rule() -> QFrame:
    """A thin line between parts of a card."""
    return framed("rule", "rule")
