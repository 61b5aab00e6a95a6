"""Turns the chosen mark into what the inspector shows, and edits into steps."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from bodymap.atlas.body_outline import outline_cm2
from bodymap.chart.marks import Mark, MarkId, NeedleSite, PainZone, TriggerPoint
from bodymap.chart.people import User
from bodymap.chart.visit import Visit
from bodymap.desk.charting import Charting
from bodymap.desk.needle_way import needle_way
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets import chart_words as words
from bodymap.widgets.chart_words import NameOf
from bodymap.widgets.inspector.edits import FIELD_WORDS, with_field
from bodymap.widgets.inspector.model import (
    Many,
    Overview,
    Shown,
    Surroundings,
    many,
    overview,
    shown,
)


class InspectorView(Protocol):
    """What the presenter needs of the panel."""

    def show_closed(self) -> None:
        """No visit is open."""

    def show_overview(self, shown: Overview) -> None:
        """A visit is open, and no mark is chosen."""

    def show_mark(self, shown: Shown) -> None:
        """One mark is chosen."""

    def show_many(self, shown: Many) -> None:
        """Several marks are chosen."""

    def show_counter(self, needles: str, rest: str) -> None:
        """What is on the map."""

    def keep_typing(self) -> None:
        """Hand over what is being typed."""


class InspectorPresenter:
    """Shows the chosen mark and asks the desk to change it."""

    def __init__(
        self,
        view: InspectorView,
        name_of: NameOf,
        push: Callable[[Step], None],
        report: Callable[[str], None],
        users: Callable[[], Sequence[User]] = tuple,
    ) -> None:
        self._view = view
        self._users_of = users
        self._users: Sequence[User] = ()
        self._body_cm2 = 0.0
        self._name_of = name_of
        self._push = push
        self._report = report
        self._charting: Charting | None = None
        self._chosen: tuple[MarkId, ...] = ()

    def open(self, charting: Charting | None) -> None:
        """Follow another visit, or none; what was being typed goes to the one before."""
        self._view.keep_typing()
        self._charting = charting
        self._chosen = ()
        self._users = self._users_of() if charting else ()
        self.refresh()

    def choose(self, mark_ids: Collection[MarkId]) -> None:
        """Show other marks; what was being typed is kept first."""
        self._view.keep_typing()
        self._chosen = tuple(mark_ids)
        self.refresh()

    def refresh(self) -> None:
        """Show what is there now."""
        if self._charting is None:
            self._view.show_closed()
            return
        visit = self._charting.visit
        self._view.show_counter(*words.counter(visit))
        chosen = [visit.mark(mark_id) for mark_id in self._chosen if visit.has(mark_id)]
        if not chosen:
            self._view.show_overview(overview(visit, self._name_of, self._users))
        elif len(chosen) > 1:
            self._view.show_many(many(chosen, editable=visit.is_open))
        else:
            self._view.show_mark(self._shown(chosen[0], visit))

    def edit(self, mark_id: MarkId, field: str, value: object) -> None:
        """Change one field of a mark, as one step that can be taken back."""
        if self._charting is None or not self._charting.visit.has(mark_id):
            return
        match field, value:
            case "origins", frozenset():
                self._step(lambda desk: desk.refer(mark_id, value))
            case "in-now", _:
                self._step(lambda desk: desk.put_in([mark_id]))
            case "out-now", _:
                self._step(lambda desk: desk.take_out([mark_id]))
            case _:
                self._edit(self._charting.visit, mark_id, field, value)

    def _edit(self, visit: Visit, mark_id: MarkId, field: str, value: object) -> None:
        mark = visit.mark(mark_id)
        try:
            changed = with_field(mark, field, value, visit.began)
        except ValueError as problem:
            self.refuse(str(problem))
            self.refresh()
            return
        if changed != mark:
            label = f"{FIELD_WORDS[field]} of {words.title(mark).lower()}"
            self._step(lambda desk: desk.edit(changed, label))

    def refuse(self, problem: str) -> None:
        """Say that what was typed is not kept."""
        self._report(f"This was not kept: {problem}.")

    def rate_pain(self, before: int | None, after: int | None) -> None:
        """Change the visit's pain rating."""
        self._step(lambda desk: desk.rate_pain(before, after))

    def place_row(self, count: int) -> None:
        """Put needles between the two that are chosen."""
        if self._charting is None:
            return
        sites = [mark.id for mark in self._charting.visit.marks if mark.id in self._chosen]
        if len(sites) == 2:
            self._step(lambda desk: desk.needle_row(sites[0], sites[1], count))

    def _step(self, make: Callable[[Charting], Step]) -> None:
        if self._charting is None:
            return
        try:
            step = make(self._charting)
            # The person may be on the way to another mark: an edit takes none in hand.
            self._push(replace(step, select=None))
        except BodymapError as problem:
            self._report(str(problem))

    def _shown(self, mark: Mark, visit: Visit) -> Shown:
        assert self._charting is not None  # noqa: S101 - there is a visit, or no mark
        atlas, place = self._charting.atlas, mark.place
        hit = atlas.hit(place.view, place.u_mm, place.v_mm)
        way = None
        if hit is not None and isinstance(mark, TriggerPoint | NeedleSite):
            way = needle_way(atlas, mark, hit)
        if isinstance(mark, PainZone) and not self._body_cm2:
            self._body_cm2 = outline_cm2(lambda view: atlas.view(view).drawing)
        beside = Surroundings(visit, self._name_of, self._users, self._body_cm2)
        return shown(mark, hit, beside, way)
