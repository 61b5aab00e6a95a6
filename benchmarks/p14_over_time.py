"""P14: visits compared on one body: one beside another, and a thousand at once.

Beside the heat the least that numpy can do with the same visits: their coordinates gathered and
counted in cells, without any spread.
"""

import sys
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage, QPainter

from benchmarks.charted_map import EPISODE, PATIENT, THERAPIST, WHEN
from benchmarks.measure import Result, compared, in_turns, limited, report
from benchmarks.strewn_map import BODY, VIEW, strewn_map, strewn_marks
from bodymap.chart.marks import MarkKind, PainZone, TriggerPoint
from bodymap.chart.visit import Visit, VisitId, in_order
from bodymap.desk.comparing import compared as differences
from bodymap.desk.heat import CELL_MM, heat
from bodymap.widgets.map.overlays.ghosts import Ghosts
from bodymap.widgets.theme import Theme

VISITS, EACH = 1_000, 30
WIDTH, HEIGHT = 1200, 900
OVERLAY_MS, HEAT_MS, AT_MOST = 50.0, 100.0, 3.0
_FRAME = (-400.0, 0.0, 800.0, 1800.0)


def run() -> list[Result]:
    """Measure both."""
    return [_overlay(), *_heat(_visits())]


def _visits() -> list[Visit]:
    marks = strewn_marks(VISITS * EACH)
    return [_visit(at, in_order(marks[at * EACH : (at + 1) * EACH])) for at in range(VISITS)]


def _visit(number: int, marks: tuple) -> Visit:  # type: ignore[type-arg]  # of marks
    visit = VisitId(f"00000000-0000-4000-9001-{number:012d}")
    return Visit(visit, PATIENT.id, EPISODE.id, THERAPIST.id, WHEN, marks=marks)


def _overlay() -> Result:
    before, *_ = _visits()[:1]
    moved = tuple(
        replace(mark, place=replace(mark.place, u_mm=mark.place.u_mm + 3)) for mark in before.marks
    )
    after = replace(before, id=VisitId("00000000-0000-4000-9002-000000000000"), marks=moved)
    theme = Theme.load("light")
    with strewn_map(EACH, WIDTH, HEIGHT) as body:

        def overlay() -> None:
            pairs = differences(before, after)
            assert len(pairs) >= EACH
            canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
            painter = QPainter(canvas)
            Ghosts(before.marks).paint(painter, body.camera, theme, VIEW)
            painter.end()

        (taken,) = in_turns(overlay)
    what = f"two visits of {EACH} marks compared and drawn over each other, ms"
    return limited("P14", what, taken * 1e3, OVERLAY_MS)


def _heat(visits: list[Visit]) -> list[Result]:
    results = []
    for kind, of in ((MarkKind.TRIGGER_POINT, TriggerPoint), (MarkKind.PAIN_ZONE, PainZone)):
        ours, peer = in_turns(
            lambda kind=kind: heat(visits, kind, VIEW, _FRAME),  # type: ignore[misc]
            lambda of=of: _counted(visits, of),  # type: ignore[misc]
        )
        what = f"heat of {VISITS:,} visits with {VISITS * EACH:,} marks, {kind}s, ms"
        beside = f"{what}, gathering and numpy.histogram2d beside it"
        results.append(compared("P14", beside, ours * 1e3, peer * 1e3, AT_MOST))
        results.append(limited("P14", what, ours * 1e3, HEAT_MS))
    return results


def _counted(visits: list[Visit], of: type) -> None:
    """Every point in its cell; of a zone every corner."""
    spots: list[tuple[float, float]] = []
    for visit in visits:
        for mark in visit.marks:
            if isinstance(mark, PainZone):
                if of is PainZone:
                    spots.extend(mark.polygons[0].outer)
            elif isinstance(mark, of):
                spots.append((mark.place.u_mm, mark.place.v_mm))
    left, top, width, height = _FRAME
    u, v = np.array(spots).T
    bins = int(width / CELL_MM), int(height / CELL_MM)
    counts, *_ = np.histogram2d(u, v, bins, [[left, left + width], [top, top + height]])
    assert counts.sum() > 0
    assert BODY.isValid()


if __name__ == "__main__":
    sys.exit(report(run()))
