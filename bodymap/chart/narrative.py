"""What is written down about a visit in running text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bodymap.chart.checks import check_lines, check_text


class Chapter(StrEnum):
    """The parts of the text, in the order they are read; the usual SOAP is among them."""

    HISTORY = "history"
    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"
    OTHER_TREATMENT = "other-treatment"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    EXERCISE = "exercise"
    NEXT_VISIT = "next-visit"


@dataclass(frozen=True, slots=True)
class Narrative:
    """The texts of a visit, what was treated, and the aftercare the patient was given.

    Attributes:
        chapters: Chapter and text, in the chapters' order; empty texts are left out.
        aftercare: The advice given, one line each.
        conditions: What was treated, in the clinic's terms or in own words.
    """

    chapters: tuple[tuple[Chapter, str], ...] = ()
    aftercare: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = [chapter for chapter, _ in self.chapters]
        if named != [chapter for chapter in Chapter if chapter in named]:
            raise ValueError("each chapter stands once, in order")
        for chapter, text in self.chapters:
            check_text(f"the text under “{chapter}”", text)
        for what, lines in (
            ("a piece of advice", self.aftercare),
            ("a condition", self.conditions),
        ):
            check_lines(what, lines)

    @property
    def texts(self) -> Mapping[Chapter, str]:
        """The text of each chapter that has one."""
        return dict(self.chapters)

    def with_text(self, chapter: Chapter, text: str) -> "Narrative":
        """The narrative with another text in one chapter; an empty one leaves it out."""
        texts = {**self.texts, chapter: text}
        kept = ((one, texts[one]) for one in Chapter if texts.get(one, "").strip())
        return replace(self, chapters=tuple(kept))
