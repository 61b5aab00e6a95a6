"""The sections of a visit's record, and how far each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.needle_counting import NeedleTally, tally
from bodymap.desk.screening import ItemState


class SectionId(StrEnum):
    """One section, in the order of the work."""

    SCREENING = "screening"
    CONSENT = "consent"
    NEEDLES = "needles"
    MEASURES = "measures"
    TEXT = "text"
    EVENTS = "events"


TITLES = {
    SectionId.SCREENING: "Screening",
    SectionId.CONSENT: "Consent and hygiene",
    SectionId.NEEDLES: "Needles in and out",
    SectionId.MEASURES: "Measures",
    SectionId.TEXT: "Text",
    SectionId.EVENTS: "Adverse events",
}
SHORT_TITLES = TITLES | {
    SectionId.CONSENT: "Consent",
    SectionId.NEEDLES: "Needles",
    SectionId.EVENTS: "Events",
}


class Progress(StrEnum):
    """How far a section is."""

    OPEN = "open"
    DONE = "done"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a section is, with a word on it."""

    progress: Progress
    detail: str


@dataclass(frozen=True, slots=True)
class RecordShown:
    """Everything the pages of a record show."""

    visit: Visit
    items: tuple[ItemState, ...]
    needles: NeedleTally
    sections: dict[SectionId, SectionState]

    @property
    def record(self) -> VisitRecord:
        """The record itself."""
        return self.visit.record

    @property
    def editable(self) -> bool:
        """Whether it may still be changed."""
        return self.visit.is_open


def record_shown(visit: Visit, items: tuple[ItemState, ...]) -> RecordShown:
    """Gather what the pages show."""
    needles = tally(visit)
    sections = {
        SectionId.SCREENING: _screening(items),
        SectionId.CONSENT: _consent(visit),
        SectionId.NEEDLES: _needles(needles),
        SectionId.MEASURES: _counted(len(visit.record.measures)),
        SectionId.TEXT: _counted(len(visit.record.narrative.chapters)),
        SectionId.EVENTS: _counted(len(visit.record.adverse_events)),
    }
    return RecordShown(visit, items, needles, sections)


def _screening(items: Sequence[ItemState]) -> SectionState:
    answered = sum(item.applies is not None for item in items)
    barred = sum(item.needs_override for item in items)
    if barred:
        return SectionState(Progress.CAUTION, f"{barred} to decide")
    done = bool(items) and answered == len(items)
    return SectionState(_done(done), f"{answered} of {len(items)}")


def _consent(visit: Visit) -> SectionState:
    consent = visit.record.consent
    if consent.withdrawn:
        return SectionState(Progress.CAUTION, "withdrawn")
    if consent.form is None:
        return SectionState(Progress.OPEN, "not yet")
    return SectionState(_done(consent.is_given), str(consent.form))


def _needles(needles: NeedleTally) -> SectionState:
    if needles.mismatches:
        return SectionState(Progress.CAUTION, "do not match")
    detail = f"{needles.inserted} in · {needles.removed} out"
    return SectionState(_done(needles.is_reconciled), detail)


def _counted(number: int) -> SectionState:
    return SectionState(_done(number > 0), str(number) if number else "none")


def _done(done: bool) -> Progress:
    return Progress.DONE if done else Progress.OPEN
