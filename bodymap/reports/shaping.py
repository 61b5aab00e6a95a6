"""From characters to placed glyphs: cleaning, order of writing, choice of font, shaping.

User text goes through `clean` first. It is never parsed: there is no markup anywhere.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb
from bidi import algorithm as bidi

from bodymap.reports.fonts import Face, Weight, face, face_for, follows_its_base, is_invisible

_LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_DIRECTION_CODES = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_RTL_TYPES = frozenset({"R", "AL"})
_NUMBER_TYPES = frozenset({"AN", "EN"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a run; distances in whole thousandths of the font size.

    Attributes:
        id: Its number in the font.
        text: The characters it stands for; empty when an earlier glyph of the run covers them.
        natural: How far the font itself moves on after it.
        before: How far it is moved to the left of where it would stand.
        after: How far the next one is moved to the left of where it would stand then.
        rise: How far it is lifted above the line.
    """

    id: int
    text: str
    natural: float
    before: int
    after: int
    rise: int


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font in the order they are drawn, left to right.

    Attributes:
        text: The characters in reading order.
        width: In thousandths of the font size.
        is_plain: The texts of the glyphs, one after the other, read as `text` does.
        is_rtl: Reads from right to left; readers of a file turn such stretches round.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    text: str
    width: float
    is_plain: bool
    is_rtl: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to be drawn; width in thousandths of the font size."""

    runs: tuple[Run, ...]
    width: float = 0.0
    is_rtl: bool = False


def clean(text: str) -> str:
    """Make any text printable without losing a character that means something.

    All ends of line become one newline, tabs become spaces, other control characters their
    visible pictures, characters that no font has their number in brackets. Codes that turn
    the direction of writing are dropped: they can make a text read as what it is not.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = text.translate(_LINE_ENDS).translate(_DIRECTION_CODES)
    return "".join(_printable(character) for character in text)


@cache
def _printable(character: str) -> str:
    if character == "\n" or is_invisible(character):
        return character
    if character == "\xad":  # a soft hyphen shows only where a line breaks
        return ""
    kind = unicodedata.category(character)
    if kind == "Zs":
        return character if character == "\xa0" else " "
    return _substitute(ord(character), kind) or character


def _substitute(point: int, kind: str) -> str:
    """What is printed for a character that cannot be shown; empty for one that can."""
    if kind == "Cc":
        return chr({0x7F: 0x2421}.get(point, 0x2400 + point)) if point < 0x80 else _numbered(point)
    if kind == "Cs":
        return "\ufffd"
    return "" if face_for(chr(point), Weight.REGULAR) else _numbered(point)


def _numbered(point: int) -> str:
    return f"[U+{point:04X}]"


def is_rtl(text: str) -> bool:
    """Whether a paragraph is written from right to left: its first strong letter decides."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in _RTL_TYPES:
            return True
    return False


@lru_cache(maxsize=4096)
def shape_line(text: str, weight: Weight, *, rtl: bool = False) -> Line:
    """Shape one line of clean text in a paragraph whose direction is known."""
    if not text:
        return Line((), is_rtl=rtl)
    if text.isascii() and not rtl:
        return _line((_shaped(text, face(weight), rtl=False),), rtl=False)
    levels = _levels(text, rtl=rtl)
    runs = tuple(
        _shaped(text[start:end], chosen, rtl=bool(level % 2))
        for start, end, level, chosen in _in_visual_order(_pieces(text, levels, weight))
    )
    return _line(runs, rtl=rtl)


def _line(runs: tuple[Run, ...], *, rtl: bool) -> Line:
    return Line(runs, sum(run.width for run in runs), rtl)


def width(text: str, weight: Weight) -> float:
    """How wide clean text is on one line, in thousandths of the font size."""
    return shape_line(text, weight).width


_Piece = tuple[int, int, int, Face]


def _levels(text: str, *, rtl: bool) -> list[int]:
    """The embedding level of each character, after Unicode Standard Annex 9."""
    if (
        not any(
            unicodedata.bidirectional(character) in _RTL_TYPES
            or unicodedata.bidirectional(character) == "AN"
            for character in text
        )
        and not rtl
    ):
        return [0] * len(text)
    seen = [i for i, character in enumerate(text) if unicodedata.bidirectional(character) != "BN"]
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if rtl else (0, "L")
    bidi.get_embedding_levels("".join(text[i] for i in seen), storage)
    for resolve in (
        bidi.explicit_embed_and_overrides,
        bidi.resolve_weak_types,
        bidi.resolve_neutral_types,
        bidi.resolve_implicit_levels,
    ):
        resolve(storage, debug=False)
    levels = [int(rtl)] * len(text)
    for i, character in zip(seen, storage["chars"], strict=True):
        levels[i] = character["level"]
    for i, character in enumerate(text):
        if unicodedata.bidirectional(character) == "BN" and i:
            levels[i] = levels[i - 1]
    return levels


def _pieces(text: str, levels: list[int], weight: Weight) -> Iterator[_Piece]:
    """Cut a line where the level or the font changes."""
    faces: list[Face] = []
    for i, character in enumerate(text):
        if (
            i
            and follows_its_base(character)
            and (is_invisible(character) or faces[-1].has(character))
        ):
            faces.append(faces[-1])
        else:
            faces.append(face_for(character, weight) or face(weight))
    keys = [(level, chosen.name) for level, chosen in zip(levels, faces, strict=True)]
    for _, group in groupby(range(len(text)), key=keys.__getitem__):
        places = list(group)
        yield places[0], places[-1] + 1, levels[places[0]], faces[places[0]]


def _in_visual_order(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Rule L2: turn round every stretch at or above each odd level, the highest first."""
    line = list(pieces)
    odd = [piece[2] for piece in line if piece[2] % 2]
    for level in range(max((piece[2] for piece in line), default=0), min(odd, default=1) - 1, -1):
        turned: list[_Piece] = []
        inside = [piece[2] >= level for piece in line]
        for is_inside, group in groupby(range(len(line)), key=inside.__getitem__):
            stretch = [line[i] for i in group]
            turned += reversed(stretch) if is_inside else stretch
        line = turned
    return line


def _shaped(text: str, chosen: Face, *, rtl: bool) -> Run:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(chosen.font, buffer, {"kern": True, "liga": False})
    clusters = [info.cluster for info in buffer.glyph_infos]
    glyphs = tuple(
        _glyph(chosen, info.codepoint, said, position)
        for info, said, position in zip(
            buffer.glyph_infos, _said(text, clusters), buffer.glyph_positions, strict=True
        )
    )
    is_plain = "".join(glyph.text for glyph in glyphs) == text
    width = sum(glyph.natural - glyph.before - glyph.after for glyph in glyphs)
    return Run(chosen, glyphs, text, width, is_plain, rtl)


def _glyph(chosen: Face, number: int, said: str, position: hb.GlyphPosition) -> Glyph:
    scale = 1000 / chosen.units_per_em
    natural = chosen.font.get_glyph_h_advance(number) * scale
    before = round(-position.x_offset * scale)
    after = round(natural - position.x_advance * scale) - before
    return Glyph(number, said, natural, before, after, round(position.y_offset * scale))


def _said(text: str, clusters: list[int]) -> list[str]:
    """Share the characters of each cluster out among its glyphs; the last takes what is left."""
    ends = _cluster_ends(clusters, len(text))
    said = []
    for i, cluster in enumerate(clusters):
        begin = cluster + clusters[:i].count(cluster)
        is_last = cluster not in clusters[i + 1 :]
        said.append(text[begin : ends[cluster]] if is_last else text[begin : begin + 1])
    return said


def _cluster_ends(clusters: list[int], length: int) -> dict[int, int]:
    starts = sorted(set(clusters))
    return dict(zip(starts, [*starts[1:], length], strict=True))
