"""What the signs on the figure mean; only those that stand on it."""

from collections.abc import Iterator, Sequence

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


def draw_legend(page: Page, corner: Point, width: float, marks: Sequence[Mark]) -> None:
    """Draw it in rows from `corner`, no wider than `width`."""
    for mark, (x, y) in _placed(width, marks):
        at = (corner[0] + x, corner[1] + y)
        _draw_sign(page, mark, at)
        write(page, (at[0] + _SIGN_WIDTHS[type(mark)], at[1] + 0.8), _words(mark), _STYLE)


def legend_height(width: float, marks: Sequence[Mark]) -> float:
    """How high it is, in millimetres."""
    return max((y for _, (_, y) in _placed(width, marks)), default=-_ROW) + _ROW


def _placed(width: float, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Point]]:
    x = y = 0.0
    for mark in legend_entries(marks):
        taken = _SIGN_WIDTHS[type(mark)] + _STYLE.width(_words(mark))
        if x + taken > width:
            x, y = 0.0, y + _ROW
        yield mark, (x, y)
        x += taken + _GAP


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
