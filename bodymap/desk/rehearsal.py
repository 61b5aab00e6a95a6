"""Charting that nobody keeps: the same gestures on a visit that is not stored."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from bodymap.atlas.hit import Atlas
from bodymap.chart.change import Change
from bodymap.chart.people import PatientId
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.desk.charting import Charting


def rehearse(atlas: Atlas, visit: Visit, new_id: Callable[[], str]) -> Charting:
    """Charting whose steps change the visit in memory only."""
    return Charting(_UnkeptWork, atlas, _StoppedClock(visit.began), visit, new_id)


class _UnkeptWork:
    """A unit of work that accepts every change and keeps none."""

    @property
    def visits(self) -> Any:  # noqa: ANN401 - stands in for one method of the port
        return self

    people = choices = audit = signatures = reviews = afterwards = visits

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def apply(
        self,
        visit: VisitId,  # noqa: ARG002
        version: int,
        change: Change,  # noqa: ARG002
        undo: Change | None = None,  # noqa: ARG002
    ) -> int:
        return version

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:  # noqa: ARG002
        return ()

    def commit(self) -> None: ...


class _StoppedClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now
