"""The tools beside the body."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from bodymap.widgets.actions import TOOLS, ActionId, Actions
from bodymap.widgets.controls.buttons import redrawn, sized, tool_button
from bodymap.widgets.controls.field import label, stacked
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.theme import Theme

_MARK_TOOLS = (
    (ActionId.TOOL_SELECT, "select"),
    (ActionId.TOOL_TRIGGER_POINT, "trigger-point"),
    (ActionId.TOOL_NEEDLE, "needle"),
)
PAIN_TOOLS = (
    ActionId.TOOL_PAIN_LASSO,
    ActionId.TOOL_PAIN_REGION,
    ActionId.TOOL_PAIN_BRUSH,
    ActionId.TOOL_PAIN_ERASER,
)
_BRUSHED = (ToolId.PAIN_BRUSH, ToolId.PAIN_ERASER)
SMALLEST_BRUSH_MM, LARGEST_BRUSH_MM = 4, 60


class Palette(QFrame):
    """One button a tool; the ways to draw pain open beside theirs.

    The tool for areas not to needle is taken from the screening, so it has a button only while
    it is in hand, in the place of the last one: there is no room for more in a low window.

    Signals:
        ways_changed: The ways to draw pain were opened or closed.
    """

    ways_changed = Signal()

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Tools")
        self._actions = actions
        self._last_way = ActionId.TOOL_PAIN_LASSO
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._buttons = [tool_button(actions, action, role) for action, role in _MARK_TOOLS]
        self.pain = self._pain_button()
        self.note = tool_button(actions, ActionId.TOOL_NOTE, "note")
        self.barred = tool_button(actions, ActionId.TOOL_BARRED_AREA, "barred")
        self._buttons += [self.pain, self.note, self.barred]
        for button in self._buttons:
            self._column.addWidget(button)
        self.barred.hide()
        self.ways = PainWays(actions, parent)

    def show_tool(self, tool: ToolId) -> None:
        """Show which tool is in hand."""
        action = next(known for known, named in TOOLS.items() if named == tool)
        self._actions[action].setChecked(True)
        self.pain.setChecked(tool.is_pain)
        if tool.is_pain:
            self._last_way = action
        is_barring = tool is ToolId.BARRED_AREA
        self.barred.setVisible(is_barring)
        self.note.setVisible(not is_barring and self._actions[ActionId.TOOL_NOTE].isVisible())
        self.ways.show_way(tool)
        self.ways_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        redrawn(self.pain, "pain-lasso", theme, "pain")
        for button in self._buttons:
            sized(button, theme)
        self.ways.set_theme(theme)
        self.adjustSize()

    def _pain_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("tool-pain-button")
        button.setAccessibleName("Pain zone")
        button.setText("Pain zone")
        button.setToolTip("Draw where it hurts  (P)")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("look", "tool")
        button.setProperty("tool", "pain")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.clicked.connect(self._take_pain)
        return button

    def _take_pain(self) -> None:
        self._actions[self._last_way].trigger()
        self.pain.setChecked(True)


class PainWays(QFrame):
    """How to draw pain, and how wide the brush is.

    Signals:
        brush_changed: The brush's radius in millimetres of the body.
    """

    brush_changed = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("pain-ways")
        self.setAccessibleName("Ways to draw pain")
        self._buttons = [tool_button(actions, action, "pain") for action in PAIN_TOOLS]
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("brush-size")
        self.slider.setAccessibleName("Brush size")
        self.slider.setRange(SMALLEST_BRUSH_MM, LARGEST_BRUSH_MM)
        self.slider.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.slider.valueChanged.connect(self._sized)
        self._size = label("", "muted", "brush-size-words")
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._brush = QWidget()
        stacked(self._brush, self._size, self.slider, spacing=0)
        self._column = stacked(self, *self._buttons, self._brush, spacing=6, margins=7)
        self.slider.setValue(15)
        self.hide()

    def show_way(self, tool: ToolId) -> None:
        """Show the way in hand; hidden while another kind of tool is."""
        self._brush.setVisible(tool in _BRUSHED)
        self.setVisible(tool.is_pain)
        self._column.activate()
        self.adjustSize()

    def show_radius(self, radius_mm: float) -> None:
        """Show a radius that was chosen elsewhere."""
        self.slider.setValue(round(radius_mm))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        for button in self._buttons:
            sized(button, theme)
        self.adjustSize()

    def _sized(self, radius_mm: int) -> None:
        self._size.setText(f"⌀ {2 * radius_mm} mm")
        self.brush_changed.emit(float(radius_mm))
