"""The clinic in figures: what was treated how often, what went wrong, what it did for the pain."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bodymap.atlas.ids import StructureId
from bodymap.chart.adverse_events import AdverseEvent, Severity
from bodymap.chart.afterwards import events_of
from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import UserId
from bodymap.chart.permissions import Action
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.access import Access
from bodymap.desk.auditing import put_down_looking, taken_back
from bodymap.desk.csv_file import save_csv
from bodymap.desk.ports import Clock, OpenWork
from bodymap.desk.rates import poisson_limits
from bodymap.desk.trends import important_change
from bodymap.errors import DeniedError

PER_NEEDLES = 1000
"""Adverse events are told per so many needles."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a number of visits come to.

    Attributes:
        needles: Needles, not sites: several may stand in one.
        twitches: Local twitch responses seen.
        muscles: Needles in each muscle, the most needled first.
        events: Adverse events by severity.
        relief: Mean fall of pain from arrival to the end of a visit, in NPRS points; None when
            no visit is rated twice.
        courses: Complaints whose pain on arrival was rated at two visits or more.
        improved: Those of them whose pain on arrival fell by an amount that matters.
    """

    visits: int = 0
    patients: int = 0
    trigger_points: int = 0
    needles: int = 0
    twitches: int = 0
    muscles: tuple[tuple[StructureId, int], ...] = ()
    events: tuple[tuple[Severity, int], ...] = ()
    relief: float | None = None
    courses: int = 0
    improved: int = 0

    @property
    def happened(self) -> int:
        """Adverse events of whatever severity."""
        return sum(count for _, count in self.events)

    @property
    def event_rate(self) -> float | None:
        """Adverse events per 1,000 needles; None without needles."""
        return PER_NEEDLES * self.happened / self.needles if self.needles else None

    @property
    def event_limits(self) -> tuple[float, float] | None:
        """The 95 % confidence interval of that rate; see `rates.METHOD`."""
        if not self.needles:
            return None
        low, high = poisson_limits(self.happened)
        return PER_NEEDLES * low / self.needles, PER_NEEDLES * high / self.needles


def figures(visits: Sequence[Visit], later: Iterable[AdverseEvent] = ()) -> Figures:
    """Count what some visits hold.

    Args:
        visits: In the order in which they took place.
        later: Adverse events of these visits that became known after they were closed.
    """
    muscles: Counter[StructureId] = Counter()
    twitches = needles = 0
    for visit in visits:
        for site in visit.needle_sites():
            needles += site.count
            twitches += site.twitches or 0
            if site.muscle is not None:
                muscles[site.muscle] += site.count
    known = (event for visit in visits for event in visit.record.adverse_events)
    events = Counter(event.severity for event in (*known, *later))
    courses = _courses(visits)
    falls = [
        visit.pain_before - visit.pain_after
        for visit in visits
        if visit.pain_before is not None and visit.pain_after is not None
    ]
    return Figures(
        visits=len(visits),
        patients=len({visit.patient for visit in visits}),
        trigger_points=sum(1 for visit in visits for _ in visit.trigger_points()),
        needles=needles,
        twitches=twitches,
        muscles=tuple(muscles.most_common()),
        events=tuple((severity, events[severity]) for severity in Severity if events[severity]),
        relief=sum(falls) / len(falls) if falls else None,
        courses=len(courses),
        improved=sum(1 for ratings in courses if (important_change(ratings) or 0) > 0),
    )


def _courses(visits: Iterable[Visit]) -> Sequence[Sequence[int]]:
    """Ratings on arrival of each complaint that was rated at two visits or more."""
    rated: defaultdict[str, list[int]] = defaultdict(list)
    for visit in visits:
        if visit.pain_before is not None:
            rated[visit.episode].append(visit.pain_before)
    return [ratings for ratings in rated.values() if len(ratings) > 1]


class ClinicFigures:
    """Reads the visits of a period, of everyone or of one therapist.

    Args:
        open_work: The store.
        clock: The time.
        access: Who is at the desk, where people sign in.
    """

    def __init__(self, open_work: OpenWork, clock: Clock, access: Access | None = None) -> None:
        self._open_work = open_work
        self._clock = clock
        self._access = access

    @property
    def may_export(self) -> bool:
        """Whether the one at the desk may take figures away; without a desk, whoever it is."""
        return self._access is None or self._access.might(Action.EXPORT)

    def of(
        self,
        days: int | None = None,
        therapist: UserId | None = None,
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Figures:
        """The figures of the last days, or of all time; that they were read is put down once.

        Args:
            days: So many back from today; None for all time.
            therapist: Whose visits; None for everybody's.
            told: Hears how many visits are read, of how many; may raise to stop it.

        Raises:
            StorageError: The store can't be read.
        """
        today = self._clock.now().date()
        first = None if days is None else today - timedelta(days=days)
        with self._open_work() as work:
            wanted = [
                summary.id
                for summary in reversed(work.visits.summaries())
                if summary.state is not VisitState.VOID
                and (first is None or summary.began.date() >= first)
            ]
            visits = []
            for done, visit in enumerate(wanted):
                told(done, len(wanted))
                visits.append(work.visits.get(visit))
            visits = [one for one in visits if therapist in {None, one.therapist}]
            later = [event for one in visits for event in events_of(work.afterwards.of(one.id))]
        put_down_looking(self._open_work, visits, "figures", Subject(Entity.CLINIC))
        return figures(visits, later)

    def export(self, rows: Sequence[Sequence[str | float]], target: Path) -> Path:
        """Write figures as CSV that no spreadsheet takes for formulas, and say where.

        Args:
            rows: Words and numbers; numbers stay numbers.
            target: The file.

        Raises:
            DeniedError: The one at the desk may not.
            StorageError: That it was taken away could not be put down.
            BodymapError: The file cannot be written.
        """
        self._check_may_export()
        save_csv(rows, target)
        with taken_back(target), self._open_work() as work:
            work.audit.note(AuditAction.EXPORTED, Subject(Entity.CLINIC), new={"rows": len(rows)})
            work.commit()
        return target

    def _check_may_export(self) -> None:
        if self._access is None or self.may_export:
            return
        self._access.check_can_be_changed()
        with self._open_work() as work:
            denied = {"action": Action.EXPORT.value}
            work.audit.note(AuditAction.DENIED, Subject(Entity.CLINIC), new=dict(denied))
            work.commit()
        raise DeniedError(f"You may not {Action.EXPORT}.")
