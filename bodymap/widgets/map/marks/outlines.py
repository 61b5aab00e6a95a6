"""The outlines of the zones looked at last."""

from collections import OrderedDict

from PySide6.QtGui import QPainterPath

from bodymap.chart.marks import MarkId, PainZone
from bodymap.widgets.map.marks.zone_path import zone_path

_KEPT = 300


class Outlines:
    """Makes outlines when they are asked for: thousands of them would fill the memory."""

    def __init__(self) -> None:
        self._paths: OrderedDict[MarkId, QPainterPath] = OrderedDict()

    def of(self, zone: PainZone) -> QPainterPath:
        """The outline of a zone, in millimetres of its view."""
        path = self._paths.get(zone.id)
        if path is None:
            path = self._paths[zone.id] = zone_path(zone)
            if len(self._paths) > _KEPT:
                self._paths.popitem(last=False)
        return path

    def drop(self, mark_id: MarkId) -> None:
        """Forget the outline of a mark that has changed or is gone."""
        self._paths.pop(mark_id, None)
