"""What can be done with several chosen marks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bodymap.desk.needle_rows import MOST_BETWEEN
from bodymap.widgets.controls.field import Field, beside, label, wrapping
from bodymap.widgets.controls.quiet import QuietSpinBox

_ROW = (
    "Needles like the first of these two, at even distances on the line between them; "
    "for a course along the spine, say."
)
_USUAL = 2


class ManyForm(QWidget):
    """Two needles can be the ends of a row.

    Signals:
        row_wanted: How many needles are to stand between the two.
    """

    row_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("many-form")
        self.count = QuietSpinBox()
        self.count.setObjectName("row-count")
        self.count.setRange(1, MOST_BETWEEN)
        self.count.setValue(_USUAL)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.setFixedWidth(78)
        self.place = QPushButton("Place a row")
        self.place.setObjectName("row-place")
        self._row = QWidget()
        self.place.clicked.connect(self._place)
        self._lay_out()

    def show_row(self, *, possible: bool) -> None:
        """Offer a row between the two chosen needles, or don't."""
        self._row.setVisible(possible)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(Field("Needles between these two", beside(self.count, self.place)))
        inner.addWidget(wrapping(label(_ROW, "muted", "row-what")))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._row)
        column.addStretch(1)

    def _place(self) -> None:
        self.count.interpretText()
        self.row_wanted.emit(self.count.value())
