"""The body with the marks of a visit: the whole of each view small, what was treated large."""

from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.atlas.drawing import Frame
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.atlas.views import Horizontal, rightwards, tab_name
from bodymap.chart.marks import Mark, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.reports import framing, symbols
from bodymap.reports.body import Box, PrintedBodies, PrintedBody
from bodymap.reports.book import Book
from bodymap.reports.fonts import Weight
from bodymap.reports.framing import Window
from bodymap.reports.ink import ACCENT, MUTED, PAIN, PAPER, RULE, TEXT
from bodymap.reports.labels import Wanted, place_labels
from bodymap.reports.page import Page, Point
from bodymap.reports.typesetting import Style, set_line, write

_GAP = 4.0
_WHOLE_HEIGHT = 78.0
_WIDE_FRAME = 0.7
_HEADING_HEIGHT = 6.0
_RADIUS = 1.2

_HEADING = Style(8.6, Weight.SEMIBOLD)
_CORNER = Style(6.4, Weight.SEMIBOLD, MUTED)
_SMALL = Style(6, Weight.REGULAR, MUTED)


@dataclass(frozen=True, slots=True)
class Panel:
    """One view's part of the figure; places are millimetres from the panel's upper left corner.

    Attributes:
        body: What is drawn.
        marks: What lies on it, in order.
        whole: The whole body, small; None where a part shows all of it.
        parts: The enlarged parts.
        height: Of the panel.
    """

    body: PrintedBody
    marks: tuple[Mark, ...]
    whole: Window | None
    parts: tuple[Window, ...]
    height: float


def panels(marks: Sequence[Mark], bodies: PrintedBodies, width: float) -> list[Panel]:
    """Plan the figure: one panel for each view that carries a mark, in the order of the tabs."""
    views = [view for view in ViewId if any(mark.place.view == view for mark in marks)]
    tallness = {0: 0.0, 1: 104.0, 2: 80.0}.get(len(views), 72.0)
    return [
        _panel(bodies, view, tuple(m for m in marks if m.place.view == view), width, tallness)
        for view in views
    ]


def draw_panel(book: Book, page: Page, corner: Point, panel: Panel) -> None:
    """Draw one view with its marks on a page."""
    x, y = corner
    name = f"{tab_name(panel.body.view)} view"
    write(page, (x, y), name.replace(" side view", " side"), _HEADING)
    if panel.whole is not None:
        whole = _moved(panel.whole, corner)
        book.add_form(panel.body.whole)
        _draw_whole(page, panel, whole)
    for i, part in enumerate(panel.parts):
        letter = _letter(i) if len(panel.parts) > 1 else ""
        _draw_part(book, page, panel, _moved(part, corner), letter)


def _panel(
    bodies: PrintedBodies, view: ViewId, marks: tuple[Mark, ...], width: float, tallness: float
) -> Panel:
    is_needled = any(isinstance(mark, TriggerPoint | NeedleSite) for mark in marks)
    body = bodies.get(view, Dissection.SUPERFICIAL if is_needled else Dissection.SKIN)
    frame = body.drawing.frame
    if frame.width / frame.height > _WIDE_FRAME:
        return _panel_without_whole(body, marks, width)
    whole_height = min(max(tallness, _WHOLE_HEIGHT), 92.0)
    whole_width = whole_height * frame.width / frame.height
    box = (frame.u0, frame.v0, frame.u0 + frame.width, frame.v0 + frame.height)
    whole = Window(box, (0.0, _HEADING_HEIGHT), (whole_width, whole_height))
    left = max(whole_width, 26.0) + _GAP
    parts = _parts(frame, marks, left, width - left, tallness)
    bottom = max(part.corner[1] + part.size[1] for part in parts)
    return Panel(body, marks, whole, parts, max(bottom, _HEADING_HEIGHT + whole_height))


def _panel_without_whole(body: PrintedBody, marks: tuple[Mark, ...], width: float) -> Panel:
    """Feet fill a part as they are."""
    frame = body.drawing.frame
    height = 74.0
    shown = height * frame.width / frame.height
    box = (frame.u0, frame.v0, frame.u0 + frame.width, frame.v0 + frame.height)
    part = Window(box, ((width - shown) / 2, _HEADING_HEIGHT), (shown, height))
    return Panel(body, marks, None, (part,), _HEADING_HEIGHT + height)


def _parts(
    frame: Frame, marks: Sequence[Mark], left: float, width: float, tallness: float
) -> tuple[Window, ...]:
    """Lay the enlarged parts out in rows of two; an odd last one takes the whole width."""
    boxes = framing.parts(marks)
    crowded = framing.crowding(marks)
    height = tallness if len(boxes) <= 2 else max(tallness - 10, 72.0)
    windows = []
    for i, box in enumerate(boxes):
        is_alone = i == len(boxes) - 1 and i % 2 == 0
        wide = width if is_alone else (width - _GAP) / 2
        corner = (
            left + (i % 2) * (wide + _GAP),
            _HEADING_HEIGHT + (i // 2) * (height + _GAP),
        )
        seen = framing.window(box, frame, wide / height, crowded, height)
        windows.append(Window(seen, corner, (wide, height)))
    return tuple(windows)


def _moved(window: Window, by: Point) -> Window:
    corner = (window.corner[0] + by[0], window.corner[1] + by[1])
    return Window(window.box, corner, window.size)


def _draw_whole(page: Page, panel: Panel, whole: Window) -> None:
    page.form(panel.body.whole.name, whole.origin, whole.scale)
    for mark in panel.marks:
        _draw_dot(page, mark, whole)
    for i, part in enumerate(panel.parts):
        _draw_frame(page, part.box, whole, _letter(i) if len(panel.parts) > 1 else "")
    left, right = _side_words(panel.body.view)
    top = whole.corner[1] + 1
    write(page, (whole.corner[0], top), left[:1], _CORNER)
    write(page, (whole.corner[0] + whole.size[0], top), right[:1], _CORNER, align="right")


def _draw_dot(page: Page, mark: Mark, whole: Window) -> None:
    if isinstance(mark, PainZone):
        page.polygon(_rings(mark, whole), stroke=PAIN, weight=0.5)
        return
    at = whole.on_page(mark.place.u_mm, mark.place.v_mm)
    page.circle(at, 0.5, fill=symbols.ink_of(mark))


def _draw_frame(page: Page, box: Box, whole: Window, letter: str) -> None:
    """Show on the whole body which part is enlarged."""
    (left, top), (right, bottom) = whole.on_page(*box[:2]), whole.on_page(*box[2:])
    low, high = whole.corner[0] - 1.2, whole.corner[0] + whole.size[0] + 1.2
    left, right = max(left, low), min(right, high)
    page.rectangle((left, top), (right - left, bottom - top), stroke=ACCENT, weight=0.6, radius=0.6)
    if letter:
        style = Style(5.6, Weight.BOLD, ACCENT)
        write(page, (right - 0.6, top + 0.2), letter, style, align="right")


def _draw_part(book: Book, page: Page, panel: Panel, part: Window, letter: str) -> None:
    form = panel.body.part(part.box, f"Part{len(book.forms)}")
    book.add_form(form)
    with page.clipped(part.corner, part.size, _RADIUS):
        page.form(form.name, part.origin, part.scale)
        _draw_marks(page, [mark for mark in panel.marks if _touches(mark, part)], part)
    page.rectangle(part.corner, part.size, stroke=RULE, weight=0.5, radius=_RADIUS)
    _draw_side_words(page, panel.body.view, part, letter)
    _draw_scale(page, part)


def _touches(mark: Mark, part: Window) -> bool:
    left, top, right, bottom = framing.extent(mark)
    box = part.box
    return left <= box[2] and right >= box[0] and top <= box[3] and bottom >= box[1]


def _draw_marks(page: Page, marks: Sequence[Mark], part: Window) -> None:
    """Zones lie under everything, then lines to labels, then symbols, then labels."""
    for mark in marks:
        if isinstance(mark, PainZone):
            symbols.draw_zone(page, mark.kind, _rings(mark, part))
    labelled = [mark for mark in marks if part.shows(mark)]
    points = [part.on_page(mark.place.u_mm, mark.place.v_mm) for mark in labelled]
    wanted = [_wanted(mark, at) for mark, at in zip(labelled, points, strict=True)]
    centres = place_labels(wanted, part.corner, part.size)
    drawn = list(zip(labelled, points, centres, strict=True))
    for mark, at, centre in drawn:
        symbols.draw_leader(page, mark, at, centre)
    for mark, at, _ in sorted(drawn, key=lambda one: isinstance(one[0], NeedleSite)):
        symbols.draw_symbol(page, mark, at)
    for mark, at, centre in drawn:
        symbols.draw_label(page, mark, at, centre)


def _wanted(mark: Mark, at: Point) -> Wanted:
    clearance, size = symbols.CLEARANCES[type(mark)], symbols.label_size(mark)
    match mark:
        case NeedleSite():
            return Wanted(at, clearance, size, reach=1.6)
        case TriggerPoint():
            return Wanted(at, clearance, size, reach=0.3, towards=180)
        case PainZone():
            return Wanted(at, clearance, size, may_cover=True)
        case Note():
            return Wanted(at, clearance, size, reach=0.5, towards=0)


def _rings(zone: PainZone, window: Window) -> list[list[Point]]:
    return [
        [window.on_page(u, v) for u, v in ring]
        for piece in zone.polygons
        for ring in (piece.outer, *piece.holes)
    ]


_SIDE_WORDS = {
    Horizontal.PATIENT_LEFT: ("Right", "Left"),
    Horizontal.PATIENT_RIGHT: ("Left", "Right"),
    Horizontal.FRONT: ("Back", "Front"),
    Horizontal.BACK: ("Front", "Back"),
}


def _side_words(view: ViewId) -> tuple[str, str]:
    """What lies at the viewer's left and right; left and right are the patient's."""
    return _SIDE_WORDS[rightwards(view)]


def _draw_side_words(page: Page, view: ViewId, part: Window, letter: str) -> None:
    """Write the patient's sides into the upper corners; only those the part shows."""
    left, right = _side_words(view)
    (x, y), (width, _) = part.corner, part.size
    has_sides = left in {"Left", "Right"}
    margin = 0.12 * (part.box[2] - part.box[0]) if has_sides else 0.0
    if not has_sides or part.box[0] < -margin:
        text = f"{letter}   {left}" if letter else left
        write(page, (x + 1.8, y + 1.4), text, _CORNER)
    elif letter:
        write(page, (x + 1.8, y + 1.4), letter, _CORNER)
    if not has_sides or part.box[2] > margin:
        write(page, (x + width - 1.8, y + 1.4), right, _CORNER, align="right")


def _draw_scale(page: Page, part: Window) -> None:
    """A bar of 50 mm on the model body."""
    x, y = part.corner[0] + 1.8, part.corner[1] + part.size[1] - 1.8
    length = 50 * part.scale
    for weight, ink in ((2.2, PAPER), (0.6, TEXT)):
        page.line((x, y), (x + length, y), ink, weight)
    for end in (x, x + length):
        page.line((end, y - 0.7), (end, y + 0.001), TEXT, 0.6)
    line = set_line("50 mm", _SMALL)
    page.text((x + length / 2, y - 0.9), line, _SMALL.size, _SMALL.ink, align="centre")


def _letter(i: int) -> str:
    return "ABCDEFGHIJ"[i]


def legend_entries(marks: Sequence[Mark]) -> list[Mark]:
    """One mark of each look that the figure shows, in the order of kinds."""
    seen: dict[object, Mark] = {}
    for mark in marks:
        look: object = type(mark)
        match mark:
            case TriggerPoint():
                look = (TriggerPoint, mark.status)
            case PainZone():
                look = (PainZone, mark.kind)
            case NeedleSite() | Note():
                pass
        seen.setdefault(look, mark)
    return list(seen.values())
