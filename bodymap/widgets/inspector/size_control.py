"""The needle's diameter and length: the common packs, and any other."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from bodymap.chart.marks import NeedleSize
from bodymap.widgets.controls.field import beside, label, stacked
from bodymap.widgets.controls.quiet import QuietDoubleSpinBox, QuietSpinBox
from bodymap.widgets.controls.segments import Option, Segments

COMMON = (
    NeedleSize(0.25, 30),
    NeedleSize(0.25, 40),
    NeedleSize(0.30, 30),
    NeedleSize(0.30, 40),
    NeedleSize(0.30, 50),
)
_OTHER = "other"


class SizeControl(QWidget):
    """A needle's size.

    Signals:
        chosen: Another `NeedleSize`.
    """

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        options = [Option(size, short(size), f"{size}") for size in COMMON]
        self.packs = Segments(f"{name}-packs", [*options, Option(_OTHER, "Other", "Other size")])
        self.packs.setAccessibleName("Common sizes")
        self.diameter = QuietDoubleSpinBox()
        self.diameter.setObjectName(f"{name}-diameter")
        self.diameter.setAccessibleName("Diameter in millimetres")
        self.diameter.setRange(0.10, 0.60)
        self.diameter.setSingleStep(0.01)
        self.length = QuietSpinBox()
        self.length.setObjectName(f"{name}-length")
        self.length.setAccessibleName("Length in millimetres")
        self.length.setRange(5, 150)
        self._other = beside(self.diameter, label("×", "muted"), self.length, label("mm", "muted"))
        for box in (self.diameter, self.length):
            box.setMinimumWidth(84)
            box.editingFinished.connect(self._typed)
        stacked(self, self.packs, self._other, spacing=8)
        self.packs.chosen.connect(self._picked)
        self._size: NeedleSize | None = None

    def show_size(self, size: NeedleSize) -> None:
        """Show a size, without telling anyone."""
        if size != self._size or not self._other.isVisibleTo(self):
            self._other.setVisible(size not in COMMON)
            self.packs.set_value(size if size in COMMON else _OTHER)
        self._size = size
        with QSignalBlocker(self.diameter), QSignalBlocker(self.length):
            self.diameter.setValue(size.diameter_mm)
            self.length.setValue(size.length_mm)

    def _picked(self, value: object) -> None:
        self._other.setVisible(value == _OTHER)
        if isinstance(value, NeedleSize):
            self._size = value
            self.chosen.emit(value)
        else:
            self.diameter.setFocus()
            self.diameter.selectAll()

    def _typed(self) -> None:
        size = NeedleSize(round(self.diameter.value(), 2), self.length.value())
        if size != self._size:
            self._size = size
            self.chosen.emit(size)


def short(size: NeedleSize) -> str:
    """A size without its unit, as packs have it."""
    return f"{size.diameter_mm:.2f} × {size.length_mm}"
