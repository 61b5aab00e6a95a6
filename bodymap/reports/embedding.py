"""Puts the glyphs a document used into it, as small composite fonts.

ReportLab's own TrueType support addresses glyphs by character, which cannot carry shaped
scripts. Here glyphs are numbered as they are used (Identity-H), the font file is cut down by
HarfBuzz, and a ToUnicode table keeps the text searchable.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from bodymap.reports.fonts import Face
from bodymap.reports.shaping import Glyph

_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "kern", "DSIG", "name", "post", "cmap", "OS/2",
                  "STAT", "meta", "gasp", "VORG", "vhea", "vmtx", "MATH", "FFTM")  # fmt: skip
_SYMBOLIC = 4


class EmbeddedFont:
    """The part of one face that one document uses.

    Glyphs are numbered anew as they come. A glyph that stands for different texts gets a
    number for each, so that every number tells its text.

    Attributes:
        resource: The name by which pages call it, such as `F1`.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[tuple[int, str], str] = {}
        self._widths: list[float] = [0.0]

    def code(self, glyph: Glyph) -> str:
        """The four hexadecimal figures by which pages call the glyph.

        0000 is kept for what is missing.
        """
        key = (glyph.id, glyph.text)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = f"{len(self._widths):04X}"
            self._widths.append(glyph.natural)
        return code

    @property
    def _glyphs(self) -> list[int]:
        return [0, *(glyph for glyph, _ in self._codes)]

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - ReportLab calls it when saving
        """Write the font and its tables into the document."""

        def put(name: str, thing: object) -> object:
            return document.Reference(thing, f"{self.resource}.{name}")

        base = PDFName(f"{self._tag()}+{self.face.name}")
        file = put("file", self._file())
        descriptor = put("descriptor", self._descriptor(base, file))
        glyphs = put("glyphs", _compressed(np.array(self._glyphs, ">u2").tobytes()))
        descendant = put("cid", self._descendant(base, descriptor, glyphs))
        font = put(
            "font",
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": base,
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([descendant]),
                    "ToUnicode": put("unicode", _compressed(self._to_unicode())),
                }
            ),
        )
        document.idToObject["BasicFonts"].dict[self.resource] = font

    def _tag(self) -> str:
        """Six letters that name this choice of glyphs, as the PDF standard asks."""
        digest = hashlib.sha256(repr((self.face.name, sorted(set(self._glyphs)))).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def _file(self) -> PDFStream:
        data = subset(self.face, self._glyphs)
        return _compressed(data, Length1=len(data))

    def _descriptor(self, base: PDFName, file: object) -> PDFDictionary:
        extents = self.face.font.get_font_extents("ltr")
        scale = 1000 / self.face.units_per_em
        ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([-500, descent, 2000, ascent]),
                "ItalicAngle": -12 if self.face.name.endswith("Italic") else 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": 714,
                "StemV": 80,
                "FontFile2": file,
            }
        )

    def _descendant(self, base: PDFName, descriptor: object, glyphs: object) -> PDFDictionary:
        return PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": descriptor,
                "DW": 0,
                "W": f"[0 [{' '.join(map(_number, self._widths))}]]",
                "CIDToGIDMap": glyphs,
            }
        )

    def _to_unicode(self) -> bytes:
        told = [(code, text) for (_, text), code in self._codes.items() if text]
        blocks = [told[i : i + 100] for i in range(0, len(told), 100)]
        body = "".join(
            f"{len(block)} beginbfchar\n"
            + "".join(f"<{code}> <{_utf16(text)}>\n" for code, text in block)
            + "endbfchar\n"
            for block in blocks
        )
        return (_CMAP_HEAD + body + _CMAP_TAIL).encode("ascii")


def subset(face: Face, glyphs: Iterable[int]) -> bytes:
    """The font file with the outlines of these glyphs only; glyph numbers stay as they are."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.flags = (
        hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    wanted.drop_table_tag_set.update(
        {int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES}
    )
    data: bytes = hb.subset(face.face, wanted).blob.data
    return data


def hexadecimal(text: str) -> str:
    """Text as a PDF string of UTF-16 with its byte order mark."""
    return f"<FEFF{_utf16(text)}>"


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex().upper()


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _compressed(content: bytes, **entries: int) -> PDFStream:
    return PDFStream(PDFDictionary(dict(entries)), content, filters=[PDFZCompress])


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
