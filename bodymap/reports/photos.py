"""Photos of the notes, two beside each other, each with its note's sign below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bodymap.chart.marks import Mark, Note
from bodymap.chart.photo import Photo
from bodymap.reports.book import Book
from bodymap.reports.flow import BODY, Flow
from bodymap.reports.ink import NOTE
from bodymap.reports.symbols import code_of
from bodymap.reports.typesetting import Style, write

_GAP = 6.0
_TALLEST = 55.0
_CODE = Style(BODY.size, BODY.weight, NOTE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo as it stands on the page, in millimetres."""

    code: str
    photo: Photo
    width: float
    height: float


def draw_photos(book: Book, flow: Flow, marks: Iterable[Mark]) -> None:
    """Draw the photos that there are, as large as two fit beside each other."""
    widest = (flow.width - _GAP) / 2
    shown = [_fitted(mark, widest) for mark in marks if isinstance(mark, Note) and mark.photo]
    for first in range(0, len(shown), 2):
        row = shown[first : first + 2]
        tall = max(one.height for one in row) + BODY.line_height + 1.0
        if first == 0:
            flow.section("Photos", tall)
        flow.need(tall)
        _draw_row(book, flow, row, widest)
        flow.y += tall + 2.0


def _fitted(note: Note, widest: float) -> Shown:
    photo = note.photo
    assert photo is not None  # noqa: S101 - chosen by it
    scale = min(widest / photo.width_px, _TALLEST / photo.height_px)
    return Shown(code_of(note), photo, photo.width_px * scale, photo.height_px * scale)


def _draw_row(book: Book, flow: Flow, row: Sequence[Shown], widest: float) -> None:
    for index, one in enumerate(row):
        left = flow.left + index * (widest + _GAP)
        name = f"Photo{one.code}"
        book.add_photo(name, one.photo)
        flow.page.picture(name, (left, flow.y), (one.width, one.height))
        write(flow.page, (left, flow.y + one.height + 1.0), one.code, _CODE)
