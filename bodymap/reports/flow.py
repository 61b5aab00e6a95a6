"""Fills page after page from top to bottom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bodymap.reports.book import Book
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import HAIRLINE, MUTED, RULE, STRONG_RULE, TEXT, Ink
from bodymap.reports.page import Page
from bodymap.reports.shaping import Line
from bodymap.reports.typesetting import Style, set_lines, write, write_lines

BODY = Style(8.0)
STRONG = Style(8.0, Weight.SEMIBOLD)
REMARK = Style(7.7, Weight.ITALIC, Ink.of("#45524F"))
FACTS = Style(7.7, Weight.REGULAR, Ink.of("#45524F"))
COLUMN_HEAD = Style(6.7, Weight.SEMIBOLD, MUTED)
SECTION = Style(10.2, Weight.SEMIBOLD)

_PADDING = 1.15
_GUTTER = 2.2


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `share` says how wide it is beside the others."""

    title: str
    share: float
    is_number: bool = False
    is_strong: bool = False
    ink: Ink = TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text for each column; facts and a remark run below all but the first."""

    cells: tuple[str, ...]
    remark: str = ""
    facts: str = ""


class Flow:
    """The place on the page where the next thing goes.

    Attributes:
        page: The page being filled.
        y: How far down it is filled, in millimetres.
        left: Where texts begin.
        width: How wide they are.
    """

    def __init__(
        self, book: Book, margin: float, bottom: float, head: Callable[[Page], float]
    ) -> None:
        self._book = book
        self._head = head
        self._bottom = book.height - bottom
        self.left = margin
        self.width = book.width - 2 * margin
        self.page = book.new_page()
        self.y = self._top = 0.0

    @property
    def room(self) -> float:
        """Millimetres left on this page."""
        return self._bottom - self.y

    def turn(self) -> None:
        """Go on with a new page."""
        self.page = self._book.new_page()
        self.y = self._top = self._head(self.page)

    def need(self, height: float) -> None:
        """Turn the page unless so much room is left."""
        if height > self.room:
            self.turn()

    def rule(self, ink: Ink, weight: float) -> None:
        """Draw a line across the text's whole width, here."""
        self.page.line((self.left, self.y), (self.left + self.width, self.y), ink, weight)

    def skip(self, height: float) -> None:
        """Leave space, but not at the head of a page."""
        if self.y > self._top:
            self.y += height

    def section(self, title: str, first: float) -> None:
        """A heading that stays with what follows it.

        Args:
            title: The heading.
            first: Height of what must stand on the same page.
        """
        self.need(first + 10)
        self.skip(4.2)
        write(self.page, (self.left, self.y), title, SECTION)
        self.y += SECTION.line_height + 1.0

    def paragraph(self, text: str, style: Style, measure: float | None = None) -> None:
        """Running text over as many pages as it takes."""
        measure = measure or self.width
        lines = set_lines(text, style, measure)
        while lines:
            self.need(style.line_height)
            taken = max(1, int(self.room / style.line_height))
            self.y += write_lines(self.page, (self.left, self.y), lines[:taken], style, measure)
            lines = lines[taken:]

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table whose head is repeated on every page it reaches."""
        table = _Table(self, title, columns)
        self.section(title, 4 + 6 * min(len(rows), 3))
        table.head()
        for row in rows:
            table.row(row)


class _Table:
    """One table as it is set into a flow."""

    def __init__(self, flow: Flow, title: str, columns: Sequence[Column]) -> None:
        self._flow = flow
        self._title = title
        self._columns = columns
        self._is_fresh = False
        total = sum(column.share for column in columns)
        self._widths = [flow.width * column.share / total for column in columns]
        self._starts = [flow.left + sum(self._widths[:i]) for i in range(len(columns))]

    def head(self) -> None:
        flow = self._flow
        for column, start, width in zip(self._columns, self._starts, self._widths, strict=True):
            at, align = (start + width - _GUTTER, "right") if column.is_number else (start, "left")
            write(flow.page, (at, flow.y), column.title, COLUMN_HEAD, align=align)
        flow.y += COLUMN_HEAD.line_height + 0.7
        self._flow.rule(STRONG_RULE, 0.6)
        self._is_fresh = True

    def row(self, row: Row) -> None:
        """Set one row; one that is taller than a page goes on below the next head."""
        cells = [
            set_lines(cell, self._style(column), width - _GUTTER)
            for column, cell, width in zip(self._columns, row.cells, self._widths, strict=True)
        ]
        measure = self._flow.width - self._widths[0] - _GUTTER
        below = [
            (set_lines(text, style, measure), style)
            for text, style in ((row.facts, FACTS), (row.remark, REMARK))
            if text.strip()
        ]
        tall = max(len(lines) for lines in cells)
        beneath = sum(len(lines) for lines, _ in below)
        together = min(tall, 6) * BODY.line_height + min(beneath, 3) * REMARK.line_height
        if self._flow.room < together + 2 * _PADDING:
            self._turn()
        if not self._is_fresh:
            self._flow.rule(RULE, HAIRLINE)
        self._is_fresh = False
        self._cells(cells)
        for lines, style in below:
            self._below(lines, style, measure)
        self._flow.y += _PADDING

    def _cells(self, cells: list[tuple[Line, ...]]) -> None:
        flow = self._flow
        flow.y += _PADDING
        while any(cells):
            fitting = max(1, int((flow.room - _PADDING) / BODY.line_height))
            for column, lines, start, width in zip(
                self._columns, cells, self._starts, self._widths, strict=True
            ):
                self._cell(column, lines[:fitting], start, width - _GUTTER)
            taken = min(fitting, max(len(lines) for lines in cells))
            flow.y += taken * BODY.line_height
            cells = [lines[fitting:] for lines in cells]
            if any(cells):
                self._turn()
                flow.y += _PADDING

    def _cell(self, column: Column, lines: tuple[Line, ...], start: float, width: float) -> None:
        style = self._style(column)
        at = (start, self._flow.y)
        if not column.is_number:
            write_lines(self._flow.page, at, lines, style, width)
            return
        for i, line in enumerate(lines):
            base = (start + width, at[1] + i * style.line_height + style.ascent)
            self._flow.page.text(base, line, style.size, style.ink, align="right")

    def _below(self, lines: tuple[Line, ...], style: Style, measure: float) -> None:
        flow = self._flow
        while lines:
            fitting = int((flow.room - _PADDING) / style.line_height)
            if fitting < 1:
                self._turn()
                flow.y += _PADDING
                continue
            at = (self._starts[1] if len(self._starts) > 1 else flow.left, flow.y)
            flow.y += write_lines(flow.page, at, lines[:fitting], style, measure)
            lines = lines[fitting:]

    def _turn(self) -> None:
        flow = self._flow
        flow.turn()
        write(flow.page, (flow.left, flow.y), f"{self._title}, continued", STRONG)
        flow.y += STRONG.line_height + 1.4
        self.head()

    @staticmethod
    def _style(column: Column) -> Style:
        return Style(BODY.size, Weight.SEMIBOLD if column.is_strong else Weight.REGULAR, column.ink)
