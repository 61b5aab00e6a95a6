"""Reviews, asked about before they are read or written."""

from collections.abc import Mapping

from bodymap.chart.people import UserId
from bodymap.chart.permissions import Action
from bodymap.chart.review import (
    Answer,
    Comment,
    CommentId,
    Decision,
    Review,
    Submission,
    Verdict,
)
from bodymap.chart.visit import VisitId
from bodymap.desk.auditing import this_visit
from bodymap.desk.guarded_signing import Asked
from bodymap.desk.ports import Work

_ACTIONS: Mapping[Verdict, Action] = {
    Verdict.APPROVED: Action.CO_SIGN,
    Verdict.RETURNED: Action.RETURN,
}


class GuardedReviews:
    """Reviews: a trainee answers, a supervisor remarks and decides; each in their own name."""

    def __init__(self, work: Work, access: Asked) -> None:
        self._work = work
        self._access = access

    def of(self, visit: VisitId) -> Review:
        """All rounds of a visit."""
        self._require(Action.READ_CHART, visit)
        return self._work.reviews.of(visit)

    def add_round(self, visit: VisitId, submission: Submission) -> None:
        """Keep the visit as it is handed in."""
        self._in_own_name(Action.SUBMIT, visit, submission.by)
        self._require(Action.SUBMIT, visit)
        self._work.reviews.add_round(visit, submission)

    def add_comment(self, visit: VisitId, comment: Comment) -> None:
        """Keep a comment; nobody remarks on their own visit."""
        self._in_own_name(Action.COMMENT, visit, comment.by)
        if self._require(Action.COMMENT, visit) == comment.by:
            words = "Nobody reviews a visit of their own."
            self._access.deny(Action.COMMENT, words, this_visit(visit))
        self._work.reviews.add_comment(visit, comment)

    def add_answer(self, visit: VisitId, comment: CommentId, answer: Answer) -> None:
        """Keep a reply; only who may remark may settle."""
        self._in_own_name(Action.COMMENT, visit, answer.by)
        author = self._require(Action.COMMENT, visit)
        if author == answer.by and answer.settles is not None:
            words = "Only a supervisor settles a comment."
            self._access.deny(Action.COMMENT, words, this_visit(visit))
        self._work.reviews.add_answer(visit, comment, answer)

    def add_decision(self, visit: VisitId, decision: Decision) -> None:
        """Keep what was decided about a round."""
        self._in_own_name(_ACTIONS[decision.verdict], visit, decision.by)
        self._require(_ACTIONS[decision.verdict], visit)
        self._work.reviews.add_decision(visit, decision)

    def _require(self, action: Action, visit: VisitId) -> UserId:
        """See that it is allowed; the answer is who charted the visit."""
        held = self._work.visits.get(visit)
        self._access.require_for(action, held)
        return held.therapist

    def _in_own_name(self, action: Action, visit: VisitId, user: UserId) -> None:
        if user != self._access.user.id:
            words = "Nobody reviews in the name of somebody else."
            self._access.deny(action, words, this_visit(visit))
