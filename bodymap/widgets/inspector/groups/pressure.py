"""A reading of an algometer, in the unit of its scale."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.widgets.controls.entries import NumberEntry
from bodymap.widgets.controls.segments import Option, Segments

UNIT_WORDS = {PressureUnit.KPA: "kPa", PressureUnit.KGF_CM2: "kg/cm²"}


class PressureEntry(QWidget):
    """A number and its unit; another unit means that the number was read in that one.

    Signals:
        chosen: A `PressureThreshold`, or None when it was taken back.
        refused: What was typed can't be right; words for the person.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.number = NumberEntry(f"{name}-number")
        self.number.setAccessibleName("Pressure threshold")
        units = [Option(unit, text) for unit, text in UNIT_WORDS.items()]
        self.unit = Segments(f"{name}-unit", units, columns=2, look="joined")
        self.unit.setAccessibleName("Unit")
        self._value: PressureThreshold | None = None
        self._number: float | None = None
        self.number.chosen.connect(self._typed)
        self.number.refused.connect(self.refused)
        self.unit.chosen.connect(self._chose_unit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.number, 1)
        row.addWidget(self.unit, 1)
        self.suggest(PressureUnit.KPA)

    def set_value(self, value: object) -> None:
        """Show a reading, without telling anyone."""
        self._value = value if isinstance(value, PressureThreshold) else None
        self._number = self._value.value if self._value else None
        self.number.set_value(self._number)
        if self._value:
            self.unit.set_value(self._value.unit)

    def suggest(self, unit: PressureUnit) -> None:
        """Offer a unit while there is no reading."""
        if self._value is None:
            self.unit.set_value(unit)

    def _typed(self, number: object) -> None:
        self._number = number if isinstance(number, float) else None
        self._tell()

    def _chose_unit(self, _unit: object) -> None:
        if self._number is not None:
            self._tell()

    def _tell(self) -> None:
        try:
            value = self._read()
        except ValueError as problem:
            self.set_value(self._value)
            self.refused.emit(str(problem))
            return
        if value != self._value:
            self._value = value
            self.chosen.emit(value)

    def _read(self) -> PressureThreshold | None:
        if self._number is None:
            return None
        return PressureThreshold.read_as(self._number, PressureUnit(str(self.unit.value)))
