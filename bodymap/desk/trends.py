"""How a patient's visits compare: pain, the area of it, needles and trigger points, over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bodymap.atlas.ids import Side
from bodymap.chart.marks import PainKind
from bodymap.chart.measures import SCALES, Measure, MeasureKind
from bodymap.chart.pain_area import area_cm2, pain_index
from bodymap.chart.people import EpisodeId, PatientId
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.auditing import of_patient, put_down_looking
from bodymap.desk.ports import OpenWork

NPRS = SCALES[MeasureKind.NPRS_WORST]
"""How the visit's own ratings are counted, and the smallest change of them that matters."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the trends show of one visit.

    Attributes:
        pain_before: Numeric pain rating 0-10 on arrival; None when not rated.
        pain_after: The same at the end.
        area_cm2: The area of the pain on the model body; None when none was drawn.
        index: Area times intensity, in cm² × NPRS; None while no zone is rated.
        measures: What else was measured.
    """

    visit: VisitId
    episode: EpisodeId
    began: datetime
    pain_before: int | None
    pain_after: int | None
    needles: int
    trigger_points: int
    area_cm2: float | None
    index: float | None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """One thing that was measured at two visits or more, from the first to the last.

    Attributes:
        first: As it was on arrival at the first of them.
        last: As it was on arrival at the last of them.
    """

    measure: Measure
    first: float
    last: float

    @property
    def matters(self) -> bool | None:
        """Whether the change is one that matters to patients; None where nobody has said."""
        least = self.measure.scale.minimal_change
        return None if least is None else abs(self.last - self.first) >= least


def reading(visit: Visit) -> Reading:
    """Read off one visit what the trends show.

    Soreness after the needles is no pain that the patient came with; it is left out.
    """
    zones = [zone for zone in visit.pain_zones() if zone.kind is not PainKind.SORENESS]
    return Reading(
        visit=visit.id,
        episode=visit.episode,
        began=visit.began,
        pain_before=visit.pain_before,
        pain_after=visit.pain_after,
        needles=sum(site.count for site in visit.needle_sites()),
        trigger_points=sum(1 for _ in visit.trigger_points()),
        area_cm2=sum(map(area_cm2, zones)) if zones else None,
        index=pain_index(zones),
        measures=visit.record.measures,
    )


def measure_courses(readings: Iterable[Reading]) -> tuple[MeasureCourse, ...]:
    """How each thing that was measured more than once went, in the order they were first measured.

    A value on arrival stands for its visit, as the ratings of pain do; where there is none, the
    value at the end does.
    """
    courses: dict[tuple[MeasureKind, str, Side | None], MeasureCourse] = {}
    repeated = set()
    for measure in (one for read in readings for one in read.measures):
        value = measure.after if measure.before is None else measure.before
        if value is None or measure.kind in _FOUND:
            continue
        key = (measure.kind, measure.subject.strip().casefold(), measure.side)
        if key in courses:
            repeated.add(key)
        first = courses[key].first if key in courses else value
        courses[key] = MeasureCourse(measure, first, value)
    return tuple(course for key, course in courses.items() if key in repeated)


_FOUND = frozenset({MeasureKind.SPECIAL_TEST, MeasureKind.ACTIVATION})
"""Findings, which are no amounts."""


def important_change(ratings: Iterable[int | None]) -> float | None:
    """How much lower the last rating is than the first, where the change matters to patients.

    A change the other way counts as well, and is negative. Two points of the numeric rating
    scale are taken for the smallest change that matters: Farrar 2001, Pain 94:149,
    doi:10.1016/S0304-3959(01)00349-9; a group value, shown as reference.
    """
    rated = [rating for rating in ratings if rating is not None]
    if len(rated) < 2 or NPRS.minimal_change is None:
        return None
    change = rated[0] - rated[-1]
    return change if abs(change) >= NPRS.minimal_change else None


class Trends:
    """Reads all visits of a patient for the charts."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def of(self, patient: PatientId) -> Sequence[Reading]:
        """One reading for each visit that counts, oldest first.

        Raises:
            StorageError: The store can't be read.
        """
        with self._open_work() as work:
            summaries = [
                summary
                for summary in work.visits.summaries(patient)
                if summary.state is not VisitState.VOID
            ]
            visits = [work.visits.get(summary.id) for summary in reversed(summaries)]
        put_down_looking(self._open_work, visits, "trends", of_patient(patient))
        return [reading(visit) for visit in visits]
