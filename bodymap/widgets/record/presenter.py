"""Turns a visit's record into what its pages show, and edits into steps."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.atlas.ids import Side
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.consent import Consent
from bodymap.chart.marks import MarkId
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter
from bodymap.chart.people import Patient
from bodymap.chart.screening import Screening
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.after_signing import AfterVisit
from bodymap.desk.barring import unbar
from bodymap.desk.charting import Charting
from bodymap.desk.earlier_consent import EarlierConsent
from bodymap.desk.phrases import phrases
from bodymap.desk.screening import checklist, rest_answered_no
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.record.follow_up_card import day_of
from bodymap.widgets.record.sections import (
    NOTHING_YET,
    RecordShown,
    record_shown,
)
from bodymap.widgets.record.words import PART_WORDS

NUMBERS = frozenset({"opened", "in_sharps", "before", "after"})
"""Fields that are typed as text and kept as numbers."""


class RecordView(Protocol):
    """What the presenter needs of the panel."""

    def show_record(self, shown: RecordShown) -> None:
        """Show a record, or the same one changed."""


class RecordPresenter:
    """Shows the record of the open visit and asks the desk to change it."""

    def __init__(
        self,
        view: RecordView,
        items: Callable[[], Iterable[ScreeningItem]],
        push: Callable[[Step], None],
        report: Callable[[str], None],
    ) -> None:
        self._view = view
        self._items = items
        self._push = push
        self._report = report
        self._charting: Charting | None = None
        self._patient: Patient | None = None
        self._choices = ClinicChoices()
        self._earlier_consent: EarlierConsent | None = None
        self._after = AfterVisit()

    def open(
        self,
        charting: Charting | None,
        patient: Patient | None,
        choices: ClinicChoices,
        earlier_consent: EarlierConsent | None = None,
        after: AfterVisit = NOTHING_YET,
    ) -> None:
        """Show the record of another visit, or of none."""
        self._charting = charting
        self._patient = patient
        self._choices = choices
        self._earlier_consent = earlier_consent
        self._after = after
        self.refresh()

    def hear(self, after: AfterVisit) -> None:
        """Something became known after the visit was closed."""
        self._after = after
        self.refresh()

    def choose(self, choices: ClinicChoices) -> None:
        """The clinic has chosen otherwise."""
        self._choices = choices
        self.refresh()

    def refresh(self) -> None:
        """Show the record as it is stored."""
        if (shown := self.shown) is not None:
            self._view.show_record(shown)

    def edit(self, part: str, field: str, value: object) -> None:
        """Change one field of one part of the record."""
        self._change(part, lambda old: replace(old, **{field: _typed(field, value)}))

    def edit_row(self, part: str, row: int, field: str, value: object) -> None:
        """Change one field of one row of a list in the record."""

        def edited(rows: tuple[object, ...]) -> tuple[object, ...]:
            changed = replace(rows[row], **{field: _typed(field, value)})  # type: ignore[type-var]
            return (*rows[:row], changed, *rows[row + 1 :])

        self._change(part, edited)

    def add(self, part: str, entry: object) -> None:
        """Add a row to a list in the record."""
        self._change(part, lambda rows: (*rows, entry))

    def remove(self, part: str, row: int) -> None:
        """Take a row from a list in the record."""
        self._change(part, lambda rows: (*rows[:row], *rows[row + 1 :]))

    def answer(self, item: str, field: str, value: object) -> None:
        """Change one field of the answer to a screening item."""

        def answered(screening: Screening) -> Screening:
            said = replace(screening.to(item), **{field: value})  # type: ignore[arg-type]
            return screening.with_answers([said])

        self._change("screening", answered)

    def answer_rest_no(self) -> None:
        """No to every screening item that is still open, as one step."""
        shown = self.shown
        if shown is not None:
            screening = rest_answered_no(shown.items, self._record.screening)
            self._change("screening", lambda _: screening)

    def give_consent(self, consent: Consent) -> None:
        """Another consent as a whole."""
        self._change("consent", lambda _: consent)

    def write(self, chapter: Chapter, text: str) -> None:
        """Another text in one chapter."""
        self._change("narrative", lambda _: self._record.narrative.with_text(chapter, text))

    def write_phrases(self) -> None:
        """Add to the objective what was charted, unless it is there already."""
        if self._charting is None:
            return
        charted = phrases(self._charting.visit)
        there = self._record.narrative.texts.get(Chapter.OBJECTIVE, "")
        if not charted:
            self._report("Nothing has been charted on the body yet.")
        elif charted not in there:
            self.write(Chapter.OBJECTIVE, f"{there.rstrip()}\n{charted}".strip())

    def add_measure(self, kind: MeasureKind, subject: str, side: Side | None) -> None:
        """Add a measure that needs a word on what was measured."""
        self._change("measures", lambda rows: (*rows, Measure(kind, subject, side)))

    def take_out(self, site: MarkId) -> None:
        """One needle is out of the body."""
        self._step(lambda desk: desk.take_out([site]))

    def put_away(self) -> None:
        """All needles are out and in the sharps."""
        self._step(Charting.put_away)

    def ask(self, what: str, value: Any) -> None:  # noqa: ANN401 - as many kinds as there are pages
        """Do what a page asks for by name."""
        match what:
            case "answer":
                self.answer(*value)
            case "rest-no":
                self.answer_rest_no()
            case "consent":
                self.give_consent(value)
            case "text":
                self.write(*value)
            case _:
                self._ask_more(what, value)

    def _ask_more(self, what: str, value: Any) -> None:  # noqa: ANN401 - as above
        match what:
            case "phrases":
                self.write_phrases()
            case "add-measure":
                self.add_measure(*value)
            case "take-out":
                self.take_out(value)
            case "put-away":
                self.put_away()
            case "clear-area":
                self._step(lambda desk: unbar(desk, value))
            case _:
                raise ValueError(f"no page asks for {what}")

    @property
    def _record(self) -> VisitRecord:
        return self._charting.visit.record if self._charting else VisitRecord()

    @property
    def shown(self) -> RecordShown | None:
        """All there is to show; None while no visit is open."""
        if self._charting is None or self._patient is None:
            return None
        visit = self._charting.visit
        items = checklist(self._items(), visit, self._patient, self._choices.absolute)
        return record_shown(visit, items, self._choices, self._earlier_consent, self._after)

    def _change(self, part: str, change: Callable[..., object]) -> None:
        record = self._record
        try:
            changed = replace(record, **{part: change(getattr(record, part))})  # type: ignore[arg-type]
        except ValueError as problem:
            self._report(f"This was not kept: {problem}.")
            self.refresh()
            return
        if changed != record:
            self._step(lambda desk: desk.record(changed, PART_WORDS[part]))

    def _step(self, make: Callable[[Charting], Step]) -> None:
        if self._charting is None:
            return
        try:
            self._push(make(self._charting))
        except BodymapError as problem:
            self._report(str(problem))
        except ValueError as problem:
            self._report(f"This was not kept: {problem}.")


def _typed(field: str, value: object) -> object:
    """What was typed into a field as the number or the day it stands for; a comma is a point.

    Raises:
        ValueError: It is none.
    """
    if field == "on" and isinstance(value, str):
        return day_of(value)
    if field not in NUMBERS or not isinstance(value, str):
        return value
    text = value.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"“{value.strip()}” is not a number") from None
    whole = field in {"opened", "in_sharps"} and number.is_integer()
    return int(number) if whole else number
