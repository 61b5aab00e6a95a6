"""What a visit holds besides its marks, as tables of a summary; what says nothing is left out."""

from collections.abc import Iterator

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.consent import Consent
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.measures import Measure
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.session import SessionRecord
from bodymap.reports import record_wording as words
from bodymap.reports.flow import Column, Row
from bodymap.reports.mark_tables import MarkTable
from bodymap.reports.wording import NOTHING, day, spelt_out

_SESSION = (Column("Part", 30, is_strong=True), Column("Recorded", 144))
_MEASURES = (
    Column("Measured", 78, is_strong=True),
    Column("Side", 16),
    Column("Before", 22, is_number=True),
    Column("After", 22, is_number=True),
    Column("Change", 18, is_number=True),
)
_EVENTS = (
    Column("Event", 36, is_strong=True),
    Column("Severity", 18),
    Column("Began", 24),
    Column("Action", 44),
    Column("Outcome", 26),
    Column("Reported to", 26),
)
_FOLLOW_UPS = (
    Column("Day", 26, is_strong=True),
    Column("Kind", 22),
    Column("Pain", 14, is_number=True),
    Column("Soreness", 18, is_number=True),
    Column("Complaint", 24),
    Column("Told", 70),
)
_MEASURE_TITLE = "Measures (* a change of a size that matters to patients)"


def record_tables(record: SessionRecord) -> list[MarkTable]:
    """The tables, in the order they are read."""
    held = record.visit.record
    tables = (
        MarkTable("Session", _SESSION, tuple(_session(record))),
        MarkTable(_MEASURE_TITLE, _MEASURES, tuple(map(_measure, held.measures))),
        MarkTable("Adverse events", _EVENTS, tuple(map(_event, held.adverse_events))),
        MarkTable("Heard afterwards", _FOLLOW_UPS, tuple(map(_follow_up, held.follow_ups))),
    )
    return [table for table in tables if table.rows]


def _session(record: SessionRecord) -> Iterator[Row]:
    held = record.visit.record
    narrative = held.narrative
    if narrative.conditions:
        yield Row(("Condition treated", "; ".join(narrative.conditions)))
    if held.screening.answers:
        yield Row(("Screening", words.screening(record.screened, held.screening)))
    if held.consent != Consent():
        yield Row(("Consent", words.consent(held.consent)))
    if held.hygiene != Hygiene():
        yield Row(("Hygiene and position", words.hygiene(held.hygiene)))
    if held.needles != NeedleCount():
        yield Row(("Needle count", words.needles(held.needles, record.visit.needle_sites())))
    for chapter, text in narrative.chapters:
        yield Row((words.chapter(chapter), text))
    if narrative.aftercare:
        yield Row(("Aftercare given", "; ".join(narrative.aftercare)))


def _measure(measure: Measure) -> Row:
    cells = (
        words.subject(measure),
        words.side(measure),
        words.value(measure, measure.before),
        words.value(measure, measure.after),
        words.change(measure),
    )
    return Row(cells, remark=measure.note)


def _event(event: AdverseEvent) -> Row:
    cells = (
        words.EVENTS.get(event.kind, spelt_out(event.kind)),
        spelt_out(event.severity),
        words.ONSETS.get(event.onset, words.plain(event.onset)),
        event.action.strip() or NOTHING,
        words.OUTCOMES.get(event.outcome, spelt_out(event.outcome)),
        event.reported_to.strip() or NOTHING,
    )
    return Row(cells, remark=event.text)


def _follow_up(entry: FollowUp) -> Row:
    cells = (
        day(entry.on),
        spelt_out(entry.kind),
        words.rated(entry.pain),
        words.rated(entry.soreness),
        NOTHING if entry.relief is None else words.plain(entry.relief),
        entry.text.strip() or NOTHING,
    )
    return Row(cells)
