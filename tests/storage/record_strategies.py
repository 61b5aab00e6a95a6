"""Anything that a visit may hold besides its marks."""

from hypothesis import strategies as st

from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.chart.adverse_events import AdverseEvent, EventKind, Onset, Outcome, Severity
from bodymap.chart.consent import (
    SIGNATURE_SIZE,
    Consent,
    ConsentForm,
    ConsentGiver,
    ConsentScope,
    Told,
)
from bodymap.chart.follow_up import FollowUp, FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Hygiene, Position, SkinPreparation
from bodymap.chart.measures import SCALES, Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.place import Place, Polygon
from bodymap.chart.screening import Answer, BarredArea, Screening, ScreeningAnswer
from bodymap.chart.visit_record import VisitRecord

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
"""Without NUL: no server takes it, and nobody types it."""
said = words.filter(str.strip)
counts = st.none() | st.integers(0, 999)

screenings = st.lists(
    st.builds(
        ScreeningAnswer,
        item=said,
        answer=st.none() | st.sampled_from(Answer),
        note=words,
        override=words,
    ),
    max_size=5,
).map(lambda answers: Screening().with_answers(answers))

coordinates = st.floats(-900, 900).map(lambda mm: round(mm, 2))
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=5).map(tuple)


@st.composite
def barred_areas(draw: st.DrawFn) -> BarredArea:
    view = draw(st.sampled_from(ViewId))
    place = Place(
        view,
        draw(coordinates),
        draw(coordinates),
        draw(st.sampled_from(Side)),
        RegionId(draw(words)),
        draw(words),
    )
    pieces = st.builds(
        Polygon, view=st.just(view), outer=rings, holes=st.lists(rings, max_size=1).map(tuple)
    )
    polygons = draw(st.lists(pieces, min_size=1, max_size=2).map(tuple))
    return BarredArea(draw(said), place, polygons)


@st.composite
def drawn_screenings(draw: st.DrawFn) -> Screening:
    screening = draw(screenings)
    for area in draw(st.lists(barred_areas(), max_size=3)):
        screening = screening.with_area(area)
    return screening


strokes = st.lists(
    st.tuples(st.floats(0, SIGNATURE_SIZE[0]), st.floats(0, SIGNATURE_SIZE[1])),
    min_size=1,
    max_size=8,
).map(tuple)

consents = st.builds(
    Consent,
    form=st.none() | st.sampled_from(ConsentForm),
    given_by=st.sampled_from(ConsentGiver),
    guardian=words,
    scope=st.sampled_from(ConsentScope),
    told=st.frozensets(st.sampled_from(Told)),
    withdrawn=st.booleans(),
    signature=st.lists(strokes, max_size=3).map(tuple),
    note=words,
)

hygienes = st.builds(
    Hygiene,
    hands=st.none() | st.sampled_from(HandHygiene),
    gloves=st.none() | st.sampled_from(Gloves),
    skin=st.none() | st.sampled_from(SkinPreparation),
    positions=st.frozensets(st.sampled_from(Position)),
    note=words,
)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    kind = draw(st.sampled_from(MeasureKind))
    scale = SCALES[kind]
    numbers = st.integers(int(scale.low), int(scale.high)).map(float)
    values = st.none() | (numbers if scale.whole else st.floats(scale.low, scale.high))
    side = draw(st.none() | st.sampled_from(Side))
    return Measure(kind, draw(said), side, draw(values), draw(values), draw(words))


narratives = st.builds(
    lambda texts, advice, conditions: Narrative(
        tuple((chapter, texts[chapter]) for chapter in Chapter if chapter in texts),
        tuple(advice),
        tuple(conditions),
    ),
    st.dictionaries(st.sampled_from(Chapter), said),
    st.lists(said, max_size=3, unique=True),
    st.lists(said, max_size=3, unique=True),
)

follow_ups = st.builds(
    FollowUp,
    kind=st.sampled_from(FollowUpKind),
    on=st.dates(),
    pain=st.none() | st.integers(0, 10),
    soreness=st.none() | st.integers(0, 10),
    relief=st.none() | st.sampled_from(Relief),
    text=words,
)

events = st.builds(
    AdverseEvent,
    kind=st.sampled_from(EventKind),
    severity=st.sampled_from(Severity),
    onset=st.sampled_from(Onset),
    outcome=st.sampled_from(Outcome),
    action=words,
    reported_to=words,
    text=words,
)

visit_records = st.builds(
    VisitRecord,
    screening=drawn_screenings(),
    consent=consents,
    hygiene=hygienes,
    needles=st.builds(NeedleCount, opened=counts, in_sharps=counts),
    measures=st.lists(measures(), max_size=3).map(tuple),
    narrative=narratives,
    adverse_events=st.lists(events, max_size=2).map(tuple),
    follow_ups=st.lists(follow_ups, max_size=2).map(tuple),
)
