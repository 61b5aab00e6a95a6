"""How far the reading of many visits is."""

from PySide6.QtWidgets import QProgressBar, QWidget

from bodymap.widgets.controls.field import label, stacked

_HEIGHT = 6


class ReadingBar(QWidget):
    """A thin bar and the number of the visit that is being read; hidden while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "muted", "figures-waiting")
        self.bar = QProgressBar()
        self.bar.setObjectName("figures-progress")
        self.bar.setAccessibleName("Reading the visits")
        self.bar.setFixedHeight(_HEIGHT)
        self.bar.setTextVisible(False)
        stacked(self, self.words, self.bar, spacing=4)
        self.hide()

    def show_progress(self, done: int, of: int) -> None:
        """Say how many visits are read; of how many is not known at first."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.words.setText(f"Reading visit {done + 1:,} of {of:,}…" if of else "Reading…")
        self.show()
