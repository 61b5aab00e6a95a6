"""What became known after a visit was signed: a table at the end, with who wrote it and when."""

from collections.abc import Iterator

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.afterwards import Afterward, Retraction
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.session import SessionRecord
from bodymap.reports import record_wording as words
from bodymap.reports.flow import Column, Row
from bodymap.reports.mark_tables import MarkTable
from bodymap.reports.wording import day, moment, spelt_out

_COLUMNS = (
    Column("No.", 10),
    Column("Recorded by", 36, is_strong=True),
    Column("When", 46),
    Column("What became known", 82),
)


def afterwards_tables(record: SessionRecord) -> list[MarkTable]:
    """Every entry in the order they were made; one that is corrected says by which."""
    rows = tuple(_row(record, number) for number in range(len(record.afterwards)))
    return [MarkTable("Recorded after signing", _COLUMNS, rows)] if rows else []


def _row(record: SessionRecord, number: int) -> Row:
    entry = record.afterwards[number]
    cells = (
        str(number + 1),
        record.name_of(entry.by),
        moment(entry.at),
        ". ".join(part.rstrip(".") for part in _sentences(entry)) + ".",
    )
    return Row(cells, facts=" ".join(_ties(record.afterwards, entry)))


def _sentences(entry: Afterward) -> Iterator[str]:
    match entry.told:
        case AdverseEvent():
            yield from _event(entry.told)
        case FollowUp():
            yield from _follow_up(entry.told)
        case Retraction():
            yield f"Put down in error: {entry.told.reason.strip()}"


def _event(event: AdverseEvent) -> Iterator[str]:
    kind = words.EVENTS.get(event.kind, spelt_out(event.kind))
    onset = words.ONSETS.get(event.onset, words.plain(event.onset))
    yield f"Adverse event: {kind}, {words.plain(event.severity)}, began {onset}"
    if event.text.strip():
        yield event.text.strip()
    if event.action.strip():
        yield f"Action: {event.action.strip()}"
    yield f"Outcome: {words.OUTCOMES.get(event.outcome, spelt_out(event.outcome))}"
    if event.reported_to.strip():
        yield f"Reported to {event.reported_to.strip()}"


def _follow_up(heard: FollowUp) -> Iterator[str]:
    yield f"{spelt_out(heard.kind)} of {day(heard.on)}"
    if heard.pain is not None:
        yield f"Pain {words.rated(heard.pain)}"
    if heard.soreness is not None:
        yield f"Soreness {words.rated(heard.soreness)}"
    if heard.relief is not None:
        yield f"The complaint is {words.plain(heard.relief)}"
    if heard.text.strip():
        yield heard.text.strip()


def _ties(entries: tuple[Afterward, ...], entry: Afterward) -> Iterator[str]:
    for number, other in enumerate(entries, start=1):
        if other.id == entry.corrects:
            yield f"Stands in the place of no. {number}."
        if other.corrects == entry.id:
            yield f"No longer counts: see no. {number}."
