"""Turns the chosen mark into what the inspector shows, and edits into steps."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from bodymap.chart.marks import Mark, MarkId, NeedleSite, NeedleSize
from bodymap.chart.visit import Visit
from bodymap.desk.charting import Charting
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.inspector import words
from bodymap.widgets.inspector.model import Overview, Shown, overview, shown
from bodymap.widgets.inspector.words import NameOf

FIELD_WORDS = {
    "muscle": "muscle",
    "status": "status",
    "intensity": "intensity",
    "text": "words",
    "trigger_point": "trigger point",
    "needle": "size",
    "technique": "technique",
    "direction": "direction",
    "depth_mm": "depth",
    "twitches": "twitches",
    "kind": "kind",
    "qualities": "qualities",
}
"""What the undo menu calls a field."""


class InspectorView(Protocol):
    """What the presenter needs of the panel."""

    def show_closed(self) -> None:
        """No visit is open."""

    def show_overview(self, shown: Overview) -> None:
        """A visit is open, and no mark is chosen."""

    def show_mark(self, shown: Shown) -> None:
        """One mark is chosen."""

    def show_many(self, count: int, *, editable: bool) -> None:
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
    ) -> None:
        self._view = view
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
            self._view.show_overview(overview(visit, self._name_of))
        elif len(chosen) > 1:
            self._view.show_many(len(chosen), editable=visit.is_open)
        else:
            self._view.show_mark(self._shown(chosen[0], visit))

    def edit(self, mark_id: MarkId, field: str, value: object) -> None:
        """Change one field of a mark, as one step that can be taken back."""
        if self._charting is None or not self._charting.visit.has(mark_id):
            return
        mark = self._charting.visit.mark(mark_id)
        try:
            changed = with_field(mark, field, value)
        except ValueError as problem:
            self._report(f"This was not kept: {problem}.")
            self.refresh()
            return
        if changed != mark:
            label = f"{FIELD_WORDS[field]} of {words.title(mark).lower()}"
            self._step(lambda desk: desk.edit(changed, label))

    def rate_pain(self, before: int | None, after: int | None) -> None:
        """Change the visit's pain rating."""
        self._step(lambda desk: desk.rate_pain(before, after))

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
        place = mark.place
        hit = self._charting.atlas.hit(place.view, place.u_mm, place.v_mm)
        return shown(mark, visit, hit, self._name_of)


def with_field(mark: Mark, field: str, value: object) -> Mark:
    """The mark with one field changed; a shorter needle takes its depth with it.

    Raises:
        ValueError: The value cannot be right.
    """
    fields = {field: value}
    if isinstance(mark, NeedleSite) and isinstance(value, NeedleSize) and mark.depth_mm is not None:
        fields["depth_mm"] = min(mark.depth_mm, float(value.length_mm))
    return replace(mark, **fields)  # type: ignore[arg-type]
