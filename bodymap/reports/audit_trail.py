"""The audit trail on paper, newest first."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bodymap.chart.audit import AuditLine
from bodymap.reports.book import Book, write_whole
from bodymap.reports.flow import BODY, Column, Flow, Row
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import MUTED, RULE, STRONG_RULE
from bodymap.reports.page import Page
from bodymap.reports.typesetting import Style, write
from bodymap.reports.wording import moment

_TITLE = "Audit trail"
_HEAD = Style(15.5, Weight.SEMIBOLD)
_FOOT_STYLE = Style(6.6, Weight.REGULAR, MUTED)
_MARGIN, _TOP, _FOOT = 15.0, 13.0, 16.0
_COLUMNS = (
    Column("Entry", 12, is_number=True),
    Column("Time", 19),
    Column("Who", 28, is_strong=True),
    Column("What", 27),
    Column("Patient", 28),
    Column("Change", 66),
)
_LONGEST = 400


def print_trail(
    lines: Sequence[AuditLine], asked: str, printed_at: datetime, target: Path, paper: str
) -> None:
    """Write entries as a PDF.

    Args:
        lines: The entries, as they are to stand.
        asked: What they were narrowed to, in words.
        printed_at: When they were printed.
        target: The file; replaced only when the new one is complete.
        paper: `A4` or `Letter`.

    Raises:
        BodymapError: The file cannot be written.
    """
    book = Book(paper, title=_TITLE, author="bodymap", written=printed_at)
    flow = Flow(book, _MARGIN, _FOOT, _running)
    flow.y = _TOP
    write(flow.page, (flow.left, flow.y), _TITLE, _HEAD)
    flow.y += _HEAD.line_height + 1.4
    flow.rule(STRONG_RULE, 0.8)
    flow.y += 2.6
    flow.paragraph(f"{asked} Printed {moment(printed_at)}. {len(lines)} entries.", BODY)
    flow.table("Entries, the newest first", _COLUMNS, [_row(line) for line in lines])
    for number, page in enumerate(book.pages, start=1):
        foot = page.height - _FOOT + 5
        page.line((_MARGIN, foot), (page.width - _MARGIN, foot), RULE, 0.4)
        place, words = (page.width - _MARGIN, foot + 1.4), f"Page {number} of {len(book.pages)}"
        write(page, place, words, _FOOT_STYLE, align="right")
    write_whole(book.to_bytes(), target)


def _running(page: Page) -> float:
    write(page, (_MARGIN, _TOP), _TITLE, Style(7.6, Weight.SEMIBOLD))
    return _TOP + 6


def _row(line: AuditLine) -> Row:
    change = line.change if len(line.change) <= _LONGEST else f"{line.change[:_LONGEST]}…"
    return Row((str(line.number), line.time, line.who, line.what, line.whose, change))
