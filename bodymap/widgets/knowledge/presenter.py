"""Answers what is asked of the reference, and keeps the body showing it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from bodymap.atlas.clinical.muscles import Muscle, MuscleId
from bodymap.atlas.ids import Side, StructureId
from bodymap.atlas.knowledge import Knowledge
from bodymap.atlas.reasoning import Explanation
from bodymap.desk.charting import Charting
from bodymap.desk.reasoning import drawn_pain, explanations
from bodymap.widgets.knowledge import model, words
from bodymap.widgets.knowledge.model import Card, Row
from bodymap.widgets.map.overlays.levels import LevelKind, LevelsShown
from bodymap.widgets.map.overlays.muscle import MuscleShown

MOST = 40
"""So many muscles are ranked; further down nothing is explained any more."""

_NO_PAIN = (
    "No pain is drawn in this visit. Draw where it hurts; what may explain it is listed here."
)
_NO_VISIT = "Open a visit to go from its pain to the muscles."
_NO_CAUSE = "No pattern in the reference reaches this pain."


class Page(StrEnum):
    """What the reference can be asked for."""

    MUSCLE = "muscle"
    PAIN = "pain"
    LEVELS = "levels"


class KnowledgeView(Protocol):
    """What the presenter needs of the panel."""

    def show_page(self, page: Page) -> None:
        """Turn to a page."""

    def show_found(self, rows: Sequence[Row], words: str) -> None:
        """Show what a search found."""

    def show_card(self, card: Card | None) -> None:
        """Show a muscle, or that none is chosen."""

    def show_ranked(self, pain: str, rows: Sequence[Row], pointed: int) -> None:
        """Show where it hurts, and the muscles that may explain it; -1 points at none."""

    def show_why(self, text: str, *, can_plan: bool) -> None:
        """Say which trigger points of the muscle pointed at explain the pain."""

    def show_legend(self, kind: LevelKind) -> None:
        """List the levels with the skin or the muscles they serve."""


class Body(Protocol):
    """What the presenter needs of the map."""

    def show(self, shown: MuscleShown | None) -> None:
        """Lay a muscle over the body, or take it off."""

    def bring_into_sight(self, muscle: Muscle, side: Side) -> None:
        """Turn to a view that shows a muscle."""

    def plan(self, muscle: Muscle, side: Side) -> None:
        """Put the trigger point tool in the hand, meant for a muscle."""

    def show_levels(self, levels: LevelsShown | None) -> None:
        """Lay spinal levels over the body, or take them off."""


class KnowledgePresenter:
    """One muscle at a time: chosen by name, on the body, or down the list of explanations."""

    def __init__(self, view: KnowledgeView, body: Body, knowledge: Knowledge) -> None:
        self._view = view
        self._body = body
        self._knowledge = knowledge
        self._charting: Charting | None = None
        self._page = Page.MUSCLE
        self._is_open = False
        self._found: tuple[Muscle, ...] = ()
        self._muscle: Muscle | None = None
        self._side = Side.RIGHT
        self._point: str | None = None
        self._explained: tuple[Explanation, ...] = ()
        self._row = -1
        self._has_referral = True
        self._levels: LevelsShown | None = None
        self._legend = LevelKind.SKIN

    @property
    def is_open(self) -> bool:
        """Whether the reference is being read."""
        return self._is_open

    @property
    def page(self) -> Page:
        """The page that is read, or was last."""
        return self._page

    @property
    def muscle(self) -> Muscle | None:
        """The muscle of the card."""
        return self._muscle

    @property
    def legend(self) -> LevelKind:
        """What the legend of the levels lists."""
        return self._legend

    @property
    def explained(self) -> tuple[Explanation, ...]:
        """The muscles that may explain the drawn pain, best first."""
        return self._explained

    def open(self, page: Page) -> None:
        """Read a page."""
        self._is_open, self._page = True, page
        self._view.show_page(page)
        if page is Page.PAIN:
            self._rank()
        elif page is Page.MUSCLE:
            self._show_card()
        else:
            self._view.show_legend(self._legend)
        self._show_on_body()

    def close(self) -> None:
        """Read no more; the body is left bare of it, but for dermatomes that were laid on."""
        self._is_open = False
        self._body.show(None)

    def follow(self, charting: Charting | None) -> None:
        """Speak of another visit, or of none."""
        self._charting = charting
        self.refresh()
        if self._is_open and self._page is Page.MUSCLE:
            self._show_card()

    def refresh(self) -> None:
        """The visit has changed."""
        if self._is_open and self._page is Page.PAIN:
            self._rank()
            self._show_on_body()

    # --- a muscle

    def search(self, text: str) -> None:
        """Find muscles by any of their names."""
        self._found = self._knowledge.find_muscles(text)
        said = ""
        if text.strip() and not self._found:
            nearest = self._knowledge.nearest_muscle(text)
            said = "No muscle of that name."
            if nearest is not None:
                said += f" The nearest is {nearest.name}."
                self._found = (nearest,)
        self._view.show_found(model.found(self._found), said)

    def choose_found(self, row: int) -> None:
        """Show one of the muscles that were found, on the body too."""
        if 0 <= row < len(self._found):
            self.show_muscle(self._found[row], self._side)

    def show_structure(self, structure: StructureId, side: Side) -> bool:
        """Show the muscle that a drawn structure belongs to; False if there is none."""
        muscle = self._knowledge.muscle_of(structure)
        if muscle is not None:
            self.show_muscle(muscle, side)
        return muscle is not None

    def show_muscle(self, muscle: Muscle, side: Side, point: str | None = None) -> None:
        """Show a muscle's card, and the muscle on the body."""
        self._muscle, self._point = muscle, point
        if side is not Side.MIDLINE:
            self._side = side
        self.open(Page.MUSCLE)
        self._body.bring_into_sight(muscle, self._side)

    def choose_side(self, side: Side) -> None:
        """Show the muscle of the other side."""
        self._side, self._point = side, None
        self._show_card()
        self._show_on_body()
        if self._muscle is not None:
            self._body.bring_into_sight(self._muscle, side)

    def choose_point(self, point: str | None) -> None:
        """Show the referral of one trigger point, or of all."""
        self._point = point
        self._show_card()
        self._show_on_body()

    def plan_here(self) -> None:
        """Put the trigger point tool in the hand for the muscle of the card."""
        if self._muscle is not None and self._is_writable:
            self._body.plan(self._muscle, self._side)

    def show_referral(self, *, on: bool) -> None:
        """Lay referral over the body, or only the muscle."""
        self._has_referral = on
        self._show_on_body()

    # --- from pain to muscle

    def point_at(self, row: int) -> None:
        """Show one of the muscles that may explain the pain on the body."""
        if not 0 <= row < len(self._explained) or row == self._row:
            return
        self._row = row
        self._tell_why()
        self._show_on_body()
        explained = self._explained[row]
        self._body.bring_into_sight(self._knowledge.muscle(explained.muscle), explained.side)

    def plan(self, row: int) -> None:
        """Plan a trigger point in one of them."""
        self.point_at(row)
        if 0 <= row < len(self._explained) and self._is_writable:
            explained = self._explained[row]
            self._body.plan(self._knowledge.muscle(explained.muscle), explained.side)

    def about_pointed(self) -> None:
        """Show the card of the muscle that is pointed at."""
        if 0 <= self._row < len(self._explained):
            explained = self._explained[self._row]
            self.show_muscle(self._knowledge.muscle(explained.muscle), explained.side)

    # --- spinal levels

    def show_levels(self, kind: LevelKind, *, on: bool) -> None:
        """Lay the skin or the muscles of the spinal levels over the body, or take them off."""
        if on:
            self._legend = kind
            self._view.show_legend(kind)
            self._show_levels(LevelsShown(kind))
        elif self._levels is not None and self._levels.kind is kind:
            self._show_levels(None)

    def point_at_level(self, level: str) -> None:
        """Show one level of the legend alone; the same again shows all."""
        shown = LevelsShown(self._legend, level)
        self._show_levels(LevelsShown(self._legend) if shown == self._levels else shown)

    def _show_levels(self, levels: LevelsShown | None) -> None:
        self._levels = levels
        self._body.show_levels(levels)

    # --- showing

    @property
    def _is_writable(self) -> bool:
        """Whether a trigger point could be charted."""
        return self._charting is not None and self._charting.visit.is_open

    def _rank(self) -> None:
        before = self._explained[self._row] if 0 <= self._row < len(self._explained) else None
        said, self._explained = self._ranking()
        same = [
            row
            for row, one in enumerate(self._explained)
            if before and (one.muscle, one.side) == (before.muscle, before.side)
        ]
        self._row = same[0] if same else -1
        self._view.show_ranked(said, model.ranked(self._explained), self._row)
        self._tell_why()

    def _ranking(self) -> tuple[str, tuple[Explanation, ...]]:
        if self._charting is None:
            return _NO_VISIT, ()
        visit, atlas = self._charting.visit, self._charting.atlas
        pain = drawn_pain(visit, atlas)
        if not pain:
            return _NO_PAIN, ()
        found = explanations(visit, atlas)[:MOST]
        return (f"Pain: {words.pain(pain)}" if found else _NO_CAUSE), found

    def _tell_why(self) -> None:
        pointed = self._explained[self._row] if self._row >= 0 else None
        why = model.why(pointed, self._knowledge) if pointed else ""
        self._view.show_why(why, can_plan=pointed is not None and self._is_writable)

    def _show_card(self) -> None:
        if self._muscle is None:
            self._view.show_card(None)
            return
        shown = model.card(self._muscle, self._knowledge, self._side, self._point)
        self._view.show_card(replace(shown, can_plan=self._is_writable))

    def _show_on_body(self) -> None:
        self._body.show(self._shown() if self._is_open else None)

    def _shown(self) -> MuscleShown | None:
        if self._page is Page.PAIN and self._row >= 0:
            explained = self._explained[self._row]
            muscle = self._knowledge.muscle(MuscleId(explained.muscle))
            points = explained.trigger_points if self._has_referral else ()
            return model.shown(muscle, explained.side, points)
        if self._page is Page.MUSCLE and self._muscle is not None:
            return model.shown(self._muscle, self._side, self._wanted())
        return None

    def _wanted(self) -> tuple[str, ...] | None:
        """The trigger points of the card whose referral is shown; None for all."""
        if not self._has_referral:
            return ()
        return None if self._point is None else (self._point,)
