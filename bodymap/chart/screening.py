"""What the patient was asked before the needle, and what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bodymap.atlas.ids import ViewId
from bodymap.chart.checks import LONGEST_LINE, check_text
from bodymap.chart.place import Place, Polygon


class Answer(StrEnum):
    """What was said; an item nobody answered has none."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class ScreeningAnswer:
    """The answer to one item of the checklist.

    Attributes:
        item: The item's id, such as `blood-thinners`.
        override: Why needling goes on although the item forbids it; empty when it does not.
    """

    item: str
    answer: Answer | None = None
    note: str = ""
    override: str = ""

    def __post_init__(self) -> None:
        check_text("a screening item", self.item, LONGEST_LINE)
        check_text("a note on screening", self.note)
        check_text("the reason for needling all the same", self.override)
        if not self.item.strip():
            raise ValueError("an answer belongs to an item")

    @property
    def says_something(self) -> bool:
        """Whether it is worth keeping."""
        return self.answer is not None or bool(self.note or self.override)


@dataclass(frozen=True, slots=True)
class BarredArea:
    """Where an item of the checklist applies on the body, as drawn on one view.

    Attributes:
        item: The item's id, such as `open-wound`.
        place: A point well inside the area, with its words.
        polygons: The pieces of the area, all on the place's view.
    """

    item: str
    place: Place
    polygons: tuple[Polygon, ...]

    def __post_init__(self) -> None:
        check_text("a screening item", self.item, LONGEST_LINE)
        if not self.item.strip():
            raise ValueError("an area belongs to an item")
        if not self.polygons:
            raise ValueError("an area has an outline")
        if any(piece.view is not self.view for piece in self.polygons):
            raise ValueError("an area lies on one view")

    @property
    def view(self) -> ViewId:
        """The drawing it lies on."""
        return self.place.view


@dataclass(frozen=True, slots=True)
class Screening:
    """The answers of one visit, by item, and where on the body they apply.

    Each item has at most one answer, and at most one area on each view.
    """

    answers: tuple[ScreeningAnswer, ...] = ()
    areas: tuple[BarredArea, ...] = ()

    def __post_init__(self) -> None:
        items = [answer.item for answer in self.answers]
        if items != sorted(set(items)):
            raise ValueError("each screening item is answered once, in order of their ids")
        drawn = [_where(area) for area in self.areas]
        if drawn != sorted(set(drawn)):
            raise ValueError("each screening item has one area a view, in order of their ids")

    def to(self, item: str) -> ScreeningAnswer:
        """The answer to an item; an empty one where there is none."""
        known = (answer for answer in self.answers if answer.item == item)
        return next(known, ScreeningAnswer(item))

    def areas_of(self, item: str) -> tuple[BarredArea, ...]:
        """Where an item applies, one area for each view that was drawn on."""
        return tuple(area for area in self.areas if area.item == item)

    def with_answers(self, answers: Iterable[ScreeningAnswer]) -> "Screening":
        """The screening with answers added or replaced.

        Empty ones are dropped, and so are the areas of items that do not apply.
        """
        kept = {answer.item: answer for answer in self.answers}
        kept |= {answer.item: answer for answer in answers}
        worth = [answer for answer in kept.values() if answer.says_something]
        ruled_out = {answer.item for answer in worth if answer.answer is Answer.NO}
        areas = tuple(area for area in self.areas if area.item not in ruled_out)
        return Screening(tuple(sorted(worth, key=lambda answer: answer.item)), areas)

    def with_area(self, area: BarredArea) -> "Screening":
        """The screening with an area in place of the one of that item and view."""
        kept = {_where(known): known for known in (*self.areas, area)}
        return Screening(self.answers, tuple(kept[where] for where in sorted(kept)))

    def without_areas(self, item: str) -> "Screening":
        """The screening with nothing drawn for an item."""
        return Screening(self.answers, tuple(area for area in self.areas if area.item != item))


def _where(area: BarredArea) -> tuple[str, str]:
    return area.item, area.view
