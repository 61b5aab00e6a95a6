"""Any record that the chart allows, for round trips."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.marks import (
    Mark,
    MarkId,
    NeedleSite,
    NeedleSize,
    Note,
    PainKind,
    PainPattern,
    PainQuality,
    PainZone,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.chart.needling import (
    Direction,
    Handle,
    Manipulation,
    Sensation,
    Stimulation,
    Technique,
)
from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.chart.people import UserId
from bodymap.chart.photo import Photo
from bodymap.chart.place import Place, Polygon
from bodymap.chart.visit import Visit, VisitId, VisitState, in_order
from tests.builders import a_visit, an_id

mm = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
"""Without NUL: no server takes it, and nobody types it."""
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


answers = st.none() | st.booleans()
thresholds = st.none() | st.builds(
    PressureThreshold, st.floats(0, 2000, exclude_min=True), st.sampled_from(PressureUnit)
)


def trigger_points(targets: list[MarkId]) -> st.SearchStrategy[TriggerPoint]:
    return st.builds(
        TriggerPoint,
        **common(),
        muscle=muscles,
        part=words,
        status=st.sampled_from(TriggerPointStatus),
        intensity=pain,
        intensity_after=pain,
        threshold=thresholds,
        threshold_after=thresholds,
        taut_band=answers,
        nodule=answers,
        jump_sign=answers,
        twitch=answers,
        familiar_pain=answers,
        refers_to=st.frozensets(st.sampled_from(targets)) if targets else st.just(frozenset()),
    )


stimulations = st.builds(
    Stimulation,
    hz=st.floats(0.1, 250),
    pulse_ms=st.none() | st.floats(0.01, 10),
    milliamperes=st.none() | st.floats(0.01, 100),
    minutes=st.none() | st.floats(0.5, 120),
)
therapists = st.none() | st.just(UserId(an_id("user/1")))
felt = st.just(frozenset({Sensation.NONE})) | st.frozensets(
    st.sampled_from([kind for kind in Sensation if kind is not Sensation.NONE])
)
photos = st.none() | st.builds(
    lambda tail, width, height: Photo(b"\xff\xd8\xff" + tail, width, height),
    st.binary(max_size=64),
    st.integers(1, 1600),
    st.integers(1, 1600),
)


@st.composite
def needle_sites(draw: st.DrawFn, targets: list[MarkId]) -> NeedleSite:
    size = NeedleSize(draw(st.floats(0.1, 0.6)), draw(st.integers(5, 150)))
    direction = draw(st.sampled_from(Direction))
    points = st.none() if direction is Direction.PERPENDICULAR else st.none() | st.integers(1, 12)
    manipulations = draw(st.frozensets(st.sampled_from(Manipulation)))
    counted = Manipulation.PISTONING in manipulations
    time_in = draw(st.none() | times)
    stay = st.timedeltas(timedelta(0), timedelta(hours=23))
    time_out = draw(st.none() | (times if time_in is None else stay.map(time_in.__add__)))
    return NeedleSite(
        **{name: draw(value) for name, value in common().items()},
        muscle=draw(muscles),
        trigger_point=draw(st.sampled_from([None, *targets])),
        needle=size,
        technique=draw(st.sampled_from(Technique)),
        direction=direction,
        depth_mm=draw(st.none() | st.floats(0, size.length_mm)),
        twitches=draw(st.none() | st.integers(0, 500)),
        count=draw(st.integers(1, 50)),
        brand=draw(words),
        lot=draw(words),
        handle=draw(st.none() | st.sampled_from(Handle)),
        clock=draw(points),
        manipulations=manipulations,
        pistoning=draw(st.none() | st.integers(1, 100)) if counted else None,
        sensations=draw(felt),
        bleeding=draw(answers),
        haematoma=draw(answers),
        stimulation=draw(st.none() | stimulations),
        time_in=time_in,
        time_out=time_out,
        placed_by=draw(therapists),
        removed_by=draw(therapists),
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
        pattern=draw(st.none() | st.sampled_from(PainPattern)),
        aggravated_by=draw(words),
        eased_by=draw(words),
    )


notes = st.builds(Note, **common(), photo=photos)


@st.composite
def marks(draw: st.DrawFn) -> tuple[Mark, ...]:
    """Any marks, numbered apart, needles linked to any of the trigger points or none."""
    zones = draw(st.lists(pain_zones(), max_size=1))
    points = draw(st.lists(trigger_points([zone.id for zone in zones]), max_size=2))
    needles = draw(st.lists(needle_sites([point.id for point in points]), max_size=2))
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
