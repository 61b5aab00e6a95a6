"""Drawing an area that is not to be needled."""

from typing_extensions import override

from bodymap.desk.barring import bar_inside, bar_region
from bodymap.widgets.map.tools.lasso import XY, LassoTool, extent, smoothed
from bodymap.widgets.map.tools.tool import Pointer

_STRAIGHT_PX = 0.7
_TAP_PX = 12.0


class BarredTool(LassoTool):
    """A line round an area bars it; a tap bars the whole region, another frees it."""

    colour = "problem"

    @override
    def dropped(self, pointer: Pointer) -> None:
        line, item = self.line, self._map.barred_item
        self.dropped_nowhere()
        if not item:
            self._map.complain(
                "Answer an item of the screening with Yes, then draw where it applies."
            )
        elif len(line) < 3 or extent(line) * self._map.camera.px_per_mm < _TAP_PX:
            self._bar_region(item, pointer)
        else:
            self._bar_inside(item, line)

    def _bar_region(self, item: str, pointer: Pointer) -> None:
        view, u, v = self._map.view_id, pointer.u_mm, pointer.v_mm
        self._map.take(lambda charting: bar_region(charting, item, view, u, v))

    def _bar_inside(self, item: str, line: list[XY]) -> None:
        view = self._map.view_id
        smooth = smoothed(line, _STRAIGHT_PX / self._map.camera.px_per_mm)
        self._map.take(lambda charting: bar_inside(charting, item, view, smooth))
