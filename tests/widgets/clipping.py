"""Whether words have the room they need."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton, QWidget

from bodymap.widgets.controls.elided import ElidedLabel


def clipped(window: QWidget) -> list[str]:
    """Every label and button in the window that is too small for its words."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, ElidedLabel) or not widget.text() or _is_icon(widget):
            continue
        metrics = widget.fontMetrics()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needs = widget.heightForWidth(widget.width())
            clipped = widget.height() < needs
        else:
            clipped = widget.width() < metrics.horizontalAdvance(widget.text())
        if clipped:
            found.append(f"{widget.objectName()}: {widget.text()!r}")
    return found


def _is_icon(widget: QWidget) -> bool:
    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() == only
