"""Number fields that let the panel scroll: nothing is changed by a wheel in passing."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QSpinBox
from typing_extensions import override

from bodymap.widgets.guarded import guarded


class QuietSlider(QSlider):
    """A slider that leaves the wheel to the panel it stands in."""

    @override
    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietSpinBox(QSpinBox):
    """A whole number, told when it has been typed to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.setKeyboardTracking(False)

    @override
    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietDoubleSpinBox(QDoubleSpinBox):
    """A number with decimals, told when it has been typed to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.setKeyboardTracking(False)

    @override
    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
