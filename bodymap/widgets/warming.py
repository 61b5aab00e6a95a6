"""Makes body and reference ready for their first questions, once the window has been seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.widgets.background import Background
from bodymap.widgets.map.canvas import MapCanvas

_PAUSE_MS = 60
"""Between looks at whether the map is painted: the picture comes first, the answers after it."""


class Warming(QObject):
    """Warms one view after the other beside the window, the one that is shown first.

    The clinical reference comes second: the first needle is told with its cautions.
    A view that cannot be read is left: whoever shows it is told.
    """

    def __init__(self, atlas: Atlas, shown: MapCanvas, background: Background) -> None:
        super().__init__(background)
        self._atlas, self._map, self._background = atlas, shown, background
        self._cold: list[Callable[[], None]] = []
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Warm all views and the reference, as soon as the map is painted."""
        others = [view for view in ViewId if view != self._map.view_id]
        first, *rest = (partial(self._atlas.warm, view) for view in (self._map.view_id, *others))
        self._cold = [first, Knowledge.load().warm, *rest]
        self._pause.start()

    def stop(self) -> None:
        """Leave the rest cold: the window closes."""
        self._cold = []
        self._pause.stop()

    def _go_on(self) -> None:
        if not self._map.is_crisp:
            self._pause.start()
        elif self._cold:
            self._background.query(self, self._cold.pop(0), self._warmed, self._left)

    def _warmed(self, _nothing: None) -> None:
        self._pause.start()

    def _left(self, _problem: str) -> None:
        self._pause.start()
