"""What can be done with several chosen marks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from bodymap.desk.needle_rows import MOST_BETWEEN
from bodymap.widgets.controls.field import Field, beside, label, wrapping
from bodymap.widgets.controls.quiet import QuietSpinBox
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.inspector.model import Many

_ROW = (
    "Needles like the first of these two, at even distances on the line between them; "
    "for a course along the spine, say."
)
_USUAL = 2
_OWNERS = (
    Option("mine", "For me", "A template of your own"),
    Option("all", "For everybody", "A template of the clinic"),
)


class ManyForm(QWidget):
    """Two needles can be the ends of a row; trigger points and needles make a template.

    Attributes:
        may_keep: Whether the one who is signed in may keep templates.

    Signals:
        row_wanted: How many needles are to stand between the two.
        template_wanted: The template's name, and whether everybody is to have it.
    """

    row_wanted = Signal(int)
    template_wanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("many-form")
        self.may_keep = True
        self.count = QuietSpinBox()
        self.count.setObjectName("row-count")
        self.count.setAccessibleName("Needles between these two")
        self.count.setRange(1, MOST_BETWEEN)
        self.count.setValue(_USUAL)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.setFixedWidth(78)
        self.place = QPushButton("Place a row")
        self.place.setObjectName("row-place")
        self.name = QLineEdit()
        self.name.setObjectName("template-name")
        self.name.setPlaceholderText("Such as Neck, first visit")
        self.owner = Segments("template-owner", _OWNERS, columns=2)
        self.owner.set_value("mine")
        self.keep = QPushButton("Keep as a template")
        self.keep.setObjectName("template-keep")
        self.kept = wrapping(label("", "muted", "template-kept"))
        self._row, self._template = QWidget(), QWidget()
        self._lay_out()
        self._connect()

    def show_many(self, shown: Many) -> None:
        """Offer what can be done with these marks."""
        self._row.setVisible(shown.editable and shown.is_row)
        self._template.setVisible(shown.is_template and self.may_keep)
        self.kept.clear()

    def show_kept(self, name: str) -> None:
        """Say that there is a template now."""
        self.name.clear()
        self.kept.setText(f"Kept as “{name}”. It is offered wherever marks are copied.")

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(Field("Needles between these two", beside(self.count, self.place)))
        inner.addWidget(wrapping(label(_ROW, "muted", "row-what")))
        inner = QVBoxLayout(self._template)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (Field("Template", self.name), self.owner, self.keep, self.kept):
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(24)
        column.addWidget(self._row)
        column.addWidget(self._template)
        column.addStretch(1)

    def _connect(self) -> None:
        self.place.clicked.connect(self._place)
        self.keep.clicked.connect(self._keep)
        self.name.returnPressed.connect(self._keep)

    def _place(self) -> None:
        self.count.interpretText()
        self.row_wanted.emit(self.count.value())

    def _keep(self) -> None:
        self.template_wanted.emit(self.name.text(), self.owner.value == "all")
