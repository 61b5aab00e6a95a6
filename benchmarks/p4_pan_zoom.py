"""P4: frames while panning and zooming over a charted body.

A frame's cost is the processor time of all threads: no less than what it takes on the clock where
nothing else runs, and not more where something does. Crispness is waited for on the clock.

Beside it: a ready pixmap copied to the screen (the least a frame can cost), the same body as
vector items in a graphics scene, and QSvgRenderer painting each frame.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib import resources

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget
from typing_extensions import override

from benchmarks.measure import Result, compared, limited, report, share
from benchmarks.strewn_map import (
    VIEW,
    PaintedMap,
    application,
    atlas,
    settle,
    strewn_map,
    strewn_marks,
)
from bodymap.atlas.ids import Dissection
from bodymap.widgets.map.body.patches import patches
from bodymap.widgets.map.camera import Camera

SIZES = ((1200, 900), (2400, 1800))
COUNTS = (0, 30, 1_000, 2_000, 10_000)
PANS, ZOOMS = 60, 20
LIMITS_MS = {(1200, 900): 8.0, (2400, 1800): 16.7}
SLOW_FRAMES = 6
"""Frames of the peers that paint everything anew: enough for a median."""


def run() -> list[Result]:
    """Measure both sizes at all numbers of marks."""
    return [result for size in SIZES for count in COUNTS for result in _at(*size, count)]


def _at(width: int, height: int, count: int) -> list[Result]:
    with strewn_map(count, width, height) as body:
        body.zoom_to(body.fit_px_per_mm * 2)
        settle(body)
        ours, least = _in_turns(body, _Blit(width, height))
        crisp = _crisp(body)
        camera = body.camera
    what = f"frame at {width}x{height}, {count} marks, p95 ms"
    results = [compared("P4", f"{what}, a ready pixmap beside it", ours, least, 4.0)]
    if count == 1_000:
        again = f"crisp after zooming at {width}x{height}, {count} marks, ms"
        scene, svg = _scene(camera, width, height), _svg(camera, width, height)
        results += [
            limited("P4", what, ours, LIMITS_MS[width, height]),
            limited("P4", again, crisp, 100),
            compared("P4", f"{what}, vector scene beside it", ours, scene, 0.1),
            compared("P4", f"{what}, QSvgRenderer beside it", ours, svg, 0.1),
        ]
    return results


def _in_turns(body: PaintedMap, blit: "_Blit") -> tuple[float, float]:
    """The 95th percentile of frames, ours and the copied pixmap's, frame by frame in turns."""
    ours: list[float] = []
    least: list[float] = []
    for step in _steps(body):
        step()
        ours.append(_frame(body.viewport()))
        least.append(_frame(blit))
        application().processEvents()
    return share(ours, 0.95), share(least, 0.95)


def _steps(body: PaintedMap) -> Iterator[Callable[[], None]]:
    for pan in range(PANS):
        by = QPointF(9, 6) if pan < PANS // 2 else QPointF(-9, -6)
        yield lambda by=by: body.pan(by)
    for zoom in range(ZOOMS):
        factor = 1.08 if zoom < ZOOMS // 2 else 1 / 1.08
        yield lambda factor=factor: body.zoom_to(body.px_per_mm * factor)


def _frame(widget: QWidget) -> float:
    """What painting a widget takes of the processor, in milliseconds."""
    began = time.process_time()
    widget.repaint()
    return (time.process_time() - began) * 1e3


def _crisp(body: PaintedMap) -> float:
    """Milliseconds from the last notch of the wheel until all is painted at its scale."""
    settle(body)
    taken = []
    for factor in (1.31, 0.87, 1.13):
        body.zoom_to(body.px_per_mm * factor)
        body.viewport().repaint()
        taken.append(settle(body) * 1e3)
    return statistics.median(taken)


class _Blit(QWidget):
    """Copies a pixmap that is ready."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.resize(width, height)
        self._ready = QPixmap(width, height)
        self._ready.fill(QColor("bisque"))
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ready)
        painter.end()


def _scene(camera: Camera, width: int, height: int) -> float:
    """The same body and marks as items of a graphics scene that caches nothing, median ms."""
    scene = QGraphicsScene()
    ink, flesh = QPen(QColor("sienna"), 0.5), QColor("bisque")
    for patch in patches(atlas().view(VIEW).drawing, Dissection.SUPERFICIAL, frozenset()):
        if patch.from_px_per_mm <= camera.px_per_mm:
            scene.addPath(patch.path, ink, flesh)
    for mark in strewn_marks(1_000):
        scene.addEllipse(mark.place.u_mm - 3, mark.place.v_mm - 3, 6, 6, ink, flesh)
    view = QGraphicsView(scene)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(width, height)
    view.setTransform(camera.transform)
    view.show()
    application().processEvents()
    return statistics.median(_frame(view.viewport()) for _ in range(SLOW_FRAMES))


def _svg(camera: Camera, width: int, height: int) -> float:
    """QSvgRenderer painting the drawing's file, median ms."""
    text = (resources.files("bodymap.assets") / "svg" / f"{VIEW}.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(text))
    frame = atlas().view(VIEW).frame
    target = camera.area_px(QRectF(frame.u0, frame.v0, frame.width, frame.height))
    taken = []
    for _ in range(SLOW_FRAMES):
        sheet = QPixmap(width, height)
        began = time.process_time()
        painter = QPainter(sheet)
        renderer.render(painter, target)
        painter.end()
        taken.append((time.process_time() - began) * 1e3)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(report(run()))
