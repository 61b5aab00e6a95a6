"""The typefaces a page is set in, and which of them has a given character.

Everything is Noto Sans; a character it lacks is taken from the first fallback that has it,
so that names print in the script they are written in.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources

import uharfbuzz as hb

FALLBACKS = (
    "NotoSansArabic-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansThai-Regular",
    "DroidSansFallback",
    "NotoSansBengali-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansTamil-Regular",
    "NotoSansTelugu-Regular",
    "NotoSansKannada-Regular",
    "NotoSansMalayalam-Regular",
    "NotoSansSinhala-Regular",
    "NotoSansLao-Regular",
    "NotoSansKhmer-Regular",
    "NotoSansMyanmar-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansCherokee-Regular",
    "NotoSansMongolian-Regular",
    "NotoSansSyriac-Regular",
    "NotoSansThaana-Regular",
    "NotoSerifTibetan-Regular",
    "NotoSansMath-Regular",
    "NotoSansSymbols-Regular",
    "NotoEmoji-Regular",
    "NotoSansSymbols2-Regular",
)
"""Files tried in order for a character that Noto Sans itself lacks."""

_INVISIBLE_FORMATS = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})


class Weight(StrEnum):
    """The cuts of Noto Sans that pages use; fallbacks exist in one weight only."""

    REGULAR = "NotoSans-Regular"
    SEMIBOLD = "NotoSans-SemiBold"
    BOLD = "NotoSans-Bold"
    ITALIC = "NotoSans-Italic"


@dataclass(frozen=True, eq=False)
class Face:
    """One font file, ready to shape and to embed.

    Attributes:
        name: The file's name without its ending; unique.
        units_per_em: What the font's own numbers are counted in.
    """

    name: str
    data: bytes = field(repr=False)
    face: hb.Face = field(repr=False)
    font: hb.Font = field(repr=False)
    units_per_em: int

    def has(self, character: str) -> bool:
        """Whether the font can show the character."""
        return ord(character) in self.face.unicodes


@cache
def face(name: str) -> Face:
    """Open a font of the package once per run of the program.

    Raises:
        FileNotFoundError: The package does not ship such a font.
    """
    data = (resources.files("bodymap.assets") / "fonts" / f"{name}.ttf").read_bytes()
    opened = hb.Face(hb.Blob(data))
    return Face(name, data, opened, hb.Font(opened), opened.upem)


@cache
def face_for(character: str, weight: Weight) -> Face | None:
    """The font that shows a character, or None when no font of the package does."""
    preferred = face(weight)
    if preferred.has(character):
        return preferred
    return next((face(name) for name in FALLBACKS if face(name).has(character)), None)


def follows_its_base(character: str) -> bool:
    """Whether a character is shaped together with the one before it, in the same font."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or is_invisible(character)


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing of its own, such as a joiner or a variation selector."""
    point = ord(character)
    return point in _INVISIBLE_FORMATS or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF
