"""A part of a form that is shown when it is wanted: a heading that opens and closes."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from bodymap.widgets.controls.field import beside, framed, label
from bodymap.widgets.icons import icon
from bodymap.widgets.theme import Theme


class Fold(QWidget):
    """Fields under a heading; closed, the heading says how much is noted in them.

    Signals:
        toggled: The person opened (True) or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, name: str, title: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self.head = QToolButton()
        self.head.setObjectName(f"{name}-fold")
        self.head.setProperty("look", "fold")
        self.head.setText(title)
        self.head.setAccessibleName(title)
        self.head.setCheckable(True)
        self.head.setIconSize(QSize(16, 16))
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.head.clicked.connect(self._clicked)
        self._noted = label("", "muted", f"{name}-noted")
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 4, 0, 10)
        self.column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(framed("rule", f"{name}-rule"))
        whole.addWidget(beside(self.head, self._noted, stretch=0))
        whole.addWidget(self._body)
        self.set_open(is_open=False)

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self.head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the fields, without telling anyone."""
        self.head.setChecked(is_open)
        self._body.setVisible(is_open)
        self.head.setIcon(icon("chevron-up" if is_open else "chevron-down", self._theme, "muted"))

    def show_noted(self, count: int) -> None:
        """Say how many of its fields hold something."""
        self._noted.setText(f"{count} noted" if count else "")
        self.head.setAccessibleDescription(self._noted.text())

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.set_open(is_open=self.is_open)

    def _clicked(self) -> None:
        self.set_open(is_open=self.is_open)
        self.toggled.emit(self.is_open)
