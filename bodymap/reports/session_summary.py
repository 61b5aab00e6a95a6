"""The printed summary of one session: who, where on the body, and every mark in a table."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bodymap.atlas.drawing import Drawing, load_drawing
from bodymap.atlas.ids import ViewId
from bodymap.chart.session import SessionRecord
from bodymap.chart.visit import VisitState
from bodymap.reports import wording
from bodymap.reports.body import PrintedBodies
from bodymap.reports.book import Book, write_whole
from bodymap.reports.figure import bands, draw_band
from bodymap.reports.flow import BODY, Flow
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import (
    ACCENT,
    CAUTION,
    CAUTION_GROUND,
    HAIRLINE,
    MUTED,
    RULE,
    STRONG_RULE,
    Ink,
)
from bodymap.reports.legend import draw_legend
from bodymap.reports.mark_tables import mark_tables
from bodymap.reports.page import Page
from bodymap.reports.shaping import clean
from bodymap.reports.typesetting import Style, set_line, set_lines, write, write_lines

TITLE = "Dry needling session summary"
REFERENCE = (
    "Depths and structures are reference from a model body, not a measurement of this patient."
)

_MARGIN = 15.0
_TOP = 13.0
_FOOT = 18.5

_TITLE = Style(15.5, Weight.SEMIBOLD)
_NAME = Style(12.5, Weight.SEMIBOLD)
_LABEL = Style(6.7, Weight.SEMIBOLD, MUTED)
_FOOTER = Style(6.6, Weight.REGULAR, MUTED)
_RUNNING = Style(7.6, Weight.SEMIBOLD)
_RUNNING_MORE = Style(7.6, Weight.REGULAR, MUTED)
_STATE = Style(7.4, Weight.SEMIBOLD, CAUTION)
_SIGNED = Style(7.4, Weight.SEMIBOLD, ACCENT)
_ALERT = Style(8.2, Weight.SEMIBOLD, CAUTION)


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
        self._bodies = bodies
        self._flow = Flow(book, _MARGIN, _FOOT, self._running_head)

    def draw(self) -> None:
        self._flow.y = _TOP
        self._head()
        self._alerts()
        self._figure()
        visit = self._record.visit
        for table in mark_tables(visit.marks, self._bodies.region_name):
            self._flow.table(table.title, table.columns, table.rows)
        for i, page in enumerate(self._book.pages):
            self._foot(page, i + 1)

    def _head(self) -> None:
        flow, record = self._flow, self._record
        write(flow.page, (flow.left, flow.y - 1.2), TITLE, _TITLE)
        self._state_chip(flow.page, flow.left + flow.width, flow.y - 0.4)
        flow.y += _TITLE.line_height + 1.4
        flow.page.line((flow.left, flow.y), (flow.left + flow.width, flow.y), STRONG_RULE, 0.8)
        flow.y += 2.6
        visit, patient = record.visit, record.patient
        half = flow.width * 0.5
        self._fields(
            [
                ("Patient", patient.full_name, _NAME, half),
                ("Date of birth", wording.birth(patient, visit.began.date()), BODY, half * 0.58),
                ("Patient number", patient.number, BODY, half * 0.42),
            ]
        )
        self._fields(
            [
                ("Session", wording.moment(visit.began), BODY, half),
                ("Therapist", record.therapist.name, BODY, half),
            ]
        )
        self._fields(
            [
                ("Complaint", record.episode.complaint or wording.NOTHING, BODY, half),
                (
                    "Pain before → after (0 to 10)",
                    wording.pain(visit.pain_before, visit.pain_after),
                    Style(BODY.size, Weight.SEMIBOLD),
                    half,
                ),
            ]
        )

    def _fields(self, fields: Sequence[tuple[str, str, Style, float]]) -> None:
        """A row of labelled values; long values run over several lines."""
        flow = self._flow
        set_fields = [(label, set_lines(text, style, width - 4), style, width)
                      for label, text, style, width in fields]  # fmt: skip
        tallest = max(min(len(lines), 8) * style.line_height for _, lines, style, _ in set_fields)
        x = flow.left
        for label, lines, style, width in set_fields:
            write(flow.page, (x, flow.y), label, _LABEL)
            top = flow.y + _LABEL.line_height + (0.4 if style is _NAME else 0.9)
            write_lines(flow.page, (x, top), lines[:8], style)
            x += width
        flow.y += _LABEL.line_height + tallest + 2.6

    def _alerts(self) -> None:
        flow, alerts = self._flow, self._record.patient.alerts
        if alerts:
            text = "Alert: " + "  ·  ".join(alerts)
            lines = set_lines(text, _ALERT, flow.width - 6)[:6]
            height = len(lines) * _ALERT.line_height + 2
            flow.page.rectangle((flow.left, flow.y), (flow.width, height), fill=CAUTION_GROUND)
            flow.page.rectangle((flow.left, flow.y), (1.0, height), fill=CAUTION)
            write_lines(flow.page, (flow.left + 3.2, flow.y + 1), lines, _ALERT, flow.width - 6)
            flow.y += height + 2.0
        flow.page.line((flow.left, flow.y), (flow.left + flow.width, flow.y), RULE, HAIRLINE)
        flow.y += 3.2

    def _figure(self) -> None:
        flow, marks = self._flow, self._record.visit.marks
        if not marks:
            flow.skip(2)
            flow.paragraph("Nothing was charted on the body in this session.", BODY)
            return
        for band in bands(marks, self._bodies, flow.width):
            flow.need(band.height + 3)
            draw_band(self._book, flow.page, (flow.left, flow.y), band)
            flow.y += band.height + 3.4
        flow.need(6)
        flow.y += draw_legend(flow.page, (flow.left, flow.y), flow.width, marks)

    def _state_chip(self, page: Page, right: float, top: float) -> None:
        is_final = self._record.visit.state is VisitState.SIGNED
        style = _SIGNED if is_final else _STATE
        text = wording.STATES[self._record.visit.state]
        width, height = style.width(text) + 5, style.line_height + 1.6
        ground: Ink | None = None if is_final else CAUTION_GROUND
        page.rectangle((right - width, top), (width, height),
                       fill=ground, stroke=style.ink, weight=0.6, radius=height / 2)  # fmt: skip
        write(page, (right - width / 2, top + 0.8), text, style, align="centre")

    def _running_head(self, page: Page) -> float:
        """Every page says whose it is."""
        patient, visit = self._record.patient, self._record.visit
        left, width = _MARGIN, page.width - 2 * _MARGIN
        name = set_line(patient.full_name, _RUNNING, width * 0.42)
        page.text((left, _TOP + _RUNNING.ascent), name, _RUNNING.size, _RUNNING.ink)
        more = (
            f"born {wording.day(patient.birth_date)}  ·  no. {patient.number}  ·  "
            f"session of {wording.day(visit.began)}"
        )
        start = left + name.width * _RUNNING.size / 1000 * 25.4 / 72 + 3
        room = width - (start - left) - 42
        page.text((start, _TOP + _RUNNING.ascent), set_line(more, _RUNNING_MORE, room),
                  _RUNNING_MORE.size, _RUNNING_MORE.ink)  # fmt: skip
        self._state_chip(page, left + width, _TOP - 1.2)
        page.line((left, _TOP + 5), (left + width, _TOP + 5), RULE, HAIRLINE)
        return _TOP + 9

    def _foot(self, page: Page, number: int) -> None:
        left, right = _MARGIN, page.width - _MARGIN
        top = page.height - _FOOT + 4
        page.line((left, top), (right, top), RULE, HAIRLINE)
        write(page, (left, top + 1.4), REFERENCE, _FOOTER)
        source = "Drawings after Z-Anatomy and BodyParts3D, CC BY-SA 4.0."
        write(page, (left, top + 1.4 + _FOOTER.line_height),
              f"{source} Left and right are the patient's.", _FOOTER)  # fmt: skip
        write(
            page,
            (right, top + 1.4),
            f"Page {number} of {len(self._book.pages)}",
            _FOOTER,
            align="right",
        )
        visit = f"Visit {self._record.visit.id}"
        write(page, (right, top + 1.4 + _FOOTER.line_height), visit, _FOOTER, align="right")
