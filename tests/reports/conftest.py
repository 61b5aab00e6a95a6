"""A printer over the real drawings, and a way to read its pages back."""

import io
import re
import unicodedata
from dataclasses import dataclass

import pytest
from pypdf import PdfReader

from bodymap.chart.session import SessionRecord
from bodymap.reports.session_summary import SummaryPrinter
from tests.builders import a_patient, a_user, a_visit, an_episode

RUN = re.compile(r"(/T\d+) \S+ Tf 1 0 0 1 (\S+) (\S+) Tm (\[.*?)(?=EMC|BDC|ET|/T\d)", re.DOTALL)
GLYPHS = re.compile(r"<([0-9A-F]+)>")
FOUR = re.compile(r"[0-9A-F]{4}")
BFCHAR = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]*)>")


@pytest.fixture(scope="session")
def printer(atlas):
    """One printer for all tests: what it keeps of the body makes it quick."""
    return SummaryPrinter(lambda view: atlas.view(view).drawing)


@dataclass(frozen=True)
class ReadBack:
    """A printed document as a reader of the file finds it."""

    reader: PdfReader

    @property
    def pages(self):
        return [_plain(page.extract_text()) for page in self.reader.pages]

    @property
    def text(self):
        return " ".join(self.pages)

    def says(self, words):
        """Whether the words stand there, wherever lines were broken."""
        return _squeezed(_plain(words)) in _squeezed(self.text)

    @property
    def runs(self):
        """Every piece of text by itself, with where it stands on its page, in points."""
        return [run for page in self.reader.pages for run in _runs(page)]

    @property
    def fonts(self):
        return [
            font.get_object()
            for page in self.reader.pages
            for font in page["/Resources"]["/Font"].values()
        ]

    @property
    def forms(self):
        found = self.reader.pages[0]["/Resources"].get("/XObject", {})
        return {name: form.get_object() for name, form in found.items()}


def _runs(page):
    fonts = page["/Resources"]["/Font"]
    tables = {
        name: {
            glyph: bytes.fromhex(text).decode("utf-16-be")
            for glyph, text in BFCHAR.findall(font["/ToUnicode"].get_data().decode("ascii"))
        }
        for name, font in fonts.items()
    }
    for name, x, y, shown in RUN.findall(page.get_contents().get_data().decode("latin-1")):
        codes = [four for group in GLYPHS.findall(shown) for four in FOUR.findall(group)]
        yield "".join(tables[name].get(code, "") for code in codes), float(x), float(y)


def _plain(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def _squeezed(text):
    return "".join(text.split())


@pytest.fixture(scope="session")
def read_back():
    return lambda content: ReadBack(PdfReader(io.BytesIO(content)))


@pytest.fixture(scope="session")
def a_record():
    """Builds a record; a visit and fields of the patient may be given."""

    def build(visit=None, *, complaint="Right shoulder pain", therapist="Tilda Testwell", **fields):
        return SessionRecord(
            visit=visit or a_visit(needles=3, trigger_points=2, zones=1, notes=1),
            patient=a_patient(**fields),
            episode=an_episode(complaint=complaint),
            therapist=a_user(name=therapist),
        )

    return build
