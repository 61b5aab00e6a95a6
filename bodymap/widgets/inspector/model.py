"""What the inspector shows, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bodymap.atlas.hit import Hit
from bodymap.atlas.ids import Kind
from bodymap.atlas.structures import suitable_muscles
from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    Note,
    PainZone,
    TriggerPoint,
    kind_of,
)
from bodymap.chart.people import User
from bodymap.chart.visit import Visit
from bodymap.desk.needle_way import NeedleWay
from bodymap.widgets import chart_words as words
from bodymap.widgets.chart_words import NameOf
from bodymap.widgets.inspector import way_words, zone_words


@dataclass(frozen=True, slots=True)
class Heading:
    """The mark's name, where it is in short, and where exactly."""

    title: str
    subtitle: str
    place: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a drop-down list."""

    value: object
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A structure along the way in, in millimetres from the skin."""

    name: str
    kind: Kind
    entry_mm: float
    exit_mm: float
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """Something near that a needle must keep clear of.

    Attributes:
        title: What it is.
        text: Where it lies, and how the needle compares.
        reference: How it is kept clear of, with the sources.
    """

    title: str
    text: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Under:
    """What lies under a point of the model body."""

    muscles: tuple[Choice, ...]
    column: tuple[Stretch, ...]
    caution: Caution | None
    way: NeedleWay | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One chosen mark with all that its form needs.

    Attributes:
        mark: The mark itself.
        under: What lies under it.
        trigger_points: What a needle may be linked to.
        zones: The pain zones that a trigger point may refer to.
        origins: The trigger points that refer to the pain zone.
        origin_options: The trigger points that may.
        people: Who may have placed a needle.
        regions: The regions a pain zone touches, in words.
        size: How large a pain zone is, in words.
        editable: Whether the visit is still open.
    """

    heading: Heading
    mark: Mark
    under: Under
    trigger_points: tuple[Choice, ...] = ()
    zones: tuple[Choice, ...] = ()
    origins: frozenset[MarkId] = frozenset()
    origin_options: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    regions: str = ""
    size: str = ""
    editable: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a mark is seen beside.

    Attributes:
        visit: The visit it belongs to.
        name_of: Says what a structure is called.
        users: Everyone who works at the clinic.
        body_cm2: The outlines that zones are measured against.
    """

    visit: Visit
    name_of: NameOf
    users: Sequence[User] = ()
    body_cm2: float = 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A mark in the list of the visit's marks."""

    id: MarkId
    kind: MarkKind
    title: str
    detail: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """Several chosen marks.

    Attributes:
        count: How many.
        editable: Whether the visit is still open.
        is_row: Whether they can be the ends of a row of needles.
        is_template: Whether there is something among them that a template can hold.
    """

    count: int
    editable: bool
    is_row: bool
    is_template: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown while no mark is chosen.

    Attributes:
        why_not: Why nothing can be changed; empty where all can be.
    """

    marks: tuple[Listed, ...]
    pain_before: int | None
    pain_after: int | None
    editable: bool
    why_not: str = ""


def shown(mark: Mark, hit: Hit | None, beside: Surroundings, way: NeedleWay | None = None) -> Shown:
    """Gather what the form of a mark shows.

    Args:
        mark: The chosen mark.
        hit: What the atlas says of its place; None where the drawing has changed.
        beside: The visit and the clinic it belongs to.
        way: Where a needle there goes; None where none may.
    """
    visit, name_of = beside.visit, beside.name_of
    heading = Heading(
        words.title(mark),
        words.subtitle(mark, visit, name_of),
        words.capital(mark.place.landmark),
    )
    points = _points(visit, name_of)
    return Shown(
        heading=heading,
        mark=mark,
        under=_under(mark, hit, name_of, way),
        trigger_points=(Choice(None, "None"), *points),
        zones=_zones(visit, name_of),
        origins=frozenset(p.id for p in visit.trigger_points() if mark.id in p.refers_to),
        origin_options=points,
        people=tuple(Choice(user.id, user.name) for user in beside.users),
        regions=_regions(mark),
        size=zone_words.size(mark, beside.body_cm2) if isinstance(mark, PainZone) else "",
        editable=visit.is_open,
    )


def overview(visit: Visit, name_of: NameOf, users: Iterable[User] = ()) -> Overview:
    """Gather what is shown while no mark is chosen."""
    marks = listed(visit.marks, name_of)
    author = next((user.name for user in users if user.id == visit.therapist), "somebody else")
    why_not = "" if visit.is_open else words.why_not(visit.state, author)
    return Overview(marks, visit.pain_before, visit.pain_after, visit.is_open, why_not)


def listed(marks: Iterable[Mark], name_of: NameOf) -> tuple[Listed, ...]:
    """The marks as a list shows them."""
    return tuple(
        Listed(
            id=mark.id,
            kind=kind_of(mark),
            title=f"{mark.number}  {words.whereabouts(mark, name_of)}",
            detail=words.detail(mark),
            hollow=isinstance(mark, TriggerPoint) and mark.status.value != "active",
        )
        for mark in marks
    )


def many(marks: Sequence[Mark], *, editable: bool) -> Many:
    """What can be done with several chosen marks."""
    views = {mark.place.view for mark in marks}
    needles = [mark for mark in marks if isinstance(mark, NeedleSite)]
    return Many(
        count=len(marks),
        editable=editable,
        is_row=len(marks) == len(needles) == 2 and len(views) == 1,
        is_template=any(isinstance(mark, NeedleSite | TriggerPoint) for mark in marks),
    )


def _under(mark: Mark, hit: Hit | None, name_of: NameOf, way: NeedleWay | None) -> Under:
    if isinstance(mark, PainZone | Note):
        return Under((), (), None)
    if hit is None or way is None:
        return Under(_muscles(mark, (), name_of), (), None)
    muscles = [
        Choice(entry.id, f"{entry.name} · {entry.entry_mm:.0f}–{entry.exit_mm:.0f} mm")
        for entry in suitable_muscles(hit.structures)
    ]
    caution = way_words.caution(mark, way)
    return Under(
        _muscles(mark, muscles, name_of), _column(way), Caution(*caution) if caution else None, way
    )


def _muscles(
    mark: TriggerPoint | NeedleSite, under: Sequence[Choice], name_of: NameOf
) -> tuple[Choice, ...]:
    known = {choice.value for choice in under}
    muscle = mark.muscle
    if muscle is None or muscle in known:
        return (Choice(None, "No muscle"), *under)
    return (Choice(None, "No muscle"), Choice(muscle, words.capital(name_of(muscle))), *under)


def _column(way: NeedleWay) -> tuple[Stretch, ...]:
    on_the_way = {near.hazard.id: near.hazard for near in way.near if near.hazard.distance_mm == 0}
    drawn = {entry.id for entry in way.met}
    met = [
        Stretch(
            entry.name, entry.kind, entry.entry_mm, entry.exit_mm, alarming=entry.id in on_the_way
        )
        for entry in way.met
    ]
    courses = [
        Stretch(near.name, near.kind, near.depth_mm, near.depth_mm, alarming=True)
        for near in on_the_way.values()
        if near.id not in drawn
    ]
    return tuple(sorted(met + courses, key=lambda stretch: stretch.entry_mm))


def _points(visit: Visit, name_of: NameOf) -> tuple[Choice, ...]:
    return tuple(
        Choice(point.id, f"{point.number} · {words.whereabouts(point, name_of)}")
        for point in visit.trigger_points()
    )


def _zones(visit: Visit, name_of: NameOf) -> tuple[Choice, ...]:
    return tuple(
        Choice(zone.id, f"{zone.number} · {words.whereabouts(zone, name_of)}")
        for zone in visit.pain_zones()
    )


def _regions(mark: Mark) -> str:
    if not isinstance(mark, PainZone):
        return ""
    named = [words.region_name(region) for region in mark.regions or (mark.place.region,)]
    return words.capital("; ".join(named))
