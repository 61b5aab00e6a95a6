"""How a trainee is doing: visits, returns, comments, muscles and depths against the clinic's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import fmean

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import StructureId
from bodymap.atlas.structures import catalogue
from bodymap.chart.audit import Entity, Subject
from bodymap.chart.marks import NeedleSite
from bodymap.chart.people import User, UserId
from bodymap.chart.permissions import Action
from bodymap.chart.review import Review, Severity, Verdict
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.access import Access
from bodymap.desk.auditing import put_down_looking
from bodymap.desk.figures import ClinicFigures
from bodymap.desk.ports import Clock, OpenWork
from bodymap.desk.risks import RiskKind, needle_risks

Cells = Sequence[str | float]


@dataclass(frozen=True, slots=True)
class MuscleUse:
    """One muscle, as the trainee and as the rest of the clinic needles it.

    Attributes:
        share: Part of the trainee's needles that went into it, 0 to 1.
        clinic_share: The same of everybody else's.
        depth_mm: The trainee's mean depth; None where none was put down.
        clinic_depth_mm: Everybody else's.
    """

    muscle: StructureId
    needles: int
    share: float
    clinic_share: float
    depth_mm: float | None
    clinic_depth_mm: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a trainee."""

    name: str
    visits: int = 0
    handed_in: int = 0
    returned: int = 0
    comments: int = 0
    over_hazards: int = 0


@dataclass(frozen=True, slots=True)
class Oversight:
    """A trainee over some time.

    Attributes:
        visits: Visits, without those that are void.
        approved: Rounds that were approved.
        at_once: Visits that were approved in their first round.
        comments: How many of each severity.
        over_hazards: Needles that lie over a hazard or near one.
        months: The oldest first.
    """

    trainee: User
    visits: int = 0
    handed_in: int = 0
    returned: int = 0
    approved: int = 0
    at_once: int = 0
    comments: Mapping[Severity, int] = field(default_factory=dict)
    needles: int = 0
    over_hazards: int = 0
    muscles: tuple[MuscleUse, ...] = ()
    months: tuple[Month, ...] = ()


class Overseeing:
    """Reads what a supervisor wants to know of their trainees.

    Args:
        open_work: The store.
        access: Who is at the desk.
        atlas: The body.
        clock: The time.
    """

    def __init__(self, open_work: OpenWork, access: Access, atlas: Atlas, clock: Clock) -> None:
        self._open_work = open_work
        self._access = access
        self._atlas = atlas
        self._clock = clock
        self._figures = ClinicFigures(open_work, clock, access)

    def trainees(self) -> Sequence[User]:
        """Whom the one who is signed in supervises."""
        with self._open_work() as work:
            users = work.people.users()
        return [one for one in users if self._access.may(Action.OVERSEE, None, one.id)]

    def of(self, trainee: UserId, days: int | None = None) -> Oversight:
        """A trainee over the last days, or over all time; that it was read is put down once.

        Raises:
            DeniedError: The one who is signed in does not supervise them.
        """
        subject = Subject(Entity.USER, trainee)
        self._access.require(Action.OVERSEE, None, trainee, subject)
        own, others = self._visits(trainee, days)
        with self._open_work() as work:
            user = work.people.user(trainee)
            reviews = {visit.id: work.reviews.of(visit.id) for visit in own}
        put_down_looking(self._open_work, [*own, *others], "how a trainee is doing", subject)
        return self._told(user, own, others, [reviews[visit.id] for visit in own])

    def export(self, oversight: Oversight, target: Path) -> Path:
        """Write it as CSV that no spreadsheet takes for formulas, and say where.

        Raises:
            DeniedError: The one who is signed in may not.
            StorageError: That it was taken away could not be put down.
            BodymapError: The file cannot be written.
        """
        return self._figures.export(rows(oversight), target)

    def _visits(self, trainee: UserId, days: int | None) -> tuple[list[Visit], list[Visit]]:
        today = self._clock.now().date()
        first = None if days is None else today - timedelta(days=days)
        with self._open_work() as work:
            found = [
                work.visits.get(one.id)
                for one in reversed(work.visits.summaries())
                if one.state is not VisitState.VOID and (first is None or one.began.date() >= first)
            ]
        own = [visit for visit in found if visit.therapist == trainee]
        return own, [visit for visit in found if visit.therapist != trainee]

    def _told(
        self,
        trainee: User,
        own: Sequence[Visit],
        others: Sequence[Visit],
        reviews: Sequence[Review],
    ) -> Oversight:
        near = [self._over_hazards(visit) for visit in own]
        verdicts = Counter(one.verdict for review in reviews for one in review.decisions)
        return Oversight(
            trainee=trainee,
            visits=len(own),
            handed_in=sum(review.round for review in reviews),
            returned=verdicts[Verdict.RETURNED],
            approved=verdicts[Verdict.APPROVED],
            at_once=sum(_is_at_once(review) for review in reviews),
            comments=Counter(one.severity for review in reviews for one in review.comments),
            needles=sum(site.count for site in _sites(own)),
            over_hazards=sum(near),
            muscles=_muscles(own, others),
            months=_months(own, reviews, near),
        )

    def _over_hazards(self, visit: Visit) -> int:
        return sum(
            site.count
            for site in visit.needle_sites()
            if any(risk.kind is RiskKind.HAZARD for risk in needle_risks(self._atlas, site))
        )


def rows(oversight: Oversight) -> list[Cells]:
    """All of it as rows of words and numbers."""
    made: list[Cells] = [
        ("Trainee", oversight.trainee.name),
        ("Visits", oversight.visits),
        ("Handed in", oversight.handed_in),
        ("Returned", oversight.returned),
        ("Approved", oversight.approved),
        ("Approved in the first round", oversight.at_once),
        *((f"Comments: {kind}", oversight.comments.get(kind, 0)) for kind in Severity),
        ("Needles", oversight.needles),
        ("Needles over or near a hazard", oversight.over_hazards),
        (),
        ("Muscle", "Needles", "Share", "Clinic's share", "Mean depth mm", "Clinic's mean depth mm"),
    ]
    made += [
        (
            catalogue()[use.muscle].name,
            use.needles,
            round(use.share, 3),
            round(use.clinic_share, 3),
            "" if use.depth_mm is None else round(use.depth_mm, 1),
            "" if use.clinic_depth_mm is None else round(use.clinic_depth_mm, 1),
        )
        for use in oversight.muscles
    ]
    made += [(), ("Month", "Visits", "Handed in", "Returned", "Comments", "Over or near hazards")]
    made += [
        (one.name, one.visits, one.handed_in, one.returned, one.comments, one.over_hazards)
        for one in oversight.months
    ]
    return made


def _sites(visits: Iterable[Visit]) -> Iterable[NeedleSite]:
    return (site for visit in visits for site in visit.needle_sites())


def _is_at_once(review: Review) -> bool:
    return any(one.verdict is Verdict.APPROVED and one.round == 1 for one in review.decisions)


def _muscles(own: Sequence[Visit], others: Sequence[Visit]) -> tuple[MuscleUse, ...]:
    (mine, my_depths), (theirs, their_depths) = _by_muscle(own), _by_muscle(others)
    total, clinic = mine.total() or 1, theirs.total() or 1
    return tuple(
        MuscleUse(
            muscle=muscle,
            needles=count,
            share=count / total,
            clinic_share=theirs[muscle] / clinic,
            depth_mm=_mean(my_depths[muscle]),
            clinic_depth_mm=_mean(their_depths[muscle]),
        )
        for muscle, count in mine.most_common()
    )


def _by_muscle(
    visits: Sequence[Visit],
) -> tuple[Counter[StructureId], defaultdict[StructureId, list[float]]]:
    counts: Counter[StructureId] = Counter()
    depths: defaultdict[StructureId, list[float]] = defaultdict(list)
    for site in _sites(visits):
        if site.muscle is not None:
            counts[site.muscle] += site.count
            if site.depth_mm is not None:
                depths[site.muscle].append(site.depth_mm)
    return counts, depths


def _mean(depths: Sequence[float]) -> float | None:
    return fmean(depths) if depths else None


def _months(
    own: Sequence[Visit], reviews: Sequence[Review], near: Sequence[int]
) -> tuple[Month, ...]:
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for visit, review, over in zip(own, reviews, near, strict=True):
        returned = sum(one.verdict is Verdict.RETURNED for one in review.decisions)
        found = (1, review.round, returned, len(review.comments), over)
        month = counted[f"{visit.began:%Y-%m}"]
        for at, more in enumerate(found):
            month[at] += more
    return tuple(Month(name, *counted[name]) for name in sorted(counted))
