"""The demo clinic's trainee and supervisor: what waits, what was returned, what was approved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bodymap.chart.change import Change
from bodymap.chart.marks import NeedleSite
from bodymap.chart.people import User
from bodymap.chart.review import (
    Answer,
    AnswerId,
    Comment,
    CommentId,
    Decision,
    Pin,
    Severity,
    Verdict,
)
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.desk.demo_signing import SIGNED, Pen
from bodymap.desk.ports import Work
from bodymap.desk.reviewing import pin_to

Plan = Mapping[str, Any]
"""The `school` of `assets/demo/clinic.json`."""

Handed = tuple[str, int]
"""A patient's family name, and which of their visits, from 1."""

_DECIDED = timedelta(days=1)
_MENDED = timedelta(days=1, hours=2)
_APPROVED = timedelta(days=2)
_AREA_MM = 28.0


class School:
    """Hands the trainee's visits in and decides about them.

    Args:
        plan: What waits and what is returned; everything else that is done is approved.
        visits: The trainee's visits with the patient's family name and their number, from 1.
    """

    def __init__(self, plan: Plan, visits: Mapping[Handed, Visit]) -> None:
        self._visits = visits
        self._waiting = {_handed(one): one for one in plan["waiting"]}
        self._returned = {_handed(one): one for one in plan["returned"]}

    def hand_in(self, work: Work, trainee: Pen) -> None:
        """Submit everything that is done."""
        for visit in self._visits.values():
            trainee.sign(work, visit.id, Move.SUBMIT, visit.began + SIGNED)

    def decide(self, work: Work, supervisor: Pen) -> None:
        """Approve what neither waits nor is to be returned; comment on the rest and return it."""
        for handed, visit in self._visits.items():
            at = visit.began + SIGNED + _DECIDED
            if handed in self._returned:
                self._give_back(work, visit, self._returned[handed], supervisor.user, at)
            elif handed not in self._waiting:
                supervisor.sign(work, visit.id, Move.CO_SIGN, at)

    def mend(self, work: Work, trainee: Pen) -> None:
        """Change what had to be changed, answer, and hand in again."""
        for visit, mended in self._mended():
            held = work.visits.get(visit.id)
            comment = work.reviews.of(visit.id).comments[0]
            at = visit.began + SIGNED + _MENDED
            needle = replace(_deepest(held), depth_mm=float(mended["depth_mm"]))
            work.visits.apply(held.id, held.version, Change(put=(needle,)))
            said = _answer(comment, trainee.user, at, mended["answer"])
            work.reviews.add_answer(visit.id, comment.id, said)
            trainee.sign(work, visit.id, Move.SUBMIT, at)

    def approve_mended(self, work: Work, supervisor: Pen) -> None:
        """Settle the comments on what was handed in again, and approve it."""
        for visit, mended in self._mended():
            at = visit.began + SIGNED + _APPROVED
            for comment in work.reviews.of(visit.id).comments:
                said = _answer(comment, supervisor.user, at, mended["settled"], settles=True)
                work.reviews.add_answer(visit.id, comment.id, said)
            supervisor.sign(work, visit.id, Move.CO_SIGN, at)

    def _mended(self) -> Iterator[tuple[Visit, Plan]]:
        for handed, one in self._returned.items():
            if "mended" in one:
                yield self._visits[handed], one["mended"]

    def _give_back(
        self, work: Work, visit: Visit, one: Plan, supervisor: User, at: datetime
    ) -> None:
        held = work.visits.get(visit.id)
        for number, said in enumerate(one["comments"], start=1):
            comment = Comment(
                CommentId(_name(f"{visit.id}/comment/{number}")),
                1,
                supervisor.id,
                at,
                Severity(said["severity"]),
                said["text"],
                pin_to(_deepest(held)) if said["needle"] else _around(held),
            )
            work.reviews.add_comment(visit.id, comment)
        decision = Decision(1, supervisor.id, at, Verdict.RETURNED, one["reasons"])
        work.reviews.add_decision(visit.id, decision)
        work.visits.move(visit.id, held.version, Move.RETURN)


def agreements(plan: Plan) -> Mapping[Handed, bool]:
    """The visits that the plan says are handed in, and whether the patient's consent is in them."""
    named = (*plan["waiting"], *plan["returned"])
    return {_handed(one): one.get("consent", True) for one in named}


def _handed(one: Plan) -> Handed:
    return one["patient"], one["visit"]


def _deepest(visit: Visit) -> NeedleSite:
    return max(visit.needle_sites(), key=lambda site: site.depth_mm or 0.0)


def _around(visit: Visit) -> Pin:
    """An area around the last trigger point."""
    last = list(visit.trigger_points())[-1]
    return Pin(place=last.place, radius_mm=_AREA_MM)


def _answer(
    comment: Comment, by: User, at: datetime, text: str, *, settles: bool | None = None
) -> Answer:
    return Answer(AnswerId(_name(f"{comment.id}/{at.isoformat()}")), by.id, at, text, settles)


def _name(of: str) -> str:
    return str(uuid5(NAMESPACE_URL, of))
