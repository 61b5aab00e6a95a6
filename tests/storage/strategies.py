"""Any record that the chart allows, for round trips."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.marks import (
    Direction,
    Mark,
    MarkId,
    NeedleSite,
    NeedleSize,
    Note,
    PainKind,
    PainQuality,
    PainZone,
    Technique,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.chart.place import Place, Polygon
from bodymap.chart.visit import Visit, VisitId, VisitState, in_order
from tests.builders import a_visit

mm = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(max_size=40)
ids = st.uuids().map(str)
pain = st.none() | st.integers(0, 10)
muscles = st.none() | words.map(StructureId)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.builds(
    lambda moment, zone: moment.replace(tzinfo=UTC).astimezone(zone),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - made aware at once
    offsets,
)


def places(view: ViewId | None = None) -> st.SearchStrategy[Place]:
    return st.builds(
        Place,
        view=st.sampled_from(ViewId) if view is None else st.just(view),
        u_mm=mm,
        v_mm=mm,
        side=st.sampled_from(Side),
        region=words.map(RegionId),
        landmark=words,
        structures=st.lists(words.map(StructureId), max_size=4).map(tuple),
        atlas_version=words,
    )


rings = st.lists(st.tuples(mm, mm), min_size=3, max_size=6).map(tuple)


def common(view: ViewId | None = None) -> dict[str, Any]:
    return {"id": ids.map(MarkId), "number": st.just(1), "place": places(view), "text": words}


trigger_points = st.builds(
    TriggerPoint,
    **common(),
    muscle=muscles,
    status=st.sampled_from(TriggerPointStatus),
    intensity=pain,
)


@st.composite
def needle_sites(draw: st.DrawFn, targets: list[MarkId]) -> NeedleSite:
    size = NeedleSize(draw(st.floats(0.1, 0.6)), draw(st.integers(5, 150)))
    return NeedleSite(
        **{name: draw(value) for name, value in common().items()},
        muscle=draw(muscles),
        trigger_point=draw(st.sampled_from([None, *targets])),
        needle=size,
        technique=draw(st.sampled_from(Technique)),
        direction=draw(st.sampled_from(Direction)),
        depth_mm=draw(st.none() | st.floats(0, size.length_mm)),
        twitches=draw(st.none() | st.integers(0, 500)),
    )


@st.composite
def pain_zones(draw: st.DrawFn) -> PainZone:
    view = draw(st.sampled_from(ViewId))
    polygons = st.builds(
        Polygon, view=st.just(view), outer=rings, holes=st.lists(rings, max_size=2).map(tuple)
    )
    return PainZone(
        **{name: draw(value) for name, value in common(view).items()},
        polygons=tuple(draw(st.lists(polygons, min_size=1, max_size=3))),
        regions=tuple(draw(st.lists(words.map(RegionId), max_size=3))),
        kind=draw(st.sampled_from(PainKind)),
        intensity=draw(pain),
        qualities=draw(st.frozensets(st.sampled_from(PainQuality))),
    )


notes = st.builds(Note, **common())


@st.composite
def marks(draw: st.DrawFn) -> tuple[Mark, ...]:
    """Any marks, numbered apart, needles linked to any of the trigger points or none."""
    points = draw(st.lists(trigger_points, max_size=2))
    needles = draw(st.lists(needle_sites([point.id for point in points]), max_size=2))
    zones = draw(st.lists(pain_zones(), max_size=1))
    flags = draw(st.lists(notes, max_size=1))
    return in_order(
        _numbered(mark, number)
        for kind in (points, needles, zones, flags)
        for number, mark in enumerate(kind, start=1)
    )


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    return a_visit(
        id=VisitId(draw(ids)),
        began=draw(times),
        state=draw(st.sampled_from(VisitState)),
        version=draw(st.integers(1, 10**9)),
        pain_before=draw(pain),
        pain_after=draw(pain),
        marks=draw(marks()),
    )


def _numbered(mark: Mark, number: int) -> Mark:
    return replace(mark, number=number)
