"""What the patient was asked before the needle, and what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.checks import LONGEST_LINE, check_text


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
class Screening:
    """The answers of one visit, by item; each item has at most one."""

    answers: tuple[ScreeningAnswer, ...] = ()

    def __post_init__(self) -> None:
        items = [answer.item for answer in self.answers]
        if items != sorted(set(items)):
            raise ValueError("each screening item is answered once, in order of their ids")

    def to(self, item: str) -> ScreeningAnswer:
        """The answer to an item; an empty one where there is none."""
        known = (answer for answer in self.answers if answer.item == item)
        return next(known, ScreeningAnswer(item))

    def with_answers(self, answers: Iterable[ScreeningAnswer]) -> "Screening":
        """The screening with answers added or replaced; empty ones are dropped."""
        kept = {answer.item: answer for answer in self.answers}
        kept |= {answer.item: answer for answer in answers}
        worth = [answer for answer in kept.values() if answer.says_something]
        return Screening(tuple(sorted(worth, key=lambda answer: answer.item)))
