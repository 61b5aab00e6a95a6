"""The body with the marks of a visit: the whole of each view small, what was treated large."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bodymap.atlas.drawing import Frame
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.atlas.views import Horizontal, rightwards
from bodymap.chart.marks import Mark, NeedleSite, Note, PainZone, TriggerPoint
from bodymap.chart.screening import BarredArea
from bodymap.reports import framing, symbols
from bodymap.reports.barred import draw_barred
from bodymap.reports.body import PrintedBodies, PrintedBody, Richness
from bodymap.reports.book import Book, Form
from bodymap.reports.fonts import Weight
from bodymap.reports.framing import Window
from bodymap.reports.ink import ACCENT, MUTED, PAIN, PAPER, RULE, TEXT
from bodymap.reports.labels import Rectangle, Wanted, place_labels
from bodymap.reports.outlines import Box
from bodymap.reports.page import Page, Point
from bodymap.reports.typesetting import Style, set_line, write

_GAP = 4.0
_LEAST_WHOLE_WIDTH = 26.0
_UNNEEDLED_HEIGHT = 68.0
_FEET_HEIGHT = 76.0
_NEEDLED_CONTEXT_MM = 280.0
_UNNEEDLED_CONTEXT_MM = 420.0
_WIDE_FRAME = 0.7
_LETTERS = "ABCDEFGHIJ"
_DENSE_SCALE = 0.3
"""From this scale on there is room for the second rank of muscle fibres."""

_RICH_FORMS = 4
"""In a long figure what comes after so many forms is drawn plainly, to keep the file small."""

_PARTS_WORTH_SHARING = 2
"""With more enlarged parts than these, one form of the whole body is smaller than theirs."""
_HEADING_HEIGHT = 6.0
_RADIUS = 1.2

_HEADINGS = {
    ViewId.ANTERIOR: "Front",
    ViewId.POSTERIOR: "Back",
    ViewId.LATERAL_LEFT: "Left side of the body",
    ViewId.LATERAL_RIGHT: "Right side of the body",
    ViewId.SOLES: "Soles of the feet",
    ViewId.FEET_DORSAL: "Tops of the feet",
}

_HEADING = Style(8.6, Weight.SEMIBOLD)
_CORNER = Style(6.4, Weight.SEMIBOLD, MUTED)
_SMALL = Style(6, Weight.REGULAR, MUTED)


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of the figure that stays on one page; places are from its upper left corner.

    Attributes:
        body: What is drawn.
        marks: What lies on the view, in order.
        heading: What is written above it.
        whole: The whole body, small; None where a part shows all of it.
        parts: The enlarged parts, each with its letter; empty when it is the only one.
        frames: The same for all bands of the view, to be shown on the whole body.
        height: In millimetres.
        barred: Areas of the view that were not to be needled.
    """

    body: PrintedBody
    marks: tuple[Mark, ...]
    heading: str
    whole: Window | None
    parts: tuple[tuple[str, Window], ...]
    frames: tuple[tuple[str, Box], ...]
    height: float
    barred: tuple[BarredArea, ...] = ()


def bands(
    marks: Sequence[Mark], bodies: PrintedBodies, width: float, smaller: float = 1.0
) -> list[Band]:
    """Plan the figure: each view that carries marks, those with needles first.

    Args:
        marks: What to show.
        bodies: Prints of the body.
        width: Of the figure, in millimetres.
        smaller: Its height, as a part of what is usual.
    """
    views = [view for view in ViewId if any(mark.place.view == view for mark in marks)]
    seen = {view: tuple(mark for mark in marks if mark.place.view == view) for view in views}
    views.sort(key=lambda view: not _is_needled(seen[view]))
    tallness = smaller * {1: 94.0, 2: 84.0}.get(len(views), 76.0)
    planned: list[Band] = []
    for view in views:
        planned += _of_view(bodies, view, seen[view], width, tallness)
    return planned


def draw_band(book: Book, page: Page, corner: Point, band: Band) -> None:
    """Draw one strip of the figure on a page."""
    write(page, corner, band.heading, _HEADING)
    for letter, window in band.parts:
        _draw_part(book, page, band, _moved(window, corner), letter)
    if band.whole is not None:
        form = band.body.full if _shares(band) else band.body.whole
        book.add_form(form)
        _draw_whole(page, band, form, _moved(band.whole, corner))


def _is_needled(marks: Sequence[Mark]) -> bool:
    return any(isinstance(mark, TriggerPoint | NeedleSite) for mark in marks)


def _of_view(
    bodies: PrintedBodies, view: ViewId, marks: tuple[Mark, ...], width: float, tallness: float
) -> list[Band]:
    is_needled = _is_needled(marks)
    body = bodies.get(view, Dissection.SUPERFICIAL if is_needled else Dissection.SKIN)
    frame = body.drawing.frame
    if frame.width / frame.height > _WIDE_FRAME:
        return [_band_without_whole(body, marks, width)]
    tallness = tallness if is_needled else min(tallness, _UNNEEDLED_HEIGHT)
    whole_width = tallness * frame.width / frame.height
    whole = Window(_box(frame), (0.0, _HEADING_HEIGHT), (whole_width, tallness))
    left = max(whole_width, _LEAST_WHOLE_WIDTH) + _GAP
    context = _NEEDLED_CONTEXT_MM if is_needled else _UNNEEDLED_CONTEXT_MM
    windows = _windows(frame, marks, (left, width - left, tallness), context)
    names = [letter if len(windows) > 1 else "" for letter in _LETTERS[: len(windows)]]
    frames = tuple(zip(names, (window.box for window in windows), strict=True))
    named = list(zip(names, windows, strict=True))
    height = _HEADING_HEIGHT + tallness
    return [
        Band(
            body,
            marks,
            _heading(view) if i == 0 else f"{_heading(view)}, continued",
            whole,
            tuple(named[i : i + 2]),
            frames,
            height,
        )
        for i in range(0, len(named), 2)
    ]


def _band_without_whole(body: PrintedBody, marks: tuple[Mark, ...], width: float) -> Band:
    """Feet fill a part as they are."""
    frame = body.drawing.frame
    shown = _FEET_HEIGHT * frame.width / frame.height
    part = Window(_box(frame), ((width - shown) / 2, _HEADING_HEIGHT), (shown, _FEET_HEIGHT))
    height = _HEADING_HEIGHT + _FEET_HEIGHT
    return Band(body, marks, _heading(body.view), None, (("", part),), (), height)


def _windows(
    frame: Frame, marks: Sequence[Mark], place: tuple[float, float, float], context: float
) -> list[Window]:
    """Lay the enlarged parts out two by two; an odd last one takes the whole width.

    Args:
        frame: What is drawn.
        marks: What lies on the view.
        place: Left edge, width and height of a strip, in millimetres of paper.
        context: How much of the body a part shows at least.
    """
    left, width, height = place
    boxes = framing.parts(marks)
    crowded = framing.crowding(marks)
    windows = []
    for i, box in enumerate(boxes):
        is_alone = i == len(boxes) - 1 and i % 2 == 0
        wide = width if is_alone else (width - _GAP) / 2
        corner = (left + (i % 2) * (wide + _GAP), _HEADING_HEIGHT)
        least = framing.least_window(context, crowded, height)
        windows.append(
            Window(framing.window(box, frame, wide / height, least), corner, (wide, height))
        )
    return windows


def _box(frame: Frame) -> Box:
    return frame.u0, frame.v0, frame.u0 + frame.width, frame.v0 + frame.height


def _heading(view: ViewId) -> str:
    return _HEADINGS[view]


def _moved(window: Window, by: Point) -> Window:
    corner = (window.corner[0] + by[0], window.corner[1] + by[1])
    return Window(window.box, corner, window.size)


def _draw_whole(page: Page, band: Band, form: Form, whole: Window) -> None:
    page.form(form.name, whole.origin, whole.scale)
    for mark in band.marks:
        _draw_dot(page, mark, whole)
    for letter, box in band.frames:
        _draw_frame(page, box, whole, letter)
    left, right = _side_words(band.body.view)
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
    low, high = whole.corner[0], whole.corner[0] + whole.size[0]
    left, right = max(left, low), min(right, high)
    page.rectangle((left, top), (right - left, bottom - top), stroke=ACCENT, weight=0.6, radius=0.6)
    if letter:
        style = Style(5.6, Weight.BOLD, ACCENT)
        write(page, (right - 0.6, top + 0.2), letter, style, align="right")


def _draw_part(book: Book, page: Page, band: Band, part: Window, letter: str) -> None:
    form = band.body.full if _shares(band) else _part_form(book, band.body, part)
    book.add_form(form)
    with page.clipped(part.corner, part.size, _RADIUS):
        page.form(form.name, part.origin, part.scale)
        taken = [*_draw_corner_words(page, band.body.view, part, letter), _draw_scale(page, part)]
        draw_barred(page, band.barred, part)
        _draw_marks(page, [mark for mark in band.marks if _touches(mark, part)], part, taken)
    page.rectangle(part.corner, part.size, stroke=RULE, weight=0.5, radius=_RADIUS)


def _shares(band: Band) -> bool:
    """Whether one form of the whole body serves all windows of the view."""
    return len(band.frames) > _PARTS_WORTH_SHARING


def _part_form(book: Book, body: PrintedBody, part: Window) -> Form:
    richness = Richness.DENSE_FIBRES if part.scale > _DENSE_SCALE else Richness.FIBRES
    if len(book.forms) > _RICH_FORMS:
        richness = Richness.PLAIN
    return body.part(part.box, f"Part{len(book.forms)}", richness)


def _touches(mark: Mark, part: Window) -> bool:
    left, top, right, bottom = framing.extent(mark)
    box = part.box
    return left <= box[2] and right >= box[0] and top <= box[3] and bottom >= box[1]


def _draw_marks(
    page: Page, marks: Sequence[Mark], part: Window, taken: Sequence[Rectangle]
) -> None:
    """Zones lie under everything, then lines to labels, then symbols, then labels."""
    for mark in marks:
        if isinstance(mark, PainZone):
            symbols.draw_zone(page, mark.kind, _rings(mark, part))
    labelled = [mark for mark in marks if part.shows(mark)]
    points = [part.on_page(mark.place.u_mm, mark.place.v_mm) for mark in labelled]
    wanted = [_wanted(mark, at) for mark, at in zip(labelled, points, strict=True)]
    centres = place_labels(wanted, (part.corner, part.size), taken)
    drawn = list(zip(labelled, points, centres, strict=True))
    for mark, at, centre in drawn:
        symbols.draw_leader(page, mark, at, centre)
    for mark, at, _ in sorted(drawn, key=lambda one: isinstance(one[0], NeedleSite)):
        symbols.draw_symbol(page, mark, at)
    for mark, _, centre in drawn:
        symbols.draw_label(page, mark, centre)


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


def _draw_corner_words(page: Page, view: ViewId, part: Window, letter: str) -> Iterator[Rectangle]:
    """Write the patient's sides into the upper corners, those the part shows; give where."""
    left, right = _side_words(view)
    (x, y), (width, _) = part.corner, part.size
    has_midline = left in {"Left", "Right"}
    margin = 0.12 * (part.box[2] - part.box[0]) if has_midline else 0.0
    shows_left = not has_midline or part.box[0] < -margin
    shows_right = not has_midline or part.box[2] > margin
    words = [word for word in (letter, left if shows_left else "") if word]
    if words:
        yield _write_on_drawing(page, (x + 1.8, y + 1.3), "   ".join(words))
    if shows_right:
        start = x + width - 1.8 - _CORNER.width(right)
        yield _write_on_drawing(page, (start, y + 1.3), right)


def _write_on_drawing(page: Page, at: Point, text: str) -> Rectangle:
    corner = (at[0] - 0.8, at[1] - 0.1)
    ground = (_CORNER.width(text) + 1.6, _CORNER.line_height + 0.2)
    page.rectangle(corner, ground, fill=PAPER, radius=0.8)
    write(page, at, text, _CORNER)
    return corner, ground


def _draw_scale(page: Page, part: Window) -> Rectangle:
    """Draw a bar of 50 mm on the model body; give where."""
    x, y = part.corner[0] + 2.2, part.corner[1] + part.size[1] - 2.2
    length = 50 * part.scale
    ground = (max(length, 6.0) + 1.6, 4.0)
    page.rectangle((x - 0.8, y - 3.2), ground, fill=PAPER, radius=0.8)
    page.line((x, y), (x + length, y), TEXT, 0.6)
    for end in (x, x + length):
        page.line((end, y - 0.7), (end, y + 0.1), TEXT, 0.6)
    line = set_line("50 mm", _SMALL)
    page.text((x + length / 2, y - 0.9), line, _SMALL.size, _SMALL.ink, align="centre")
    return (x - 0.8, y - 3.2), ground


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
