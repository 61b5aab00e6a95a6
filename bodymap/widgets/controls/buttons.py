"""Buttons that follow an action of the table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from bodymap.widgets.actions import SPECS, ActionId, Actions
from bodymap.widgets.icons import icon
from bodymap.widgets.theme import Theme


def action_button(
    actions: Actions, action: ActionId, look: str, *, icon_only: bool = False
) -> QToolButton:
    """A button that shows and triggers an action."""
    button = QToolButton()
    button.setDefaultAction(actions[action])
    button.setObjectName(f"{action}-button")
    button.setAccessibleName(SPECS[action].text)
    button.setProperty("look", look)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    style = Qt.ToolButtonStyle.ToolButtonTextOnly
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if icon_only else style)
    button.setIconSize(QSize(20, 20))
    return button


def tool_button(actions: Actions, action: ActionId, role: str) -> QToolButton:
    """A button of the palette: icon above word, in the colour of the mark it makes."""
    button = action_button(actions, action, "tool")
    button.setProperty("tool", role)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setIconSize(QSize(24, 24))
    return button


def sized(button: QToolButton, theme: Theme) -> None:
    """Give a palette button the size of the theme's targets."""
    side = theme.size("tool")
    button.setFixedSize(side + 2, side)


def redrawn(button: QToolButton, name: str, theme: Theme, role: str) -> None:
    """Draw the icon of a button that follows no action."""
    button.setIcon(icon(name, theme, role))
