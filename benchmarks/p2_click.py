"""P2: from a click to pixels, with the mark stored on disk in between.

Beside it the least that Qt and SQLite can do: a disc added to a bare graphics scene, one row
stored as durably as ours, and the scene painted.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView
from sqlcipher3 import dbapi2

from benchmarks.charted_map import charted_map
from benchmarks.measure import Result, compared, limited, report, share
from benchmarks.strewn_map import BODY, PaintedMap, application, strewn_marks
from bodymap.widgets.map.tool_id import ToolId

CLICKS = 60
COUNTS = (0, 30, 1_000, 10_000)
LIMITS_MS = {30: 8.0, 10_000: 16.7}
WIDTH, HEIGHT = 1200, 900


def run() -> list[Result]:
    """Measure at all numbers of marks."""
    return [result for count in COUNTS for result in _at(count)]


def _at(count: int) -> list[Result]:
    with (
        tempfile.TemporaryDirectory() as folder,
        charted_map(count, WIDTH, HEIGHT) as charted,
    ):
        bare = _BareScene(count, Path(folder))
        charted.map.use_tool(ToolId.NEEDLE_SITE)
        spots = _spots(charted.map)
        ours, peer = _in_turns(lambda at: _click(charted.map, at), bare.add, spots)
        assert len(charted.charting.visit.marks) == count + len(spots)
    what = f"click to pixels, stored, {count} marks before, p95 ms"
    beside = f"{what}, bare scene and bare SQLite beside it"
    results = [compared("P2", beside, share(ours, 0.95), share(peer, 0.95), 3.0)]
    if count in LIMITS_MS:
        results.append(limited("P2", what, share(ours, 0.95), LIMITS_MS[count]))
    return results


def _spots(body: PaintedMap) -> list[QPoint]:
    """Where one clicks: on the body, off the gap between the legs."""
    chance = random.Random(7)  # noqa: S311 - repeatable on purpose
    inside = QRectF(body.mm_to_view(-120, 240), body.mm_to_view(120, 640))
    return [
        QPoint(
            round(chance.uniform(inside.left(), inside.right())),
            round(chance.uniform(inside.top(), inside.bottom())),
        )
        for _ in range(CLICKS)
    ]


def _click(body: PaintedMap, at: QPoint) -> float:
    began = time.perf_counter()
    QTest.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    while body.painted_at < began:
        application().processEvents()
    taken = body.painted_at - began
    application().processEvents()
    return taken * 1e3


class _BareScene:
    """Discs in a graphics scene and rows in a table, and nothing else."""

    def __init__(self, count: int, folder: Path) -> None:
        application()
        self._rows = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
        for line in ("journal_mode = WAL", "synchronous = FULL"):
            self._rows.execute(f"PRAGMA {line}")
        self._rows.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, u REAL, v REAL)")
        self._scene = QGraphicsScene(BODY)
        self._view = QGraphicsView(self._scene)
        self._view.resize(WIDTH, HEIGHT)
        for mark in strewn_marks(count):
            self._disc(QPointF(mark.place.u_mm, mark.place.v_mm))
        self._view.show()
        application().processEvents()

    def add(self, at: QPoint) -> float:
        """Store a row, add a disc and have it painted; the milliseconds that took."""
        began = time.perf_counter()
        place = self._view.mapToScene(at)
        self._rows.execute("INSERT INTO mark (u, v) VALUES (?, ?)", place.toTuple())
        self._disc(place)
        application().processEvents()
        return (time.perf_counter() - began) * 1e3

    def _disc(self, at: QPointF) -> None:
        disc = self._scene.addEllipse(-5, -5, 10, 10, QColor("white"), QColor("firebrick"))
        disc.setPos(at)


def _in_turns(
    ours: Callable[[QPoint], float], peer: Callable[[QPoint], float], spots: Sequence[QPoint]
) -> tuple[list[float], list[float]]:
    both = [(ours(spot), peer(spot)) for spot in spots]
    warm = both[5:]
    return [one for one, _ in warm], [other for _, other in warm]


if __name__ == "__main__":
    sys.exit(report(run()))
