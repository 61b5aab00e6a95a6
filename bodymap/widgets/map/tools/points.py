"""Tools that put one mark where one taps; a drag pans."""

from typing_extensions import override

from bodymap.widgets.map.tools.tool import Pointer, Tool


class TriggerPointTool(Tool):
    """A tap puts a trigger point."""

    @override
    def tapped(self, pointer: Pointer) -> None:
        view, u, v = self._map.view_id, pointer.u_mm, pointer.v_mm
        meant = self._map.meant
        self._map.take(lambda charting: charting.trigger_point(view, u, v, meant))


class NeedleSiteTool(Tool):
    """A tap puts a needle."""

    @override
    def tapped(self, pointer: Pointer) -> None:
        view, u, v = self._map.view_id, pointer.u_mm, pointer.v_mm
        self._map.take(lambda charting: charting.needle_site(view, u, v))


class NoteTool(Tool):
    """A tap puts a note; its words are written in the inspector."""

    @override
    def tapped(self, pointer: Pointer) -> None:
        view, u, v = self._map.view_id, pointer.u_mm, pointer.v_mm
        self._map.take(lambda charting: charting.note(view, u, v))
