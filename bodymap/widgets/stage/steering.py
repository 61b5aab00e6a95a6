"""Ties the actions of the table to the map, and keeps the bars telling what it shows."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QRectF

from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.chart.marks import MarkId
from bodymap.chart.visit import Visit
from bodymap.desk.charting import Changed, Charting
from bodymap.widgets.actions import DISSECTIONS, LAYERS, TOOLS, VIEWS, ActionId, Actions
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.map.view import MapView
from bodymap.widgets.settings import Settings
from bodymap.widgets.stage.view import Stage

V = TypeVar("V")

_MARKING = tuple(action for action, tool in TOOLS.items() if tool is not ToolId.SELECT)
_ON_MARKS = (ActionId.DELETE, ActionId.DUPLICATE, ActionId.MIRROR)


class Steering(QObject):
    """What is done to the map goes through actions; what the map does shows in them."""

    def __init__(
        self, map_view: MapView, stage: Stage, actions: Actions, settings: Settings
    ) -> None:
        super().__init__(stage)
        self.map = map_view
        self._stage = stage
        self._actions = actions
        self._settings = settings
        self._bind()
        self._follow()
        self._begin()

    def show_charting(self, charting: Charting | None) -> None:
        """Offer the marking tools only where marks may be made."""
        writable = charting is not None and charting.visit.is_open
        for action in _MARKING:
            self._actions[action].setEnabled(writable)
        self._stage.palette_bar.pain.setEnabled(writable)
        if not writable:
            self.map.use_tool(ToolId.SELECT)
        self.show_selection()

    def show_where(self, visit: Visit) -> None:
        """Show a view that carries marks, unless the one that is shown does."""
        views = Counter(mark.place.view for mark in visit.marks)
        if views and self.map.view_id not in views:
            self.map.show_view(views.most_common(1)[0][0])

    def follow(self, changed: Changed) -> None:
        """Show a view on which something changed; an undo may touch another than the one shown."""
        touched = changed.change.mark_ids
        marks = (*changed.after.marks, *changed.before.marks)
        views = [mark.place.view for mark in marks if mark.id in touched]
        if views and self.map.view_id not in views:
            self.map.show_view(views[0])

    def go_to(self, mark: MarkId) -> None:
        """Take a mark in hand, and bring it into sight."""
        if not self.is_in_sight(mark):
            self.map.centre_on(mark)
        self.map.select([mark])

    def is_in_sight(self, mark: MarkId) -> bool:
        """Whether a mark lies on the part of the body that is shown, clear of the bars."""
        charting = self.map.charting
        if charting is None or not charting.visit.has(mark):
            return False
        place = charting.visit.mark(mark).place
        if place.view != self.map.view_id:
            return False
        at = self.map.mm_to_view(place.u_mm, place.v_mm)
        return QRectF(self._stage.rect()).adjusted(110, 80, -80, -90).contains(at)

    def show_selection(self) -> None:
        """Offer what can be done with marks only while some are chosen."""
        enabled = self.map.is_writable and bool(self.map.selection)
        for action in _ON_MARKS:
            self._actions[action].setEnabled(enabled)

    def _bind(self) -> None:
        for action, view in VIEWS.items():
            self._actions.bind(action, partial(self.map.show_view, view))
        for action, tool in TOOLS.items():
            self._actions.bind(action, partial(self._take_tool, tool))
        for action, dissection in DISSECTIONS.items():
            self._actions.bind(action, partial(self.map.show_dissection, dissection))
        for action, layer in LAYERS.items():
            self._actions[action].toggled.connect(partial(self.map.show_layer, layer))
        deeds: Mapping[ActionId, Callable[[], None]] = {
            ActionId.ZOOM_IN: self.map.zoom_in,
            ActionId.ZOOM_OUT: self.map.zoom_out,
            ActionId.ZOOM_FIT: self.map.fit,
            ActionId.DELETE: self.map.delete_selection,
            ActionId.DUPLICATE: self.map.duplicate_selection,
            ActionId.MIRROR: self.map.mirror_selection,
            ActionId.NEXT_MARK: partial(self.map.select_next, 1),
            ActionId.PREVIOUS_MARK: partial(self.map.select_next, -1),
        }
        for action, deed in deeds.items():
            self._actions.bind(action, deed)

    def _follow(self) -> None:
        self.map.view_changed.connect(self._show_view)
        self.map.dissection_changed.connect(self._show_dissection)
        self.map.layers_changed.connect(self._show_layers)
        self.map.tool_changed.connect(self._show_tool)
        self.map.zoom_changed.connect(self._show_zoom)
        self.map.brush_changed.connect(self._stage.palette_bar.ways.show_radius)
        self._stage.palette_bar.ways.brush_changed.connect(self._set_brush)

    def _begin(self) -> None:
        self.map.show_view(self._settings.view)
        self._show_view(self.map.view_id)
        self._show_dissection(self.map.dissection)
        self._show_tool(self.map.tool)
        self._stage.palette_bar.ways.show_radius(self.map.brush_radius_mm)

    def _take_tool(self, tool: ToolId) -> None:
        self.map.use_tool(tool)
        self.map.setFocus()

    def _show_view(self, view: ViewId) -> None:
        self._actions[_key(VIEWS, view)].setChecked(True)
        self._settings.view = view
        self._show_zoom()

    def _show_dissection(self, dissection: Dissection) -> None:
        self._actions[_key(DISSECTIONS, dissection)].setChecked(True)

    def _show_layers(self, layers: frozenset[LayerId]) -> None:
        for action, layer in LAYERS.items():
            self._actions[action].setChecked(layer in layers)

    def _show_tool(self, tool: ToolId) -> None:
        self._stage.palette_bar.show_tool(tool)

    def _show_zoom(self) -> None:
        self._stage.zoom.show_zoom(self.map.px_per_mm / self.map.fit_px_per_mm)

    def _set_brush(self, radius_mm: float) -> None:
        if round(self.map.brush_radius_mm) != round(radius_mm):
            self.map.brush_radius_mm = radius_mm


def _key(table: Mapping[ActionId, V], value: V) -> ActionId:
    return next(action for action, known in table.items() if known == value)
