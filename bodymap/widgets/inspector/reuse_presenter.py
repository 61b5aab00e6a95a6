"""Offers the marks of earlier visits and of templates, and charts the chosen ones here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from bodymap.chart.day_words import day
from bodymap.chart.marks import Mark, MarkId, MarkKind
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.template import Template
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.desk.charting import Charting
from bodymap.desk.steps import Step
from bodymap.desk.templates import Templates, template_marks, template_step
from bodymap.errors import BodymapError
from bodymap.widgets.chart_words import NameOf, counted
from bodymap.widgets.inspector.model import Choice, listed
from bodymap.widgets.inspector.reuse_page import Offer

Source = VisitId | Template
"""Where marks can be taken from."""


class ReuseView(Protocol):
    """What the presenter needs of the page."""

    def show_offer(self, offer: Offer) -> None:
        """Show where marks can be taken from."""


class Shelf(Protocol):
    """What the presenter needs of the clinic."""

    templates: Templates

    def visits(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, newest first."""

    def visit(self, visit: VisitId, why: str = "") -> Visit:
        """One visit with its marks, read for some purpose."""


class ReusePresenter:
    """Shows what there is to copy and asks the desk for it."""

    def __init__(
        self,
        view: ReuseView,
        clinic: Shelf,
        name_of: NameOf,
        push: Callable[[Step], None],
        report: Callable[[str], None],
    ) -> None:
        self._view = view
        self._clinic = clinic
        self._name_of = name_of
        self._push = push
        self._report = report
        self._charting: Charting | None = None
        self._sources: tuple[Choice, ...] = ()
        self._source: Source | None = None
        self._marks: tuple[Mark, ...] = ()
        self._dropped: Template | None = None

    def follow(self, charting: Charting | None) -> None:
        """Copy into another visit, or into none."""
        self._charting = charting
        self._source, self._marks = None, ()

    def offer(self) -> None:
        """Look for earlier visits and templates, and show the marks of the likeliest one."""
        self._dropped = None
        self._offer()

    def _offer(self) -> None:
        if self._charting is None:
            return
        here = self._charting.visit
        self._sources = (*self._visits(here), *self._templates(here.therapist))
        self._source, self._marks = None, ()
        if self._sources:
            self.choose_source(self._sources[0].value)
        else:
            self._view.show_offer(Offer(dropped=self._dropped_name))

    def choose_source(self, source: object) -> None:
        """Show the marks of a visit or a template."""
        try:
            self._source, self._marks = self._opened(source)
        except BodymapError as problem:
            self._report(str(problem))
        marks = listed(self._marks, self._name_of)
        is_template = isinstance(self._source, Template)
        offer = Offer(self._sources, self._source, marks, is_template, self._dropped_name)
        self._view.show_offer(offer)

    def copy(self, marks: Collection[MarkId]) -> bool:
        """Chart marks of the source in the open visit; say whether that was done."""
        if self._charting is None or self._source is None or not marks:
            return False
        try:
            self._push(self._step(self._charting, marks))
        except BodymapError as problem:
            self._report(str(problem))
            return False
        return True

    def keep(self, name: str, marks: Iterable[MarkId], *, for_all: bool) -> str | None:
        """Keep marks of the open visit as a template and return its name; None if refused."""
        if self._charting is None:
            return None
        visit, wanted = self._charting.visit, set(marks)
        owner = None if for_all else visit.therapist
        chosen = [mark for mark in visit.marks if mark.id in wanted]
        try:
            return self._clinic.templates.keep(name, owner, chosen).name
        except BodymapError as problem:
            self._report(str(problem))
            return None

    def drop(self) -> None:
        """Keep the template that is looked at no longer."""
        if not isinstance(self._source, Template):
            return
        try:
            self._clinic.templates.drop(self._source)
            self._dropped = self._source
        except BodymapError as problem:
            self._report(str(problem))
        self._offer()

    def bring_back(self) -> None:
        """Keep the template again that was deleted just now."""
        if self._dropped is None:
            return
        try:
            self._clinic.templates.bring_back(self._dropped)
            self._dropped = None
        except BodymapError as problem:
            self._report(str(problem))
        self._offer()

    @property
    def _dropped_name(self) -> str:
        return self._dropped.name if self._dropped else ""

    def _visits(self, here: Visit) -> list[Choice]:
        return [
            Choice(summary.id, _when(summary))
            for summary in self._clinic.visits(here.patient)
            if summary.id != here.id and any(summary.counts.values())
        ]

    def _templates(self, user: UserId) -> list[Choice]:
        try:
            kept = self._clinic.templates.of(user)
        except BodymapError as problem:
            self._report(str(problem))
            return []
        return [Choice(one, _called(one)) for one in kept]

    def _opened(self, source: object) -> tuple[Source, tuple[Mark, ...]]:
        assert self._charting is not None  # noqa: S101 - there is a visit, or no page
        if isinstance(source, Template):
            return source, template_marks(source, self._charting.atlas)
        visit = self._clinic.visit(VisitId(str(source)), "marks to copy")
        return visit.id, visit.marks

    def _step(self, charting: Charting, marks: Collection[MarkId]) -> Step:
        if isinstance(self._source, Template):
            return template_step(charting.visit, self._marks, marks, self._source.name)
        return charting.carry_forward(self._marks, marks)


def _when(visit: VisitSummary) -> str:
    needles = visit.counts.get(MarkKind.NEEDLE_SITE, 0)
    return f"{day(visit.began)} · {counted(needles, 'needle')}"


def _called(template: Template) -> str:
    whose = "the clinic’s" if template.owner is None else "yours"
    return f"Template: {template.name} ({whose})"
