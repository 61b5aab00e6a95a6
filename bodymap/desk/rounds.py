"""What is put down of a review when a visit is handed in or co-signed, in the same transaction."""

from bodymap.chart.review import Decision, Submission, Verdict
from bodymap.chart.signing import Statement
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.desk.ports import Work
from bodymap.errors import BodymapError


class MustChangeError(BodymapError):
    """Something must change before the visit may be approved."""


def put_down_round(work: Work, held: Visit, statement: Statement, move: Move | None) -> None:
    """Keep the visit as it is handed in, or that it was approved; before its state changes.

    Raises:
        MustChangeError: A comment that asks for a change is open.
    """
    if move is Move.SUBMIT:
        number = work.reviews.of(held.id).round + 1
        handed_in = Submission(number, statement.user, statement.signed_at, held, statement.digest)
        work.reviews.add_round(held.id, handed_in)
    if move is Move.CO_SIGN:
        _put_down_approval(work, held, statement)


def _put_down_approval(work: Work, held: Visit, statement: Statement) -> None:
    review = work.reviews.of(held.id)
    if open_still := len(review.must_change):
        which = "1 comment that asks" if open_still == 1 else f"{open_still} comments that ask"
        raise MustChangeError(
            f"{which} for a change {'is' if open_still == 1 else 'are'} still open. "
            "Settle what has been done, or return the visit."
        )
    if review.round:
        approved = Decision(review.round, statement.user, statement.signed_at, Verdict.APPROVED)
        work.reviews.add_decision(held.id, approved)
