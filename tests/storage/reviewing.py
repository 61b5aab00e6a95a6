"""Reviewed visits on a real data file."""

from datetime import timedelta

from bodymap.chart.review import (
    Answer,
    AnswerId,
    Comment,
    CommentId,
    Decision,
    Pin,
    Severity,
    Submission,
    Verdict,
)
from bodymap.chart.signing import visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile
from tests.builders import a_place, a_user, an_id

LATER = timedelta(hours=2)


def a_submission(visit: Visit, number: int = 1) -> Submission:
    """The visit as handed in by who charted it."""
    digest = visit_digest(visit)
    return Submission(number, visit.therapist, visit.began + LATER, visit, digest)


def a_comment(visit: Visit, number: int = 1, **fields) -> Comment:
    """A question about a point of the body."""
    defaults = {
        "round": 1,
        "by": a_user().id,
        "at": visit.began + LATER,
        "severity": Severity.QUESTION,
        "text": "Why so deep here?",
        "pin": Pin(place=a_place(), radius_mm=25.0),
    }
    comment = CommentId(an_id(f"{visit.id}/comment/{number}"))
    return Comment(id=comment, **(defaults | fields))


def an_answer(comment: Comment, number: int = 1, **fields) -> Answer:
    """A reply that leaves the comment open."""
    defaults = {"by": comment.by, "at": comment.at + LATER, "text": "The patient is large."}
    answer = AnswerId(an_id(f"{comment.id}/answer/{number}"))
    return Answer(id=answer, **(defaults | fields))


def a_decision(visit: Visit, verdict: Verdict = Verdict.RETURNED, **fields) -> Decision:
    """What was decided about the first round."""
    defaults = {"round": 1, "by": a_user().id, "at": visit.began + LATER, "reasons": "See there"}
    return Decision(verdict=verdict, **(defaults | fields))


def review(data: DataFile, visit: Visit) -> Visit:
    """Hand in a stored draft, remark on it, reply, and return it."""
    with data.open_work(a_user().id) as work:
        work.reviews.add_round(visit.id, a_submission(visit))
        version = work.visits.move(visit.id, visit.version, Move.SUBMIT)
        comment = a_comment(visit)
        work.reviews.add_comment(visit.id, comment)
        work.reviews.add_answer(visit.id, comment.id, an_answer(comment))
        work.reviews.add_decision(visit.id, a_decision(visit))
        work.visits.move(visit.id, version, Move.RETURN)
        work.commit()
        return work.visits.get(visit.id)
