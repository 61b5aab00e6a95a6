"""Breaks text into lines of a given width."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bodymap.reports.fonts import Weight, follows_its_base
from bodymap.reports.ink import TEXT, Ink
from bodymap.reports.page import POINTS_PER_MM, Page, Point
from bodymap.reports.shaping import Line, clean, is_rtl, shape_line, width

_WORD = re.compile(r"[^\S\n]*[^\s\-/]*(?:[-/]+|[^\S\n]+|$)")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3130-\u318f\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
"""Scripts that are written without blanks between words."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Attributes:
        size: In points.
        weight: Which cut of the typeface.
        ink: Its colour.
        leading: From one base line to the next, in millimetres; 0 takes what suits the size.
    """

    size: float
    weight: Weight = Weight.REGULAR
    ink: Ink = TEXT
    leading: float = 0

    @property
    def line_height(self) -> float:
        """From one base line to the next, in millimetres."""
        return self.leading or self.size * 1.32 / POINTS_PER_MM

    @property
    def ascent(self) -> float:
        """From the top of a line to its base line, in millimetres."""
        return self.line_height / 2 + self.size * 0.355 / POINTS_PER_MM

    def width(self, text: str) -> float:
        """How wide clean text is on one line, in millimetres."""
        return width(text, self.weight) * self.size / 1000 / POINTS_PER_MM


def set_lines(text: str, style: Style, measure: float) -> tuple[Line, ...]:
    """Clean a text and break it into lines no wider than `measure` millimetres.

    Lines break at blanks, after hyphens and slashes, between characters of scripts that know
    no blanks, and anywhere within a word that is wider than a whole line.
    """
    lines: list[Line] = []
    for paragraph in clean(text).split("\n"):
        rtl = is_rtl(paragraph)
        lines += [
            shape_line(line, style.weight, rtl=rtl) for line in _broken(paragraph, style, measure)
        ]
    return tuple(lines)


def set_line(text: str, style: Style, measure: float | None = None) -> Line:
    """Clean a text and set it on one line, cut short with an ellipsis if it is too wide."""
    one = " ".join(clean(text).split("\n"))
    if measure is not None and style.width(one) > measure:
        one = _cut(one, style, measure)
    return shape_line(one, style.weight, rtl=is_rtl(one))


def write(page: Page, corner: Point, text: str, style: Style, *, align: str = "left") -> float:
    """Write one line whose top is at `corner`; give its width in millimetres."""
    line = set_line(text, style)
    page.text((corner[0], corner[1] + style.ascent), line, style.size, style.ink, align=align)
    return line.width * style.size / 1000 / POINTS_PER_MM


def write_lines(
    page: Page, corner: Point, lines: tuple[Line, ...], style: Style, measure: float = 0
) -> float:
    """Write lines below each other from `corner`; give the height they took.

    Lines that read from right to left end at the right edge of the measure, if there is one.
    """
    x, y = corner
    for line in lines:
        is_at_right = measure > 0 and line.is_rtl
        start, align = (x + measure, "right") if is_at_right else (x, "left")
        page.text((start, y + style.ascent), line, style.size, style.ink, align=align)
        y += style.line_height
    return y - corner[1]


def _broken(paragraph: str, style: Style, measure: float) -> Iterator[str]:
    """Fill lines with pieces, first come, first set."""
    line, used, is_first = "", 0.0, True
    for piece in _fitting(paragraph, style, measure):
        if line and used + style.width(piece.rstrip()) > measure:
            yield line.rstrip()
            line, used, is_first = "", 0.0, False
        added = piece if line or is_first else piece.lstrip()
        line += added
        used += style.width(added)
    yield line.rstrip()


def _fitting(paragraph: str, style: Style, measure: float) -> Iterator[str]:
    """Pieces that may not be broken, each no wider than a line."""
    for word in _WORD.findall(paragraph):
        for piece in _between_characters(word):
            if style.width(piece) <= measure:
                yield piece
            else:
                yield from _chopped(piece, style, measure)


def _between_characters(word: str) -> Iterator[str]:
    if not _UNSPACED.search(word):
        yield word
        return
    piece = ""
    for character in word:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _may_break(before: str, after: str) -> bool:
    if follows_its_base(after) or unicodedata.category(after) in {"Pe", "Pf", "Po", "Zs"}:
        return False
    if unicodedata.category(before) in {"Ps", "Pi"}:
        return False
    return bool(_UNSPACED.match(before) or _UNSPACED.match(after))


def _chopped(word: str, style: Style, measure: float) -> Iterator[str]:
    piece, used = "", 0.0
    for cluster in _clusters(word):
        taken = style.width(cluster)
        if piece and used + taken > measure:
            yield piece
            piece, used = "", 0.0
        piece += cluster
        used += taken
    yield piece


def _clusters(word: str) -> Iterator[str]:
    """What a person would call characters: a letter with its marks."""
    cluster = ""
    for character in word:
        if cluster and not (follows_its_base(character) or cluster.endswith("\u200d")):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _cut(text: str, style: Style, measure: float) -> str:
    room = measure - style.width("…")
    kept = next(_chopped(text, style, max(room, 0.0)), "")
    return kept.rstrip() + "…"
