"""The bars over the map: views above, layers below, zoom at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from bodymap.widgets.actions import DISSECTIONS, LAYERS, SPECS, VIEWS, ActionId, Actions
from bodymap.widgets.controls.buttons import action_button
from bodymap.widgets.controls.field import label
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.theme import Theme

_TABS_APART = 8


class ViewTabs(QWidget):
    """One tab for each view of the body."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("view-tabs")
        self.setAccessibleName("Views of the body")
        self._row = _row(self, spacing=8)
        self._buttons = [action_button(actions, action, "tab") for action in VIEWS]
        self._full_width = 0
        for button in self._buttons:
            self._row.addWidget(button)

    def fit(self, room: int) -> None:
        """Stand closer together where there is little room."""
        is_narrow = self._row.spacing() < _TABS_APART
        if not is_narrow:
            self._full_width = self.sizeHint().width()
        if (self._full_width > room) != is_narrow:
            self._row.setSpacing(_TABS_APART // 2 - 1 if not is_narrow else _TABS_APART)
            for button in self._buttons:
                button.setProperty("narrow", not is_narrow)
                button.style().polish(button)
            self._row.invalidate()


class DissectionBar(QFrame):
    """How much is taken away before the body is shown."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("dissection-bar")
        self.setAccessibleName("Layer")
        row = _row(self, spacing=4, margins=(14, 0, 8, 0))
        self._caption = label("Layer", "muted")
        self._caption.setContentsMargins(0, 0, 6, 0)
        row.addWidget(self._caption)
        for action in DISSECTIONS:
            row.addWidget(action_button(actions, action, "segment"))

    def fit(self, room: int) -> None:
        """Leave the caption out where there is little room."""
        self._caption.show()
        self._caption.setVisible(self.sizeHint().width() <= room)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.setFixedHeight(bar_height(theme))


_LEVELS = (ActionId.LAYER_DERMATOMES, ActionId.LAYER_SEGMENTS)


class LayerBar(QFrame):
    """What is shown over the body; the spinal levels only where there is room for them."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("layer-bar")
        self.setAccessibleName("Shown over the body")
        self._row = _row(self, spacing=6, margins=(10, 0, 10, 0))
        self.switches: list[Switch] = []
        for action in (*LAYERS, *_LEVELS):
            switch = Switch(f"{action}-switch", SPECS[action].text, theme)
            switch.setToolTip(actions[action].toolTip())
            switch.clicked.connect(actions[action].trigger)
            actions[action].toggled.connect(switch.setChecked)
            self.switches.append(switch)
            self._row.addWidget(switch)
        self._levels = self.switches[len(LAYERS) :]

    @property
    def full_width(self) -> int:
        """How wide it is with the switches of the spinal levels."""
        edges, gaps = self._row.contentsMargins(), len(self.switches) - 1
        switches = sum(switch.sizeHint().width() for switch in self.switches)
        return edges.left() + edges.right() + switches + gaps * self._row.spacing()

    def offer_levels(self, *, on: bool) -> None:
        """Have the switches of the spinal levels too, or leave them to the keys and the menu."""
        for switch in self._levels:
            switch.setVisible(on)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.setFixedHeight(bar_height(theme))
        for switch in self.switches:
            switch.set_theme(theme)


class ZoomBar(QFrame):
    """Closer, further, and the whole figure."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName("zoom-bar")
        self.setAccessibleName("Zoom")
        self._percent = QLabel("100%")
        self._percent.setProperty("look", "muted")
        self._percent.setObjectName("zoom-percent")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        column.addWidget(_zoom(actions, ActionId.ZOOM_IN))
        column.addWidget(self._percent)
        column.addWidget(_zoom(actions, ActionId.ZOOM_OUT))
        column.addWidget(_zoom(actions, ActionId.ZOOM_FIT))

    def show_zoom(self, share: float) -> None:
        """Show how large the body is; 1 is the whole figure fitted to the map."""
        self._percent.setText(f"{share:.0%}")


def bar_height(theme: Theme) -> int:
    """How high the bars below the map are."""
    return theme.size("control") + 14


def _zoom(actions: Actions, action: ActionId) -> QToolButton:
    return action_button(actions, action, "zoom", icon_only=True)


def _row(
    parent: QWidget, *, spacing: int, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(*margins)
    row.setSpacing(spacing)
    return row
