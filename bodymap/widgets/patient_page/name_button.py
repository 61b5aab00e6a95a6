"""The patient's name in the bar at the top: pressed, it opens the patient's page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from bodymap.widgets.controls.field import stacked
from bodymap.widgets.guarded import guarded_answer


class NameButton(QPushButton):
    """Two lines of words that can be pressed."""

    def __init__(self, action: QAction, *lines: QWidget) -> None:
        super().__init__()
        self.setObjectName("name-button")
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.setProperty("look", "name")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for line in lines:
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = stacked(self, *lines, spacing=0)
        self._column.setContentsMargins(10, 4, 10, 4)
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    @override
    @guarded_answer(otherwise=QSize())
    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()
