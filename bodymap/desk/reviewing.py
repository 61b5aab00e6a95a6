"""Reviewing: what waits, what to look at, comments on the body, approve or return."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import Mark
from bodymap.chart.people import Patient, User
from bodymap.chart.permissions import Action
from bodymap.chart.review import (
    THE_VISIT,
    Answer,
    AnswerId,
    Comment,
    CommentId,
    Decision,
    Pin,
    Review,
    Severity,
    Verdict,
)
from bodymap.chart.states import Move, after
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.access import Access
from bodymap.desk.auditing import put_down_reading
from bodymap.desk.differences import Differences, between_rounds, between_visits
from bodymap.desk.entry import InvalidEntryError, entered
from bodymap.desk.overseeing import Overseeing
from bodymap.desk.placing import hit_at, place_of
from bodymap.desk.ports import Clock, OpenWork, Work
from bodymap.desk.retrying import tried_twice
from bodymap.desk.risks import Risk, risks
from bodymap.desk.signing import Signing, check_seen
from bodymap.desk.waiting import Waiting, WaitingList
from bodymap.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Earlier:
    """A visit to hold the submitted one against.

    Attributes:
        round: Which submission of the same visit it is; None when it is another visit.
    """

    visit: Visit
    round: int | None

    def differences(self, later: Visit) -> Differences:
        """What is another in the later one."""
        between = between_rounds if self.round is not None else between_visits
        return between(self.visit, later)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is seen when a visit is reviewed.

    Attributes:
        visit: The visit as it is now.
        names: The names of everybody who said something, by id.
        earlier: What it can be held against, the most useful first.
        may_decide: Whether the one who is signed in may approve or return it.
        may_comment: Whether they may remark on it.
        may_answer: Whether they may answer comments.
    """

    visit: Visit
    patient: Patient
    trainee: User
    complaint: str
    review: Review
    names: dict[str, str]
    risks: tuple[Risk, ...]
    earlier: tuple[Earlier, ...]
    may_decide: bool
    may_comment: bool
    may_answer: bool


class Reviewing:
    """Reads what trainees hand in, remarks on it and decides.

    Args:
        open_work: The store.
        access: Who is at the desk.
        signing: Co-signs.
        atlas: The body.
        clock: The time.
        new_id: Makes ids.

    Attributes:
        overseeing: How trainees are doing over time.
    """

    def __init__(
        self,
        open_work: OpenWork,
        access: Access,
        signing: Signing,
        atlas: Atlas,
        clock: Clock,
        *,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._open_work = open_work
        self._access = access
        self._signing = signing
        self._atlas = atlas
        self._clock = clock
        self._new_id = new_id
        self._beside: tuple[str | None, ...] = ()
        self._list = WaitingList(open_work, access, atlas, clock)
        self.overseeing = Overseeing(open_work, access, atlas, clock)

    @property
    def is_supervisor(self) -> bool:
        """Whether the one who is signed in approves visits."""
        return self._access.might(Action.CO_SIGN)

    @property
    def takes_part(self) -> bool:
        """Whether anything can wait for the one who is signed in."""
        return self.is_supervisor or self._access.might(Action.SUBMIT)

    def queue(self, *, afresh: bool = True) -> Sequence[Waiting]:
        """What waits for the one who is signed in, the longest first; see `WaitingList.read`."""
        return self._list.read(afresh=afresh) if self.takes_part else ()

    def count(self) -> int:
        """How many visits wait for the one who is signed in."""
        return self._list.count() if self.takes_part else 0

    def sheet(self, visit: VisitId, *, is_known: bool = False) -> Sheet:
        """Open a visit for review; that it was read is put down, and what it is held against.

        Args:
            visit: Which one.
            is_known: That it is read is put down where the chart itself is opened.

        Raises:
            NotFoundError: No such visit.
            DeniedError: They may not read it.
        """
        with self._open_work() as work:
            held = work.visits.get(visit)
            patient = work.people.patient(held.patient)
            review = work.reviews.of(visit)
            sheet = Sheet(
                visit=held,
                patient=patient,
                trainee=work.people.user(held.therapist),
                complaint=work.people.episode(held.episode).complaint,
                review=review,
                names={user.id: user.name for user in work.people.users()},
                risks=self._risks(work, held, patient),
                earlier=tuple(_earlier(work, held, review)),
                may_decide=self._may(Action.CO_SIGN, held),
                may_comment=self._may(Action.COMMENT, held)
                and held.therapist != self._access.user.id,
                may_answer=self._may(Action.COMMENT, held),
            )
        if not is_known:
            put_down_reading(self._open_work, held)
        self._put_down_beside(sheet)
        return sheet

    def _put_down_beside(self, sheet: Sheet) -> None:
        """Put down that another visit was read with this one; once, however often it is shown."""
        others = [one.visit for one in sheet.earlier if one.round is None]
        looked_at = (self._access.actor, sheet.visit.id, *(one.id for one in others))
        if looked_at != self._beside:
            for other in others:
                put_down_reading(self._open_work, other)
            self._beside = looked_at

    def pin_at(self, view: ViewId, u_mm: float, v_mm: float, radius_mm: float = 0.0) -> Pin:
        """A pin to a point of the body, or to an area around it.

        Raises:
            OffTheBodyError: The point lies off the body.
        """
        return Pin(place=place_of(hit_at(self._atlas, view, u_mm, v_mm)), radius_mm=radius_mm)

    def comment(
        self, visit: VisitId, severity: Severity, text: str, pin: Pin = THE_VISIT
    ) -> Comment:
        """Remark on a visit, in its latest round.

        Raises:
            InvalidEntryError: There are no words, or too many.
            DeniedError: They may not.
        """
        return tried_twice(lambda: self._commented(visit, severity, text, pin))

    def _commented(self, visit: VisitId, severity: Severity, text: str, pin: Pin) -> Comment:
        with self._open_work() as work:
            review = work.reviews.of(visit)
            if not review.round:
                raise InvalidEntryError("This visit was never handed in.")
            comment = entered(
                lambda: Comment(
                    CommentId(self._new_id()),
                    review.round,
                    self._access.user.id,
                    self._now(),
                    severity,
                    text.strip(),
                    pin,
                )
            )
            work.reviews.add_comment(visit, comment)
            work.commit()
        return comment

    def answer(
        self, visit: VisitId, comment: CommentId, text: str, *, settles: bool | None = None
    ) -> Answer:
        """Reply to a comment; a supervisor may settle it or open it again by that.

        Raises:
            InvalidEntryError: There are no words, or too many.
            NotFoundError: No such comment.
            DeniedError: They may not.
        """
        answer = entered(
            lambda: Answer(
                AnswerId(self._new_id()), self._access.user.id, self._now(), text.strip(), settles
            )
        )
        tried_twice(lambda: self._answered(visit, comment, answer))
        return answer

    def _answered(self, visit: VisitId, comment: CommentId, answer: Answer) -> None:
        with self._open_work() as work:
            if comment not in {known.id for known in work.reviews.of(visit).comments}:
                raise NotFoundError("There is no such comment.")
            work.reviews.add_answer(visit, comment, answer)
            work.commit()

    def approve(self, visit: VisitId, password: str, seen: Visit | None = None) -> Visit:
        """Co-sign a trainee's visit; see `Signing.co_sign`.

        Raises:
            MustChangeError: A comment that asks for a change is open.
            UnseenError: It is not as it was seen.
        """
        return self._signing.co_sign(visit, password, seen)

    def send_back(self, visit: VisitId, reasons: str, seen: Visit | None = None) -> Visit:
        """Return a visit to its trainee.

        Args:
            visit: Which one.
            reasons: Why.
            seen: The visit as it is shown to the one who decides; of another nothing is decided.

        Raises:
            InvalidEntryError: There are neither reasons nor open comments.
            DeniedError: They may not.
            WrongMoveError: It was not handed in, or somebody else decided meanwhile.
            UnseenError: It is not as it was seen.
        """
        tried_twice(lambda: self._sent_back(visit, reasons, seen))
        with self._open_work() as work:
            return work.visits.get(visit)

    def _sent_back(self, visit: VisitId, reasons: str, seen: Visit | None) -> None:
        with self._open_work() as work:
            held = work.visits.get(visit)
            after(held.state, Move.RETURN)
            if seen is not None:
                check_seen(held, seen)
            review = work.reviews.of(visit)
            if not reasons.strip() and not review.open_comments:
                raise InvalidEntryError("Say why you return it, or pin a comment.")
            if review.round:
                decision = entered(
                    lambda: Decision(
                        review.round,
                        self._access.user.id,
                        self._now(),
                        Verdict.RETURNED,
                        reasons.strip(),
                    )
                )
                work.reviews.add_decision(visit, decision)
            work.visits.move(visit, held.version, Move.RETURN)
            work.commit()

    # --- inside

    def _risks(self, work: Work, held: Visit, patient: Patient) -> tuple[Risk, ...]:
        absolute = work.choices.get().absolute
        return risks(self._atlas, held, patient, absolute)

    def _may(self, action: Action, held: Visit) -> bool:
        return self._access.may(action, held.state, held.therapist)

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)


def pin_to(mark: Mark) -> Pin:
    """A pin to a mark where it lies now."""
    return Pin(mark.id, mark.place)


def _earlier(work: Work, held: Visit, review: Review) -> Iterator[Earlier]:
    """Earlier rounds, the newest first; then the patient's last visit before this one."""
    is_handed_in = held.state not in {VisitState.RETURNED, VisitState.DRAFT}
    rounds = review.submissions[:-1] if is_handed_in else review.submissions
    for submission in reversed(rounds):
        yield Earlier(submission.visit, submission.number)
    others = [
        one
        for one in work.visits.summaries(held.patient)
        if one.id != held.id and one.began < held.began and one.state is not VisitState.VOID
    ]
    visits = [work.visits.get(max(others, key=lambda one: one.began).id)] if others else []
    yield from (Earlier(visit, None) for visit in visits)
