"""The sections of a visit's record, and how far each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.adverse_events import Severity
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.narrative import Narrative
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.after_signing import AfterVisit
from bodymap.desk.barring import Crossing, crossings
from bodymap.desk.earlier_consent import EarlierConsent
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
    CLINIC = "clinic"


TITLES = {
    SectionId.SCREENING: "Screening",
    SectionId.CONSENT: "Consent and hygiene",
    SectionId.NEEDLES: "Needles in and out",
    SectionId.MEASURES: "Measures",
    SectionId.TEXT: "Text and advice",
    SectionId.EVENTS: "Events and follow-up",
    SectionId.CLINIC: "Clinic’s lists",
}
SHORT_TITLES = TITLES | {
    SectionId.CONSENT: "Consent",
    SectionId.NEEDLES: "Needles",
    SectionId.TEXT: "Text",
    SectionId.EVENTS: "Afterwards",
}
TILES: tuple[SectionId, ...] = tuple(
    section for section in SectionId if section is not SectionId.CLINIC
)
"""The sections that every visit has."""


NOTHING_YET = AfterVisit()


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
    choices: ClinicChoices
    needles: NeedleTally
    crossings: tuple[Crossing, ...]
    sections: dict[SectionId, SectionState]
    earlier_consent: EarlierConsent | None = None
    after: AfterVisit = NOTHING_YET

    @property
    def record(self) -> VisitRecord:
        """The record itself."""
        return self.visit.record

    @property
    def editable(self) -> bool:
        """Whether it may still be changed."""
        return self.visit.is_open


def record_shown(
    visit: Visit,
    items: tuple[ItemState, ...],
    choices: ClinicChoices,
    earlier_consent: EarlierConsent | None = None,
    after: AfterVisit = NOTHING_YET,
) -> RecordShown:
    """Gather what the pages show."""
    needles = tally(visit)
    crossed = crossings(visit, visit.needle_sites())
    record = visit.record
    sections = {
        SectionId.SCREENING: _screening(items, crossed),
        SectionId.CONSENT: _consent(visit),
        SectionId.NEEDLES: _needles(needles, record.needles.difference),
        SectionId.MEASURES: _counted(len(record.measures)),
        SectionId.TEXT: _text(record.narrative),
        SectionId.EVENTS: _afterwards(record, after),
    }
    return RecordShown(visit, items, choices, needles, crossed, sections, earlier_consent, after)


def _screening(items: Sequence[ItemState], crossed: Sequence[Crossing]) -> SectionState:
    if crossed:
        return SectionState(Progress.CAUTION, f"needle {crossed[0].site.number}")
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


def _needles(needles: NeedleTally, reason: str) -> SectionState:
    if needles.mismatches and reason.strip():
        return SectionState(Progress.DONE, "differ: explained")
    if needles.mismatches:
        return SectionState(Progress.CAUTION, "do not match")
    detail = f"{needles.inserted} in · {needles.removed} out"
    return SectionState(_done(needles.is_reconciled), detail)


def _counted(number: int) -> SectionState:
    return SectionState(_done(number > 0), str(number) if number else "none")


def _text(narrative: Narrative) -> SectionState:
    parts = len(narrative.chapters) + bool(narrative.aftercare) + bool(narrative.conditions)
    return _counted(parts)


def _afterwards(record: VisitRecord, after: AfterVisit) -> SectionState:
    happened = (*record.adverse_events, *after.events)
    events, entries = len(happened), len(record.follow_ups) + len(after.follow_ups)
    if any(event.severity is not Severity.MILD for event in happened):
        return SectionState(Progress.CAUTION, "adverse event")
    words = [f"{events} event{'' if events == 1 else 's'}" if events else ""]
    words += [f"{entries} later" if entries else ""]
    return SectionState(_done(events + entries > 0), " · ".join(filter(None, words)) or "none")


def _done(done: bool) -> Progress:
    return Progress.DONE if done else Progress.OPEN
