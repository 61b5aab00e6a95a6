"""How deep the needle went: a slider, and the number beside it."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bodymap.widgets.controls.quiet import QuietSlider, QuietSpinBox

_UNKNOWN = -1
_PAUSE_MS = 450


class DepthControl(QWidget):
    """A depth in millimetres, or none recorded.

    Signals:
        moved: The depth while it is being chosen.
        chosen: The depth when the hand came to rest; None when taken back.
    """

    moved = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.slider = QuietSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"{name}-slider")
        self.slider.setAccessibleName("Depth in millimetres")
        self.number = QuietSpinBox()
        self.number.setObjectName(f"{name}-number")
        self.number.setAccessibleName("Depth in millimetres")
        self.number.setMinimum(_UNKNOWN)
        self.number.setSpecialValueText("–")
        self.number.setSuffix(" mm")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFixedWidth(78)
        self._kept: float | None = None
        self._rest = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._rest.timeout.connect(self.keep)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.keep)
        self.number.valueChanged.connect(self._typed)
        self.number.editingFinished.connect(self.keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)

    @property
    def depth_mm(self) -> float | None:
        """The depth that is shown."""
        value = self.number.value()
        return None if value == _UNKNOWN else float(value)

    def show_depth(self, depth_mm: float | None, length_mm: int) -> None:
        """Show a depth, of at most the needle's length, without telling anyone.

        One that is just being chosen is not disturbed by the same mark shown again.
        """
        if self._rest.isActive() and depth_mm == self._kept:
            length_mm = max(length_mm, self.number.value())
            self.number.setMaximum(length_mm)
            self.slider.setMaximum(length_mm)
            return
        self._rest.stop()
        self._kept = depth_mm
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setRange(0, length_mm)
            self.number.setMaximum(length_mm)
            self.slider.setValue(round(depth_mm or 0))
            self.number.setValue(_UNKNOWN if depth_mm is None else round(depth_mm))

    def keep(self) -> None:
        """Tell the depth, if it is new."""
        self.number.interpretText()
        self._rest.stop()
        if not self.slider.isSliderDown() and self.depth_mm != _rounded(self._kept):
            self._kept = self.depth_mm
            self.chosen.emit(self.depth_mm)

    def _slid(self, value: int) -> None:
        with QSignalBlocker(self.number):
            self.number.setValue(value)
        self._moved()

    def _typed(self, value: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(max(value, 0))
        self._moved()

    def _moved(self) -> None:
        self.moved.emit(self.depth_mm)
        self._rest.start()


def _rounded(depth_mm: float | None) -> float | None:
    return None if depth_mm is None else float(round(depth_mm))
