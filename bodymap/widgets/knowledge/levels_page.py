"""The legend of the spinal levels: the skin they serve, or the muscles."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QListView, QWidget

from bodymap.atlas.knowledge import Knowledge
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.controls.field import label, wrapping
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.knowledge.card_view import action_switch
from bodymap.widgets.knowledge.model import Row
from bodymap.widgets.knowledge.pages import page_column
from bodymap.widgets.knowledge.rows import RowModel
from bodymap.widgets.map.overlays.levels import (
    LevelKind,
    level_colour,
    level_name,
    muscles_by_level,
)
from bodymap.widgets.theme import Theme

LEVEL_ACTIONS: Mapping[LevelKind, ActionId] = {
    LevelKind.SKIN: ActionId.LAYER_DERMATOMES,
    LevelKind.MUSCLES: ActionId.LAYER_SEGMENTS,
}
"""What lays each kind over the body."""

_HINTS = {
    LevelKind.SKIN: "Where the skin of each level is tested. Maps differ between authors, and "
    "neighbours overlap. Choose one to see it alone.",
    LevelKind.MUSCLES: "The roots of each muscle’s nerve, as the reference has them. Choose one "
    "to see it alone.",
}


class LevelsPage(QWidget):
    """Which level has which colour, and what it serves.

    Signals:
        level_chosen: The id of the level to show alone.
    """

    level_chosen = Signal(str)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kind = LevelKind.SKIN
        self._ids: tuple[str, ...] = ()
        self.switches = [action_switch(actions, one, theme) for one in LEVEL_ACTIONS.values()]
        self.hint = wrapping(label("", "muted", "levels-hint"))
        self.rows = RowModel()
        self.list: QListView = row_list("levels", "Spinal levels")
        self._delegate = RowDelegate(self.list, theme)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        column = page_column(self)
        for switch in self.switches:
            column.addWidget(switch)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        self.list.clicked.connect(self._chose)
        self.list.activated.connect(self._chose)

    def show_legend(self, kind: LevelKind) -> None:
        """List the levels with what they serve."""
        self._kind = kind
        told = _key_points() if kind is LevelKind.SKIN else _muscles()
        self._ids = tuple(told)
        self.hint.setText(_HINTS[kind])
        rows = [Row(level_name(level), served) for level, served in told.items()]
        self.rows.show_rows(rows, [_swatch(level, self._theme) for level in told])

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = self._delegate.theme = theme
        for switch in self.switches:
            switch.set_theme(theme)
        if self._ids:
            self.show_legend(self._kind)

    def _chose(self, index: QModelIndex) -> None:
        self.level_chosen.emit(self._ids[index.row()])


def _key_points() -> Mapping[str, str]:
    return {level.id: level.key_point for level in Knowledge.load().dermatomes.values()}


def _muscles() -> Mapping[str, str]:
    return {level: ", ".join(names) for level, names in muscles_by_level().items()}


def _swatch(level: str, theme: Theme) -> QPixmap:
    picture = QPixmap(40, 40)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("level-line"))
        painter.setBrush(level_colour(level, theme))
        painter.drawRoundedRect(QRectF(2, 2, 16, 16), 4, 4)
    return picture
