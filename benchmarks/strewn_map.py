"""A map with as many marks as one likes: what P2 and P4 measure."""

import math
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.chart.marks import Mark, MarkId, NeedleSite, PainZone, TriggerPoint
from bodymap.chart.place import Place, Polygon
from bodymap.widgets.map.view import MapView
from bodymap.widgets.theme import Theme

VIEW = ViewId.POSTERIOR
BODY = QRectF(-150.0, 170.0, 300.0, 1350.0)
"""Where marks are strewn: all of it lies on the body, but for the gap between the legs."""

CORNERS = 32


class PaintedMap(MapView):
    """Notes when its last painting ended."""

    painted_at = 0.0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted_at = time.perf_counter()


@cache
def application() -> QApplication:
    """The Qt application, without a display unless one is asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([])


@cache
def atlas() -> Atlas:
    """The body."""
    return Atlas.load()


def strewn_marks(count: int) -> tuple[Mark, ...]:
    """Two fifths trigger points, two fifths needles, one fifth zones of 32 corners; repeatable."""
    chance = random.Random(20261121)  # noqa: S311 - repeatable on purpose
    return tuple(_mark(chance, index) for index in range(count))


def _mark(chance: random.Random, index: int) -> Mark:
    u = chance.uniform(BODY.left(), BODY.right())
    v = chance.uniform(BODY.top(), BODY.bottom())
    mark_id, number = MarkId(f"00000000-0000-4000-8000-{index:012d}"), index + 1
    side = Side.LEFT if u < 0 else Side.RIGHT
    place = Place(VIEW, round(u, 2), round(v, 2), side, RegionId("upper-back"))
    match index % 5:
        case 0 | 2:
            return TriggerPoint(mark_id, number, place)
        case 1 | 3:
            return NeedleSite(mark_id, number, place)
        case _:
            turns = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
            reach = chance.uniform(14, 24)
            ring = tuple((u + reach * math.cos(a), v + reach * math.sin(a)) for a in turns)
            return PainZone(mark_id, number, place, (Polygon(VIEW, ring),))


@contextmanager
def strewn_map(marks: int, width: int, height: int) -> Iterator[PaintedMap]:
    """Open a map with marks on it; nothing is stored.

    Args:
        marks: How many.
        width: Of the map in pixels.
        height: Of the map in pixels.
    """
    application()
    body = PaintedMap(atlas(), Theme.load("light"))
    body.resize(width, height)
    body.show_view(VIEW)
    body.marks.show(strewn_marks(marks), VIEW)
    body.show()
    settle(body)
    yield body
    body.close()
    body.deleteLater()
    application().processEvents()


def settle(body: MapView, most_s: float = 30.0) -> float:
    """Let events run until the body is crisp; the seconds that took.

    Raises:
        TimeoutError: It took longer than it ever should.
    """
    began = time.perf_counter()
    while (taken := time.perf_counter() - began) < most_s:
        application().processEvents()
        if body.is_crisp:
            return taken
        time.sleep(0.0005)
    raise TimeoutError("the map does not become crisp")
