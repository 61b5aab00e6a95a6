"""A supervisor's passes over a trainee's visit: rounds, comments on the body, decisions.

Each time the visit is handed in begins a round; the visit is kept as it was then. Everything
here is only ever added: what was handed in, said and decided stays as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bodymap.chart.checks import check_number, check_text
from bodymap.chart.marks import MarkId
from bodymap.chart.people import UserId
from bodymap.chart.place import Place
from bodymap.chart.signing import visit_digest
from bodymap.chart.visit import Visit, VisitId

CommentId = NewType("CommentId", str)
AnswerId = NewType("AnswerId", str)

WIDEST_MM = 300.0
"""The largest radius of an area that a comment is pinned to."""

LONGEST_COMMENT = 4_000
"""Characters of a comment, an answer or the reasons for a return."""


class Severity(StrEnum):
    """What a comment asks for; only what must change stands in the way of approval."""

    NOTE = "note"
    QUESTION = "question"
    MUST_CHANGE = "must-change"


class Verdict(StrEnum):
    """What a supervisor decided about a round."""

    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Pin:
    """What a comment is about: a mark, a point or area of the body, or the visit.

    Attributes:
        mark: The mark; the place beside it is where it lay then.
        place: The point, or the middle of the area; None when it is about the whole visit.
        radius_mm: How far the area reaches around the point; 0 for a mere point.
    """

    mark: MarkId | None = None
    place: Place | None = None
    radius_mm: float = 0.0

    def __post_init__(self) -> None:
        check_number("the radius of an area", self.radius_mm, 0, WIDEST_MM, whole=False)
        if self.place is None and (self.mark is not None or self.radius_mm):
            raise ValueError("what a comment is pinned to has a place")
        if self.mark is not None and self.radius_mm:
            raise ValueError("a comment is about a mark or about an area")


THE_VISIT = Pin()
"""About the visit as a whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply to a comment.

    Attributes:
        by: Who replied.
        at: When, with the local offset.
        settles: True closes the comment, False opens it again, None only says something.
    """

    id: AnswerId
    by: UserId
    at: datetime
    text: str = ""
    settles: bool | None = None

    def __post_init__(self) -> None:
        _check_said("an answer", self.text, self.at)
        if self.settles is None and not self.text.strip():
            raise ValueError("an answer needs words")


@dataclass(frozen=True, slots=True)
class Comment:
    """What a supervisor remarks, with all that was replied.

    Attributes:
        round: Which submission it is about, from 1.
        by: Who remarked it.
        at: When, with the local offset.
    """

    id: CommentId
    round: int
    by: UserId
    at: datetime
    severity: Severity
    text: str
    pin: Pin = THE_VISIT
    answers: tuple[Answer, ...] = ()

    def __post_init__(self) -> None:
        _check_said("a comment", self.text, self.at)
        if not self.text.strip():
            raise ValueError("a comment needs words")

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is asked for."""
        said = [answer.settles for answer in self.answers if answer.settles is not None]
        return bool(said) and said[-1]


@dataclass(frozen=True, slots=True)
class Submission:
    """The visit as it was handed in.

    Attributes:
        number: Counts the rounds of a visit from 1.
        by: Who handed it in.
        at: When, with the local offset.
        visit: Everything it held.
        digest: SHA-256 of that, as it was signed.
    """

    number: int
    by: UserId
    at: datetime
    visit: Visit
    digest: str

    @property
    def is_sound(self) -> bool:
        """Whether it still holds what was handed in."""
        return visit_digest(self.visit) == self.digest


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a round.

    Attributes:
        round: Which submission.
        by: Who decided.
        at: When, with the local offset.
        reasons: Why it was returned; may be empty when comments say it.
    """

    round: int
    by: UserId
    at: datetime
    verdict: Verdict
    reasons: str = ""

    def __post_init__(self) -> None:
        _check_said("the reasons", self.reasons, self.at)


@dataclass(frozen=True, slots=True)
class Review:
    """All rounds of a visit, in order."""

    visit: VisitId
    submissions: tuple[Submission, ...] = ()
    comments: tuple[Comment, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def round(self) -> int:
        """The number of the latest submission; 0 before the first."""
        return len(self.submissions)

    @property
    def open_comments(self) -> tuple[Comment, ...]:
        """Comments of any round that are not settled."""
        return tuple(comment for comment in self.comments if not comment.is_settled)

    @property
    def must_change(self) -> tuple[Comment, ...]:
        """Those of them that stand in the way of approval."""
        return tuple(c for c in self.open_comments if c.severity is Severity.MUST_CHANGE)

    @property
    def last_return(self) -> Decision | None:
        """The newest return, if there was one."""
        found = [one for one in self.decisions if one.verdict is Verdict.RETURNED]
        return found[-1] if found else None

    def submission(self, number: int) -> Submission | None:
        """The visit as handed in for a round; None if there was no such round."""
        return next((one for one in self.submissions if one.number == number), None)

    def comment(self, comment: CommentId) -> Comment:
        """The comment of an id.

        Raises:
            KeyError: There is no such comment.
        """
        for one in self.comments:
            if one.id == comment:
                return one
        raise KeyError(comment)


def _check_said(what: str, text: str, at: datetime) -> None:
    check_text(what, text, LONGEST_COMMENT)
    if at.tzinfo is None:
        raise ValueError(f"the time of {what} needs its offset from UTC")
