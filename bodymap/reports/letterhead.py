"""The head and foot of a summary's pages: whose it is, when, by whom, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.chart.session import SessionRecord
from bodymap.chart.visit import VisitState
from bodymap.reports import wording
from bodymap.reports.flow import BODY, STRONG, Flow
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import (
    ACCENT,
    CAUTION,
    CAUTION_GROUND,
    HAIRLINE,
    MUTED,
    RULE,
    STRONG_RULE,
)
from bodymap.reports.page import POINTS_PER_MM, Page
from bodymap.reports.signatures import digest_line, standing_line
from bodymap.reports.typesetting import Style, set_line, set_lines, write, write_lines

TITLE = "Dry needling session summary"
REFERENCE = (
    "Depths and structures are reference from a model body, not a measurement of this patient."
)
SOURCE = "Drawings after Z-Anatomy and BodyParts3D, CC BY-SA 4.0. Left and right are the patient’s."

MARGIN = 15.0
TOP = 13.0
FOOT = 19.6

_MOST_LINES = 6
_TITLE = Style(15.5, Weight.SEMIBOLD)
_NAME = Style(12.5, Weight.SEMIBOLD)
_LABEL = Style(6.7, Weight.SEMIBOLD, MUTED)
_FOOTER = Style(6.6, Weight.REGULAR, MUTED)
_STANDING = Style(6.6, Weight.SEMIBOLD)
_RUNNING = Style(7.6, Weight.SEMIBOLD)
_RUNNING_MORE = Style(7.6, Weight.REGULAR, MUTED)
_STATE = Style(7.4, Weight.SEMIBOLD, CAUTION)
_SIGNED = Style(7.4, Weight.SEMIBOLD, ACCENT)
_ALERT = Style(8.2, Weight.SEMIBOLD, CAUTION)


@dataclass(frozen=True, slots=True)
class _Field:
    """A labelled value in the head; `share` of the width, text set in `style`."""

    label: str
    text: str
    share: float
    style: Style = BODY


class Letterhead:
    """What surrounds the contents of a summary.

    Attributes:
        overlong: Labels and texts that did not fit into the head and must be told elsewhere.
    """

    def __init__(self, record: SessionRecord) -> None:
        self._record = record
        self._standing, self._digest = standing_line(record), digest_line(record)
        self.overlong: list[tuple[str, str]] = []

    def draw(self, flow: Flow) -> None:
        """Draw the head of the first page."""
        flow.y = TOP
        write(flow.page, (flow.left, flow.y - 1.2), TITLE, _TITLE)
        self._draw_state(flow.page, flow.left + flow.width, flow.y - 0.4)
        flow.y += _TITLE.line_height + 1.4
        flow.rule(STRONG_RULE, 0.8)
        flow.y += 2.6
        for fields in self._fields():
            self._draw_fields(flow, fields)
        if self._record.patient.alerts:
            self._draw_alerts(flow)
        flow.rule(RULE, HAIRLINE)
        flow.y += 3.2

    def draw_running(self, page: Page) -> float:
        """Draw the head of a further page, which says whose it is; give where it ends."""
        patient, visit = self._record.patient, self._record.visit
        left, width = MARGIN, page.width - 2 * MARGIN
        base = TOP + _RUNNING.ascent
        name = set_line(patient.full_name, _RUNNING, width * 0.42)
        page.text((left, base), name, _RUNNING.size, _RUNNING.ink)
        more = (
            f"born {wording.day(patient.birth_date)}  ·  no. {patient.number}  ·  "
            f"session of {wording.day(visit.began)}"
        )
        start = left + name.width * _RUNNING.size / 1000 / POINTS_PER_MM + 3
        line = set_line(more, _RUNNING_MORE, left + width - 42 - start)
        page.text((start, base), line, _RUNNING_MORE.size, _RUNNING_MORE.ink)
        self._draw_state(page, left + width, TOP - 1.2)
        page.line((left, TOP + 5), (left + width, TOP + 5), RULE, HAIRLINE)
        return TOP + 9

    def draw_foot(self, page: Page, number: int, count: int) -> None:
        """Draw the foot of a page."""
        left, right, top = MARGIN, page.width - MARGIN, page.height - FOOT + 2.2
        page.line((left, top), (right, top), RULE, HAIRLINE)
        standing, first, second = (top + 1.3 + n * _FOOTER.line_height for n in range(3))
        room = right - left - 22
        line = set_line(self._standing, _STANDING, room)
        page.text((left, standing + _STANDING.ascent), line, _STANDING.size, _STANDING.ink)
        write(page, (left, first), REFERENCE, _FOOTER)
        write(page, (left, second), SOURCE, _FOOTER)
        write(page, (right, standing), f"Page {number} of {count}", _FOOTER, align="right")
        write(page, (right, first), self._digest, _FOOTER, align="right")
        write(page, (right, second), f"Visit {self._record.visit.id}", _FOOTER, align="right")

    def _fields(self) -> list[list[_Field]]:
        visit, patient = self._record.visit, self._record.patient
        pain = wording.pain(visit.pain_before, visit.pain_after)
        return [
            [
                _Field("Patient", patient.full_name, 0.5, _NAME),
                _Field("Date of birth", wording.birth(patient, visit.began.date()), 0.31),
                _Field("Patient number", patient.number, 0.19),
            ],
            [
                _Field("Session", wording.moment(visit.began), 0.5),
                _Field("Therapist", self._record.therapist.name, 0.5),
            ],
            [
                _Field("Complaint", wording.complaint(self._record.episode), 0.5),
                _Field("Pain before → after (0 to 10)", pain, 0.5, STRONG),
            ],
        ]

    def _draw_fields(self, flow: Flow, fields: Sequence[_Field]) -> None:
        x, tallest = flow.left, 0.0
        for field in fields:
            width = flow.width * field.share
            write(flow.page, (x, flow.y), field.label, _LABEL)
            lines = set_lines(field.text, field.style, width - 4)
            if len(lines) > _MOST_LINES:
                self.overlong.append((field.label, field.text))
            top = flow.y + _LABEL.line_height + (0.4 if field.style is _NAME else 0.9)
            taken = write_lines(flow.page, (x, top), lines[:_MOST_LINES], field.style)
            tallest = max(tallest, taken)
            x += width
        flow.y += _LABEL.line_height + tallest + 2.6

    def _draw_alerts(self, flow: Flow) -> None:
        alerts = "  ·  ".join(alert.label for alert in self._record.patient.alerts)
        word = "Alert" if len(self._record.patient.alerts) == 1 else "Alerts"
        lines = set_lines(f"{word}: {alerts}", _ALERT, flow.width - 6)
        if len(lines) > _MOST_LINES:
            self.overlong.append((word, alerts))
            lines = lines[:_MOST_LINES]
        height = len(lines) * _ALERT.line_height + 2
        flow.page.rectangle((flow.left, flow.y), (flow.width, height), fill=CAUTION_GROUND)
        flow.page.rectangle((flow.left, flow.y), (1.0, height), fill=CAUTION)
        write_lines(flow.page, (flow.left + 3.2, flow.y + 1), lines, _ALERT, flow.width - 6)
        flow.y += height + 2.0

    def _draw_state(self, page: Page, right: float, top: float) -> None:
        is_final = self._record.visit.state is VisitState.SIGNED
        style = _SIGNED if is_final else _STATE
        text = wording.STATES[self._record.visit.state]
        size = (style.width(text) + 5, style.line_height + 1.6)
        page.rectangle(
            (right - size[0], top),
            size,
            fill=None if is_final else CAUTION_GROUND,
            stroke=style.ink,
            weight=0.6,
            radius=size[1] / 2,
        )
        write(page, (right - size[0] / 2, top + 0.8), text, style, align="centre")
