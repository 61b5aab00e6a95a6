"""Offers the marks of earlier visits and charts the chosen ones in the open visit."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from bodymap.chart.marks import MarkId
from bodymap.chart.people import PatientId
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.desk.charting import Charting
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.inspector.model import Choice, overview
from bodymap.widgets.inspector.words import NameOf
from bodymap.widgets.people.words import day, needles
from bodymap.widgets.reuse.page import Offer


class ReuseView(Protocol):
    """What the presenter needs of the page."""

    def show_offer(self, offer: Offer) -> None:
        """Show where marks can be taken from."""


class Visits(Protocol):
    """What the presenter needs of the clinic."""

    def visits(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, newest first."""

    def visit(self, visit: VisitId) -> Visit:
        """One visit with its marks."""


class ReusePresenter:
    """Shows what there is to copy and asks the desk for it."""

    def __init__(
        self,
        view: ReuseView,
        clinic: Visits,
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
        self._source: Visit | None = None
        self._sources: tuple[Choice, ...] = ()

    def follow(self, charting: Charting | None) -> None:
        """Copy into another visit, or into none."""
        self._charting = charting
        self._source = None

    def offer(self) -> None:
        """Look for earlier visits and show the marks of the last one."""
        if self._charting is None:
            return
        here = self._charting.visit
        earlier = [
            summary
            for summary in self._clinic.visits(here.patient)
            if summary.id != here.id and any(summary.counts.values())
        ]
        self._sources = tuple(
            Choice(summary.id, f"{day(summary.began)} · {needles(summary)}") for summary in earlier
        )
        self._source = None
        if earlier:
            self.choose_source(earlier[0].id)
        else:
            self._show()

    def choose_source(self, visit: VisitId) -> None:
        """Show the marks of a visit."""
        try:
            self._source = self._clinic.visit(visit)
        except BodymapError as problem:
            self._report(str(problem))
        self._show()

    def copy(self, marks: Collection[MarkId]) -> bool:
        """Chart marks of the source in the open visit; say whether that was done."""
        if self._charting is None or self._source is None or not marks:
            return False
        try:
            self._push(self._charting.carry_forward(self._source.marks, marks))
        except BodymapError as problem:
            self._report(str(problem))
            return False
        return True

    def _show(self) -> None:
        if self._source is None:
            self._view.show_offer(Offer())
            return
        marks = overview(self._source, self._name_of).marks
        self._view.show_offer(Offer(self._sources, self._source.id, marks))
