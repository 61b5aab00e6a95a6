"""What waits for somebody: submitted visits for a supervisor, returned ones for their trainee."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bodymap.atlas.hit import Atlas
from bodymap.chart.people import Patient, User
from bodymap.chart.permissions import Action
from bodymap.chart.review import Review
from bodymap.chart.visit import Visit, VisitId, VisitStanding, VisitState
from bodymap.desk.access import Access
from bodymap.desk.auditing import DailyReadings
from bodymap.desk.ports import Clock, OpenWork, Work
from bodymap.desk.risks import Risk, risks

_WAITS = {VisitState.SUBMITTED: Action.CO_SIGN, VisitState.RETURNED: Action.SUBMIT}
"""In which states a visit waits, and for whoever may do what with it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that waits for the one who is signed in.

    Attributes:
        visit: A submitted visit waits for a supervisor, a returned one for its trainee.
        round: Which round it is in.
        since: Since when it waits.
        open_comments: How many comments are not settled.
        risks: What to look at.
    """

    visit: Visit
    patient: Patient
    trainee: User
    complaint: str
    round: int
    since: datetime
    open_comments: int
    risks: tuple[Risk, ...]


class WaitingList:
    """Reads what waits; what it has read of a visit holds until the visit is changed.

    Args:
        open_work: The store.
        access: Who is at the desk.
        atlas: The body.
        clock: The time.
    """

    def __init__(self, open_work: OpenWork, access: Access, atlas: Atlas, clock: Clock) -> None:
        self._open_work = open_work
        self._readings = DailyReadings(open_work, clock)
        self._access = access
        self._atlas = atlas
        self._known: dict[tuple[VisitId, int], Waiting] = {}

    def read(self, *, afresh: bool) -> Sequence[Waiting]:
        """What waits, the longest first.

        It tells what to look at in the charts: that they were read is put down once a day.

        Args:
            afresh: Whether to read again what was read before; without it, one query tells
                whether anything is new, and only that is read.
        """
        known = {} if afresh else self._known
        with self._open_work() as work:
            found = {
                (one.id, one.version): self._told(work, one, known) for one in self._standing(work)
            }
        self._readings.put_down((one.visit for one in found.values()), "list of reviews")
        self._known = found
        return sorted(found.values(), key=lambda waiting: waiting.since)

    def count(self) -> int:
        """How many visits wait; nothing else is read."""
        with self._open_work() as work:
            return sum(1 for _ in self._standing(work))

    def _standing(self, work: Work) -> Iterator[VisitStanding]:
        for one in work.visits.standing(_WAITS):
            if self._access.may(_WAITS[one.state], one.state, one.therapist):
                yield one

    def _told(
        self, work: Work, standing: VisitStanding, known: dict[tuple[VisitId, int], Waiting]
    ) -> Waiting:
        before = known.get((standing.id, standing.version))
        if before is None:
            return self._read(work, standing.id)
        if before.visit.state is VisitState.RETURNED:
            open_now = len(work.reviews.of(standing.id).open_comments)
            return replace(before, open_comments=open_now)
        return before

    def _read(self, work: Work, visit: VisitId) -> Waiting:
        held = work.visits.get(visit)
        review = work.reviews.of(visit)
        patient = work.people.patient(held.patient)
        return Waiting(
            visit=held,
            patient=patient,
            trainee=work.people.user(held.therapist),
            complaint=work.people.episode(held.episode).complaint,
            round=review.round,
            since=_since(held, review),
            open_comments=len(review.open_comments),
            risks=risks(self._atlas, held, patient, work.choices.get().absolute),
        )


def _since(held: Visit, review: Review) -> datetime:
    if held.state is VisitState.RETURNED and review.last_return is not None:
        return review.last_return.at
    return review.submissions[-1].at if review.submissions else held.began
