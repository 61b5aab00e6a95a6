"""Areas that were not to be needled: a dashed outline on the figure, and what it means."""

from collections.abc import Iterable, Mapping, Sequence

from bodymap.atlas.ids import ViewId
from bodymap.chart.screening import BarredArea
from bodymap.chart.session import SessionRecord
from bodymap.reports.flow import Flow
from bodymap.reports.fonts import Weight
from bodymap.reports.framing import Window
from bodymap.reports.ink import PAPER, TRIGGER_POINT
from bodymap.reports.page import Page, Point
from bodymap.reports.typesetting import Style, write

_DASHES = "2.4 2.2"
_LINE_PT = 1.0
_ROW = 5.0
_WORDS = Style(7.0, Weight.REGULAR)


def draw_barred(page: Page, areas: Iterable[BarredArea], part: Window) -> None:
    """Outline the areas on one part of the figure."""
    for area in areas:
        for piece in area.polygons:
            for ring in (piece.outer, *piece.holes):
                points = [part.on_page(u, v) for u, v in ring]
                _outline(page, [*points, points[0]])


def draw_barred_key(flow: Flow, record: SessionRecord, views: Sequence[ViewId]) -> None:
    """Say what the dashed outlines on the figure stand for, if there are any."""
    labels = _labels(record)
    shown = [area for area in record.visit.record.screening.areas if area.view in views]
    names = dict.fromkeys(labels.get(area.item, area.item) for area in shown)
    if not names:
        return
    flow.need(_ROW)
    x, y = flow.left, flow.y
    corners = ((0.6, 0.8), (6.6, 0.8), (6.6, 4.2), (0.6, 4.2), (0.6, 0.8))
    _outline(flow.page, [(x + dx, y + dy) for dx, dy in corners])
    words = f"Not to be needled: {'; '.join(names)}"
    write(flow.page, (x + 8.0, y + 0.8), words, _WORDS)
    flow.y += _ROW


def _outline(page: Page, points: Sequence[Point]) -> None:
    page.polyline(points, PAPER, _LINE_PT * 2.2)
    with page.dashed(_DASHES):
        page.polyline(points, TRIGGER_POINT, _LINE_PT)


def _labels(record: SessionRecord) -> Mapping[str, str]:
    return {item.item: item.label for item in record.screened}
