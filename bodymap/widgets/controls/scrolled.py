"""What may be higher than there is room for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inside: QWidget, name: str = "", *, takes_focus: bool = False) -> QScrollArea:
    """A widget as wide as its room, with a bar at its right where it is higher.

    Args:
        inside: What is shown.
        name: Of the area, if it is ever looked for.
        takes_focus: Whether Tab stops here, so that keys scroll it; needless where something
            inside takes the focus.
    """
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not takes_focus:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
