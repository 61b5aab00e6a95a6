"""The middle of the window: the map, and over it what steers it."""

from itertools import pairwise

from PySide6.QtCore import QMarginsF, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.widgets.actions import Actions
from bodymap.widgets.guarded import guarded
from bodymap.widgets.map.view import MapView
from bodymap.widgets.stage.bars import DissectionBar, LayerBar, ViewTabs, ZoomBar
from bodymap.widgets.stage.legend import HazardLegend
from bodymap.widgets.stage.palette import Palette
from bodymap.widgets.theme import Theme

_EDGE = 20
_GAP = 12
_SIDES = 48
"""Room for the words that say which side is the patient's right."""


class Stage(QWidget):
    """Lays the bars over the map so that the body keeps all the room.

    Signals:
        arranged: The room that the bars leave to the body may be another.
    """

    arranged = Signal()

    def __init__(self, map_view: MapView, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.map = map_view
        map_view.setParent(self)
        self.palette_bar = Palette(actions, self)
        self.tabs = ViewTabs(actions, self)
        self.dissections = DissectionBar(actions, self)
        self.layers = LayerBar(actions, theme, self)
        self.zoom = ZoomBar(actions, self)
        self.legend = HazardLegend(map_view, theme, self)
        self.palette_bar.ways_changed.connect(self.arrange)
        self.legend.opened.connect(self.arrange)
        self._order_focus()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.palette_bar.set_theme(theme)
        self.layers.set_theme(theme)
        self.dissections.set_theme(theme)
        self.legend.set_theme(theme)
        self.arrange()

    def arrange(self) -> None:
        """Put every bar where it belongs for the size there is."""
        self.map.setGeometry(self.rect())
        self.tabs.fit(self.width() - 2 * _EDGE)
        self.dissections.fit(self.width() - 2 * _EDGE)
        self._at(self.tabs, _EDGE, 16)
        top = self.tabs.geometry().bottom() + _GAP + 4
        self._at(self.palette_bar, _EDGE, top)
        self._arrange_ways()
        low = self._arrange_bottom()
        size = _room_of(self.zoom)
        self._at(self.zoom, self.width() - size.width() - _EDGE, low - size.height())
        above = self._free_top
        self._arrange_legend()
        beside = self._tools_end + _GAP
        self.map.set_margins(
            QMarginsF(beside, above, beside, self.height() - low), self._clear_left(above)
        )
        self.arranged.emit()

    def show_tools(self, *, on: bool) -> None:
        """Show the tools, or leave their room to the body where nothing can be charted."""
        self.palette_bar.setVisible(on)
        self.arrange()

    def message_room(self, widest: int) -> QRect:
        """Where a message may begin and how wide it may be, so that it hides no tool."""
        left = self._tools_end + _GAP
        width = min(widest, self.width() - _EDGE - left)
        return QRect(max((self.width() - width) // 2, left), self._free_top, width, 0)

    @property
    def _free_top(self) -> int:
        """Below the tabs and the words for the patient's sides."""
        return self.tabs.geometry().bottom() + _SIDES

    @property
    def _tools_end(self) -> int:
        return _EDGE if self.palette_bar.isHidden() else self.palette_bar.geometry().right()

    @override
    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def _arrange_bottom(self) -> int:
        """Layers in one row, or in two where the window is narrow; says where they begin."""
        one = _room_of(self.dissections)
        beside = self.width() - 2 * _EDGE - one.width() - _GAP
        self.layers.offer_levels(on=self.layers.full_width <= beside)
        other = _room_of(self.layers)
        bottom = self.height() - _EDGE
        if other.width() <= beside:
            top = bottom - max(one.height(), other.height())
            self._at(self.dissections, _EDGE, top)
            self._at(self.layers, _EDGE + one.width() + _GAP, top)
            return top - _GAP
        self._at(self.layers, _EDGE, bottom - other.height())
        self._at(self.dissections, _EDGE, bottom - other.height() - 8 - one.height())
        return bottom - other.height() - 8 - one.height() - _GAP

    def _arrange_ways(self) -> None:
        ways, tools = self.palette_bar.ways, self.palette_bar.geometry()
        ways.adjustSize()
        level = max(tools.bottom() + 8 - ways.height(), tools.top() - 8)
        self._at(ways, tools.right() + 8, level)

    def _clear_left(self, above: int) -> int:
        """Where the tools end beside the words for the patient's sides."""
        bars = (self.palette_bar, self.palette_bar.ways)
        beside = [bar.geometry() for bar in bars if not bar.isHidden()]
        return max((rect.right() + 1 for rect in beside if rect.top() < above), default=0)

    def _arrange_legend(self) -> None:
        zoom, size = self.zoom.geometry(), _room_of(self.legend)
        self._at(self.legend, self.width() - _EDGE - size.width(), zoom.top() - 8 - size.height())

    def _at(self, widget: QWidget, x: int, y: int) -> None:
        widget.adjustSize()
        widget.move(x, y)
        widget.raise_()

    def _order_focus(self) -> None:
        chain = (self.tabs, self.palette_bar, self.palette_bar.ways, self.map)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)


def _room_of(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize())
