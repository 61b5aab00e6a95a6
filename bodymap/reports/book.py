"""A document: its pages, the fonts and forms they share, and how it gets onto the disk."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from bodymap.chart.photo import Photo
from bodymap.errors import BodymapError
from bodymap.reports.embedding import EmbeddedFont
from bodymap.reports.fonts import Face
from bodymap.reports.page import POINTS_PER_MM, Page
from bodymap.whole_file import put_whole

rl_config.useA85 = 0  # binary streams: a quarter smaller, and quicker

PAPERS: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in millimetres of the papers that can be printed on."""


_ENDLESS_MM = 1e6


class PrintingError(BodymapError):
    """The page could not be written; what was there before is still there."""


@dataclass(frozen=True, slots=True)
class Form:
    """A drawing that pages share: it is stored once in a file, however often it is shown.

    Attributes:
        name: Its resource name; letters and digits.
        box: Left, top, right, bottom of what it covers, in its own units.
        stream: Its operators, already compressed.
        opacities: The graphics states it calls by name, each a fill opacity.
    """

    name: str
    box: tuple[float, float, float, float]
    stream: bytes
    opacities: Mapping[str, float]


class _Canvas(Canvas):  # type: ignore[misc]  # ReportLab ships no types
    """ReportLab's canvas without the unembedded font it calls at the head of every page."""

    @override
    def _make_preamble(self) -> None:
        self._preamble = ""


class Book:
    """The pages of one document.

    Attributes:
        title: Shown by readers as the window's title.
        author: Who wrote the record.
        written: The date that the file says it is of, with its offset.
    """

    def __init__(self, paper: str, *, title: str, author: str, written: datetime) -> None:
        if paper not in PAPERS:
            raise PrintingError(f"There is no paper '{paper}'; use {' or '.join(PAPERS)}.")
        self.width, self.height = PAPERS[paper]
        self.title = title
        self.author = author
        self.written = written
        self.pages: list[Page] = []
        self._fonts: dict[str, EmbeddedFont] = {}
        self.forms: dict[str, Form] = {}
        self._photos: dict[str, Photo] = {}

    def new_page(self) -> Page:
        """Begin the next page."""
        self.pages.append(Page(self.width, self.height, self._use_font))
        return self.pages[-1]

    def endless(self) -> "Book":
        """Another book of the same width whose pages never end, to measure on."""
        other = Book("A4", title="", author="", written=self.written)
        other.width, other.height = self.width, _ENDLESS_MM
        return other

    def add_form(self, form: Form) -> None:
        """Let pages show a form by its name."""
        self.forms[form.name] = form

    def add_photo(self, name: str, photo: Photo) -> None:
        """Let pages show a photo by its name."""
        self._photos[name] = photo

    def to_bytes(self) -> bytes:
        """The finished document; the same pages always give the same bytes."""
        buffer = io.BytesIO()
        size = (self.width * POINTS_PER_MM, self.height * POINTS_PER_MM)
        canvas = _Canvas(
            buffer, pagesize=size, pageCompression=1, invariant=1, lang="en", pdfVersion=(1, 5)
        )
        self._describe(canvas)
        document = canvas._doc  # noqa: SLF001 - ReportLab has no public way to add fonts and forms
        document.delayedFonts.extend(self._fonts.values())
        for form in self.forms.values():
            document.addForm(form.name, _form_object(form))
        for name, photo in self._photos.items():
            document.addForm(name, _photo_object(photo))
        for page in self.pages:
            for name in (*self.forms, *self._photos):
                canvas._formsinuse.append(name)  # noqa: SLF001 - as above
            canvas.addLiteral(page.operators)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _describe(self, canvas: Canvas) -> None:
        canvas.setTitle(self.title)
        canvas.setAuthor(self.author)
        canvas.setDateFormatter(lambda *_now: _pdf_date(self.written))
        canvas.setCreator("bodymap")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def _use_font(self, face: Face) -> EmbeddedFont:
        font = self._fonts.get(face.name)
        if font is None:
            font = self._fonts[face.name] = EmbeddedFont(face, f"T{len(self._fonts) + 1}")
        return font


def _pdf_date(moment: datetime) -> str:
    offset = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def write_whole(content: bytes, target: Path) -> None:
    """Put a file in place all at once: it is complete, or the old one is untouched.

    Raises:
        PrintingError: The folder is missing, full or may not be written to.
    """
    try:
        put_whole(content, target)
    except OSError as problem:
        reason = problem.strerror or "the system refused"
        raise PrintingError(f"The page could not be saved as {target}: {reason}.") from problem


def _form_object(form: Form) -> PDFStream:
    states = {
        name: PDFDictionary({"Type": PDFName("ExtGState"), "ca": opacity})
        for name, opacity in form.opacities.items()
    }
    return PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Form"),
                "BBox": PDFArray(list(form.box)),
                "Resources": PDFDictionary({"ExtGState": PDFDictionary(states)}),
                "Filter": PDFArray([PDFName("FlateDecode")]),
            }
        ),
        form.stream,
    )


def _photo_object(photo: Photo) -> PDFStream:
    """The JPEG file as it is: PDF readers know it."""
    return PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Image"),
                "Width": photo.width_px,
                "Height": photo.height_px,
                "ColorSpace": PDFName("DeviceRGB"),
                "BitsPerComponent": 8,
                "Filter": PDFArray([PDFName("DCTDecode")]),
            }
        ),
        photo.data,
    )
