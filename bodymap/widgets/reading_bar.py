"""The bar on top of the window that says that nothing can be changed just now, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMainWindow, QSizePolicy, QWidget

from bodymap.desk.only_reading import NOT_PUT_DOWN
from bodymap.widgets.controls.field import label
from bodymap.widgets.controls.spoken import announce

LOOK_MS = 2000
"""So often it is looked whether the data can be changed."""

TITLE = "This data can be read but not changed."


class ReadingBar(QFrame):
    """Stands there for as long as it is so; nobody can dismiss it.

    Args:
        window: What it is the top of.
        only_reading: Why nothing can be changed; empty when all can be.
    """

    def __init__(self, window: QWidget, only_reading: Callable[[], str]) -> None:
        super().__init__(window)
        self.setObjectName("reading-bar")
        self.setAccessibleName(TITLE)
        self.setProperty("look", "reading")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._only_reading = only_reading
        self._window = window
        self._least = window.minimumHeight()
        self._why = label("", "body", "reading-bar-why")
        self._why.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 8, 18, 8)
        self._row.setSpacing(14)
        title = label(TITLE, "strong", "reading-bar-title")
        self._row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._why, 1)
        self.hide()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return "" if self.isHidden() else f"{TITLE} {self._why.text()}"

    def look(self) -> None:
        """See whether the data can be changed."""
        why = self._only_reading()
        if why and self.isHidden():
            announce(self, f"{TITLE} {why}")
        self._why.setText(f"{why} {NOT_PUT_DOWN}")
        self.setAccessibleDescription(self._why.text())
        self.setVisible(bool(why))
        own = self._row.totalHeightForWidth(self._window.width()) if why else 0
        self._window.setMinimumHeight(self._least + own)  # what it takes from others, they get back


def put_on_top(window: QMainWindow, only_reading: Callable[[], str]) -> ReadingBar:
    """A bar above all that stands in a window whose parts stand in a column."""
    bar = ReadingBar(window, only_reading)
    whole = window.centralWidget()
    column = whole.layout() if whole is not None else None
    assert isinstance(column, QBoxLayout)  # noqa: S101 - laid out so by the window
    column.insertWidget(0, bar)
    bar.look()
    return bar
