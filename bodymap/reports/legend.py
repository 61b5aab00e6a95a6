"""What the signs on the figure mean; only those that stand on it."""

from collections.abc import Sequence

from bodymap.chart.marks import Mark, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.reports import symbols, wording
from bodymap.reports.figure import legend_entries
from bodymap.reports.fonts import Weight
from bodymap.reports.page import Page, Point
from bodymap.reports.typesetting import Style, write

_STYLE = Style(7.0, Weight.REGULAR)
_ROW = 5.0
_GAP = 5.0
_SIGN_WIDTHS = {TriggerPoint: 5.0, NeedleSite: 8.0, PainZone: 8.0, Note: 4.0}


def draw_legend(page: Page, corner: Point, width: float, marks: Sequence[Mark]) -> float:
    """Draw it in rows from `corner`; give the height it took."""
    x, y = corner
    for mark in legend_entries(marks):
        sign, words = _SIGN_WIDTHS[type(mark)], _words(mark)
        taken = sign + _STYLE.width(words)
        if x + taken > corner[0] + width:
            x, y = corner[0], y + _ROW
        _draw_sign(page, mark, (x, y))
        write(page, (x + sign, y + 0.8), words, _STYLE)
        x += taken + _GAP
    return y + _ROW - corner[1]


def _words(mark: Mark) -> str:
    match mark:
        case TriggerPoint():
            return f"{wording.STATUSES[mark.status]} trigger point (T)"
        case NeedleSite():
            return "Needle site"
        case PainZone():
            return f"{wording.PAIN_KINDS[mark.kind]} (P)"
        case Note():
            return "Note (N)"


def _draw_sign(page: Page, mark: Mark, corner: Point) -> None:
    x, y = corner
    match mark:
        case TriggerPoint():
            symbols.draw_trigger_point(page, mark.status, (x + 1.9, y + 2.5))
        case NeedleSite():
            symbols.draw_shaft(page, (x + 0.8, y + 3.9), (x + 5.2, y + 1.6))
            symbols.draw_symbol(page, mark, (x + 0.8, y + 3.9))
            page.circle((x + 5.2, y + 1.7), 1.3, fill=symbols.ink_of(mark))
        case PainZone():
            ring = [(x + 0.6, y + 0.7), (x + 6.6, y + 0.7), (x + 6.6, y + 4.3), (x + 0.6, y + 4.3)]
            symbols.draw_zone(page, mark.kind, [ring])
        case Note():
            symbols.draw_flag(page, (x + 0.5, y + 4.2))
