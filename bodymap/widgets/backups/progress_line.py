"""How far a long job is, and a button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from bodymap.widgets.controls.field import beside, label, stacked


class ProgressLine(QWidget):
    """Hidden until something is told.

    Signals:
        stop_requested: The person wants the job to end now.
    """

    stop_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}-progress")
        self._words = label("", "muted", f"{name}-progress-words")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.stop = QPushButton("Cancel")
        self.stop.setObjectName(f"{name}-cancel")
        self.stop.setProperty("look", "link")
        self.stop.clicked.connect(self._ask_to_stop)
        stacked(self, self._words, beside(self.bar, self.stop, stretch=0), spacing=4)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that something has begun."""
        self._words.setText(words)
        self.bar.setValue(0)
        self.stop.setEnabled(True)
        self.show()

    def tell(self, words: str, per_cent: int) -> None:
        """Show how far it is."""
        self._words.setText(f"{words.capitalize()} · {per_cent} %")
        self.bar.setValue(per_cent)

    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop_requested.emit()
