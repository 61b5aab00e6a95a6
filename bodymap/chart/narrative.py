"""What is written down about a visit in running text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bodymap.chart.checks import LONGEST_LINE, check_text


class Chapter(StrEnum):
    """The parts of the text, in the order they are read; the first four are the usual SOAP."""

    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    EXERCISE = "exercise"
    NEXT_VISIT = "next-visit"


@dataclass(frozen=True, slots=True)
class Narrative:
    """The texts of a visit, and the aftercare the patient was given.

    Attributes:
        chapters: Chapter and text, in the chapters' order; empty texts are left out.
        aftercare: The advice given, one line each.
    """

    chapters: tuple[tuple[Chapter, str], ...] = ()
    aftercare: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = [chapter for chapter, _ in self.chapters]
        if named != [chapter for chapter in Chapter if chapter in named]:
            raise ValueError("each chapter stands once, in order")
        for chapter, text in self.chapters:
            check_text(f"the text under “{chapter}”", text)
        for line in self.aftercare:
            check_text("a piece of advice", line, LONGEST_LINE)
            if not line.strip():
                raise ValueError("a piece of advice needs words")

    @property
    def texts(self) -> Mapping[Chapter, str]:
        """The text of each chapter that has one."""
        return dict(self.chapters)

    def with_text(self, chapter: Chapter, text: str) -> "Narrative":
        """The narrative with another text in one chapter; an empty one leaves it out."""
        texts = {**self.texts, chapter: text}
        kept = ((one, texts[one]) for one in Chapter if texts.get(one, "").strip())
        return Narrative(tuple(kept), self.aftercare)
