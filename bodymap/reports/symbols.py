"""How each kind of mark looks in print: told by shape first, by colour second."""

import math
from collections.abc import Callable, Sequence

from bodymap.chart.marks import (
    Mark,
    NeedleSite,
    Note,
    PainKind,
    PainZone,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import NEEDLE, NOTE, PAIN, PAPER, TRIGGER_POINT, Ink
from bodymap.reports.page import POINTS_PER_MM, Page, Point
from bodymap.reports.typesetting import Style, set_line

Rings = Sequence[Sequence[Point]]

LABEL = 6.4
"""Size of the numbers on the figure, in points."""

BADGE = 1.75
"""Radius of a needle's number badge, in millimetres."""

CLEARANCES = {TriggerPoint: 1.75, NeedleSite: 0.6, Note: 0.6, PainZone: 0.0}
"""How far a mark's symbol reaches from its point, in millimetres."""


def code_of(mark: Mark) -> str:
    """What a mark is called on the figure and in the tables: `3`, `T1`, `P2`, `N1`."""
    match mark:
        case TriggerPoint():
            return f"T{mark.number}"
        case NeedleSite():
            return f"{mark.number}"
        case PainZone():
            return f"P{mark.number}"
        case Note():
            return f"N{mark.number}"


def ink_of(mark: Mark) -> Ink:
    """The colour of a mark's kind."""
    match mark:
        case TriggerPoint():
            return TRIGGER_POINT
        case NeedleSite():
            return NEEDLE
        case PainZone():
            return PAIN
        case Note():
            return NOTE


def label_style(mark: Mark) -> Style:
    """How a mark's code is set on the figure."""
    ink = PAPER if isinstance(mark, NeedleSite) else ink_of(mark)
    return Style(LABEL, Weight.BOLD, ink)


def label_size(mark: Mark) -> Point:
    """Width and height of a mark's label, in millimetres."""
    if isinstance(mark, NeedleSite):
        return 2 * BADGE, 2 * BADGE
    return label_style(mark).width(code_of(mark)) + 0.8, 2.6


def draw_symbol(page: Page, mark: Mark, at: Point) -> None:
    """Draw what stands at the mark's own point; zones and labels are drawn apart."""
    match mark:
        case TriggerPoint():
            draw_trigger_point(page, mark.status, at)
        case NeedleSite():
            page.circle(at, 0.62, fill=NEEDLE, stroke=PAPER, weight=0.5)
        case Note():
            draw_flag(page, at)
        case PainZone():
            pass


def draw_trigger_point(page: Page, status: TriggerPointStatus, at: Point) -> None:
    """Active: a disc in a ring; latent: an open ring; satellite: a ring around a dot."""
    match status:
        case TriggerPointStatus.ACTIVE:
            page.circle(at, 1.75, fill=PAPER, stroke=TRIGGER_POINT, weight=0.9)
            page.circle(at, 1.08, fill=TRIGGER_POINT)
        case TriggerPointStatus.LATENT:
            page.circle(at, 1.45, fill=PAPER, stroke=TRIGGER_POINT, weight=1.5)
        case TriggerPointStatus.SATELLITE:
            page.circle(at, 1.45, fill=PAPER, stroke=TRIGGER_POINT, weight=0.8)
            page.circle(at, 0.5, fill=TRIGGER_POINT)


def draw_flag(page: Page, at: Point) -> None:
    """A note: a pennant on a staff that stands on the point."""
    x, y = at
    pennant = [(x, y - 3.2), (x + 2.5, y - 2.4), (x, y - 1.5)]
    page.polygon([pennant], fill=NOTE, stroke=PAPER, weight=0.4)
    page.line((x, y), (x, y - 3.3), NOTE, 0.9)
    page.circle(at, 0.4, fill=NOTE)


def draw_shaft(page: Page, tip: Point, badge: Point) -> None:
    """A needle's shaft from its site to its number."""
    page.line(tip, badge, PAPER, 2.0)
    page.line(tip, badge, NEEDLE, 0.95)


def draw_label(page: Page, mark: Mark, centre: Point) -> None:
    """Draw a mark's code where it found room."""
    style = label_style(mark)
    line = set_line(code_of(mark), style)
    base = (centre[0], centre[1] + LABEL * 0.355 / POINTS_PER_MM)
    if isinstance(mark, NeedleSite):
        page.circle(centre, BADGE, fill=NEEDLE, stroke=PAPER, weight=0.6)
        size = LABEL if len(code_of(mark)) < 3 else LABEL - 1.4
        page.text(base, line, size, style.ink, align="centre")
        return
    width, height = label_size(mark)
    corner = (centre[0] - width / 2, centre[1] - height / 2)
    border = style.ink if isinstance(mark, PainZone) else None
    page.rectangle(corner, (width, height), fill=PAPER, stroke=border, weight=0.5, radius=0.8)
    page.text(base, line, style.size, style.ink, align="centre")


def draw_leader(page: Page, mark: Mark, at: Point, centre: Point) -> None:
    """Join a label to its point: needles by their shaft, others when the label is far off."""
    if isinstance(mark, NeedleSite):
        draw_shaft(page, at, centre)
    elif math.dist(at, centre) > CLEARANCES[type(mark)] + 3.6:
        page.line(at, centre, ink_of(mark), 0.5)


def draw_zone(page: Page, kind: PainKind, rings: Rings) -> None:
    """Hatch an area of pain and outline it."""
    with page.clipped_to(rings):
        _HATCHES[kind](page, _box(rings))
    page.polygon(rings, stroke=PAPER, weight=1.7)
    page.polygon(rings, stroke=PAIN, weight=0.85)


_Box = tuple[float, float, float, float]


def _box(rings: Rings) -> _Box:
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _slanting(page: Page, box: _Box, gap: float, weight: float, rise: float = 1.0) -> None:
    """Parallel lines through a box at 45 degrees, on a grid that all zones of a page share."""
    left, top, right, bottom = box
    reach = bottom - top
    first = math.floor((left - reach) / gap) * gap
    lines = []
    x = first - (top % gap)
    while x < right + reach + gap:
        ends = ((x, bottom), (x + reach, top)) if rise > 0 else ((x, top), (x + reach, bottom))
        lines.append(ends)
        x += gap
    page.lines(lines, PAIN, weight)


def _level(page: Page, box: _Box, gap: float, weight: float) -> None:
    left, top, right, bottom = box
    rows = range(math.floor(top / gap), math.ceil(bottom / gap) + 1)
    page.lines([((left, row * gap), (right, row * gap)) for row in rows], PAIN, weight)


def _presenting(page: Page, box: _Box) -> None:
    _slanting(page, box, 1.7, 0.65)


def _referred(page: Page, box: _Box) -> None:
    _slanting(page, box, 3.6, 0.5)


def _paraesthesia(page: Page, box: _Box) -> None:
    with page.dashed("0.01 4"):
        _level(page, box, 1.4, 1.2)


def _numbness(page: Page, box: _Box) -> None:
    _slanting(page, box, 2.6, 0.45)
    _slanting(page, box, 2.6, 0.45, rise=-1.0)


def _soreness(page: Page, box: _Box) -> None:
    _level(page, box, 1.6, 0.5)


_HATCHES: dict[PainKind, Callable[[Page, _Box], None]] = {
    PainKind.PRESENTING: _presenting,
    PainKind.REFERRED: _referred,
    PainKind.PARAESTHESIA: _paraesthesia,
    PainKind.NUMBNESS: _numbness,
    PainKind.SORENESS: _soreness,
}
