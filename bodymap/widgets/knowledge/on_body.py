"""The map as the reference needs it: point a muscle out, bring it into sight, plan there."""

from PySide6.QtCore import QRectF

from bodymap.atlas.clinical.muscles import Muscle
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Side
from bodymap.desk.reasoning import Sight, sight_of
from bodymap.widgets.map.overlays.levels import LevelsShown
from bodymap.widgets.map.overlays.muscle import MuscleShown
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.map.view import MapView

_EDGE_PX = 90.0


class OnBody:
    """Shows on the map what the reference speaks of."""

    def __init__(self, body: MapView, atlas: Atlas) -> None:
        self._map = body
        self._atlas = atlas

    def show(self, shown: MuscleShown | None) -> None:
        """Lay a muscle over the body, or take it off."""
        self._map.overlays.show_muscle(shown)

    def bring_into_sight(self, muscle: Muscle, side: Side) -> None:
        """Turn to a view and a dissection that show a muscle, if those shown do not."""
        sight = self._sight(muscle, side)
        if sight is not None:
            self._turn_to(sight)

    def plan(self, muscle: Muscle, side: Side) -> None:
        """Put the trigger point tool in the hand, meant for a muscle; where it is, if drawn."""
        structures, sight = frozenset(muscle.structures), self._sight(muscle, side)
        if sight is None:
            self._map.use_tool(ToolId.TRIGGER_POINT)
            self._map.mean(structures)
            self._map.setFocus()
        else:
            self._turn_to(sight)
            self._map.plan(structures, sight.u_mm, sight.v_mm)

    def show_levels(self, levels: LevelsShown | None) -> None:
        """Lay spinal levels over the body, all or one, or take them off."""
        self._map.overlays.show_levels(levels)

    def _sight(self, muscle: Muscle, side: Side) -> Sight | None:
        now = (self._map.view_id, self._map.dissection)
        return sight_of(self._atlas, muscle.structures, side, muscle.views, now)

    def _turn_to(self, sight: Sight) -> None:
        self._map.show_view(sight.view)
        self._map.show_dissection(sight.dissection)
        at = self._map.mm_to_view(sight.u_mm, sight.v_mm)
        room = self._map.room
        inside = QRectF(
            _EDGE_PX, _EDGE_PX, room.width() - 2 * _EDGE_PX, room.height() - 2 * _EDGE_PX
        )
        if not inside.contains(at):
            self._map.centre_at(sight.u_mm, sight.v_mm)
