"""The printed summary of one session: who, where on the body, and every mark in a table."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bodymap.atlas.drawing import Drawing, load_drawing
from bodymap.atlas.ids import ViewId
from bodymap.chart.session import SessionRecord
from bodymap.reports import wording
from bodymap.reports.afterwards import afterwards_tables
from bodymap.reports.barred import draw_barred_key
from bodymap.reports.body import PrintedBodies
from bodymap.reports.book import Book, write_whole
from bodymap.reports.figure import Band, bands, draw_band
from bodymap.reports.flow import BODY, Flow
from bodymap.reports.legend import draw_legend, legend_height
from bodymap.reports.letterhead import FOOT, MARGIN, TITLE, Letterhead
from bodymap.reports.mark_facts import OnBody
from bodymap.reports.mark_tables import mark_tables
from bodymap.reports.photos import draw_photos
from bodymap.reports.record_tables import record_tables
from bodymap.reports.shaping import clean
from bodymap.reports.signature import draw_signature
from bodymap.reports.signatures import signature_tables

_BAND_GAP = 3.4
_SLACK = 3.0
_MOST_ON_A_PAGE = 24
_SMALLER = (1.0, 0.92, 0.84, 0.76)
"""How far the figure may shrink where that lets everything stand on one page."""


class SummaryPrinter:
    """Writes session summaries as PDF; what it prints of the body it keeps for the next one."""

    def __init__(self, drawings: Callable[[ViewId], Drawing] = load_drawing) -> None:
        self._bodies = PrintedBodies(drawings)

    def print_summary(self, record: SessionRecord, target: Path, paper: str = "A4") -> None:
        """Write the PDF; the same record always gives the same bytes.

        Args:
            record: What to print.
            target: The file; replaced only when the new one is complete.
            paper: `A4` or `Letter`.

        Raises:
            BodymapError: The paper is unknown, a drawing is missing or the file cannot be
                written.
        """
        write_whole(self.summary(record, paper), target)

    def summary(self, record: SessionRecord, paper: str = "A4") -> bytes:
        """The PDF's bytes.

        Raises:
            BodymapError: The paper is unknown or a drawing is missing.
        """
        book = Book(
            paper,
            title=clean(f"{TITLE}: {record.patient.full_name}, {wording.day(record.visit.began)}"),
            author=clean(record.therapist.name),
            written=record.visit.began,
        )
        _Summary(book, record, self._bodies).draw()
        return book.to_bytes()


class _Summary:
    """One summary being drawn."""

    def __init__(self, book: Book, record: SessionRecord, bodies: PrintedBodies) -> None:
        self._book = book
        self._record = record
        self._marks = record.visit.marks
        self._bodies = bodies
        self._letterhead = Letterhead(record)
        self._flow = Flow(book, MARGIN, FOOT, self._letterhead.draw_running)
        self._tables = mark_tables(
            self._marks,
            bodies.region_name,
            record.name_of,
            OnBody(record.passed, record.body_cm2),
        )
        self._tables += record_tables(record)
        self._tables += signature_tables(record)
        self._tables += afterwards_tables(record)
        self._consent = record.visit.record.consent

    def draw(self) -> None:
        self._letterhead.draw(self._flow)
        if self._marks:
            self._draw_figure()
        else:
            self._flow.y += 2
            self._flow.paragraph("Nothing was charted on the body in this session.", BODY)
        for table in self._tables:
            self._flow.table(table.title, table.columns, table.rows)
        draw_photos(self._book, self._flow, self._marks)
        if self._consent.signature:
            draw_signature(self._flow, self._consent, self._record.patient.full_name)
        for label, text in self._letterhead.overlong:
            self._flow.section(f"{label}, in full", BODY.line_height)
            self._flow.paragraph(text, BODY)
        for i, page in enumerate(self._book.pages):
            self._letterhead.draw_foot(page, i + 1, len(self._book.pages))

    def _draw_figure(self) -> None:
        flow = self._flow
        planned = [self._with_barred(band) for band in self._planned()]
        for band in planned:
            flow.need(band.height + _BAND_GAP)
            draw_band(self._book, flow.page, (flow.left, flow.y), band)
            flow.y += band.height + _BAND_GAP
        height = legend_height(flow.width, self._marks)
        flow.need(height)
        draw_legend(flow.page, (flow.left, flow.y), flow.width, self._marks)
        flow.y += height
        draw_barred_key(flow, self._record, [band.body.view for band in planned])

    def _with_barred(self, band: Band) -> Band:
        areas = self._record.visit.record.screening.areas
        return replace(band, barred=tuple(area for area in areas if area.view is band.body.view))

    def _planned(self) -> list[Band]:
        """The figure in its usual size, or a little smaller if one page then holds it all."""
        usual = bands(self._marks, self._bodies, self._flow.width)
        if len(self._marks) > _MOST_ON_A_PAGE:
            return usual
        room = self._flow.room - self._height_of_tables()
        room -= legend_height(self._flow.width, self._marks) + _SLACK
        if _height(usual) * min(_SMALLER) > room:
            return usual
        sizes = (bands(self._marks, self._bodies, self._flow.width, size) for size in _SMALLER)
        return next((planned for planned in sizes if _height(planned) <= room), usual)

    def _height_of_tables(self) -> float:
        """What the tables would take on a page without end."""
        endless = Flow(self._book.endless(), MARGIN, FOOT, lambda _page: 0.0)
        for table in self._tables:
            endless.table(table.title, table.columns, table.rows)
        return endless.y


def _height(planned: list[Band]) -> float:
    return sum(band.height + _BAND_GAP for band in planned)
